/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec.h"

#include "capture/capture-error.h"
#include "tests/support/scene.h"

static void
assert_refused (const void *data, gsize length, YzCaptureError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *copy = g_memdup2 (data, length); /* so that the sanitizer knows its end */

  g_assert_null (yz_codec_decode (copy, length, 0, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, (int) code);
  g_assert_cmpstr (error->message, !=, "");
}

static void
test_refuses_what_is_no_picture (void)
{
  assert_refused ("", 0, YZ_CAPTURE_ERROR_UNSUPPORTED);
  assert_refused ("%PDF-1.7", 8, YZ_CAPTURE_ERROR_UNSUPPORTED);
  assert_refused ("GIF89a", 6, YZ_CAPTURE_ERROR_UNSUPPORTED);
  assert_refused ("\xff\xd8", 2, YZ_CAPTURE_ERROR_UNSUPPORTED);
  assert_refused ("\xff\xd8\xff", 3, YZ_CAPTURE_ERROR_HOSTILE);
  assert_refused ("\x89PNG\r\n\x1a\n", 8, YZ_CAPTURE_ERROR_HOSTILE);
}

static void
test_sides_have_limits (void)
{
  g_assert_true (yz_codec_check_sides (12000, 10000, NULL));
  g_assert_false (yz_codec_check_sides (12001, 10000, NULL));
  g_assert_false (yz_codec_check_sides (32001, 1, NULL));
  g_assert_false (yz_codec_check_sides (0, 5, NULL));
  g_assert_false (yz_codec_check_sides (G_MAXUINT32, G_MAXUINT32, NULL));
}

static void
test_header_and_pixels_agree (void)
{
  const YzScene scene = { .width = 120, .height = 80, .mat = 0x336699 };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  g_autoptr (YzBitmap) bitmap = NULL;
  g_autoptr (GError) error = NULL;
  YzPictureHeader header;
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  bitmap = yz_codec_decode (data, length, 0, &header, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bitmap->width, ==, 120);
  g_assert_cmpint (header.height, ==, 80);
  g_assert_cmpuint (header.quarters, ==, 0);
  g_assert_cmpstr (header.media_type, ==, "image/jpeg");
  for (int shift = 0; shift < 24; shift += 8)
    g_assert_cmpint (ABS ((int) (yz_bitmap_get_row (bitmap, 40)[60] >> shift & 255) -
                          (int) (0x336699 >> shift & 255)),
                     <, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/refuses-what-is-no-picture", test_refuses_what_is_no_picture);
  g_test_add_func ("/codec/sides-have-limits", test_sides_have_limits);
  g_test_add_func ("/codec/header-and-pixels-agree", test_header_and_pixels_agree);
  return g_test_run ();
}
