/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "capture/video-camera.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

static YzCamera *
open_camera (const char *device)
{
  YzCamera *camera = yz_video_camera_new (device);
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_open (camera, NULL, &error));
  g_assert_no_error (error);
  return camera;
}

static void
close_camera (YzCamera *camera)
{
  yz_camera_close (camera);
  g_assert_finalize_object (camera);
}

static gint64
soon (int milliseconds)
{
  return g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
}

static void
assert_is_jpeg (const YzFrame *frame, int width, int height)
{
  g_autoptr (GError) error = NULL;
  YzPictureHeader header;

  g_assert_cmpstr (frame->media_type, ==, "image/jpeg");
  g_assert_true (yz_jpeg_read_header (g_bytes_get_data (frame->bytes, NULL),
                                      g_bytes_get_size (frame->bytes), &header, &error));
  g_assert_no_error (error);
  g_assert_cmpint (header.width, ==, width);
  g_assert_cmpint (header.height, ==, height);
}

static void
assert_shoots (YzCamera *camera, int width, int height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shots = yz_camera_capture (camera, soon (60000), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (shots->len, ==, 1);
  assert_is_jpeg (((YzShot *) shots->pdata[0])->frame, width, height);
}

static void
assert_shows (YzCamera *camera, int width, int height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFrame) frame = NULL;

  while (frame == NULL && error == NULL)
    frame = yz_camera_grab_preview (camera, &error);
  g_assert_no_error (error);
  assert_is_jpeg (frame, width, height);
}

/* Small in the live picture, as large as the head gives in a shot, and the live picture goes on. */
static void
test_two_modes (gconstpointer device)
{
  YzCamera *camera = open_camera (device);
  g_autoptr (GError) error = NULL;

  assert_shoots (camera, 2592, 1944);
  g_assert_true (yz_camera_start_preview (camera, &error));
  assert_shows (camera, 1280, 960);
  assert_shoots (camera, 2592, 1944);
  assert_shows (camera, 1280, 960);
  assert_shoots (camera, 2592, 1944);
  yz_camera_stop_preview (camera);
  close_camera (camera);
}

static void
test_mode_is_chosen (void)
{
  YzCamera *camera = open_camera ("test");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) modes = yz_camera_list_modes (camera, &error);

  g_assert_cmpuint (g_strv_length (modes), ==, 3);
  g_assert_cmpstr (modes[0], ==, "640x480 image/jpeg");
  g_assert_true (yz_camera_set_mode (camera, modes[0], &error));
  assert_shoots (camera, 640, 480);
  g_assert_false (yz_camera_set_mode (camera, "9999x9999 image/jpeg", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  close_camera (camera);
}

/* Where both modes are one, a shot takes the next live frame and switches nothing. */
static void
test_same_mode (void)
{
  YzCamera *camera = open_camera ("test");
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_set_mode (camera, "1280x960 image/jpeg", &error));
  g_assert_true (yz_camera_start_preview (camera, &error));
  assert_shows (camera, 1280, 960);
  assert_shoots (camera, 1280, 960);
  assert_shows (camera, 1280, 960);
  close_camera (camera);
}

static void
test_unplugged (void)
{
  YzCamera *camera = open_camera ("test-short");
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_start_preview (camera, &error));
  while (error == NULL) {
    g_autoptr (YzFrame) frame = yz_camera_grab_preview (camera, &error);
  }
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_assert_true (yz_camera_is_broken (camera));
  yz_camera_close (camera);
  g_clear_error (&error);
  g_assert_true (yz_camera_open (camera, NULL, &error));
  assert_shoots (camera, 2592, 1944);
  close_camera (camera);
}

static void
test_bounded (void)
{
  YzCamera *camera = open_camera ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_camera_capture (camera, soon (0), NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (yz_camera_capture (camera, soon (60000), cancellable, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  close_camera (camera);
}

/* A head that is there and gives nothing of use is told in its own words, and the next one works.
 */
static void
assert_fails (const char *device, YzCaptureError code, int within_ms)
{
  YzCamera *camera = open_camera (device);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 2; i++) {
    g_assert_null (yz_camera_capture (camera, soon (within_ms), NULL, &error));
    g_assert_error (error, YZ_CAPTURE_ERROR, (int) code);
    g_assert_true (yz_camera_is_broken (camera));
    g_clear_error (&error);
    yz_camera_close (camera);
    g_assert_true (yz_camera_open (camera, NULL, &error));
  }
  close_camera (camera);
}

static void
test_silent (void)
{
  assert_fails ("test-silent", YZ_CAPTURE_ERROR_TIMEOUT, 300);
}

static void
test_torn (void)
{
  assert_fails ("test-torn", YZ_CAPTURE_ERROR_PROTOCOL, 60000);
}

static void
test_wrong_format (void)
{
  assert_fails ("test-wrong", YZ_CAPTURE_ERROR_PROTOCOL, 60000);
}

/* The live picture of a head that gives only torn frames shows none of them. */
static void
test_torn_preview (void)
{
  YzCamera *camera = open_camera ("test-torn");
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_start_preview (camera, &error));
  for (int i = 0; i < 30; i++) {
    g_assert_null (yz_camera_grab_preview (camera, &error));
    g_assert_no_error (error);
  }
  close_camera (camera);
}

static void
assert_no_camera (const char *device, YzCaptureError code)
{
  g_autoptr (YzCamera) camera = yz_video_camera_new (device);
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_camera_open (camera, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, (int) code);
}

static void
test_no_camera (void)
{
  assert_no_camera ("/dev/video-never", YZ_CAPTURE_ERROR_NOT_FOUND);
  assert_no_camera ("/dev/null", YZ_CAPTURE_ERROR_UNSUPPORTED);
  /* It cannot smuggle anything into a pipeline. */
  assert_no_camera ("x\" ! filesink location=/tmp/x", YZ_CAPTURE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/video-camera/small-live-picture-and-large-shots", "test", test_two_modes);
  g_test_add_data_func ("/video-camera/raw-head-is-compressed-here", "test-raw", test_two_modes);
  g_test_add_func ("/video-camera/mode-of-shots-can-be-chosen", test_mode_is_chosen);
  g_test_add_func ("/video-camera/one-mode-for-both-switches-nothing", test_same_mode);
  g_test_add_func ("/video-camera/unplugged-head-is-lost-and-opens-again", test_unplugged);
  g_test_add_func ("/video-camera/deadline-and-cancellation-end-a-shot", test_bounded);
  g_test_add_func ("/video-camera/head-without-frames-ends-at-the-deadline", test_silent);
  g_test_add_func ("/video-camera/frames-that-are-no-pictures-are-protocol", test_torn);
  g_test_add_func ("/video-camera/frames-of-another-format-are-protocol", test_wrong_format);
  g_test_add_func ("/video-camera/torn-frames-are-not-shown", test_torn_preview);
  g_test_add_func ("/video-camera/what-is-no-camera-is-told-so", test_no_camera);
  result = g_test_run ();
  gst_deinit ();
  return result;
}
