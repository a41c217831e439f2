/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-host.h"
#include "capture/capture-error.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* A guard, not a pace: everything here waits for a condition. */
#define GUARD_S 60

static const guint8 JPEG[] = { 0xff, 0xd8, 0xff, 0xe0, 'y', 'i', 'z', 'h', 'a', 'n', 0xff, 0xd9 };

typedef struct {
  char *folder;
  YzCameraHost *host;
  guint previews, states, pages;
  gboolean guarded;
  guint guard;
} Desk;

typedef struct {
  YzFrame *frame;
  GError *error;
  gboolean done;
} Shot;

static gboolean
on_guard (gpointer data)
{
  g_error ("the condition did not come true within %d s", GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
write_picture (Desk *desk, const char *name, char mark, gsize size)
{
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);
  g_autofree guint8 *data = g_malloc0 (size);
  g_autoptr (GError) error = NULL;

  memcpy (data, JPEG, sizeof JPEG);
  data[sizeof JPEG] = (guint8) mark;
  data[size - 2] = 0xff;
  data[size - 1] = 0xd9;
  g_file_set_contents (path, (char *) data, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
write_text (Desk *desk, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
setup (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  desk->folder = g_dir_make_tmp ("yizhan-XXXXXX", &error);
  g_assert_no_error (error);
  write_picture (desk, "a.jpg", 'a', 2000);
  write_picture (desk, "b.jpg", 'b', 3000000);
  write_picture (desk, "c.jpg", 'c', 500);
  desk->guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);
}

static void
remove_tree (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_tree (path);
    else
      g_remove (path);
  }
  g_rmdir (folder);
}

static void
on_preview (YzCameraHost *host, gpointer data)
{
  ((Desk *) data)->previews++;
}

static void
on_state (YzCameraHost *host, gpointer data)
{
  ((Desk *) data)->states++;
}

static void
open_host (Desk *desk, const char *kind, const char *name)
{
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);
  g_autofree char *address = g_strconcat (kind, path, NULL);

  desk->host = yz_camera_host_new (address);
  g_signal_connect (desk->host, "preview", G_CALLBACK (on_preview), desk);
  g_signal_connect (desk->host, "state", G_CALLBACK (on_state), desk);
  yz_camera_host_open (desk->host);
}

static void
open_script (Desk *desk, const char *script)
{
  write_text (desk, "script", script);
  open_host (desk, "virtual:", "script");
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
  g_assert_cmpint (yz_camera_host_get_state (desk->host), ==, YZ_CAMERA_CLOSED);
  while (!yz_camera_host_is_quiet (desk->host))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (desk->host);
  g_source_remove (desk->guard);
  remove_tree (desk->folder);
  g_free (desk->folder);
}

static void
on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  Shot *shot = data;

  shot->frame = yz_camera_host_shoot_finish (YZ_CAMERA_HOST (source), result, &shot->error);
  shot->done = TRUE;
}

static void
clear_shot (Shot *shot)
{
  g_clear_pointer (&shot->frame, yz_frame_unref);
  g_clear_error (&shot->error);
  shot->done = FALSE;
}

static void
wait_for_shot (Shot *shot)
{
  while (!shot->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
shoot (Desk *desk, Shot *shot)
{
  yz_camera_host_shoot_async (desk->host, NULL, on_shot, shot);
  wait_for_shot (shot);
}

static void
assert_shoots (Desk *desk, const char *name)
{
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);
  g_autofree char *data = NULL;
  gsize length = 0;
  Shot shot = { 0 };

  shoot (desk, &shot);
  g_assert_no_error (shot.error);
  g_assert_cmpstr (shot.frame->name, ==, name);
  g_assert_cmpstr (shot.frame->media_type, ==, "image/jpeg");
  g_file_get_contents (path, &data, &length, NULL);
  g_assert_cmpmem (g_bytes_get_data (shot.frame->bytes, NULL), g_bytes_get_size (shot.frame->bytes),
                   data, length);
  clear_shot (&shot);
}

static void
assert_fails (Desk *desk, YzCaptureError code)
{
  Shot shot = { 0 };

  shoot (desk, &shot);
  g_assert_error (shot.error, YZ_CAPTURE_ERROR, (int) code);
  g_assert_cmpint ((int) strlen (shot.error->message), >, 10);
  clear_shot (&shot);
}

/* The helper of this process: the only child there is. */
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
kill_helper (int number)
{
  GPid pid = find_helper ();

  g_assert_cmpint (pid, >, 0);
  g_assert_cmpint (kill (pid, number), ==, 0);
}

static void
test_several_shots (Desk *desk, gconstpointer data)
{
  open_host (desk, "virtual:", "");
  g_assert_cmpint (yz_camera_host_get_state (desk->host), ==, YZ_CAMERA_OPENING);
  /* The first does not wait for READY itself. */
  assert_shoots (desk, "a.jpg");
  assert_shoots (desk, "b.jpg");
  assert_shoots (desk, "c.jpg");
  assert_shoots (desk, "a.jpg");
  g_assert_cmpstr (yz_camera_host_get_model (desk->host), ==, "Scripted camera");
  g_assert_true (yz_camera_host_can_preview (desk->host));
}

static void
test_queued_shots (Desk *desk, gconstpointer data)
{
  Shot shots[4] = { 0 };
  static const char *const NAMES[] = { "a.jpg", "b.jpg", "c.jpg", "a.jpg" };

  open_host (desk, "virtual:", "");
  for (int i = 0; i < 4; i++)
    yz_camera_host_shoot_async (desk->host, NULL, on_shot, &shots[i]);
  for (int i = 0; i < 4; i++) {
    wait_for_shot (&shots[i]);
    g_assert_no_error (shots[i].error);
    g_assert_cmpstr (shots[i].frame->name, ==, NAMES[i]);
    clear_shot (&shots[i]);
  }
}

static void
wait_for_previews (Desk *desk, guint more)
{
  guint wanted = desk->previews + more;

  while (desk->previews < wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_preview_lives_on (Desk *desk, gconstpointer data)
{
  g_autoptr (YzFrame) frame = NULL;

  open_host (desk, "virtual:", "");
  yz_camera_host_start_preview (desk->host);
  wait_for_previews (desk, 2);
  frame = yz_camera_host_get_preview (desk->host);
  g_assert_cmpuint (g_bytes_get_size (frame->bytes), ==, 2000);
  g_assert_null (yz_camera_host_get_preview (desk->host));
  assert_shoots (desk, "a.jpg");
  wait_for_previews (desk, 2);
  kill_helper (SIGKILL);
  wait_for_state (desk, YZ_CAMERA_LOST);
  wait_for_previews (desk, 2);
  yz_camera_host_stop_preview (desk->host);
  g_assert_null (yz_camera_host_get_preview (desk->host));
  assert_shoots (desk, "b.jpg");
}

static void
test_killed_while_idle (Desk *desk, gconstpointer data)
{
  open_host (desk, "virtual:", "");
  for (int i = 0; i < 3; i++) {
    wait_for_state (desk, YZ_CAMERA_READY);
    kill_helper (SIGKILL);
    wait_for_state (desk, YZ_CAMERA_LOST);
    g_assert_error (yz_camera_host_get_error (desk->host), YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  }
  /* It comes back by itself and goes on where it was. */
  wait_for_state (desk, YZ_CAMERA_READY);
  assert_shoots (desk, "a.jpg");
}

static void
test_killed_in_shot (Desk *desk, gconstpointer data)
{
  Shot shot = { 0 };

  open_script (desk, "show a.jpg\nwait 20000\nshow b.jpg\n");
  assert_shoots (desk, "a.jpg");
  yz_camera_host_shoot_async (desk->host, NULL, on_shot, &shot);
  wait_for_state (desk, YZ_CAMERA_SHOOTING);
  kill_helper (SIGKILL);
  wait_for_shot (&shot);
  g_assert_error (shot.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  clear_shot (&shot);
  assert_shoots (desk, "b.jpg");
}

static void
test_dies_in_shot (Desk *desk, gconstpointer data)
{
  open_script (desk, "show a.jpg\ndie\nshow b.jpg\n");
  assert_shoots (desk, "a.jpg");
  assert_fails (desk, YZ_CAPTURE_ERROR_LOST);
  assert_shoots (desk, "b.jpg");
}

static void
test_hung_process (Desk *desk, gconstpointer data)
{
  open_host (desk, "virtual:", "");
  wait_for_state (desk, YZ_CAMERA_READY);
  kill_helper (SIGSTOP);
  wait_for_state (desk, YZ_CAMERA_LOST);
  g_assert_error (yz_camera_host_get_error (desk->host), YZ_CAPTURE_ERROR,
                  YZ_CAPTURE_ERROR_TIMEOUT);
  assert_shoots (desk, "a.jpg");
}

static void
test_hung_driver (Desk *desk, gconstpointer data)
{
  gint64 started = g_get_monotonic_time ();

  open_script (desk, "show a.jpg\nhang\nshow b.jpg\n");
  assert_shoots (desk, "a.jpg");
  assert_fails (desk, YZ_CAPTURE_ERROR_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 35 * G_TIME_SPAN_SECOND);
  assert_shoots (desk, "b.jpg");
}

static void
test_faults (Desk *desk, gconstpointer data)
{
  open_script (desk, "fail busy\nfail claimed\nfail lost\nshow a.jpg\nfail timeout\nfail no-paper\n"
                     "fail jam\nfail unsupported\nfail protocol\nshow b.jpg\n");
  assert_fails (desk, YZ_CAPTURE_ERROR_BUSY);
  assert_fails (desk, YZ_CAPTURE_ERROR_CLAIMED);
  assert_fails (desk, YZ_CAPTURE_ERROR_LOST);
  assert_shoots (desk, "a.jpg");
  assert_fails (desk, YZ_CAPTURE_ERROR_TIMEOUT);
  assert_fails (desk, YZ_CAPTURE_ERROR_NO_PAPER);
  assert_fails (desk, YZ_CAPTURE_ERROR_JAM);
  assert_fails (desk, YZ_CAPTURE_ERROR_UNSUPPORTED);
  assert_fails (desk, YZ_CAPTURE_ERROR_PROTOCOL);
  assert_shoots (desk, "b.jpg");
  assert_fails (desk, YZ_CAPTURE_ERROR_NO_PAPER);
}

static void
test_unplugged (Desk *desk, gconstpointer data)
{
  open_script (desk, "show a.jpg\nunplug\nwait 100\nplug\nshow b.jpg\nunplug\n");
  assert_shoots (desk, "a.jpg");
  wait_for_state (desk, YZ_CAMERA_LOST);
  wait_for_state (desk, YZ_CAMERA_READY);
  assert_shoots (desk, "b.jpg");
  wait_for_state (desk, YZ_CAMERA_LOST);
  assert_fails (desk, YZ_CAPTURE_ERROR_LOST);
}

static void
test_cancelled (Desk *desk, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Shot first = { 0 };
  Shot second = { 0 };

  open_script (desk, "wait 20000\nshow a.jpg\n");
  yz_camera_host_shoot_async (desk->host, cancellable, on_shot, &first);
  yz_camera_host_shoot_async (desk->host, cancellable, on_shot, &second);
  wait_for_state (desk, YZ_CAMERA_SHOOTING);
  g_cancellable_cancel (cancellable);
  wait_for_shot (&first);
  wait_for_shot (&second);
  g_assert_error (first.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  g_assert_error (second.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  clear_shot (&first);
  clear_shot (&second);
  wait_for_state (desk, YZ_CAMERA_READY);
}

static void
test_closed_in_shot (Desk *desk, gconstpointer data)
{
  Shot shot = { 0 };

  open_script (desk, "wait 20000\nshow a.jpg\n");
  yz_camera_host_shoot_async (desk->host, NULL, on_shot, &shot);
  wait_for_state (desk, YZ_CAMERA_SHOOTING);
  yz_camera_host_close (desk->host);
  wait_for_shot (&shot);
  g_assert_error (shot.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  clear_shot (&shot);
  assert_fails (desk, YZ_CAPTURE_ERROR_LOST);
  /* Opening again while the old helper still ends. */
  yz_camera_host_open (desk->host);
  assert_shoots (desk, "a.jpg");
}

static void
test_bad_addresses (Desk *desk, gconstpointer data)
{
  open_script (desk, "show a.jpg\nshow\n");
  assert_fails (desk, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (yz_camera_host_get_error (desk->host)->message, "script:2:"));
  yz_camera_host_close (desk->host);
  while (!yz_camera_host_is_quiet (desk->host))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (desk->host);
  open_host (desk, "film:", "x");
  assert_fails (desk, YZ_CAPTURE_ERROR_NOT_FOUND);
}

static void
test_missing_program (Desk *desk, gconstpointer data)
{
  g_autofree char *own = g_strdup (g_getenv ("YIZHAN_LIBEXECDIR"));

  g_setenv ("YIZHAN_LIBEXECDIR", desk->folder, TRUE);
  open_host (desk, "virtual:", "");
  assert_fails (desk, YZ_CAPTURE_ERROR_NOT_FOUND);
  g_setenv ("YIZHAN_LIBEXECDIR", own, TRUE);
  assert_shoots (desk, "a.jpg");
}

static void
test_release (Desk *desk, gconstpointer data)
{
  g_autofree char *from = g_build_filename (desk->folder, "b.jpg", NULL);
  g_autofree char *to = g_build_filename (desk->folder, "taken", "b.jpg", NULL);
  g_autofree char *first = g_build_filename (desk->folder, "a.jpg", NULL);
  g_autofree char *third = g_build_filename (desk->folder, "c.jpg", NULL);
  Shot shot = { 0 };

  g_remove (first);
  g_remove (third);
  open_host (desk, "folder:", "");
  shoot (desk, &shot);
  g_assert_no_error (shot.error);
  g_assert_true (g_file_test (from, G_FILE_TEST_EXISTS));
  /* Kept until the camera is there again. */
  kill_helper (SIGKILL);
  wait_for_state (desk, YZ_CAMERA_LOST);
  yz_camera_host_release (desk->host, shot.frame);
  yz_camera_host_release (desk->host, shot.frame);
  while (!g_file_test (to, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (g_file_test (from, G_FILE_TEST_EXISTS));
  clear_shot (&shot);
}

static void
test_once (Desk *desk, gconstpointer data)
{
  g_autofree char *address = g_strconcat ("virtual:", desk->folder, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFrame) frame = yz_camera_host_shoot_once (address, &error);
  g_autoptr (GPtrArray) infos = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (frame->name, ==, "a.jpg");
  g_assert_cmpint (find_helper (), ==, 0);
  g_assert_null (yz_camera_host_shoot_once ("ptpip:127.0.0.1:1:1", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_clear_error (&error);
  infos = yz_camera_host_list (&error);
  g_assert_no_error (error);
  g_assert_nonnull (infos);
  open_host (desk, "virtual:", "");
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("yizhan-home-XXXXXX", NULL);
  int result = 0;

  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, test) g_test_add ("/camera-host/" claim, Desk, NULL, setup, test, teardown)
  ADD ("several-shots-come-byte-for-byte", test_several_shots);
  ADD ("shots-are-answered-in-their-order", test_queued_shots);
  ADD ("preview-survives-shots-and-a-killed-helper", test_preview_lives_on);
  ADD ("helper-killed-while-idle-comes-back-by-itself", test_killed_while_idle);
  ADD ("helper-killed-in-a-shot-loses-only-that-shot", test_killed_in_shot);
  ADD ("driver-that-takes-the-helper-down-loses-only-that-shot", test_dies_in_shot);
  ADD ("stopped-helper-is-noticed-and-replaced", test_hung_process);
  ADD ("hung-driver-times-out-within-30-s-and-the-next-shot-works", test_hung_driver);
  ADD ("every-fault-keeps-its-name-and-the-next-shot-works", test_faults);
  ADD ("unplugged-camera-is-lost-and-goes-on-when-plugged", test_unplugged);
  ADD ("cancelled-shots-end-at-once", test_cancelled);
  ADD ("closing-cancels-and-opening-again-works", test_closed_in_shot);
  ADD ("bad-address-is-told-to-whoever-waits", test_bad_addresses);
  ADD ("missing-program-is-told-and-tried-again", test_missing_program);
  ADD ("release-reaches-a-camera-that-was-away", test_release);
  ADD ("one-shot-without-a-main-loop-leaves-no-helper", test_once);
  result = g_test_run ();
  remove_tree (home);
  return result;
}
