/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-tiff.h"

#include <glib/gstdio.h>
#include <tiffio.h>

/* Ink where the sum of the places is divisible by seven: runs of every kind. */
static YzBitmap *
paint (int width, int height)
{
  YzBitmap *bitmap = yz_bitmap_new_packed (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      ((guint32 *) yz_bitmap_get_row (bitmap, y))[x] = (x * y + x + y) % 7 == 0 ? 0 : 0xffffff;
  return bitmap;
}

/* The library reads what was written. */
static TIFF *
open_again (GBytes *bytes, char **out_path)
{
  g_autoptr (GError) error = NULL;
  const int fd = g_file_open_tmp ("test-codec-tiff-XXXXXX", out_path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (*out_path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  return TIFFOpen (*out_path, "r");
}

static void
test_every_pixel_comes_back (void)
{
  static const int SIZES[][2] = { { 1, 1 }, { 8, 3 }, { 37, 5 }, { 640, 480 } };

  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (YzBitmap) bitmap = paint (SIZES[i][0], SIZES[i][1]);
    g_autoptr (GBytes) bytes = yz_tiff_encode_bitonal (bitmap, 300, &error);
    g_autofree char *path = NULL;
    guint8 row[80];
    TIFF *tiff = NULL;

    g_assert_no_error (error);
    tiff = open_again (bytes, &path);
    g_assert_nonnull (tiff);
    for (int y = 0; y < bitmap->height; y++) {
      g_assert_cmpint (TIFFReadScanline (tiff, row, (guint32) y, 0), >=, 0);
      for (int x = 0; x < bitmap->width; x++)
        g_assert_cmpint (row[x / 8] >> (7 - x % 8) & 1, ==,
                         (yz_bitmap_get_row (bitmap, y)[x] & 0xffffff) == 0);
    }
    TIFFClose (tiff);
    g_unlink (path);
  }
}

static void
test_is_group_4_with_its_resolution (void)
{
  g_autoptr (YzBitmap) bitmap = paint (200, 100);
  g_autoptr (GBytes) bytes = yz_tiff_encode_bitonal (bitmap, 300, NULL);
  g_autofree char *path = NULL;
  TIFF *tiff = open_again (bytes, &path);
  guint16 compression = 0;
  guint16 photometric = 0;
  guint16 unit = 0;
  guint32 width = 0;
  float across = 0;
  float down = 0;

  TIFFGetField (tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetField (tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  TIFFGetField (tiff, TIFFTAG_XRESOLUTION, &across);
  TIFFGetField (tiff, TIFFTAG_YRESOLUTION, &down);
  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  g_assert_cmpuint (compression, ==, COMPRESSION_CCITTFAX4);
  g_assert_cmpuint (photometric, ==, PHOTOMETRIC_MINISWHITE);
  g_assert_cmpuint (unit, ==, RESUNIT_INCH);
  g_assert_cmpfloat_with_epsilon ((double) across, 300, 1e-6);
  g_assert_cmpfloat_with_epsilon ((double) down, 300, 1e-6);
  g_assert_cmpuint (width, ==, 200);
  TIFFClose (tiff);
  g_unlink (path);
}

static void
test_unknown_resolution_is_left_out (void)
{
  g_autoptr (YzBitmap) bitmap = paint (20, 10);
  g_autoptr (GBytes) bytes = yz_tiff_encode_bitonal (bitmap, 0, NULL);
  g_autofree char *path = NULL;
  TIFF *tiff = open_again (bytes, &path);
  float across = 0;

  g_assert_cmpint (TIFFGetField (tiff, TIFFTAG_XRESOLUTION, &across), ==, 0);
  TIFFClose (tiff);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec-tiff/every-pixel-comes-back", test_every_pixel_comes_back);
  g_test_add_func ("/codec-tiff/is-group-4-with-its-resolution",
                   test_is_group_4_with_its_resolution);
  g_test_add_func ("/codec-tiff/unknown-resolution-is-left-out",
                   test_unknown_resolution_is_left_out);
  return g_test_run ();
}
