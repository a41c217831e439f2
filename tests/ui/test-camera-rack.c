/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/plugs.h"
#include "ui/camera-rack.h"
#include "ui/device-memory.h"
#include "ui/settings.h"

#include <glib/gstdio.h>

/* A guard, not a pace: everything here waits for a condition. */
#define GUARD_S 60

typedef struct {
  UMockdevTestbed *bed;
  YzCameraRack *rack;
  guint switched;
  guint guard;
} Desk;

static gboolean
on_guard (gpointer data)
{
  g_error ("the condition did not come true within %d s", GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
on_camera (YzCameraRack *rack, gpointer data)
{
  ((Desk *) data)->switched++;
}

static void
start_rack (Desk *desk, const char *address)
{
  desk->rack = yz_camera_rack_new (address, FALSE);
  g_signal_connect (desk->rack, "camera", G_CALLBACK (on_camera), desk);
}

static void
setup (Desk *desk, gconstpointer data)
{
  desk->bed = yz_plugs_new ();
  desk->guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);
}

static void
stop_rack (Desk *desk)
{
  yz_camera_rack_close (desk->rack);
  g_assert_null (yz_camera_rack_get_camera (desk->rack));
  g_assert_finalize_object (desk->rack);
}

static void
teardown (Desk *desk, gconstpointer data)
{
  stop_rack (desk);
  yz_plugs_wait_for_helpers ();
  g_assert_finalize_object (desk->bed);
  g_settings_reset (yz_settings_get (), "camera-main");
  g_settings_reset (yz_settings_get (), "camera-side");
  g_source_remove (desk->guard);
}

static void
wait_for_two (Desk *desk)
{
  while (!yz_camera_rack_has_two (desk->rack))
    g_main_context_iteration (NULL, TRUE);
}

static const char *
get_address (Desk *desk)
{
  return yz_camera_host_get_address (yz_camera_rack_get_camera (desk->rack));
}

static void
wait_for_address (Desk *desk, const char *address)
{
  while (!g_str_equal (get_address (desk), address))
    g_main_context_iteration (NULL, TRUE);
}

/* Two heads of one device take both roles by themselves and keep them on other nodes. */
static void
test_two_heads (Desk *desk, gconstpointer data)
{
  start_rack (desk, NULL);
  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 2, "DC77");
  wait_for_two (desk);
  g_assert_cmpstr (yz_camera_rack_get_role (desk->rack, YZ_RACK_MAIN), ==, "DC77:1.0/0");
  g_assert_cmpstr (yz_camera_rack_get_role (desk->rack, YZ_RACK_SIDE), ==, "DC77:1.2/0");
  g_assert_cmpint (yz_camera_rack_get_hand (desk->rack), ==, YZ_RACK_MAIN);
  g_assert_cmpstr (get_address (desk), ==, "video:/dev/video0");

  desk->switched = 0;
  g_assert_true (yz_camera_rack_switch (desk->rack));
  g_assert_cmpuint (desk->switched, ==, 1);
  g_assert_cmpstr (yz_camera_rack_get_id (desk->rack), ==, "DC77:1.2/0");
  g_assert_cmpstr (get_address (desk), ==, "video:/dev/video2");

  yz_plugs_remove_uvc_camera (desk->bed, "4", 0, 2);
  yz_plugs_add_uvc_camera (desk->bed, "4", 4, 2, "DC77");
  wait_for_address (desk, "video:/dev/video6");
  g_assert_cmpint (yz_camera_rack_get_hand (desk->rack), ==, YZ_RACK_SIDE);
}

static void
test_remembered (Desk *desk, gconstpointer data)
{
  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 1, "AAA");
  yz_plugs_add_uvc_camera (desk->bed, "5", 2, 1, "BBB");
  start_rack (desk, NULL);
  while (yz_camera_rack_get_camera (desk->rack) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (yz_camera_rack_get_id (desk->rack), ==, "AAA:1.0/0");
  g_assert_false (yz_camera_rack_switch (desk->rack));
  while (yz_camera_list_find (yz_camera_rack_get_list (desk->rack), "BBB:1.0/0") == NULL)
    g_main_context_iteration (NULL, TRUE);

  yz_camera_rack_assign (desk->rack, YZ_RACK_SIDE, "AAA:1.0/0");
  yz_camera_rack_assign (desk->rack, YZ_RACK_MAIN, "BBB:1.0/0");
  stop_rack (desk);
  start_rack (desk, NULL);
  wait_for_two (desk);
  g_assert_cmpstr (yz_camera_rack_get_role (desk->rack, YZ_RACK_MAIN), ==, "BBB:1.0/0");
  g_assert_cmpstr (yz_camera_rack_get_role (desk->rack, YZ_RACK_SIDE), ==, "AAA:1.0/0");
}

static void
test_named (Desk *desk, gconstpointer data)
{
  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 2, "DC77");
  start_rack (desk, "video:test");
  g_assert_cmpstr (get_address (desk), ==, "video:test");
  wait_for_two (desk);
  g_assert_cmpstr (get_address (desk), ==, "video:test");
  g_assert_cmpstr (yz_camera_rack_get_role (desk->rack, YZ_RACK_SIDE), ==, "DC77:1.2/0");
}

static void
test_memory (void)
{
  g_assert_false (yz_device_memory_knows ("SN [1]:1.0/0"));
  yz_device_memory_keep ("SN [1]:1.0/0", "exposure = auto", "true");
  yz_device_memory_keep ("SN [1]:1.0/0", NULL, "640x480 image/jpeg");
  g_assert_true (yz_device_memory_knows ("SN [1]:1.0/0"));
  g_assert_false (yz_device_memory_knows ("SN [2]:1.0/0"));
  yz_device_memory_forget ("SN [1]:1.0/0");
  g_assert_false (yz_device_memory_knows ("SN [1]:1.0/0"));
}

#define ADD(claim, test) g_test_add ("/camera-rack/" claim, Desk, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("yizhan-XXXXXX", NULL);
  g_autofree char *settings = g_build_filename (folder, "yizhan", NULL);
  g_autofree char *devices = g_build_filename (settings, "devices.ini", NULL);
  int status = 0;

  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  yz_settings_start (NULL);
  g_assert_nonnull (yz_settings_get ());

  ADD ("two-heads-take-both-roles-and-keep-them", test_two_heads);
  ADD ("who-has-which-role-is-remembered", test_remembered);
  ADD ("camera-that-was-named-stays-the-main-one", test_named);
  g_test_add_func ("/camera-rack/settings-are-kept-by-id-until-forgotten", test_memory);

  status = g_test_run ();
  g_remove (devices);
  g_rmdir (settings);
  g_rmdir (folder);
  return status;
}
