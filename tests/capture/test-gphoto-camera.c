/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/capture-error.h"
#include "capture/gphoto-camera.h"
#include "tests/support/ptpip-responder.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define MIB (1024 * 1024)

/* Around the size of one block. */
static const struct {
  const char *name;
  gsize size;
} PICTURES[] = {
  { "1.jpg", 5000 },
  { "2.jpg", 3 * MIB + 12345 },
  { "3.jpg", MIB },
  { "4.jpg", MIB + 1 },
};

typedef struct {
  YzPtpipResponder *responder;
  YzCamera *camera;
} Desk;

static char *folder;

static void
write_pictures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PICTURES); i++) {
    g_autofree char *path = g_build_filename (folder, PICTURES[i].name, NULL);
    g_autofree guint8 *data = g_malloc (PICTURES[i].size);
    guint32 seed = (guint32) i + 1;

    for (gsize k = 0; k < PICTURES[i].size; k++) {
      seed = seed * 1664525 + 1013904223;
      data[k] = (guint8) (seed >> 25);
    }
    memcpy (data, "\xff\xd8\xff\xe0", 4);
    memcpy (data + PICTURES[i].size - 2, "\xff\xd9", 2);
    g_assert_true (g_file_set_contents (path, (char *) data, (gssize) PICTURES[i].size, NULL));
  }
}

static void
start (Desk *desk, const YzResponderOptions *options)
{
  g_autoptr (GError) error = NULL;
  YzResponderOptions own = *options;
  g_autofree char *address = NULL;

  own.pictures = folder;
  desk->responder = yz_ptpip_responder_start (&own, &error);
  g_assert_no_error (error);
  address = g_strdup_printf ("ptpip:127.0.0.1:%u:%u", yz_ptpip_responder_get_port (desk->responder),
                             yz_ptpip_responder_get_port (desk->responder));
  desk->camera = yz_gphoto_camera_new (address);
}

static void
setup (Desk *desk, gconstpointer options)
{
  static const YzResponderOptions GENERIC = { 0 };

  start (desk, options != NULL ? options : &GENERIC);
}

static void
teardown (Desk *desk, gconstpointer options)
{
  yz_camera_close (desk->camera);
  g_assert_finalize_object (desk->camera);
  yz_ptpip_responder_stop (desk->responder);
}

static void
open_camera (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yz_camera_open (desk->camera, NULL, &error));
  g_assert_no_error (error);
}

static YzShot *
shoot (Desk *desk, gint64 within_ms, GCancellable *cancellable, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + within_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GPtrArray) shots = yz_camera_capture (desk->camera, deadline, cancellable, error);

  if (shots == NULL)
    return NULL;
  g_assert_cmpuint (shots->len, ==, 1);
  return g_ptr_array_steal_index (shots, 0);
}

static void
assert_is_picture (GBytes *bytes, const char *path)
{
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, length);
}

static void
assert_shoots (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) shot = shoot (desk, 20000, NULL, &error);
  guint number = yz_ptpip_responder_count_shots (desk->responder);

  g_assert_no_error (error);
  assert_is_picture (shot->frame->bytes, yz_ptpip_responder_get_picture (desk->responder, number));
}

static void
test_originals (Desk *desk, gconstpointer options)
{
  const YzResponderOptions *own = options;
  guint blocks = 0;

  open_camera (desk);
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (PICTURES); i++)
    assert_shoots (desk);
  blocks = yz_ptpip_responder_count_blocks (desk->responder);
  if (own != NULL && own->without_blocks)
    g_assert_cmpuint (blocks, ==, 0);
  else
    g_assert_cmpuint (blocks, ==, 2 * (1 + 4 + 1 + 2));
}

static void
test_description (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) shot = NULL;
  const YzCameraInfo *info = NULL;

  open_camera (desk);
  info = yz_camera_get_info (desk->camera);
  g_assert_cmpstr (info->model, ==, "Loopback Camera");
  g_assert_cmpstr (info->id, ==, "YZ0000042");
  g_assert_cmpint (info->abilities & YZ_CAMERA_CAN_PREVIEW, !=, 0);
  shot = shoot (desk, 20000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shot->frame->device, ==, "Loopback Camera YZ0000042");
  g_assert_cmpstr (shot->frame->name, ==, "IMG_0001.JPG");
  g_assert_cmpstr (shot->frame->media_type, ==, "image/jpeg");
  g_assert_cmpint (ABS (g_get_real_time () - shot->frame->shot_at), <, 60 * G_TIME_SPAN_SECOND);
}

static void
test_release (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) first = NULL;
  g_autoptr (YzShot) second = NULL;

  open_camera (desk);
  first = shoot (desk, 20000, NULL, &error);
  second = shoot (desk, 20000, NULL, &error);
  g_assert_no_error (error);
  /* Nothing goes before our copy is durable. */
  g_assert_cmpuint (yz_ptpip_responder_count_objects (desk->responder), ==, 2);
  g_assert_true (yz_camera_release (desk->camera, first->key, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (yz_ptpip_responder_count_objects (desk->responder), ==, 1);
  yz_camera_close (desk->camera);
  /* Over a new session too. */
  open_camera (desk);
  g_assert_true (yz_camera_release (desk->camera, second->key, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (yz_ptpip_responder_count_objects (desk->responder), ==, 0);
  assert_shoots (desk);
}

static YzFrame *
grab (Desk *desk, GError **error)
{
  g_autoptr (GError) inner = NULL;
  YzFrame *frame = NULL;

  while (frame == NULL && inner == NULL)
    frame = yz_camera_grab_preview (desk->camera, &inner);
  if (inner != NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  return frame;
}

static void
test_preview (Desk *desk, gconstpointer options)
{
  const YzResponderOptions *own = options;
  g_autoptr (GError) error = NULL;

  open_camera (desk);
  g_assert_true (yz_camera_start_preview (desk->camera, &error));
  for (int i = 0; i < 6; i++) {
    g_autoptr (YzFrame) frame = grab (desk, &error);
    guint next = yz_ptpip_responder_count_shots (desk->responder) + 1;

    g_assert_no_error (error);
    assert_is_picture (frame->bytes, yz_ptpip_responder_get_picture (desk->responder, next));
    if (i == 2)
      assert_shoots (desk);
  }
  g_assert_cmpint (yz_ptpip_responder_is_live (desk->responder), ==, own != NULL && own->nikon);
  yz_camera_stop_preview (desk->camera);
  g_assert_false (yz_ptpip_responder_is_live (desk->responder));
  assert_shoots (desk);
  g_assert_true (yz_camera_start_preview (desk->camera, &error));
  g_clear_pointer (&error, g_error_free);
  yz_frame_unref (grab (desk, &error));
  yz_camera_close (desk->camera);
  g_assert_false (yz_ptpip_responder_is_live (desk->responder));
}

/* A fault in one shot has its name within its time, and the next shot is as good as ever. */
static void
assert_fault (Desk *desk, YzFault fault, YzCaptureError code, int limit_ms, int within_ms)
{
  g_autoptr (GError) error = NULL;
  gint64 started = 0;

  if (!yz_camera_is_open (desk->camera))
    open_camera (desk);
  yz_ptpip_responder_commit (desk->responder, fault, 0, 1);
  started = g_get_monotonic_time ();
  g_assert_null (shoot (desk, within_ms, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, (int) code);
  g_assert_cmpint ((g_get_monotonic_time () - started) / 1000, <, limit_ms);
  if (yz_camera_is_broken (desk->camera)) {
    yz_camera_close (desk->camera);
    open_camera (desk);
  }
  assert_shoots (desk);
}

/* What the camera is told to do once, and what that is called; setup reads the options only. */
typedef struct {
  YzResponderOptions options;
  YzFault fault;
  YzCaptureError code;
  int limit_ms, within_ms;
} Faulty;

static void
test_fault (Desk *desk, gconstpointer data)
{
  const Faulty *faulty = data;

  assert_fault (desk, faulty->fault, faulty->code, faulty->limit_ms, faulty->within_ms);
}

static void
test_busy (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;

  open_camera (desk);
  /* A moment of business passes unnoticed. */
  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_BUSY, 0, 3);
  assert_shoots (desk);
  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_BUSY, 0, G_MAXUINT);
  g_assert_null (shoot (desk, 20000, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_BUSY);
  g_assert_false (yz_camera_is_broken (desk->camera));
  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_BUSY, 0, 0);
  assert_shoots (desk);
}

static void
test_early (Desk *desk, gconstpointer options)
{
  open_camera (desk);
  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_EARLY, 0, 2);
  for (int i = 0; i < 4; i++)
    assert_shoots (desk);
}

static void
test_denied (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;

  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_DENY, 0, 1);
  g_assert_false (yz_camera_open (desk->camera, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CLAIMED);
  open_camera (desk);
  assert_shoots (desk);
}

static void
test_preview_died (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFrame) frame = NULL;
  gint64 started = g_get_monotonic_time ();

  open_camera (desk);
  g_assert_true (yz_camera_start_preview (desk->camera, &error));
  yz_frame_unref (grab (desk, &error));
  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_DIE_PREVIEW, 0, 1);
  g_assert_null (grab (desk, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 5 * G_TIME_SPAN_SECOND);
  g_clear_error (&error);
  yz_camera_close (desk->camera);
  open_camera (desk);
  g_assert_true (yz_camera_start_preview (desk->camera, &error));
  frame = grab (desk, &error);
  g_assert_no_error (error);
  assert_shoots (desk);
}

/* A live view that is busy for a moment is no reason to end it. */
static void
test_preview_busy (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFrame) frame = NULL;

  open_camera (desk);
  g_assert_true (yz_camera_start_preview (desk->camera, &error));
  yz_frame_unref (grab (desk, &error));
  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_BUSY_PREVIEW, 0, 3);
  while (frame == NULL) {
    g_clear_error (&error);
    frame = grab (desk, &error);
    if (frame == NULL)
      g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_BUSY);
    g_assert_false (yz_camera_is_broken (desk->camera));
  }
  assert_shoots (desk);
}

static gpointer
cancel_when_shot (gpointer data)
{
  Desk *desk = data;
  GCancellable *cancellable = g_object_get_data (G_OBJECT (desk->camera), "cancellable");

  while (yz_ptpip_responder_count_shots (desk->responder) == 0)
    yz_camera_pause (1, G_MAXINT64, NULL, NULL);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled (Desk *desk, gconstpointer options)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GThread) thread = NULL;

  open_camera (desk);
  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_EARLY, 0, 1);
  g_object_set_data (G_OBJECT (desk->camera), "cancellable", cancellable);
  thread = g_thread_new ("clerk", cancel_when_shot, desk);
  g_assert_null (shoot (desk, 20000, cancellable, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  g_thread_join (g_steal_pointer (&thread));
  /* The picture that came nevertheless is not taken for the next one. */
  assert_shoots (desk);
  g_assert_cmpuint (yz_ptpip_responder_count_shots (desk->responder), ==, 2);
}

static void
test_button (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  YzCameraEvent event = YZ_CAMERA_EVENT_NONE;
  YzShot *shot = NULL;

  open_camera (desk);
  yz_ptpip_responder_press_button (desk->responder);
  while (event == YZ_CAMERA_EVENT_NONE) {
    g_assert_true (yz_camera_wait_event (desk->camera, 50, &event, &shot, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpint (event, ==, YZ_CAMERA_EVENT_PAGE);
  assert_is_picture (shot->frame->bytes, yz_ptpip_responder_get_picture (desk->responder, 1));
  yz_shot_free (shot);
  /* A button pressed just before a shot is an event, not the shot. */
  yz_ptpip_responder_press_button (desk->responder);
  assert_shoots (desk);
  event = YZ_CAMERA_EVENT_NONE;
  while (event == YZ_CAMERA_EVENT_NONE)
    g_assert_true (yz_camera_wait_event (desk->camera, 50, &event, &shot, &error));
  assert_is_picture (shot->frame->bytes, yz_ptpip_responder_get_picture (desk->responder, 2));
  yz_shot_free (shot);
}

static void
test_lost_while_idle (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  YzCameraEvent event = YZ_CAMERA_EVENT_NONE;
  YzShot *shot = NULL;

  open_camera (desk);
  yz_ptpip_responder_stop (desk->responder);
  while (yz_camera_wait_event (desk->camera, 50, &event, &shot, &error))
    g_assert_null (shot);
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  yz_camera_close (desk->camera);
  g_clear_error (&error);
  g_assert_false (yz_camera_open (desk->camera, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_assert_finalize_object (desk->camera);
  setup (desk, NULL);
}

static void
test_controls (Desk *desk, gconstpointer options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  open_camera (desk);
  before = yz_camera_get_control (desk->camera, "iso", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (before, ==, "100");
  g_assert_false (yz_camera_set_control (desk->camera, "iso", "12345", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_true (yz_camera_set_control (desk->camera, "iso", "400", &error));
  g_assert_no_error (error);
  after = yz_camera_get_control (desk->camera, "iso", &error);
  g_assert_cmpstr (after, ==, "400");
  assert_shoots (desk);
}

static void
assert_no_camera (const char *address, YzCaptureError code)
{
  g_autoptr (YzCamera) camera = yz_gphoto_camera_new (address);
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_camera_open (camera, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, (int) code);
}

static void
test_addresses (Desk *desk, gconstpointer options)
{
  g_autofree char *by_name =
      g_strdup_printf ("ptpip:localhost:%u:%u", yz_ptpip_responder_get_port (desk->responder),
                       yz_ptpip_responder_get_port (desk->responder));

  assert_no_camera ("ptpip:127.0.0.1", YZ_CAPTURE_ERROR_NOT_FOUND);
  assert_no_camera ("ptpip:no-such-host.invalid:1:1", YZ_CAPTURE_ERROR_NOT_FOUND);
  assert_no_camera ("usb:999,999", YZ_CAPTURE_ERROR_NOT_FOUND);
  assert_no_camera ("ptpip:127.0.0.1:1:1", YZ_CAPTURE_ERROR_LOST);
  g_object_unref (desk->camera);
  desk->camera = yz_gphoto_camera_new (by_name);
  open_camera (desk);
  assert_shoots (desk);
}

static void
test_standard_input (Desk *desk, gconstpointer options)
{
  int file = -1;

  open_camera (desk);
  yz_camera_close (desk->camera);
  /* The library closed it; the next file must not land there. */
  g_assert_cmpint (fcntl (STDIN_FILENO, F_GETFD), >=, 0);
  file = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (file, >, STDERR_FILENO);
  open_camera (desk);
  yz_camera_close (desk->camera);
  g_assert_cmpint (fcntl (file, F_GETFD), >=, 0);
  close (file);
}

/* The library unloads its drivers, and then nobody could say where their leaks came from. */
static void
keep_drivers (const char *drivers)
{
  g_autoptr (GDir) directory = g_dir_open (drivers, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *path = g_build_filename (drivers, name, NULL);

    if (g_str_has_suffix (name, ".so"))
      dlopen (path, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
  }
}

static void
remove_folder (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PICTURES); i++) {
    g_autofree char *path = g_build_filename (folder, PICTURES[i].name, NULL);

    g_remove (path);
  }
  g_rmdir (folder);
  g_free (folder);
}

static const YzResponderOptions NIKON = { .nikon = TRUE };
static const YzResponderOptions WHOLE = { .without_blocks = TRUE };
/* clang-format off */
static const Faulty CUT = { { 0 }, YZ_FAULT_CUT, YZ_CAPTURE_ERROR_LOST, 5000, 20000 };
static const Faulty RESET = { { 0 }, YZ_FAULT_RESET, YZ_CAPTURE_ERROR_LOST, 5000, 20000 };
static const Faulty STALL = { { 0 }, YZ_FAULT_STALL, YZ_CAPTURE_ERROR_TIMEOUT, 10000, 20000 };
static const Faulty SHORT = { { 0 }, YZ_FAULT_SHORT, YZ_CAPTURE_ERROR_PROTOCOL, 5000, 20000 };
static const Faulty IGNORED = { { 0 }, YZ_FAULT_IGNORE, YZ_CAPTURE_ERROR_TIMEOUT, 3000, 1000 };
static const Faulty DIED = { { 0 }, YZ_FAULT_DIE, YZ_CAPTURE_ERROR_LOST, 5000, 20000 };
static const Faulty NO_PICTURE = { { 0 }, YZ_FAULT_NO_PICTURE, YZ_CAPTURE_ERROR_UNSUPPORTED, 5000, 20000 };
static const Faulty NIKON_CUT = { { .nikon = TRUE }, YZ_FAULT_CUT, YZ_CAPTURE_ERROR_LOST, 5000, 20000 };
static const Faulty NIKON_IGNORED = { { .nikon = TRUE }, YZ_FAULT_IGNORE, YZ_CAPTURE_ERROR_TIMEOUT, 3000, 1000 };
/* clang-format on */

static void
add_tests (void)
{
#define ADD(claim, options, test)                                                                  \
  g_test_add ("/gphoto-camera/" claim, Desk, options, setup, test, teardown)
  ADD ("originals-are-byte-identical-in-blocks", NULL, test_originals);
  ADD ("originals-are-byte-identical-as-a-whole", &WHOLE, test_originals);
  ADD ("frame-names-model-and-serial", NULL, test_description);
  ADD ("picture-stays-on-the-camera-until-released", NULL, test_release);
  ADD ("generic-live-view-lives-beside-shots", NULL, test_preview);
  ADD ("nikon-live-view-lives-beside-shots-and-is-left", &NIKON, test_preview);
  ADD ("nikon-originals-are-byte-identical", &NIKON, test_originals);
  ADD ("nikon-that-dies-in-live-view-is-lost", &NIKON, test_preview_died);
  ADD ("nikon-that-is-busy-in-live-view-goes-on", &NIKON, test_preview_busy);
  ADD ("nikon-that-cuts-the-connection-is-lost", &NIKON_CUT, test_fault);
  ADD ("nikon-that-ignores-the-release-is-a-timeout", &NIKON_IGNORED, test_fault);
  ADD ("nikon-that-is-busy-is-tried-again-then-busy", &NIKON, test_busy);
  ADD ("nikon-done-before-the-picture-is-no-matter", &NIKON, test_early);
  ADD ("nikon-button-gives-a-page", &NIKON, test_button);
  ADD ("generic-live-view-that-is-busy-goes-on", NULL, test_preview_busy);
  ADD ("cut-connection-is-lost", &CUT, test_fault);
  ADD ("reset-connection-is-lost", &RESET, test_fault);
  ADD ("stall-is-a-timeout", &STALL, test_fault);
  ADD ("less-than-promised-is-protocol", &SHORT, test_fault);
  ADD ("ignored-release-is-a-timeout-at-the-deadline", &IGNORED, test_fault);
  ADD ("camera-that-dies-at-the-release-is-lost", &DIED, test_fault);
  ADD ("file-that-is-no-picture-is-unsupported", &NO_PICTURE, test_fault);
  ADD ("busy-camera-is-tried-again-then-busy", NULL, test_busy);
  ADD ("done-before-the-picture-is-no-matter", NULL, test_early);
  ADD ("denied-connection-is-claimed", NULL, test_denied);
  ADD ("camera-that-dies-in-live-view-is-lost", NULL, test_preview_died);
  ADD ("cancelled-shot-is-not-taken-for-the-next", NULL, test_cancelled);
  ADD ("button-on-the-camera-gives-a-page", NULL, test_button);
  ADD ("camera-that-goes-while-idle-is-lost", NULL, test_lost_while_idle);
  ADD ("settings-are-read-and-written", NULL, test_controls);
  ADD ("addresses-are-checked-and-names-resolved", NULL, test_addresses);
  ADD ("standard-input-stays-guarded", NULL, test_standard_input);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("yizhan-home-XXXXXX", NULL);
  g_autofree char *settings = g_build_filename (home, ".gphoto", "settings", NULL);
  g_autofree char *settings_folder = g_build_filename (home, ".gphoto", NULL);
  int result = 0;

  g_setenv ("HOME", home, TRUE);
  signal (SIGPIPE, SIG_IGN);
  keep_drivers (YZ_GPHOTO_DRIVERS);
  keep_drivers (YZ_GPHOTO_PORTS);
  folder = g_dir_make_tmp ("yizhan-XXXXXX", NULL);
  write_pictures ();
  g_test_init (&argc, &argv, NULL);
  add_tests ();
  result = g_test_run ();
  remove_folder ();
  g_remove (settings);
  g_rmdir (settings_folder);
  g_rmdir (home);
  return result;
}
