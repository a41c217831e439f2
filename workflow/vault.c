/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/vault.h"

#include "workflow/digest.h"
#include "workflow/workflow-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_ORIGINAL (G_GINT64_CONSTANT (1) << 30) /* bytes */

struct _YzVault {
  char *folder;
};

static void
set_disk_error (GError **error, int code, const char *path)
{
  if (code == ENOSPC || code == EDQUOT)
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NO_SPACE,
                 _ ("The disk is full: the page was not saved. Free some room and take it again; "
                    "nothing saved before is lost."));
  else
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FAILED,
                 _ ("“%s” could not be written: %s. The page was not saved."), path,
                 g_strerror (code));
}

static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = 0;

  if (fd < 0 || fsync (fd) != 0)
    code = errno;
  if (fd >= 0)
    close (fd);
  if (code != 0)
    set_disk_error (error, code, folder);
  return code == 0;
}

static gboolean
make_folder (const char *path, const char *above, GError **error)
{
  if (g_mkdir (path, 0700) == 0)
    return sync_folder (above, error);
  if (errno == EEXIST)
    return TRUE;
  set_disk_error (error, errno, path);
  return FALSE;
}

static void
sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
}

YzVault *
yz_vault_open (const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *half = g_build_filename (folder, "half-written", NULL);
  YzVault *self = NULL;

  if (!make_folder (folder, parent, error) || !make_folder (half, folder, error))
    return NULL;
  self = g_new0 (YzVault, 1);
  self->folder = g_strdup (folder);
  return self;
}

YzVault *
yz_vault_look (const char *folder)
{
  YzVault *self = g_new0 (YzVault, 1);

  self->folder = g_strdup (folder);
  return self;
}

void
yz_vault_free (YzVault *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self);
}

/* Held shared by whoever writes and alone by whoever sweeps: a sweep never takes a file from under
 * another program that is just writing it. The kernel lets go of it with the process. */
static int
lock_half (const char *folder, int how)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  while (fd >= 0 && flock (fd, how) != 0) {
    if (errno == EINTR)
      continue;
    close (fd);
    fd = -1;
  }
  return fd;
}

void
yz_vault_sweep (YzVault *self)
{
  g_autofree char *half = g_build_filename (self->folder, "half-written", NULL);
  int lock = lock_half (half, LOCK_EX | LOCK_NB);

  if (lock < 0)
    return; /* somebody writes; what lies there waits for the next time */
  sweep (half);
  close (lock);
}

static char *
make_path (YzVault *self, const char *digest)
{
  char shelf[3] = { digest[0], digest[1], '\0' };

  return g_build_filename (self->folder, shelf, digest, NULL);
}

gboolean
yz_vault_has (YzVault *self, const char *digest)
{
  g_autofree char *path = NULL;

  if (!yz_digest_is_hex (digest))
    return FALSE;
  path = make_path (self, digest);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static int
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0) {
    gssize done = write (fd, data, length);

    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return done < 0 ? errno : ENOSPC;
    data += done;
    length -= (gsize) done;
  }
  return fsync (fd) == 0 ? 0 : errno;
}

/* Written and synced under a name of its own, so that two desks never write into each other. */
static gboolean
write_half (const char *path, GBytes *bytes, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
  int code = fd < 0 ? errno : write_all (fd, data, length);

  if (fd >= 0 && close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0)
    return TRUE;
  g_unlink (path);
  set_disk_error (error, code, path);
  return FALSE;
}

/* Whole under its own name, or not there. */
static gboolean
put (YzVault *self, GBytes *bytes, const char *path, GError **error)
{
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *folder = g_build_filename (self->folder, "half-written", NULL);
  g_autofree char *half = g_build_filename (folder, unique, NULL);
  int lock = lock_half (folder, LOCK_SH);
  gboolean done = FALSE;

  if (lock < 0) {
    set_disk_error (error, errno, folder);
    return FALSE;
  }
  done = write_half (half, bytes, error);
  if (done && g_rename (half, path) != 0) {
    set_disk_error (error, errno, path);
    g_unlink (half);
    done = FALSE;
  }
  close (lock);
  return done;
}

char *
yz_vault_keep (YzVault *self, GBytes *bytes, GError **error)
{
  g_autofree char *digest =
      yz_digest_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *path = make_path (self, digest);
  g_autofree char *shelf = g_path_get_dirname (path);
  g_autoptr (GBytes) present = NULL;

  if (g_bytes_get_size (bytes) == 0 || (gint64) g_bytes_get_size (bytes) > MAX_ORIGINAL) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                 _ ("An empty or overlarge file is no original; nothing was saved."));
    return NULL;
  }
  if (!make_folder (shelf, self->folder, error))
    return NULL;
  /* There already: a kill may have come before its folder was synced, so that is done again. A file
   * that rotted meanwhile is replaced by the bytes that are here now. */
  present = yz_vault_read (self, digest, NULL);
  if (present != NULL)
    return sync_folder (shelf, error) ? g_steal_pointer (&digest) : NULL;
  if (!put (self, bytes, path, error))
    return NULL;
  return sync_folder (shelf, error) ? g_steal_pointer (&digest) : NULL;
}

GBytes *
yz_vault_read (YzVault *self, const char *digest, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data = NULL;
  gsize length = 0;

  if (yz_digest_is_hex (digest)) {
    path = make_path (self, digest);
    if (g_file_get_contents (path, &data, &length, NULL))
      bytes = g_bytes_new_take (data, length);
  }
  if (bytes == NULL) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                 _ ("The original %.12s… is missing from the vault."), digest);
    return NULL;
  }
  found = yz_digest_bytes (data, length);
  if (g_str_equal (found, digest))
    return g_steal_pointer (&bytes);
  g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_DAMAGED,
               _ ("The original %.12s… was changed after it was saved."), digest);
  return NULL;
}
