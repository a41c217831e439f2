/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/bitmap.h"
#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "tests/vm/video-claims.h"

#include <fcntl.h>
#include <gst/gst.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Video devices as the kernel's own test driver plays them: two webcams on two nodes. */

#define DRIVER "/sys/bus/platform/drivers/vivid/"
#define PLACE "vivid.0"
static void
tell_kernel (const char *file)
{
  g_autofree char *path = g_strconcat (DRIVER, file, NULL);
  FILE *stream = fopen (path, "we");

  g_assert_nonnull (stream);
  g_assert_cmpint (fputs (PLACE, stream), >=, 0);
  g_assert_cmpint (fclose (stream), ==, 0);
}

static GPtrArray *
wait_for_heads (void)
{
  return yz_claims_wait_for_heads (PLACE, 2);
}

static YzCamera *
open_head (guint number)
{
  g_autoptr (GPtrArray) infos = wait_for_heads ();

  return yz_claims_open (infos->pdata[number]);
}

static void
test_two_nodes (void)
{
  g_autoptr (GPtrArray) infos = wait_for_heads ();
  const YzCameraInfo *first = infos->pdata[0];
  const YzCameraInfo *second = infos->pdata[1];

  g_test_message ("%s %s; %s %s", first->id, first->address, second->id, second->address);
  g_assert_cmpstr (first->model, ==, "vivid");
  g_assert_cmpstr (first->id, !=, second->id);
  g_assert_cmpstr (first->address, !=, second->address);
  g_assert_cmpint (first->role, ==, YZ_CAMERA_ROLE_MAIN);
  g_assert_cmpint (second->role, ==, YZ_CAMERA_ROLE_SIDE);
}

static void
test_both_at_once (void)
{
  YzCamera *first = open_head (0);
  YzCamera *second = open_head (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_start_preview (first, &error));
  g_assert_true (yz_camera_start_preview (second, &error));
  yz_claims_assert_shows (first);
  yz_claims_assert_shows (second);
  yz_claims_assert_shows (first);
  yz_claims_close (first);
  yz_claims_close (second);
}

static const char *
find_mode (GStrv modes, const char *size)
{
  for (gsize i = 0; modes[i] != NULL; i++)
    if (g_str_has_prefix (modes[i], size))
      return modes[i];
  g_error ("there is no mode %s", size);
  return NULL;
}

static void
test_modes (void)
{
  static const struct {
    const char *size;
    int width, height;
  } SIZES[] = { { "320x180 ", 320, 180 }, { "1280x720 ", 1280, 720 }, { "640x360 ", 640, 360 } };
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) modes = yz_camera_list_modes (camera, &error);
  g_autofree char *listed = g_strjoinv (", ", modes);
  g_autofree char *chosen = yz_camera_get_mode (camera);

  g_test_message ("%s; chosen %s", listed, chosen);
  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    const char *mode = find_mode (modes, SIZES[i].size);
    g_autofree char *now = NULL;
    g_autoptr (YzFrame) frame = NULL;

    yz_camera_set_mode (camera, mode, &error);
    g_assert_no_error (error);
    now = yz_camera_get_mode (camera);
    g_assert_cmpstr (now, ==, mode);
    frame = yz_claims_shoot (camera);
    yz_claims_assert_is_jpeg (frame, SIZES[i].width, SIZES[i].height);
  }
  yz_claims_close (camera);
}

/* The live picture in a middling mode, a shot in the largest one, and the live picture again. */
static void
test_still (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;
  g_autofree char *mode = yz_camera_get_mode (camera);
  g_autoptr (YzFrame) frame = NULL;
  int width = 0;
  int height = 0;

  g_assert_cmpint (sscanf (mode, "%dx%d", &width, &height), ==, 2); /* NOLINT(cert-err34-c) */
  g_assert_cmpint (width, >=, 1920);
  g_assert_true (yz_camera_start_preview (camera, &error));
  yz_claims_assert_shows (camera);
  frame = yz_claims_shoot (camera);
  yz_claims_assert_is_jpeg (frame, width, height);
  yz_claims_assert_shows (camera);
  yz_claims_close (camera);
}

static const YzControl *
find_control (GPtrArray *controls, const char *name)
{
  for (guint i = 0; i < controls->len; i++) {
    const YzControl *control = controls->pdata[i];

    if (g_str_equal (control->name, name))
      return control;
  }
  g_error ("there is no setting %s", name);
  return NULL;
}

static void
test_controls_listed (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) controls = yz_camera_list_controls (camera, &error);
  const YzControl *brightness = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < controls->len; i++) {
    const YzControl *control = controls->pdata[i];

    g_test_message ("%s (%s) = %s", control->name, control->label, control->value);
  }
  brightness = find_control (controls, "brightness");
  g_assert_cmpint (brightness->kind, ==, YZ_CONTROL_RANGE);
  g_assert_cmpint ((int) brightness->minimum, ==, 0);
  g_assert_cmpint ((int) brightness->maximum, ==, 255);
  g_assert_cmpint ((int) brightness->step, ==, 1);
  g_assert_true (brightness->writable);
  g_assert_cmpint (find_control (controls, "boolean")->kind, ==, YZ_CONTROL_BOOL);
  g_assert_cmpint (find_control (controls, "menu")->kind, ==, YZ_CONTROL_ENUM);
  g_assert_cmpint (find_control (controls, "integer_menu")->kind, ==, YZ_CONTROL_ENUM);
  yz_claims_close (camera);
}

static void
test_controls_set (void)
{
  static const struct {
    const char *name, *values[3];
  } CHANGES[] = {
    { "brightness", { "0", "255", "128" } },
    { "contrast", { "10", "200", "128" } },
    { "saturation", { "0", "255", "128" } },
    { "hue", { "-100", "127", "0" } },
    { "boolean", { "true", "false", "true" } },
    { "gain_automatic", { "false", "true", "false" } },
    { "horizontal_flip", { "true", "false", "false" } },
  };
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) controls = yz_camera_list_controls (camera, &error);

  for (gsize i = 0; i < G_N_ELEMENTS (CHANGES); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (CHANGES[i].values); k++)
      yz_claims_assert_sets (camera, CHANGES[i].name, CHANGES[i].values[k]);
  for (char **choice = find_control (controls, "menu")->choices; *choice != NULL; choice++)
    yz_claims_assert_sets (camera, "menu", *choice);
  for (char **choice = find_control (controls, "integer_menu")->choices; *choice != NULL; choice++)
    yz_claims_assert_sets (camera, "integer_menu", *choice);
  yz_claims_close (camera);
}

static void
assert_refuses (YzCamera *camera, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_camera_set_control (camera, name, value, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static void
test_controls_refused (void)
{
  YzCamera *camera = open_head (0);

  assert_refuses (camera, "brightness", "256");
  assert_refuses (camera, "brightness", "bright");
  assert_refuses (camera, "menu", "No such choice");
  assert_refuses (camera, "no_such_setting", "1");
  assert_refuses (camera, "boolean", "perhaps");
  yz_claims_close (camera);
}

/* The mean of what is green in a shot, 0 to 255. */
static double
measure_light (YzCamera *camera)
{
  g_autoptr (YzFrame) frame = yz_claims_shoot (camera);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzBitmap) bitmap = yz_jpeg_decode (g_bytes_get_data (frame->bytes, NULL),
                                                g_bytes_get_size (frame->bytes), 0, &error);
  double sum = 0;

  g_assert_no_error (error);
  for (int y = 0; y < bitmap->height; y++)
    for (int x = 0; x < bitmap->width; x++)
      sum += yz_bitmap_get_row (bitmap, y)[x] >> 8 & 0xff;
  return sum / bitmap->height / bitmap->width;
}

static void
test_brightness_shows (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) modes = yz_camera_list_modes (camera, &error);
  double dark = 0;
  double light = 0;

  g_assert_true (yz_camera_set_mode (camera, find_mode (modes, "320x180 "), &error));
  yz_claims_assert_sets (camera, "brightness", "40");
  dark = measure_light (camera);
  yz_claims_assert_sets (camera, "brightness", "220");
  light = measure_light (camera);
  yz_claims_assert_sets (camera, "brightness", "128");
  g_test_message ("dark %.1f, light %.1f", dark, light);
  g_assert_cmpfloat (light, >, dark + 60);
  yz_claims_close (camera);
}

/* A setting while the live picture runs. */
static void
test_control_in_preview (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_start_preview (camera, &error));
  yz_claims_assert_shows (camera);
  yz_claims_assert_sets (camera, "contrast", "90");
  yz_claims_assert_shows (camera);
  yz_claims_assert_sets (camera, "contrast", "128");
  yz_claims_close (camera);
}

static void
test_claimed (void)
{
  YzCamera *holder = open_head (0);
  YzCamera *other = open_head (0);
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_start_preview (holder, &error));
  yz_claims_assert_shows (holder);
  g_assert_null (yz_camera_capture (other, yz_claims_soon (YZ_GUARD_S), NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CLAIMED);
  yz_claims_assert_shows (holder);
  yz_claims_close (holder);
  g_clear_error (&error);
  g_assert_false (yz_camera_is_broken (other));
  yz_frame_unref (yz_claims_shoot (other));
  yz_claims_close (other);
}

/* What is plugged in again may get another number: the list says which, by the id. */
static void
test_unplugged (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_start_preview (camera, &error));
  yz_claims_assert_shows (camera);
  tell_kernel ("unbind");
  yz_claims_assert_is_lost (camera);
  yz_claims_close (camera);
  tell_kernel ("bind");
  camera = open_head (0);
  g_assert_true (yz_camera_start_preview (camera, &error));
  yz_claims_assert_shows (camera);
  yz_claims_close (camera);
}

/* Nobody looks at the live picture: the device is missed all the same. */
static void
test_unplugged_at_rest (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) shot = NULL;
  YzCameraEvent event = YZ_CAMERA_EVENT_NONE;
  gint64 deadline = yz_claims_soon (YZ_GUARD_S);

  tell_kernel ("unbind");
  while (yz_camera_wait_event (camera, 50, &event, &shot, &error) &&
         g_get_monotonic_time () < deadline)
    g_thread_yield ();
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  tell_kernel ("bind");
  g_ptr_array_unref (wait_for_heads ());
  yz_claims_close (camera);
}

/* Buttons with which the driver plays faults; they are nothing for a desk, so the camera has none.
 */
static void
press (YzCamera *camera, const char *label)
{
  int fd = open (yz_camera_get_info (camera)->address + strlen ("video:"), O_RDWR | O_CLOEXEC);
  struct v4l2_queryctrl query = { .id = V4L2_CTRL_FLAG_NEXT_CTRL };
  struct v4l2_control change = { 0 };

  g_assert_cmpint (fd, >=, 0);
  while (ioctl (fd, VIDIOC_QUERYCTRL, &query) == 0 && change.id == 0) {
    if (g_str_equal ((const char *) query.name, label))
      change.id = query.id;
    query.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
  }
  g_assert_cmpuint (change.id, !=, 0);
  g_assert_cmpint (ioctl (fd, VIDIOC_S_CTRL, &change), ==, 0);
  close (fd);
}

static void
plug_in_again (void)
{
  tell_kernel ("unbind");
  tell_kernel ("bind");
  g_ptr_array_unref (wait_for_heads ());
}

/* One of the two heads goes while both show. */
static void
test_one_of_two (void)
{
  YzCamera *first = open_head (0);
  YzCamera *second = open_head (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_start_preview (first, &error));
  g_assert_true (yz_camera_start_preview (second, &error));
  yz_claims_assert_shows (first);
  yz_claims_assert_shows (second);
  press (first, "Disconnect");
  yz_claims_assert_is_lost (first);
  yz_claims_assert_shows (second);
  yz_claims_close (first);
  yz_claims_close (second);
  plug_in_again ();
}

/* @button: a fault in the stream, after which the camera is to be opened again */
static void
assert_fault (const char *button, const int *codes)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;
  gint64 deadline = yz_claims_soon (YZ_GUARD_S);

  g_assert_true (yz_camera_start_preview (camera, &error));
  yz_claims_assert_shows (camera);
  press (camera, button);
  while (error == NULL && g_get_monotonic_time () < deadline) {
    g_autoptr (YzFrame) late = yz_camera_grab_preview (camera, &error);
  }
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == YZ_CAPTURE_ERROR &&
                 (error->code == codes[0] || error->code == codes[1]));
  yz_camera_close (camera);
  g_clear_error (&error);
  g_assert_true (yz_camera_open (camera, NULL, &error));
  g_assert_true (yz_camera_start_preview (camera, &error));
  yz_claims_assert_shows (camera);
  yz_claims_close (camera);
}

static void
test_fatal_fault (void)
{
  static const int CODES[] = { YZ_CAPTURE_ERROR_LOST, YZ_CAPTURE_ERROR_PROTOCOL };

  assert_fault ("Inject Fatal Streaming Error", CODES);
}

/* The next start of the stream is refused once; the one after it works. */
static void
test_start_refused (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;

  press (camera, "Inject VIDIOC_STREAMON Error");
  g_assert_null (yz_camera_capture (camera, yz_claims_soon (YZ_GUARD_S), NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == YZ_CAPTURE_ERROR);
  yz_camera_close (camera);
  g_clear_error (&error);
  g_assert_true (yz_camera_open (camera, NULL, &error));
  yz_frame_unref (yz_claims_shoot (camera));
  yz_claims_close (camera);
}

/* Frames that the driver itself calls damaged are dropped, and the picture goes on. */
static void
test_damaged_frame (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_start_preview (camera, &error));
  yz_claims_assert_shows (camera);
  press (camera, "Inject V4L2_BUF_FLAG_ERROR");
  for (int i = 0; i < 10; i++)
    yz_claims_assert_shows (camera);
  yz_claims_close (camera);
}

static void
test_no_frames (void)
{
  YzCamera *camera = open_head (0);
  g_autoptr (GError) error = NULL;

  yz_claims_assert_sets (camera, "percentage_of_dropped_buffers", "100");
  g_assert_null (yz_camera_capture (camera, yz_claims_soon (4), NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  yz_camera_close (camera);
  g_clear_error (&error);
  g_assert_true (yz_camera_open (camera, NULL, &error));
  yz_claims_assert_sets (camera, "percentage_of_dropped_buffers", "0");
  yz_frame_unref (yz_claims_shoot (camera));
  yz_claims_close (camera);
}

static void
test_hot_plug (void)
{
  YzCameraList *list = yz_camera_list_new ();
  gint64 began = 0;

  yz_claims_wait_for_count (list, PLACE, 2);
  began = g_get_monotonic_time ();
  tell_kernel ("unbind");
  yz_claims_wait_for_count (list, PLACE, 0);
  g_test_message ("gone after %d ms", (int) ((g_get_monotonic_time () - began) / 1000));
  began = g_get_monotonic_time ();
  tell_kernel ("bind");
  yz_claims_wait_for_count (list, PLACE, 2);
  g_test_message ("there after %d ms", (int) ((g_get_monotonic_time () - began) / 1000));
  g_assert_finalize_object (list);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/vivid/two-nodes-are-two-cameras", test_two_nodes);
  g_test_add_func ("/vivid/both-nodes-show-at-once", test_both_at_once);
  g_test_add_func ("/vivid/a-shot-has-the-size-of-its-mode", test_modes);
  g_test_add_func ("/vivid/shots-are-large-and-the-live-picture-goes-on", test_still);
  g_test_add_func ("/vivid/settings-are-listed-as-the-device-has-them", test_controls_listed);
  g_test_add_func ("/vivid/settings-are-set-and-read-back", test_controls_set);
  g_test_add_func ("/vivid/settings-out-of-bounds-are-refused", test_controls_refused);
  g_test_add_func ("/vivid/brightness-is-seen-in-the-shot", test_brightness_shows);
  g_test_add_func ("/vivid/setting-changes-while-the-live-picture-runs", test_control_in_preview);
  g_test_add_func ("/vivid/head-of-another-program-is-claimed", test_claimed);
  g_test_add_func ("/vivid/unplugged-in-the-live-picture-is-lost-and-opens-again", test_unplugged);
  g_test_add_func ("/vivid/unplugged-at-rest-is-lost", test_unplugged_at_rest);
  g_test_add_func ("/vivid/one-head-of-two-goes-and-the-other-shows-on", test_one_of_two);
  g_test_add_func ("/vivid/stream-that-breaks-is-told-and-opens-again", test_fatal_fault);
  g_test_add_func ("/vivid/stream-that-does-not-start-is-told-and-opens-again", test_start_refused);
  g_test_add_func ("/vivid/damaged-frame-does-not-end-the-live-picture", test_damaged_frame);
  g_test_add_func ("/vivid/no-frames-end-at-the-deadline", test_no_frames);
  g_test_add_func ("/vivid/list-follows-what-udev-says", test_hot_plug);
  result = g_test_run ();
  gst_deinit ();
  return result;
}
