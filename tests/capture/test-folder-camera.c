/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/capture-error.h"
#include "capture/folder-camera.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char JPEG[] = "\xff\xd8\xff\xe0 a page \xff\xd9";

typedef struct {
  char *folder;
  YzCamera *camera;
} Desk;

static void
setup (Desk *desk, gconstpointer data)
{
  desk->folder = g_dir_make_tmp ("yizhan-XXXXXX", NULL);
  desk->camera = yz_folder_camera_new (desk->folder);
}

static void
open_camera (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_open (desk->camera, NULL, &error));
  g_assert_no_error (error);
}

static void
remove_tree (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_tree (path);
    else
      g_remove (path);
  }
  g_rmdir (folder);
}

static void
teardown (Desk *desk, gconstpointer data)
{
  yz_camera_close (desk->camera);
  g_assert_finalize_object (desk->camera);
  remove_tree (desk->folder);
  g_free (desk->folder);
}

static void
write_file (Desk *desk, const char *name, const char *text, int second)
{
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);
  struct timespec times[2] = { { second, 0 }, { second, 0 } };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_no_errno (utimensat (AT_FDCWD, path, times, 0));
}

static YzShot *
take (Desk *desk, gint64 within_ms, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + within_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GPtrArray) shots = yz_camera_capture (desk->camera, deadline, NULL, error);

  return shots != NULL ? g_ptr_array_steal_index (shots, 0) : NULL;
}

static void
assert_takes (Desk *desk, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) shot = take (desk, 20000, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (shot->frame->name, ==, name);
}

static void
assert_takes_nothing (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (take (desk, 400, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
}

static void
test_oldest_first (Desk *desk, gconstpointer data)
{
  write_file (desk, "b.jpg", JPEG, 1000);
  write_file (desk, "c.jpg", JPEG, 2000);
  write_file (desk, "a.jpg", JPEG, 3000);
  write_file (desk, "notes.txt", "x", 500);
  open_camera (desk);
  assert_takes (desk, "b.jpg");
  assert_takes (desk, "c.jpg");
  assert_takes (desk, "a.jpg");
  assert_takes_nothing (desk);
  /* Written anew under the same name it is another picture. */
  write_file (desk, "b.jpg", JPEG, 4000);
  assert_takes (desk, "b.jpg");
}

static gpointer
write_slowly (gpointer data)
{
  Desk *desk = data;
  g_autofree char *path = g_build_filename (desk->folder, "slow.jpg", NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  for (gsize i = 0; i < sizeof JPEG - 1; i++) {
    g_assert_cmpint (write (fd, JPEG + i, 1), ==, 1);
    yz_camera_pause (40, G_MAXINT64, NULL, NULL);
  }
  close (fd);
  return NULL;
}

static void
test_complete_only (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GThread) writer = NULL;
  g_autoptr (YzShot) shot = NULL;

  open_camera (desk);
  writer = g_thread_new ("writer", write_slowly, desk);
  shot = take (desk, 20000, &error);
  g_thread_join (g_steal_pointer (&writer));
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (shot->frame->bytes, NULL),
                   g_bytes_get_size (shot->frame->bytes), JPEG, sizeof JPEG - 1);
}

static void
test_open_file_is_left (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "open.jpg", NULL);
  int fd = -1;

  write_file (desk, "open.jpg", JPEG, 1000);
  fd = open (path, O_WRONLY | O_APPEND | O_CLOEXEC);
  open_camera (desk);
  assert_takes_nothing (desk);
  close (fd);
  yz_camera_close (desk->camera);
  open_camera (desk);
  assert_takes (desk, "open.jpg");
}

static void
test_release_moves (Desk *desk, gconstpointer data)
{
  g_autofree char *to = g_build_filename (desk->folder, "taken", "a.jpg", NULL);
  g_autofree char *again = g_build_filename (desk->folder, "taken", "2-a.jpg", NULL);

  open_camera (desk);
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (YzShot) shot = NULL;

    write_file (desk, "a.jpg", JPEG, 1000 + i);
    shot = take (desk, 20000, &error);
    g_assert_no_error (error);
    g_assert_true (yz_camera_release (desk->camera, shot->key, &error));
    g_assert_no_error (error);
  }
  g_assert_true (g_file_test (to, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (again, G_FILE_TEST_EXISTS));
}

static void
test_release_stays_inside (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_camera (desk);
  g_assert_false (yz_camera_release (desk->camera, "../../etc/x.jpg", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_false (yz_camera_release (desk->camera, "never-there.jpg", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static void
test_resumed (Desk *desk, gconstpointer data)
{
  g_autofree char *resume = NULL;

  write_file (desk, "a.jpg", JPEG, 1000);
  write_file (desk, "b.jpg", JPEG, 2000);
  open_camera (desk);
  assert_takes (desk, "a.jpg");
  resume = yz_camera_get_resume (desk->camera);
  yz_camera_close (desk->camera);
  g_object_unref (desk->camera);
  desk->camera = yz_folder_camera_new (desk->folder);
  yz_camera_set_resume (desk->camera, resume);
  open_camera (desk);
  assert_takes (desk, "b.jpg");
}

static void
test_preview (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFrame) frame = NULL;

  write_file (desk, "a.jpg", JPEG, 1000);
  open_camera (desk);
  g_assert_true (yz_camera_start_preview (desk->camera, &error));
  while (frame == NULL && error == NULL)
    frame = yz_camera_grab_preview (desk->camera, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (frame->name, ==, "a.jpg");
  /* Shown once; looking takes nothing. */
  g_assert_null (yz_camera_grab_preview (desk->camera, &error));
  assert_takes (desk, "a.jpg");
}

static void
test_folder_gone (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  YzCameraEvent event = YZ_CAMERA_EVENT_NONE;
  YzShot *shot = NULL;

  open_camera (desk);
  g_assert_true (yz_camera_wait_event (desk->camera, 0, &event, &shot, &error));
  g_assert_cmpint (g_rmdir (desk->folder), ==, 0);
  g_assert_false (yz_camera_wait_event (desk->camera, 0, &event, &shot, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_clear_error (&error);
  g_assert_null (take (desk, 400, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_clear_error (&error);
  yz_camera_close (desk->camera);
  g_assert_false (yz_camera_open (desk->camera, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND);
}

/* What is listed and cannot be read is passed over; the picture after it is taken. */
static void
test_unreadable (Desk *desk, gconstpointer data)
{
  g_autofree char *link = g_build_filename (desk->folder, "a.jpg", NULL);
  g_autofree char *folder = g_build_filename (desk->folder, "b.jpg", NULL);
  g_autofree char *pipe = g_build_filename (desk->folder, "c.jpg", NULL);
  g_autofree char *secret = g_build_filename (desk->folder, "d.jpg", NULL);
  const uid_t self = geteuid ();

  g_assert_no_errno (symlink ("/nowhere/at/all.jpg", link));
  g_assert_no_errno (g_mkdir (folder, 0700));
  g_assert_no_errno (mkfifo (pipe, 0600));
  write_file (desk, "d.jpg", JPEG, 1000);
  write_file (desk, "e.jpg", JPEG, 2000);
  g_assert_no_errno (chmod (secret, 0));
  g_assert_no_errno (chmod (desk->folder, 0755));
  /* Root may read everything. */
  if (self == 0)
    g_assert_no_errno (seteuid (65534));
  open_camera (desk);
  assert_takes (desk, "e.jpg");
  assert_takes_nothing (desk);
  if (self == 0)
    g_assert_no_errno (seteuid (self));
}

/* A file that goes between being seen and being read was none. */
static void
test_vanished (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "a.jpg", NULL);
  g_autoptr (GError) error = NULL;

  open_camera (desk);
  write_file (desk, "a.jpg", JPEG, 1000);
  g_assert_null (take (desk, 50, &error)); /* seen, but not yet for long enough */
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  g_assert_no_errno (g_unlink (path));
  assert_takes_nothing (desk);
  write_file (desk, "b.jpg", JPEG, 2000);
  assert_takes (desk, "b.jpg");
}

/* A writer died in the middle: what has no end is taken much later, and what is no picture never.
 */
static void
test_half_written (Desk *desk, gconstpointer data)
{
  write_file (desk, "half.jpg", "\xff\xd8\xff\xe0 half a pa", 1000);
  write_file (desk, "empty.jpg", "", 1000);
  write_file (desk, "other.jpg", "GIF89a", 1000);
  write_file (desk, "whole.jpg", JPEG, 2000);
  open_camera (desk);
  assert_takes (desk, "whole.jpg");
  assert_takes_nothing (desk);
}

/* While somebody waits for a picture. */
static gpointer
remove_folder (gpointer data)
{
  Desk *desk = data;

  yz_camera_pause (100, G_MAXINT64, NULL, NULL);
  remove_tree (desk->folder);
  return NULL;
}

static void
test_folder_goes_in_a_shot (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GThread) remover = NULL;

  open_camera (desk);
  remover = g_thread_new ("remover", remove_folder, desk);
  g_assert_null (take (desk, 20000, &error));
  g_thread_join (g_steal_pointer (&remover));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  /* Made again, it works again. */
  yz_camera_close (desk->camera);
  g_assert_no_errno (g_mkdir (desk->folder, 0700));
  open_camera (desk);
  write_file (desk, "a.jpg", JPEG, 1000);
  assert_takes (desk, "a.jpg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, test) g_test_add ("/folder-camera/" claim, Desk, NULL, setup, test, teardown)
  ADD ("each-picture-is-taken-once-the-oldest-first", test_oldest_first);
  ADD ("picture-is-taken-only-when-completely-written", test_complete_only);
  ADD ("picture-that-somebody-still-writes-is-left", test_open_file_is_left);
  ADD ("release-moves-into-taken-and-overwrites-nothing", test_release_moves);
  ADD ("release-never-leaves-the-folder", test_release_stays_inside);
  ADD ("successor-knows-what-was-taken", test_resumed);
  ADD ("preview-shows-the-waiting-picture-once", test_preview);
  ADD ("vanished-folder-is-lost", test_folder_gone);
  ADD ("folder-that-goes-in-a-shot-is-lost-and-opens-again", test_folder_goes_in_a_shot);
  ADD ("what-cannot-be-read-is-passed-over", test_unreadable);
  ADD ("file-that-vanishes-was-none", test_vanished);
  ADD ("half-a-file-is-not-taken-for-a-picture", test_half_written);
  return g_test_run ();
}
