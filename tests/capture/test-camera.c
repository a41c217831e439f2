/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera.h"
#include "capture/capture-error.h"

/* A driver that reports whatever the test wants. */
#define TEST_TYPE_CAMERA (test_camera_get_type ())
G_DECLARE_FINAL_TYPE (TestCamera, test_camera, TEST, CAMERA, YzCamera)

struct _TestCamera {
  YzCamera parent_instance;
  int error; /* of capture, -1 none */
  GError *inner;
  char *set;
  guint closed, stopped;
};

G_DEFINE_FINAL_TYPE (TestCamera, test_camera, YZ_TYPE_CAMERA)

static YzCameraInfo *
test_camera_open (YzCamera *camera, GCancellable *cancellable, GError **error)
{
  return yz_camera_info_new ("test", "Test", "1", "test", YZ_CAMERA_ROLE_MAIN,
                             YZ_CAMERA_CAN_PREVIEW | YZ_CAMERA_CAN_CONTROLS);
}

static void
test_camera_close (YzCamera *camera)
{
  TEST_CAMERA (camera)->closed++;
}

static void
test_camera_stop_preview (YzCamera *camera)
{
  TEST_CAMERA (camera)->stopped++;
}

static YzFrame *
test_camera_grab_preview (YzCamera *camera, GError **error)
{
  return NULL;
}

static GPtrArray *
test_camera_capture (YzCamera *camera, gint64 deadline, GCancellable *cancellable, GError **error)
{
  TestCamera *self = TEST_CAMERA (camera);

  g_clear_error (&self->inner);
  yz_camera_capture (camera, deadline, cancellable, &self->inner);
  if (self->error < 0)
    return g_ptr_array_new ();
  g_set_error_literal (error, YZ_CAPTURE_ERROR, self->error, "wanted");
  return NULL;
}

static GPtrArray *
test_camera_list_controls (YzCamera *camera, GError **error)
{
  GPtrArray *controls = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_control_free);
  YzControl *range = yz_control_new (YZ_CONTROL_RANGE, "exposure", "Exposure", "0");
  YzControl *choice = yz_control_new (YZ_CONTROL_ENUM, "iso", "ISO", "100");
  YzControl *fixed = yz_control_new (YZ_CONTROL_BOOL, "flash", "Flash", "false");

  range->minimum = -2;
  range->maximum = 2;
  choice->choices = g_strsplit ("100 200", " ", -1);
  fixed->writable = FALSE;
  g_ptr_array_add (controls, range);
  g_ptr_array_add (controls, choice);
  g_ptr_array_add (controls, fixed);
  return controls;
}

static gboolean
test_camera_set_control (YzCamera *camera, const char *name, const char *value, GError **error)
{
  TestCamera *self = TEST_CAMERA (camera);

  g_free (self->set);
  self->set = g_strconcat (name, "=", value, NULL);
  return TRUE;
}

static void
test_camera_finalize (GObject *object)
{
  g_clear_error (&TEST_CAMERA (object)->inner);
  g_free (TEST_CAMERA (object)->set);
  G_OBJECT_CLASS (test_camera_parent_class)->finalize (object);
}

static void
test_camera_class_init (TestCameraClass *class)
{
  YzCameraClass *camera = YZ_CAMERA_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = test_camera_finalize;
  camera->open = test_camera_open;
  camera->close = test_camera_close;
  camera->stop_preview = test_camera_stop_preview;
  camera->grab_preview = test_camera_grab_preview;
  camera->capture = test_camera_capture;
  camera->list_controls = test_camera_list_controls;
  camera->set_control = test_camera_set_control;
}

static void
test_camera_init (TestCamera *self)
{
  self->error = -1;
}

static TestCamera *
new_camera (gboolean open)
{
  TestCamera *self = g_object_new (TEST_TYPE_CAMERA, NULL);

  if (open)
    g_assert_true (yz_camera_open (YZ_CAMERA (self), NULL, NULL));
  return self;
}

static void
test_not_open (void)
{
  g_autoptr (TestCamera) self = new_camera (FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_camera_capture (YZ_CAMERA (self), G_MAXINT64, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_clear_error (&error);
  g_assert_false (yz_camera_start_preview (YZ_CAMERA (self), &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  yz_camera_close (YZ_CAMERA (self));
  g_assert_cmpuint (self->closed, ==, 0);
}

static void
test_busy (void)
{
  g_autoptr (TestCamera) self = new_camera (TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shots = yz_camera_capture (YZ_CAMERA (self), G_MAXINT64, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (shots);
  g_assert_error (self->inner, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_BUSY);
}

static void
test_broken (void)
{
  g_autoptr (TestCamera) self = new_camera (TRUE);
  static const struct {
    YzCaptureError code;
    gboolean broken;
  } CASES[] = {
    { YZ_CAPTURE_ERROR_BUSY, FALSE },      { YZ_CAPTURE_ERROR_NO_PAPER, FALSE },
    { YZ_CAPTURE_ERROR_CANCELLED, FALSE }, { YZ_CAPTURE_ERROR_LOST, TRUE },
    { YZ_CAPTURE_ERROR_TIMEOUT, TRUE },    { YZ_CAPTURE_ERROR_PROTOCOL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;

    self->error = (int) CASES[i].code;
    g_assert_null (yz_camera_capture (YZ_CAMERA (self), G_MAXINT64, NULL, &error));
    g_assert_error (error, YZ_CAPTURE_ERROR, (int) CASES[i].code);
    g_assert_cmpint (yz_camera_is_broken (YZ_CAMERA (self)), ==, CASES[i].broken);
    yz_camera_close (YZ_CAMERA (self));
    g_assert_false (yz_camera_is_broken (YZ_CAMERA (self)));
    g_assert_true (yz_camera_open (YZ_CAMERA (self), NULL, NULL));
  }
}

static void
test_preview (void)
{
  g_autoptr (TestCamera) self = new_camera (TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_camera_grab_preview (YZ_CAMERA (self), &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_true (yz_camera_start_preview (YZ_CAMERA (self), &error));
  g_assert_true (yz_camera_start_preview (YZ_CAMERA (self), &error));
  g_assert_null (yz_camera_grab_preview (YZ_CAMERA (self), &error));
  g_assert_no_error (error);
  /* Closing leaves live view first, or the camera stays busy. */
  yz_camera_close (YZ_CAMERA (self));
  g_assert_cmpuint (self->stopped, ==, 1);
  g_assert_cmpuint (self->closed, ==, 1);
  g_assert_false (yz_camera_is_previewing (YZ_CAMERA (self)));
}

static void
assert_refuses (TestCamera *self, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_camera_set_control (YZ_CAMERA (self), name, value, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_assert_null (self->set);
}

static void
test_controls (void)
{
  g_autoptr (TestCamera) self = new_camera (TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = yz_camera_get_control (YZ_CAMERA (self), "iso", &error);

  g_assert_cmpstr (iso, ==, "100");
  assert_refuses (self, "exposure", "3");
  assert_refuses (self, "exposure", "nan");
  assert_refuses (self, "exposure", "1x");
  assert_refuses (self, "iso", "300");
  assert_refuses (self, "flash", "true");
  assert_refuses (self, "zoom", "1");
  g_assert_true (yz_camera_set_control (YZ_CAMERA (self), "exposure", "-1.5", &error));
  g_assert_cmpstr (self->set, ==, "exposure=-1.5");
}

static void
test_unsupported (void)
{
  g_autoptr (TestCamera) self = new_camera (TRUE);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) modes = yz_camera_list_modes (YZ_CAMERA (self), &error);
  YzCameraEvent event = YZ_CAMERA_EVENT_PAGE;
  YzShot *shot = NULL;

  g_assert_cmpuint (g_strv_length (modes), ==, 0);
  g_assert_false (yz_camera_set_mode (YZ_CAMERA (self), "8 MP", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_false (yz_camera_release (YZ_CAMERA (self), "key", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_true (yz_camera_wait_event (YZ_CAMERA (self), 0, &event, &shot, &error));
  g_assert_cmpint (event, ==, YZ_CAMERA_EVENT_NONE);
}

static void
test_pause (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_monotonic_time ();

  g_assert_true (yz_camera_pause (1, G_MAXINT64, NULL, &error));
  g_assert_false (yz_camera_pause (600000, now + 1000, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (yz_camera_pause (600000, G_MAXINT64, cancellable, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
}

static void
test_media_types (void)
{
  g_assert_cmpstr (yz_camera_guess_media_type ((const guint8 *) "\xff\xd8\xff\xe0", 4), ==,
                   "image/jpeg");
  g_assert_cmpstr (yz_camera_guess_media_type ((const guint8 *) "\x89PNG\r\n\x1a\n\0", 9), ==,
                   "image/png");
  g_assert_null (yz_camera_guess_media_type ((const guint8 *) "\xff\xd8", 2));
  g_assert_null (yz_camera_guess_media_type ((const guint8 *) "II*\0raw", 7));
  g_assert_null (yz_camera_guess_media_type (NULL, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/calls-before-opening-are-refused", test_not_open);
  g_test_add_func ("/camera/second-call-at-once-is-busy", test_busy);
  g_test_add_func ("/camera/some-errors-break-the-session-until-it-is-closed", test_broken);
  g_test_add_func ("/camera/closing-leaves-live-view", test_preview);
  g_test_add_func ("/camera/settings-outside-their-bounds-never-reach-the-driver", test_controls);
  g_test_add_func ("/camera/what-the-driver-lacks-is-unsupported", test_unsupported);
  g_test_add_func ("/camera/pause-ends-with-deadline-and-cancellation", test_pause);
  g_test_add_func ("/camera/media-type-is-read-from-the-first-bytes", test_media_types);
  return g_test_run ();
}
