/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/video-camera-modes.h"

static GPtrArray *
read_modes (const char *text)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);

  return yz_video_modes_from_caps (caps);
}

static void
test_8_megapixel_head (void)
{
  /* As an 8 MP head tells it. */
  g_autoptr (GPtrArray) modes =
      read_modes ("video/x-raw,format=YUY2,width=3264,height=2448,framerate={2/1,1/1};"
                  "video/x-raw,format=YUY2,width=640,height=480,framerate=30/1;"
                  "image/jpeg,width=3264,height=2448,framerate=15/1;"
                  "image/jpeg,width=1920,height=1080,framerate={30/1,15/1};"
                  "image/jpeg,width=1280,height=720,framerate=30/1;"
                  "image/jpeg,width=640,height=480,framerate=30/1");

  g_assert_cmpuint (modes->len, ==, 6);
  g_assert_cmpstr (yz_video_modes_choose_still (modes)->name, ==, "3264x2448 image/jpeg");
  g_assert_cmpstr (yz_video_modes_choose_preview (modes, FALSE)->name, ==, "1280x720 image/jpeg");
  g_assert_cmpstr (yz_video_modes_choose_preview (modes, TRUE)->name, ==, "640x480 YUY2");
}

static void
test_raw_head (void)
{
  g_autoptr (GPtrArray) modes =
      read_modes ("video/x-raw,format={YUY2,NV12},width=1600,height=1200,framerate=5/1;"
                  "video/x-raw,format=YUY2,width=800,height=600,framerate=30/1");

  g_assert_cmpuint (modes->len, ==, 3);
  g_assert_cmpint (yz_video_modes_choose_still (modes)->width, ==, 1600);
  /* Fluent matters more than large. */
  g_assert_cmpstr (yz_video_modes_choose_preview (modes, FALSE)->name, ==, "800x600 YUY2");
}

static void
test_larger_raw (void)
{
  g_autoptr (GPtrArray) modes =
      read_modes ("image/jpeg,width=1280,height=720,framerate=30/1;"
                  "video/x-raw,format=YUY2,width=2592,height=1944,framerate=3/1");
  g_autoptr (GPtrArray) close = read_modes ("image/jpeg,width=2048,height=1536,framerate=30/1;"
                                            "video/x-raw,format=YUY2,width=2100,height=1536");

  g_assert_cmpstr (yz_video_modes_choose_still (modes)->name, ==, "2592x1944 YUY2");
  g_assert_cmpstr (yz_video_modes_choose_still (close)->name, ==, "2048x1536 image/jpeg");
}

static void
test_any_size (void)
{
  g_autoptr (GPtrArray) modes =
      read_modes ("video/x-raw,format=YUY2,width=[2,2000],height=[2,1200],framerate=[0/1,60/1]");

  g_assert_nonnull (yz_video_modes_find (modes, "1920x1080 YUY2"));
  g_assert_null (yz_video_modes_find (modes, "3264x2448 YUY2"));
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) modes = read_modes ("video/x-h264;audio/x-raw,rate=8000");

  g_assert_cmpuint (modes->len, ==, 0);
  g_assert_null (yz_video_modes_choose_still (modes));
  g_assert_null (yz_video_modes_choose_preview (modes, FALSE));
}

static void
test_caps (void)
{
  YzVideoMode *jpeg = yz_video_mode_new ("image/jpeg", 640, 480, 30);
  YzVideoMode *raw = yz_video_mode_new ("YUY2", 640, 480, 30);
  g_autofree char *first = yz_video_mode_to_caps (jpeg);
  g_autofree char *second = yz_video_mode_to_caps (raw);

  g_assert_cmpstr (first, ==, "image/jpeg,width=640,height=480");
  g_assert_cmpstr (second, ==, "video/x-raw,format=YUY2,width=640,height=480");
  yz_video_mode_free (jpeg);
  yz_video_mode_free (raw);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/video-modes/8-megapixel-head-shoots-large-and-shows-fluent",
                   test_8_megapixel_head);
  g_test_add_func ("/video-modes/raw-head-shows-the-fluent-mode", test_raw_head);
  g_test_add_func ("/video-modes/raw-is-taken-only-where-clearly-larger", test_larger_raw);
  g_test_add_func ("/video-modes/device-of-any-size-offers-common-ones", test_any_size);
  g_test_add_func ("/video-modes/device-without-pictures-has-no-modes", test_nothing);
  g_test_add_func ("/video-modes/mode-names-its-caps", test_caps);
  return g_test_run ();
}
