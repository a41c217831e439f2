/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-host.h"
#include "capture/capture-error.h"
#include "tests/support/ptpip-responder.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* The whole way: desk, helper process, libgphoto2, and a network camera with its faults. */

#define GUARD_S 90
#define SIZE 1500000

typedef struct {
  YzPtpipResponder *responder;
  YzCameraHost *host;
  guint previews;
  guint guard;
} Desk;

typedef struct {
  YzFrame *frame;
  GError *error;
  gboolean done;
} Shot;

static char *folder;

static gboolean
on_guard (gpointer data)
{
  g_error ("the condition did not come true within %d s", GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
write_pictures (void)
{
  for (char mark = 'a'; mark <= 'c'; mark++) {
    g_autofree char *name = g_strdup_printf ("%c.jpg", mark);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *data = g_strnfill (SIZE, mark);

    memcpy (data, "\xff\xd8\xff\xe0", 4);
    memcpy (data + SIZE - 2, "\xff\xd9", 2);
    g_assert_true (g_file_set_contents (path, data, SIZE, NULL));
  }
}

static void
on_preview (YzCameraHost *host, gpointer data)
{
  ((Desk *) data)->previews++;
}

static void
setup (Desk *desk, gconstpointer data)
{
  const YzResponderOptions options = { .pictures = folder };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  desk->guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);
  desk->responder = yz_ptpip_responder_start (&options, &error);
  g_assert_no_error (error);
  address = g_strdup_printf ("ptpip:127.0.0.1:%u:%u", yz_ptpip_responder_get_port (desk->responder),
                             yz_ptpip_responder_get_port (desk->responder));
  desk->host = yz_camera_host_new (address);
  g_signal_connect (desk->host, "preview", G_CALLBACK (on_preview), desk);
  yz_camera_host_open (desk->host);
}

static void
wait_for_state (Desk *desk, YzCameraState state)
{
  while (yz_camera_host_get_state (desk->host) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
teardown (Desk *desk, gconstpointer data)
{
  yz_camera_host_close (desk->host);
  while (!yz_camera_host_is_quiet (desk->host))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (desk->host);
  yz_ptpip_responder_stop (desk->responder);
  g_source_remove (desk->guard);
}

static void
on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  Shot *shot = data;

  shot->frame = yz_camera_host_shoot_finish (YZ_CAMERA_HOST (source), result, &shot->error);
  shot->done = TRUE;
}

static void
shoot (Desk *desk, Shot *shot)
{
  yz_camera_host_shoot_async (desk->host, NULL, on_shot, shot);
  while (!shot->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
clear_shot (Shot *shot)
{
  g_clear_pointer (&shot->frame, yz_frame_unref);
  g_clear_error (&shot->error);
  shot->done = FALSE;
}

static void
assert_is_shot (Desk *desk, const Shot *shot)
{
  guint number = yz_ptpip_responder_count_shots (desk->responder);
  const char *path = yz_ptpip_responder_get_picture (desk->responder, number);
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_no_error (shot->error);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpmem (g_bytes_get_data (shot->frame->bytes, NULL),
                   g_bytes_get_size (shot->frame->bytes), data, length);
}

static void
assert_shoots (Desk *desk)
{
  Shot shot = { 0 };

  shoot (desk, &shot);
  assert_is_shot (desk, &shot);
  yz_camera_host_release (desk->host, shot.frame);
  clear_shot (&shot);
}

static GPid
find_helper (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task = NULL;

  while ((task = g_dir_read_name (tasks)) != NULL) {
    g_autofree char *list = g_build_filename ("/proc/self/task", task, "children", NULL);
    g_autofree char *children = NULL;

    if (g_file_get_contents (list, &children, NULL, NULL) && *children != '\0')
      return (GPid) g_ascii_strtoll (children, NULL, 10);
  }
  return 0;
}

static void
kill_helper (void)
{
  GPid pid = find_helper ();

  g_assert_cmpint (pid, >, 0);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
}

static void
wait_for_previews (Desk *desk, guint more)
{
  guint wanted = desk->previews + more;

  while (desk->previews < wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_in_a_row (Desk *desk, gconstpointer data)
{
  for (int i = 0; i < 12; i++)
    assert_shoots (desk);
  g_assert_cmpstr (yz_camera_host_get_model (desk->host), ==, "Loopback Camera");
  /* Each was released, so none stays on the camera. */
  while (yz_ptpip_responder_count_objects (desk->responder) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_kept_until_released (Desk *desk, gconstpointer data)
{
  Shot shot = { 0 };

  shoot (desk, &shot);
  assert_is_shot (desk, &shot);
  kill_helper ();
  wait_for_state (desk, YZ_CAMERA_LOST);
  wait_for_state (desk, YZ_CAMERA_READY);
  g_assert_cmpuint (yz_ptpip_responder_count_objects (desk->responder), ==, 1);
  yz_camera_host_release (desk->host, shot.frame);
  while (yz_ptpip_responder_count_objects (desk->responder) > 0)
    g_main_context_iteration (NULL, TRUE);
  clear_shot (&shot);
}

static void
test_killed_in_preview (Desk *desk, gconstpointer data)
{
  yz_camera_host_start_preview (desk->host);
  for (int i = 0; i < 3; i++) {
    g_autoptr (YzFrame) frame = NULL;

    wait_for_previews (desk, 3);
    frame = yz_camera_host_get_preview (desk->host);
    g_assert_cmpuint (g_bytes_get_size (frame->bytes), ==, SIZE);
    kill_helper ();
    wait_for_state (desk, YZ_CAMERA_LOST);
  }
  wait_for_previews (desk, 1);
  assert_shoots (desk);
}

static void
test_killed_in_shot (Desk *desk, gconstpointer data)
{
  for (int i = 0; i < 3; i++) {
    Shot shot = { 0 };

    wait_for_state (desk, YZ_CAMERA_READY);
    yz_ptpip_responder_commit (desk->responder, YZ_FAULT_IGNORE, 0, 1);
    yz_camera_host_shoot_async (desk->host, NULL, on_shot, &shot);
    wait_for_state (desk, YZ_CAMERA_SHOOTING);
    kill_helper ();
    while (!shot.done)
      g_main_context_iteration (NULL, TRUE);
    g_assert_error (shot.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
    clear_shot (&shot);
    yz_ptpip_responder_commit (desk->responder, YZ_FAULT_IGNORE, 0, 0);
    assert_shoots (desk);
  }
}

static void
assert_fault (Desk *desk, YzFault fault, YzCaptureError code)
{
  Shot shot = { 0 };

  wait_for_state (desk, YZ_CAMERA_READY);
  yz_ptpip_responder_commit (desk->responder, fault, 0, 1);
  shoot (desk, &shot);
  g_assert_error (shot.error, YZ_CAPTURE_ERROR, (int) code);
  clear_shot (&shot);
  assert_shoots (desk);
}

static void
test_faults (Desk *desk, gconstpointer data)
{
  assert_fault (desk, YZ_FAULT_CUT, YZ_CAPTURE_ERROR_LOST);
  assert_fault (desk, YZ_FAULT_RESET, YZ_CAPTURE_ERROR_LOST);
  assert_fault (desk, YZ_FAULT_STALL, YZ_CAPTURE_ERROR_TIMEOUT);
  assert_fault (desk, YZ_FAULT_SHORT, YZ_CAPTURE_ERROR_PROTOCOL);
  assert_fault (desk, YZ_FAULT_DIE, YZ_CAPTURE_ERROR_LOST);
  assert_fault (desk, YZ_FAULT_NO_PICTURE, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static void
test_drip (Desk *desk, gconstpointer data)
{
  gint64 started = g_get_monotonic_time ();

  /* No read ever times out: only the desk's own clock ends this. */
  assert_fault (desk, YZ_FAULT_DRIP, YZ_CAPTURE_ERROR_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 40 * G_TIME_SPAN_SECOND);
}

static void
test_dies_in_preview (Desk *desk, gconstpointer data)
{
  yz_camera_host_start_preview (desk->host);
  wait_for_previews (desk, 2);
  yz_ptpip_responder_commit (desk->responder, YZ_FAULT_DIE_PREVIEW, 0, 1);
  wait_for_state (desk, YZ_CAMERA_LOST);
  wait_for_previews (desk, 2);
  assert_shoots (desk);
}

static void
on_page (YzCameraHost *host, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
test_button (Desk *desk, gconstpointer data)
{
  gboolean pressed = FALSE;
  g_autoptr (YzFrame) frame = NULL;

  g_signal_connect (desk->host, "page", G_CALLBACK (on_page), &pressed);
  wait_for_state (desk, YZ_CAMERA_READY);
  yz_ptpip_responder_press_button (desk->responder);
  while (!pressed)
    g_main_context_iteration (NULL, TRUE);
  frame = yz_camera_host_take_page (desk->host);
  g_assert_cmpuint (g_bytes_get_size (frame->bytes), ==, SIZE);
  g_assert_null (yz_camera_host_take_page (desk->host));
}

static void
test_switched_off (Desk *desk, gconstpointer data)
{
  const guint16 port = yz_ptpip_responder_get_port (desk->responder);
  const YzResponderOptions options = { .pictures = folder, .port = port };
  g_autoptr (GError) error = NULL;
  Shot shot = { 0 };

  assert_shoots (desk);
  yz_ptpip_responder_stop (desk->responder);
  wait_for_state (desk, YZ_CAMERA_LOST);
  shoot (desk, &shot);
  g_assert_error (shot.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  clear_shot (&shot);
  desk->responder = yz_ptpip_responder_start (&options, &error);
  g_assert_no_error (error);
  /* Nobody presses anything: it comes back by itself. */
  wait_for_state (desk, YZ_CAMERA_READY);
  assert_shoots (desk);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    remove_tree (inner);
  }
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("yizhan-home-XXXXXX", NULL);
  int result = 0;

  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  folder = g_build_filename (home, "pictures", NULL);
  g_mkdir (folder, 0700);
  write_pictures ();
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, test) g_test_add ("/camera-link/" claim, Desk, NULL, setup, test, teardown)
  ADD ("shots-in-a-row-are-byte-identical-and-leave-the-camera-empty", test_in_a_row);
  ADD ("picture-is-kept-until-released-over-restarts", test_kept_until_released);
  ADD ("helper-killed-in-live-view-comes-back", test_killed_in_preview);
  ADD ("helper-killed-in-a-shot-loses-only-that-shot", test_killed_in_shot);
  ADD ("every-fault-has-its-name-and-the-next-shot-works", test_faults);
  ADD ("slow-drip-ends-at-the-deadline", test_drip);
  ADD ("camera-that-dies-in-live-view-comes-back", test_dies_in_preview);
  ADD ("button-on-the-camera-gives-a-page", test_button);
  ADD ("camera-switched-off-and-on-goes-on-by-itself", test_switched_off);
  result = g_test_run ();
  remove_tree (home);
  g_free (folder);
  return result;
}
