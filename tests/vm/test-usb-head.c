/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-host.h"
#include "capture/capture-error.h"
#include "tests/vm/usb-head.h"
#include "tests/vm/video-claims.h"

#include <gst/gst.h>
#include <string.h>

/* A document camera on a cable, through the kernel's own driver for such. */

#define SERIAL "DC-0815"
#define LARGEST (YZ_USB_HEAD_SIZES - 1)

typedef struct {
  YzUsbHead *head;
  YzCamera *camera;
} Desk;

static void
open_camera (Desk *desk)
{
  g_autoptr (GPtrArray) infos = yz_claims_wait_for_heads (SERIAL, 1);

  desk->camera = yz_claims_open (infos->pdata[0]);
}

static void
setup (Desk *desk, gconstpointer data)
{
  desk->head = yz_usb_head_plug_in (0, SERIAL, 1);
  open_camera (desk);
}

static void
teardown (Desk *desk, gconstpointer data)
{
  yz_claims_close (desk->camera);
  if (desk->head != NULL)
    yz_usb_head_pull_out (desk->head);
}

static void
start_preview (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  yz_camera_start_preview (desk->camera, &error);
  g_assert_no_error (error);
  yz_claims_assert_shows (desk->camera);
}

static void
test_listed (Desk *desk, gconstpointer data)
{
  const YzCameraInfo *info = yz_camera_get_info (desk->camera);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) modes = yz_camera_list_modes (desk->camera, &error);
  g_autofree char *listed = g_strjoinv (", ", modes);
  g_autofree char *chosen = yz_camera_get_mode (desk->camera);

  g_assert_cmpstr (info->id, ==, SERIAL ":1.0/0");
  g_assert_cmpstr (info->backend, ==, "video");
  g_assert_nonnull (strstr (info->model, "Played document camera"));
  g_assert_cmpstr (listed, ==, "2592x1944 image/jpeg, 1280x960 image/jpeg, 640x480 image/jpeg");
  g_assert_cmpstr (chosen, ==, "2592x1944 image/jpeg");
}

static void
test_untouched (Desk *desk, gconstpointer data)
{
  for (int i = 0; i < 2; i++) {
    g_autoptr (YzFrame) frame = yz_claims_shoot (desk->camera);
    g_autoptr (YzFrame) live = NULL;

    g_assert_true (g_bytes_equal (frame->bytes, yz_usb_head_get_picture (desk->head, LARGEST)));
    start_preview (desk);
    live = yz_claims_wait_for_picture (desk->camera);
    g_assert_true (g_bytes_equal (live->bytes, yz_usb_head_get_picture (desk->head, 1)));
  }
}

static void
test_brightness (Desk *desk, gconstpointer data)
{
  start_preview (desk);
  yz_claims_assert_sets (desk->camera, "brightness", "-64");
  g_assert_cmpint (yz_usb_head_get_brightness (desk->head), ==, -64);
  yz_claims_assert_sets (desk->camera, "brightness", "37");
  g_assert_cmpint (yz_usb_head_get_brightness (desk->head), ==, 37);
  yz_claims_assert_shows (desk->camera);
}

static void
test_pulled_out (Desk *desk, gconstpointer data)
{
  start_preview (desk);
  yz_usb_head_pull_out (desk->head);
  yz_claims_assert_is_lost (desk->camera);
  yz_claims_close (desk->camera);
  g_ptr_array_unref (yz_claims_wait_for_heads (SERIAL, 0));

  /* another socket, the same camera */
  desk->head = yz_usb_head_plug_in (3, SERIAL, 1);
  open_camera (desk);
  g_assert_cmpstr (yz_camera_get_info (desk->camera)->id, ==, SERIAL ":1.0/0");
  start_preview (desk);
}

static void
test_pulled_out_in_shot (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  yz_usb_head_set_mood (desk->head, YZ_USB_HEAD_IS_SILENT);
  g_assert_true (yz_camera_start_preview (desk->camera, &error));
  yz_usb_head_pull_out (g_steal_pointer (&desk->head));
  g_assert_null (yz_camera_capture (desk->camera, yz_claims_soon (YZ_GUARD_S), NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
}

static void
test_silent (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  yz_usb_head_set_mood (desk->head, YZ_USB_HEAD_IS_SILENT);
  g_assert_null (yz_camera_capture (desk->camera, yz_claims_soon (3), NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  yz_camera_close (desk->camera);
  yz_usb_head_set_mood (desk->head, YZ_USB_HEAD_SHOWS);
  g_clear_error (&error);
  g_assert_true (yz_camera_open (desk->camera, NULL, &error));
  yz_frame_unref (yz_claims_shoot (desk->camera));
}

static void
test_cut (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  yz_usb_head_set_mood (desk->head, YZ_USB_HEAD_CUTS);
  g_assert_null (yz_camera_capture (desk->camera, yz_claims_soon (YZ_GUARD_S), NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  yz_camera_close (desk->camera);
  yz_usb_head_set_mood (desk->head, YZ_USB_HEAD_SHOWS);
  g_clear_error (&error);
  g_assert_true (yz_camera_open (desk->camera, NULL, &error));
  yz_frame_unref (yz_claims_shoot (desk->camera));
}

/* Waits for the page that a press of the button gives. */
static void
assert_gives_page (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) shot = NULL;
  YzCameraEvent event = YZ_CAMERA_EVENT_NONE;
  gint64 deadline = yz_claims_soon (YZ_GUARD_S);

  while (event == YZ_CAMERA_EVENT_NONE && g_get_monotonic_time () < deadline) {
    yz_camera_wait_event (desk->camera, 50, &event, &shot, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (event, ==, YZ_CAMERA_EVENT_PAGE);
  g_assert_true (g_bytes_equal (shot->frame->bytes, yz_usb_head_get_picture (desk->head, LARGEST)));
}

static void
test_button (Desk *desk, gconstpointer data)
{
  yz_usb_head_press (desk->head);
  assert_gives_page (desk);
  start_preview (desk);
  yz_usb_head_press (desk->head);
  assert_gives_page (desk);
  yz_claims_assert_shows (desk->camera);
}

static gboolean
on_guard (gpointer data)
{
  g_error ("the condition did not come true within %d s", YZ_GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
on_page (gpointer pages)
{
  ++*(guint *) pages;
}

/* Whether udev has marked one of the keyboards as a camera's button that the seat may read. */
static gboolean
is_button_marked (void)
{
  g_autoptr (GDir) nodes = g_dir_open ("/dev/input", 0, NULL);
  gboolean marked = FALSE;
  const char *name = NULL;

  while (nodes != NULL && !marked && (name = g_dir_read_name (nodes)) != NULL) {
    g_autofree char *path = g_build_filename ("/dev/input", name, NULL);
    const char *const command[] = { "udevadm", "info", path, NULL };
    g_autofree char *told = NULL;

    if (g_str_has_prefix (name, "event") &&
        g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &told, NULL,
                      NULL, NULL))
      marked =
          strstr (told, "ID_USB_DRIVER=uvcvideo") != NULL && strstr (told, ":uaccess:") != NULL;
  }
  return marked;
}

static void
test_button_marked (Desk *desk, gconstpointer data)
{
  gint64 deadline = yz_claims_soon (YZ_GUARD_S);

  while (!is_button_marked () && g_get_monotonic_time () < deadline)
    g_thread_yield ();
  g_assert_true (is_button_marked ());
}

/* The whole way: button, kernel, helper program, desk. */
static void
test_button_at_desk (Desk *desk, gconstpointer data)
{
  YzCameraHost *host = yz_camera_host_new (yz_camera_get_info (desk->camera)->address);
  guint guard = g_timeout_add_seconds (YZ_GUARD_S, on_guard, NULL);
  guint pages = 0;
  g_autoptr (YzFrame) page = NULL;

  yz_camera_close (desk->camera);
  g_signal_connect_swapped (host, "page", G_CALLBACK (on_page), &pages);
  yz_camera_host_open (host);
  while (yz_camera_host_get_state (host) != YZ_CAMERA_READY)
    g_main_context_iteration (NULL, TRUE);
  yz_usb_head_press (desk->head);
  while (pages == 0)
    g_main_context_iteration (NULL, TRUE);
  page = yz_camera_host_take_page (host);
  g_assert_true (g_bytes_equal (page->bytes, yz_usb_head_get_picture (desk->head, LARGEST)));
  yz_camera_host_close (host);
  while (!yz_camera_host_is_quiet (host))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (host);
  g_source_remove (guard);
}

static void
test_two_heads (void)
{
  YzUsbHead *head = yz_usb_head_plug_in (1, SERIAL, 2);
  g_autoptr (GPtrArray) infos = yz_claims_wait_for_heads (SERIAL, 2);
  const YzCameraInfo *first = infos->pdata[0];
  const YzCameraInfo *second = infos->pdata[1];
  Desk desks[] = { { head, yz_claims_open (first) }, { head, yz_claims_open (second) } };

  g_assert_cmpstr (first->id, ==, SERIAL ":1.0/0");
  g_assert_cmpint (first->role, ==, YZ_CAMERA_ROLE_MAIN);
  g_assert_cmpstr (second->id, ==, SERIAL ":1.2/0");
  g_assert_cmpint (second->role, ==, YZ_CAMERA_ROLE_SIDE);
  start_preview (&desks[0]);
  start_preview (&desks[1]);
  yz_claims_assert_shows (desks[0].camera);
  yz_usb_head_pull_out (head);
  yz_claims_assert_is_lost (desks[0].camera);
  yz_claims_assert_is_lost (desks[1].camera);
  yz_claims_close (desks[0].camera);
  yz_claims_close (desks[1].camera);
}

/* Whole series carry one number. */
static void
test_one_serial (void)
{
  YzUsbHead *heads[] = { yz_usb_head_plug_in (0, "0001", 1), yz_usb_head_plug_in (1, "0001", 1) };
  g_autoptr (GPtrArray) infos = yz_claims_wait_for_heads ("", 4); /* those of vivid too */
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < infos->len; i++) {
    const YzCameraInfo *info = infos->pdata[i];

    g_test_message ("%s", info->id);
    g_assert_true (g_hash_table_add (ids, info->id));
    g_assert_false (g_str_has_prefix (info->id, "0001"));
  }
  yz_usb_head_pull_out (heads[0]);
  yz_usb_head_pull_out (heads[1]);
  g_ptr_array_unref (yz_claims_wait_for_heads ("", 2));
}

static void
test_hot_plug (void)
{
  YzCameraList *list = yz_camera_list_new ();
  YzUsbHead *head = NULL;
  gint64 began = 0;

  yz_claims_wait_for_count (list, SERIAL, 0);
  head = yz_usb_head_plug_in (2, SERIAL, 1);
  began = g_get_monotonic_time ();
  yz_claims_wait_for_count (list, SERIAL, 1);
  g_test_message ("there after %d ms", (int) ((g_get_monotonic_time () - began) / 1000));
  began = g_get_monotonic_time ();
  yz_usb_head_pull_out (head);
  yz_claims_wait_for_count (list, SERIAL, 0);
  g_test_message ("gone after %d ms", (int) ((g_get_monotonic_time () - began) / 1000));
  g_assert_finalize_object (list);
}

#define ADD(claim, test) g_test_add ("/usb-head/" claim, Desk, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("is-known-by-its-serial-number", test_listed);
  ADD ("bytes-of-a-shot-are-those-that-the-head-sent", test_untouched);
  ADD ("brightness-reaches-the-head", test_brightness);
  ADD ("pulled-out-in-the-live-picture-comes-back-at-another-socket", test_pulled_out);
  ADD ("pulled-out-in-a-shot-is-lost", test_pulled_out_in_shot);
  ADD ("silent-head-ends-at-the-deadline-and-opens-again", test_silent);
  ADD ("cut-pictures-are-told-and-the-head-opens-again", test_cut);
  ADD ("button-gives-a-page-at-rest-and-in-the-live-picture", test_button);
  ADD ("button-reaches-the-desk", test_button_at_desk);
  ADD ("button-may-be-read-by-the-seat", test_button_marked);
  g_test_add_func ("/usb-head/two-heads-show-at-once-and-go-together", test_two_heads);
  g_test_add_func ("/usb-head/two-of-one-serial-number-are-told-apart", test_one_serial);
  g_test_add_func ("/usb-head/list-follows-the-cable", test_hot_plug);
  result = g_test_run ();
  gst_deinit ();
  return result;
}
