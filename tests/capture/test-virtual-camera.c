/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "capture/virtual-camera.h"

#include <glib/gstdio.h>

static const char JPEG_A[] = "\xff\xd8\xff\xe0 a \xff\xd9";
static const char JPEG_B[] = "\xff\xd8\xff\xe0 bb \xff\xd9";

typedef struct {
  char *folder;
  YzCamera *camera;
} Desk;

static void
write_file (Desk *desk, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
setup (Desk *desk, gconstpointer script)
{
  g_autofree char *path = NULL;

  desk->folder = g_dir_make_tmp ("yizhan-XXXXXX", NULL);
  write_file (desk, "a.jpg", JPEG_A);
  write_file (desk, "b.jpg", JPEG_B);
  write_file (desk, "c.txt", "no picture");
  write_file (desk, "script", script);
  path = g_build_filename (desk->folder, "script", NULL);
  desk->camera = yz_virtual_camera_new (path);
}

static void
teardown (Desk *desk, gconstpointer script)
{
  static const char *const NAMES[] = { "a.jpg", "b.jpg", "c.txt", "script" };

  yz_camera_close (desk->camera);
  g_assert_finalize_object (desk->camera);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (desk->folder, NAMES[i], NULL);

    g_remove (path);
  }
  g_rmdir (desk->folder);
  g_free (desk->folder);
}

static void
open_camera (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_open (desk->camera, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_shows (Desk *desk, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shots = yz_camera_capture (desk->camera, G_MAXINT64, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (shots->len, ==, 1);
  g_assert_cmpstr (((YzShot *) shots->pdata[0])->frame->name, ==, name);
}

static void
assert_fails (Desk *desk, YzCaptureError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_camera_capture (desk->camera, G_MAXINT64, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, (int) code);
}

static gsize
grab_size (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFrame) frame = NULL;

  while (frame == NULL) {
    frame = yz_camera_grab_preview (desk->camera, &error);
    g_assert_no_error (error);
  }
  return g_bytes_get_size (frame->bytes);
}

static void
test_pages_follow (Desk *desk, gconstpointer script)
{
  open_camera (desk);
  assert_shows (desk, "a.jpg");
  assert_shows (desk, "b.jpg");
  assert_shows (desk, "a.jpg");
}

static void
test_preview_shows_the_next (Desk *desk, gconstpointer script)
{
  open_camera (desk);
  g_assert_true (yz_camera_start_preview (desk->camera, NULL));
  g_assert_cmpuint (grab_size (desk), ==, sizeof JPEG_A - 1);
  assert_shows (desk, "a.jpg");
  /* The mat: nothing lies there. */
  g_assert_cmpuint (grab_size (desk), ==, sizeof JPEG_B - 1);
  assert_fails (desk, YZ_CAPTURE_ERROR_JAM);
  assert_fails (desk, YZ_CAPTURE_ERROR_NO_PAPER);
}

static void
test_unplugged (Desk *desk, gconstpointer script)
{
  g_autoptr (GError) error = NULL;
  YzCameraEvent event = YZ_CAMERA_EVENT_NONE;
  YzShot *shot = NULL;

  open_camera (desk);
  assert_shows (desk, "a.jpg");
  g_assert_false (yz_camera_wait_event (desk->camera, 0, &event, &shot, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_clear_error (&error);
  assert_fails (desk, YZ_CAPTURE_ERROR_LOST);
  yz_camera_close (desk->camera);
  g_assert_false (yz_camera_open (desk->camera, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  open_camera (desk);
  assert_shows (desk, "b.jpg");
}

static void
test_slow (Desk *desk, gconstpointer script)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 soon = g_get_monotonic_time () + 20000;

  open_camera (desk);
  g_assert_null (yz_camera_capture (desk->camera, soon, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (yz_camera_capture (desk->camera, G_MAXINT64, cancellable, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
}

static void
test_resumed (Desk *desk, gconstpointer script)
{
  g_autofree char *path = g_build_filename (desk->folder, "script", NULL);
  g_autofree char *resume = NULL;

  open_camera (desk);
  assert_shows (desk, "a.jpg");
  resume = yz_camera_get_resume (desk->camera);
  yz_camera_close (desk->camera);
  g_object_unref (desk->camera);
  desk->camera = yz_virtual_camera_new (path);
  yz_camera_set_resume (desk->camera, "nonsense");
  yz_camera_set_resume (desk->camera, "99999");
  yz_camera_set_resume (desk->camera, resume);
  open_camera (desk);
  assert_shows (desk, "b.jpg");
}

static void
test_no_picture (Desk *desk, gconstpointer script)
{
  open_camera (desk);
  assert_fails (desk, YZ_CAPTURE_ERROR_UNSUPPORTED);
  assert_fails (desk, YZ_CAPTURE_ERROR_NOT_FOUND);
}

static void
test_preview_is_small (Desk *desk, gconstpointer script)
{
  g_autofree char *path = g_build_filename (desk->folder, "a.jpg", NULL);
  g_autoptr (YzBitmap) page = yz_bitmap_new_packed (3000, 2000);
  g_autoptr (GBytes) jpeg = yz_jpeg_encode (page, 90, NULL);
  g_autoptr (YzFrame) frame = NULL;
  g_autoptr (GError) error = NULL;
  YzPictureHeader header;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (jpeg, NULL),
                                      (gssize) g_bytes_get_size (jpeg), NULL));
  open_camera (desk);
  g_assert_true (yz_camera_start_preview (desk->camera, NULL));
  while (frame == NULL && error == NULL)
    frame = yz_camera_grab_preview (desk->camera, &error);
  g_assert_no_error (error);
  g_assert_true (yz_jpeg_read_header (g_bytes_get_data (frame->bytes, NULL),
                                      g_bytes_get_size (frame->bytes), &header, &error));
  g_assert_cmpint (header.width, <=, 1280);
  g_assert_cmpint (header.width, >, 600);
  /* The shot itself is untouched. */
  assert_shows (desk, "a.jpg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, script, test)                                                                   \
  g_test_add ("/virtual-camera/" claim, Desk, script, setup, test, teardown)
  ADD ("pages-follow-each-other-and-begin-again", "show a.jpg\nshow b.jpg\nagain\n",
       test_pages_follow);
  ADD ("preview-shows-what-lies-on-the-mat", "mat b.jpg\nshow a.jpg\nfail jam\n",
       test_preview_shows_the_next);
  ADD ("unplugged-camera-is-lost-until-plugged", "show a.jpg\nunplug\nwait 1\nplug\nshow b.jpg\n",
       test_unplugged);
  ADD ("slow-shot-ends-with-deadline-or-cancellation", "wait 60000\nshow a.jpg\n", test_slow);
  ADD ("successor-goes-on-after-the-last-picture", "show a.jpg\ndie\nshow b.jpg\n", test_resumed);
  ADD ("file-that-is-no-picture-is-unsupported", "show c.txt\nshow d.jpg\n", test_no_picture);
  ADD ("preview-is-as-small-as-on-real-cameras", "show a.jpg\n", test_preview_is_small);
  return g_test_run ();
}
