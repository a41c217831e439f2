/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-settings.h"
#include "capture/capture-error.h"

#include <glib/gstdio.h>

/* A guard, not a pace: everything here waits for a condition. */
#define GUARD_S 30

typedef struct {
  char *script;
  YzCameraHost *host;
  GAsyncResult *result;
  guint guard;
} Desk;

static gboolean
on_guard (gpointer data)
{
  g_error ("the condition did not come true within %d s", GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
setup (Desk *desk, gconstpointer kind)
{
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("yizhan-XXXXXX", &desk->script, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (desk->script, "fail busy\nunplug\nplug\nagain\n", -1, &error);
  g_assert_no_error (error);
  address = kind != NULL ? g_strdup (kind) : g_strconcat ("virtual:", desk->script, NULL);
  desk->host = yz_camera_host_new (address);
  desk->guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);
}

static void
wait_for_state (Desk *desk, YzCameraState state)
{
  while (yz_camera_host_get_state (desk->host) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_host (Desk *desk)
{
  yz_camera_host_open (desk->host);
  wait_for_state (desk, YZ_CAMERA_READY);
}

static void
teardown (Desk *desk, gconstpointer data)
{
  yz_camera_host_close (desk->host);
  while (!yz_camera_host_is_quiet (desk->host))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (desk->host);
  g_source_remove (desk->guard);
  g_remove (desk->script);
  g_free (desk->script);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Desk *) data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_answer (Desk *desk)
{
  while (desk->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&desk->result);
}

static GPtrArray *
list_controls (Desk *desk, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  yz_camera_host_list_controls_async (desk->host, NULL, on_answer, desk);
  result = wait_for_answer (desk);
  return yz_camera_host_list_controls_finish (desk->host, result, error);
}

static gboolean
set_control (Desk *desk, const char *name, const char *value, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  yz_camera_host_set_control_async (desk->host, name, value, NULL, on_answer, desk);
  result = wait_for_answer (desk);
  return yz_camera_host_set_finish (desk->host, result, error);
}

static void
test_controls (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) controls = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const YzControl *rate = NULL;
  const YzControl *size = NULL;

  open_host (desk);
  controls = list_controls (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (controls->len, ==, 2);
  rate = controls->pdata[0];
  size = controls->pdata[1];
  g_assert_cmpstr (rate->name, ==, "live_rate");
  g_assert_cmpint (rate->kind, ==, YZ_CONTROL_RANGE);
  g_assert_cmpint ((int) rate->maximum, ==, 25);
  g_assert_cmpint (size->kind, ==, YZ_CONTROL_ENUM);
  g_assert_cmpuint (g_strv_length (size->choices), ==, 3);

  g_assert_true (set_control (desk, "live_rate", "12", &error));
  g_assert_true (set_control (desk, "live_size", "640", &error));
  g_assert_no_error (error);
  after = list_controls (desk, &error);
  g_assert_cmpstr (((const YzControl *) after->pdata[0])->value, ==, "12");
  g_assert_cmpstr (((const YzControl *) after->pdata[1])->value, ==, "640");
}

static void
test_bounds (Desk *desk, gconstpointer data)
{
  static const char *const WRONG[][2] = {
    { "live_rate", "0" },   { "live_rate", "26" }, { "live_rate", "fast" },
    { "live_size", "641" }, { "zoom", "1" },
  };

  open_host (desk);
  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (set_control (desk, WRONG[i][0], WRONG[i][1], &error));
    g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  }
  g_assert_cmpint (yz_camera_host_get_state (desk->host), ==, YZ_CAMERA_READY);
}

static void
test_modes (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) changed = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_auto (GStrv) modes = NULL;
  g_auto (GStrv) same = NULL;
  g_autofree char *current = NULL;

  open_host (desk);
  yz_camera_host_list_modes_async (desk->host, NULL, on_answer, desk);
  result = wait_for_answer (desk);
  modes = yz_camera_host_list_modes_finish (desk->host, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (modes), ==, 3);
  yz_camera_host_set_mode_async (desk->host, modes[0], NULL, on_answer, desk);
  changed = wait_for_answer (desk);
  g_assert_true (yz_camera_host_set_finish (desk->host, changed, &error));
  yz_camera_host_list_modes_async (desk->host, NULL, on_answer, desk);
  again = wait_for_answer (desk);
  same = yz_camera_host_list_modes_finish (desk->host, again, &current, &error);
  g_assert_cmpstr (current, ==, modes[0]);
  g_assert_true (g_strv_equal ((const char *const *) same, (const char *const *) modes));

  yz_camera_host_set_mode_async (desk->host, "1x1 image/jpeg", NULL, on_answer, desk);
  refused = wait_for_answer (desk);
  g_assert_false (yz_camera_host_set_finish (desk->host, refused, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static void
test_not_open (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (list_controls (desk, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_clear_error (&error);
  g_assert_false (set_control (desk, "live_rate", "5", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
}

static void
test_closed_meanwhile (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  open_host (desk);
  yz_camera_host_list_controls_async (desk->host, NULL, on_answer, desk);
  yz_camera_host_close (desk->host);
  result = wait_for_answer (desk);
  g_assert_null (yz_camera_host_list_controls_finish (desk->host, result, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
}

/* The list says where the camera is plugged in now. */
static void
test_moved (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) controls = NULL;
  g_autofree char *address = g_strconcat ("virtual:", desk->script, NULL);

  yz_camera_host_open (desk->host);
  wait_for_state (desk, YZ_CAMERA_LOST);
  yz_camera_host_move (desk->host, address);
  wait_for_state (desk, YZ_CAMERA_READY);
  g_assert_cmpstr (yz_camera_host_get_address (desk->host), ==, address);
  g_assert_cmpstr (yz_camera_host_get_info (desk->host)->backend, ==, "virtual");
  controls = list_controls (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (controls->len, ==, 2);
}

#define ADD(claim, address, test)                                                                  \
  g_test_add ("/camera-settings/" claim, Desk, address, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("controls-are-read-and-written-over-the-line", NULL, test_controls);
  ADD ("what-does-not-fit-is-refused-and-the-camera-stays", NULL, test_bounds);
  ADD ("mode-of-shots-is-chosen-and-told", "video:test", test_modes);
  ADD ("camera-that-is-not-open-says-so-at-once", NULL, test_not_open);
  ADD ("closing-answers-who-waits", NULL, test_closed_meanwhile);
  ADD ("camera-on-another-port-is-followed", "video:/dev/yizhan-none", test_moved);

  return g_test_run ();
}
