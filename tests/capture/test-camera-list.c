/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-host.h"
#include "capture/camera-list.h"
#include "capture/capture-error.h"
#include "tests/support/plugs.h"

#include <errno.h>

/* A guard, not a pace: everything here waits for a condition. */
#define GUARD_S 30
/* What the clerk is promised; a sanitized helper on a loaded machine gets more. */
#define SOON (10 * G_TIME_SPAN_SECOND)

typedef struct {
  UMockdevTestbed *bed;
  YzCameraList *list;
  guint changes;
  guint guard;
} Desk;

static gboolean
on_guard (gpointer data)
{
  g_error ("the condition did not come true within %d s", GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  ((Desk *) data)->changes++;
}

static void
wait_for_rest (Desk *desk)
{
  while (yz_camera_list_is_looking (desk->list))
    g_main_context_iteration (NULL, TRUE);
  yz_plugs_wait_for_helpers ();
}

static guint
count (Desk *desk)
{
  return g_list_model_get_n_items (G_LIST_MODEL (desk->list));
}

static void
wait_for_count (Desk *desk, guint wanted)
{
  while (count (desk) != wanted)
    g_main_context_iteration (NULL, TRUE);
  wait_for_rest (desk);
  g_assert_cmpuint (count (desk), ==, wanted);
}

static void
setup (Desk *desk, gconstpointer data)
{
  desk->bed = yz_plugs_new ();
  desk->guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);
}

static void
start_list (Desk *desk)
{
  desk->list = yz_camera_list_new ();
  g_signal_connect (desk->list, "items-changed", G_CALLBACK (on_changed), desk);
  wait_for_rest (desk);
  g_assert_no_error ((GError *) yz_camera_list_get_error (desk->list));
}

static void
teardown (Desk *desk, gconstpointer data)
{
  g_assert_finalize_object (desk->list);
  yz_plugs_wait_for_helpers ();
  g_assert_finalize_object (desk->bed);
  g_source_remove (desk->guard);
}

static const YzCameraInfo *
find (Desk *desk, const char *id)
{
  const YzCameraInfo *info = yz_camera_list_find (desk->list, id);

  g_assert_nonnull (info);
  return info;
}

static void
test_there_before (Desk *desk, gconstpointer data)
{
  yz_plugs_add_ptp_camera (desk->bed, "2", 7, "SN1234");
  start_list (desk);
  g_assert_cmpuint (count (desk), ==, 1);
  g_assert_cmpstr (find (desk, "SN1234")->address, ==, "usb:001,007");
  g_assert_cmpstr (find (desk, "SN1234")->backend, ==, "gphoto");
}

static void
test_hot_plug (Desk *desk, gconstpointer data)
{
  gint64 began = 0;

  start_list (desk);
  g_assert_cmpuint (count (desk), ==, 0);
  began = g_get_monotonic_time ();
  yz_plugs_add_ptp_camera (desk->bed, "2", 7, "SN1234");
  wait_for_count (desk, 1);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SOON);
  g_test_message ("there after %d ms", (int) ((g_get_monotonic_time () - began) / 1000));

  began = g_get_monotonic_time ();
  yz_plugs_remove_ptp_camera (desk->bed, "2");
  wait_for_count (desk, 0);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SOON);

  /* another socket, another number, the same camera */
  yz_plugs_add_ptp_camera (desk->bed, "3", 8, "SN1234");
  wait_for_count (desk, 1);
  g_assert_cmpstr (find (desk, "SN1234")->address, ==, "usb:001,008");
  g_assert_cmpuint (desk->changes, ==, 3);
}

static void
test_no_serial (Desk *desk, gconstpointer data)
{
  yz_plugs_add_ptp_camera (desk->bed, "2", 7, NULL);
  start_list (desk);
  g_assert_cmpstr (find (desk, "usb-1-2")->address, ==, "usb:001,007");
}

static void
test_same_serial (Desk *desk, gconstpointer data)
{
  yz_plugs_add_ptp_camera (desk->bed, "2", 7, "0001");
  yz_plugs_add_ptp_camera (desk->bed, "3", 8, "0001");
  start_list (desk);
  g_assert_cmpuint (count (desk), ==, 2);
  g_assert_cmpstr (find (desk, "usb-1-2")->address, ==, "usb:001,007");
  g_assert_cmpstr (find (desk, "usb-1-3")->address, ==, "usb:001,008");
}

static void
test_two_heads (Desk *desk, gconstpointer data)
{
  start_list (desk);
  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 2, "DC77");
  wait_for_count (desk, 2);
  g_assert_cmpstr (find (desk, "DC77:1.0/0")->address, ==, "video:/dev/video0");
  g_assert_cmpint (find (desk, "DC77:1.0/0")->role, ==, YZ_CAMERA_ROLE_MAIN);
  g_assert_cmpstr (find (desk, "DC77:1.2/0")->address, ==, "video:/dev/video2");
  g_assert_cmpint (find (desk, "DC77:1.2/0")->role, ==, YZ_CAMERA_ROLE_SIDE);
  g_assert_cmpstr (find (desk, "DC77:1.2/0")->model, ==, "Document camera");

  yz_plugs_remove_uvc_camera (desk->bed, "4", 0, 2);
  wait_for_count (desk, 0);
  yz_plugs_add_uvc_camera (desk->bed, "4", 4, 2, "DC77");
  wait_for_count (desk, 2);
  g_assert_cmpstr (find (desk, "DC77:1.2/0")->address, ==, "video:/dev/video6");
}

static void
test_other_stays (Desk *desk, gconstpointer data)
{
  g_autoptr (YzListedCamera) before = NULL;
  g_autoptr (YzListedCamera) after = NULL;

  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 1, "DC77");
  start_list (desk);
  g_assert_cmpuint (count (desk), ==, 1);
  before = g_list_model_get_item (G_LIST_MODEL (desk->list), 0);
  yz_plugs_add_ptp_camera (desk->bed, "2", 7, "SN1234");
  wait_for_count (desk, 2);
  yz_plugs_remove_ptp_camera (desk->bed, "2");
  wait_for_count (desk, 1);
  after = g_list_model_get_item (G_LIST_MODEL (desk->list), 0);
  g_assert_true (before == after);
  g_assert_cmpuint (desk->changes, ==, 3);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (desk->list), 1));
}

static void
test_claimed (Desk *desk, gconstpointer data)
{
  g_autoptr (YzFrame) frame = NULL;
  g_autoptr (GError) error = NULL;

  yz_plugs_add_ptp_camera (desk->bed, "2", 7, "SN1234");
  yz_plugs_deny_claim (desk->bed, 7, EBUSY);
  start_list (desk);
  g_assert_cmpuint (count (desk), ==, 1);
  frame = yz_camera_host_shoot_once ("usb:001,007", &error);
  g_assert_null (frame);
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CLAIMED);
}

static void
test_scanners (Desk *desk, gconstpointer data)
{
  yz_plugs_add_ptp_camera (desk->bed, "2", 7, "SN1234");
  start_list (desk);
  yz_camera_list_look_for_scanners (desk->list);
  g_assert_true (yz_camera_list_is_looking (desk->list));
  wait_for_rest (desk);
  g_assert_no_error ((GError *) yz_camera_list_get_error (desk->list));
  g_assert_cmpstr (find (desk, "scan:test:0")->backend, ==, "scanner");
  /* what hangs on the cable comes and goes beside them */
  yz_plugs_remove_ptp_camera (desk->bed, "2");
  while (yz_camera_list_find (desk->list, "SN1234") != NULL)
    g_main_context_iteration (NULL, TRUE);
  yz_camera_list_look (desk->list);
  wait_for_rest (desk);
  find (desk, "scan:test:0");
}

/* Nobody waits for SANE who has no scanner; who has one finds it again by itself. */
static void
test_scanner_plugged (Desk *desk, gconstpointer data)
{
  start_list (desk);
  yz_plugs_add_scanner (desk->bed, "2", 7, "S-1");
  yz_plugs_add_ptp_camera (desk->bed, "3", 8, "SN1234"); /* its event comes after the scanner's */
  wait_for_count (desk, 1);
  g_assert_null (yz_camera_list_find (desk->list, "scan:test:0"));
  yz_plugs_remove_ptp_camera (desk->bed, "2");
  yz_camera_list_look_for_scanners (desk->list);
  wait_for_rest (desk);
  find (desk, "scan:test:0");
  yz_plugs_add_scanner (desk->bed, "2", 9, "S-1");
  while (!yz_camera_list_is_looking (desk->list))
    g_main_context_iteration (NULL, TRUE);
  wait_for_rest (desk);
  find (desk, "scan:test:0");
}

#define ADD(claim, test) g_test_add ("/camera-list/" claim, Desk, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("what-was-there-before-is-listed", test_there_before);
  ADD ("camera-comes-and-goes-with-its-cable", test_hot_plug);
  ADD ("socket-is-the-id-where-there-is-no-serial-number", test_no_serial);
  ADD ("two-of-one-serial-number-are-told-apart", test_same_serial);
  ADD ("two-heads-are-two-cameras-and-metadata-is-none", test_two_heads);
  ADD ("what-stays-is-not-touched", test_other_stays);
  ADD ("camera-of-another-program-is-claimed", test_claimed);
  ADD ("scanners-are-listed-on-demand", test_scanners);
  ADD ("scanners-are-looked-for-when-plugged-in-once-somebody-wanted-them", test_scanner_plugged);

  return g_test_run ();
}
