/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/vault.h"

#include "workflow/workflow-error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define ORIGINAL "\xff\xd8 not a picture\0but bytes"

typedef struct {
  char *folder;
  YzVault *vault;
} Room;

static void
set_up (Room *room, gconstpointer data)
{
  g_autofree char *folder = NULL;

  room->folder = g_dir_make_tmp ("yizhan-vault-XXXXXX", NULL);
  folder = g_build_filename (room->folder, "vault", NULL);
  room->vault = yz_vault_open (folder, NULL);
  g_assert_nonnull (room->vault);
}

static void
tear_down (Room *room, gconstpointer data)
{
  const char *const argv[] = { "rm", "-rf", room->folder, NULL };

  yz_vault_free (room->vault);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (room->folder);
}

static char *
path_of (const Room *room, const char *digest)
{
  char shelf[3] = { digest[0], digest[1], '\0' };

  return g_build_filename (room->folder, "vault", shelf, digest, NULL);
}

static void
test_round (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = g_bytes_new_static (ORIGINAL, sizeof ORIGINAL - 1);
  g_autofree char *digest = yz_vault_keep (room->vault, original, &error);
  g_autofree char *again = NULL;
  g_autoptr (GBytes) read = NULL;

  g_assert_no_error (error);
  g_assert_true (yz_vault_has (room->vault, digest));
  again = yz_vault_keep (room->vault, original, &error);
  g_assert_cmpstr (again, ==, digest);
  read = yz_vault_read (room->vault, digest, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, original));
}

static void
test_change (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = g_bytes_new_static ("original", 8);
  g_autofree char *digest = yz_vault_keep (room->vault, original, NULL);
  g_autofree char *path = path_of (room, digest);
  struct stat status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0222, ==, 0);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_true (g_file_set_contents (path, "0riginal", 8, NULL));
  g_assert_null (yz_vault_read (room->vault, digest, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_null (yz_vault_read (room->vault, digest, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND);
}

static void
test_names (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_vault_has (room->vault, "../../../etc/passwd"));
  g_assert_null (yz_vault_read (room->vault, "../../../etc/passwd", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND);
}

static void
test_empty (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  g_assert_null (yz_vault_keep (room->vault, nothing, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
}

static void
test_sweep (Room *room, gconstpointer data)
{
  g_autofree char *half = g_build_filename (room->folder, "vault", "half-written", "torn", NULL);

  g_assert_true (g_file_set_contents (half, "half", 4, NULL));
  yz_vault_sweep (room->vault);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
}

/* Another program writes: it holds the folder, and its half page stays. */
static void
test_busy (Room *room, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (room->folder, "vault", "half-written", NULL);
  g_autofree char *half = g_build_filename (folder, "in-flight", NULL);
  int writer = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (flock (writer, LOCK_SH), ==, 0);
  g_assert_true (g_file_set_contents (half, "half", 4, NULL));
  yz_vault_sweep (room->vault);
  g_assert_true (g_file_test (half, G_FILE_TEST_EXISTS));
  close (writer);
  yz_vault_sweep (room->vault);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
}

#define ADD(claim, test) g_test_add (claim, Room, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/vault/keeps-bytes-as-they-are-and-once", test_round);
  ADD ("/vault/notices-a-changed-and-a-missing-file", test_change);
  ADD ("/vault/no-name-leads-out-of-it", test_names);
  ADD ("/vault/an-empty-file-is-no-original", test_empty);
  ADD ("/vault/sweeps-what-a-kill-left", test_sweep);
  ADD ("/vault/sweeps-nothing-while-somebody-writes", test_busy);
  return g_test_run ();
}
