/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/video-camera-button.h"
#include "capture/video-camera-devices.h"
#include "tests/support/plugs.h"

#include <linux/input.h>
#include <string.h>

typedef struct {
  UMockdevTestbed *bed;
} Desk;

static void
setup (Desk *desk, gconstpointer data)
{
  desk->bed = yz_plugs_new ();
}

static void
teardown (Desk *desk, gconstpointer data)
{
  g_assert_finalize_object (desk->bed);
}

static void
test_pressed (Desk *desk, gconstpointer data)
{
  static const YzPlugsKey KEYS[] = { { KEY_CAMERA, 1 }, { KEY_CAMERA, 0 } };
  YzVideoButton *button = NULL;

  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 1, "DC77");
  yz_plugs_add_button (desk->bed, "4", 0, KEY_CAMERA, KEYS, G_N_ELEMENTS (KEYS));
  button = yz_video_button_new ("/dev/video0");
  g_assert_nonnull (button);
  g_assert_true (yz_video_button_has_news (button));
  g_assert_true (yz_video_button_was_pressed (button));
  g_assert_false (yz_video_button_was_pressed (button));
  yz_video_button_free (button);
}

/* Letting go is no press, nor is the half press for focusing. */
static void
test_other_keys (Desk *desk, gconstpointer data)
{
  static const YzPlugsKey KEYS[] = { { KEY_CAMERA, 0 }, { KEY_CAMERA_FOCUS, 1 }, { KEY_A, 1 } };
  YzVideoButton *button = NULL;

  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 1, "DC77");
  yz_plugs_add_button (desk->bed, "4", 0, KEY_CAMERA, KEYS, G_N_ELEMENTS (KEYS));
  button = yz_video_button_new ("/dev/video0");
  g_assert_nonnull (button);
  g_assert_false (yz_video_button_was_pressed (button));
  yz_video_button_free (button);
}

static void
test_own_device (Desk *desk, gconstpointer data)
{
  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 1, "DC77");
  yz_plugs_add_uvc_camera (desk->bed, "5", 4, 1, "DC78");
  yz_plugs_add_button (desk->bed, "5", 0, KEY_CAMERA, NULL, 0);
  g_assert_false (yz_video_button_exists ("/dev/video0"));
  g_assert_true (yz_video_button_exists ("/dev/video4"));
}

static void
test_keyboard (Desk *desk, gconstpointer data)
{
  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 1, "DC77");
  yz_plugs_add_button (desk->bed, "4", 0, KEY_A, NULL, 0);
  g_assert_false (yz_video_button_exists ("/dev/video0"));
  g_assert_null (yz_video_button_new ("/dev/video0"));
}

/* A button beside the heads belongs to the first of them alone: one press is one page. */
static void
test_two_heads (Desk *desk, gconstpointer data)
{
  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 2, "DC77");
  yz_plugs_add_button (desk->bed, "4", 4, KEY_CAMERA, NULL, 0);
  g_assert_true (yz_video_button_exists ("/dev/video0"));
  g_assert_false (yz_video_button_exists ("/dev/video2"));
}

static void
test_listed (Desk *desk, gconstpointer data)
{
  g_autoptr (YzCameraInfo) without = NULL;
  g_autoptr (YzCameraInfo) with = NULL;

  yz_plugs_add_uvc_camera (desk->bed, "4", 0, 1, "DC77");
  without = yz_video_devices_describe ("/dev/video0");
  yz_plugs_add_button (desk->bed, "4", 0, KEY_CAMERA, NULL, 0);
  with = yz_video_devices_describe ("/dev/video0");
  g_assert_cmpint (without->abilities & YZ_CAMERA_HAS_BUTTON, ==, 0);
  g_assert_cmpint (with->abilities & YZ_CAMERA_HAS_BUTTON, !=, 0);
}

#define ADD(claim, test)                                                                           \
  g_test_add ("/video-camera-button/" claim, Desk, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("press-is-told-once", test_pressed);
  ADD ("letting-go-and-other-keys-are-no-press", test_other_keys);
  ADD ("button-of-another-device-is-not-ours", test_own_device);
  ADD ("keyboard-without-the-camera-key-is-no-button", test_keyboard);
  ADD ("button-beside-two-heads-belongs-to-the-first", test_two_heads);
  ADD ("list-tells-of-the-button", test_listed);
  return g_test_run ();
}
