/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-jpeg.h"

#include "capture/capture-error.h"
#include "tests/support/scene.h"

#include <string.h>
#include <turbojpeg.h>

static GBytes *
compress (const guint8 *pixels, int side, int format, int sampling, int flags)
{
  tjhandle turbo = tjInitCompress ();
  unsigned char *jpeg = NULL;
  unsigned long size = 0;
  GBytes *bytes = NULL;

  g_assert_cmpint (
      tjCompress2 (turbo, pixels, side, 0, side, format, &jpeg, &size, sampling, 95, flags), ==, 0);
  bytes = g_bytes_new (jpeg, size);
  tjFree (jpeg);
  tjDestroy (turbo);
  return bytes;
}

static YzBitmap *
decode (GBytes *jpeg, int longest, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  return yz_jpeg_decode (data, length, longest, error);
}

static void
assert_level (const YzBitmap *bitmap, guint32 expected)
{
  const guint32 pixel = yz_bitmap_get_row (bitmap, bitmap->height / 2)[bitmap->width / 2];

  for (int shift = 0; shift < 24; shift += 8)
    g_assert_cmpint (ABS ((int) (pixel >> shift & 255) - (int) (expected >> shift & 255)), <=, 5);
}

static void
test_grey_and_progressive (void)
{
  g_autofree guint8 *pixels = g_malloc (64 * 64);
  g_autoptr (GBytes) jpeg = NULL;
  g_autoptr (YzBitmap) bitmap = NULL;

  memset (pixels, 90, 64 * 64);
  jpeg = compress (pixels, 64, TJPF_GRAY, TJSAMP_GRAY, TJFLAG_PROGRESSIVE);
  bitmap = decode (jpeg, 0, NULL);
  assert_level (bitmap, 0x5a5a5a);
}

/* No Adobe block comes from libjpeg's plain CMYK here: ink is ink then. */
static void
test_cmyk_becomes_light (void)
{
  g_autofree guint8 *pixels = g_malloc (64 * 64 * 4);
  g_autoptr (GBytes) jpeg = NULL;
  g_autoptr (YzBitmap) bitmap = NULL;
  const guint8 *data = NULL;
  gsize length = 0;

  for (int i = 0; i < 64 * 64; i++)
    memcpy (pixels + (gsize) 4 * i, "\xff\x80\x40\xff", 4);
  jpeg = compress (pixels, 64, TJPF_CMYK, TJSAMP_444, 0);
  data = g_bytes_get_data (jpeg, &length);
  bitmap = decode (jpeg, 0, NULL);
  g_assert_nonnull (bitmap);
  /* libjpeg writes Adobe's block for YCCK, so the values count as inverted. */
  assert_level (bitmap, memmem (data, length, "Adobe", 5) != NULL ? 0xff8040 : 0x000000);
}

static void
test_scaled_decode_keeps_enough (void)
{
  const YzScene scene = { .width = 800, .height = 600, .mat = 0x808080 };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  static const struct {
    int longest, width;
  } CASES[] = { { 0, 800 }, { 800, 800 }, { 401, 800 }, { 400, 400 }, { 160, 200 }, { 1, 100 } };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (YzBitmap) bitmap = decode (jpeg, CASES[i].longest, NULL);

    g_assert_cmpint (bitmap->width, ==, CASES[i].width);
  }
}

/* Refused at every length: what is not there is never made up. */
static void
test_truncated_is_hostile (void)
{
  const YzScene scene = { .width = 160, .height = 120, .mat = 0x808080, .grain = 40 };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  for (gsize part = 3; part < length - 2; part += 1 + length / 50) {
    g_autofree guint8 *copy = g_memdup2 (data, part);
    g_autoptr (GError) error = NULL;

    g_assert_null (yz_jpeg_decode (copy, part, 0, &error));
    g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
  }
}

static void
test_garbage_after_the_scan_is_hostile (void)
{
  const YzScene scene = { .width = 320, .height = 240, .mat = 0x808080, .grain = 40 };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  gsize length = 0;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
  g_autoptr (GError) error = NULL;
  guint8 *scan = NULL;

  length = g_bytes_get_size (jpeg);
  scan = memmem (data, length, "\xff\xda", 2);
  g_assert_nonnull (scan);
  for (guint8 *at = scan + 40; at < data + length; at++)
    *at = (guint8) (31 * (at - data) ^ (at - data) >> 3);
  g_assert_null (yz_jpeg_decode (data, length, 0, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
}

/* The header alone decides: nothing of that size is ever asked of the memory. */
static void
test_giant_is_refused_by_its_header (void)
{
  const YzScene scene = { .width = 64, .height = 64, .mat = 0x808080 };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) zero = NULL;
  guint8 *frame = memmem (data, g_bytes_get_size (jpeg), "\xff\xc0", 2);
  YzPictureHeader header;
  gint64 start = 0;

  g_assert_nonnull (frame);
  memcpy (frame + 5, "\xff\xdc\xff\xdc", 4); /* 65500 × 65500 */
  start = g_get_monotonic_time ();
  g_assert_false (yz_jpeg_read_header (data, g_bytes_get_size (jpeg), &header, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
  g_assert_nonnull (strstr (error->message, "65500"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 50 * G_TIME_SPAN_MILLISECOND);
  memset (frame + 5, 0, 4);
  g_assert_false (yz_jpeg_read_header (data, g_bytes_get_size (jpeg), &header, &zero));
  g_assert_error (zero, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec-jpeg/grey-and-progressive", test_grey_and_progressive);
  g_test_add_func ("/codec-jpeg/cmyk-becomes-light", test_cmyk_becomes_light);
  g_test_add_func ("/codec-jpeg/scaled-decode-keeps-enough", test_scaled_decode_keeps_enough);
  g_test_add_func ("/codec-jpeg/truncated-is-hostile", test_truncated_is_hostile);
  g_test_add_func ("/codec-jpeg/garbage-after-the-scan-is-hostile",
                   test_garbage_after_the_scan_is_hostile);
  g_test_add_func ("/codec-jpeg/giant-is-refused-by-its-header",
                   test_giant_is_refused_by_its_header);
  return g_test_run ();
}
