/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-png.h"

#include "capture/capture-error.h"

#include <png.h>
#include <string.h>

static void
append (png_structp png, png_bytep data, png_size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) length);
}

static void
flush (png_structp png)
{
}

/* Writes rows of @row_bytes each, all from the same memory. */
static GByteArray *
write_png (int side, int depth, int colour, int interlace, const guint8 *row)
{
  GByteArray *bytes = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  const png_color palette[] = { { 0, 0, 0 }, { 200, 30, 40 } };
  const int passes = interlace == PNG_INTERLACE_ADAM7 ? 7 : 1;

  png_set_write_fn (png, bytes, append, flush);
  png_set_IHDR (png, info, (png_uint_32) side, (png_uint_32) side, depth, colour, interlace,
                PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (colour == PNG_COLOR_TYPE_PALETTE)
    png_set_PLTE (png, info, palette, 2);
  png_write_info (png, info);
  if (passes > 1)
    png_set_interlace_handling (png);
  for (int pass = 0; pass < passes; pass++)
    for (int y = 0; y < side; y++)
      png_write_row (png, row);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  return bytes;
}

static guint32
decode_middle (const GByteArray *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzBitmap) bitmap = yz_png_decode (bytes->data, bytes->len, &error);

  g_assert_no_error (error);
  return yz_bitmap_get_row (bitmap, bitmap->height / 2)[bitmap->width / 2] & 0xffffff;
}

static void
test_every_kind_is_read (void)
{
  guint8 row[8 * 32];
  g_autoptr (GByteArray) grey = NULL;
  g_autoptr (GByteArray) palette = NULL;
  g_autoptr (GByteArray) deep = NULL;
  g_autoptr (GByteArray) interlaced = NULL;
  g_autoptr (GByteArray) clear = NULL;

  memset (row, 0xff, sizeof row);
  grey = write_png (32, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, row);
  g_assert_cmphex (decode_middle (grey), ==, 0xffffff);
  memset (row, 1, sizeof row);
  palette = write_png (32, 8, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, row);
  g_assert_cmphex (decode_middle (palette), ==, 0xc81e28);
  memset (row, 0x40, sizeof row);
  deep = write_png (32, 16, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, row);
  g_assert_cmphex (decode_middle (deep), ==, 0x404040);
  interlaced = write_png (32, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_ADAM7, row);
  g_assert_cmphex (decode_middle (interlaced), ==, 0x404040);
  memset (row, 0, sizeof row);
  clear = write_png (32, 8, PNG_COLOR_TYPE_RGB_ALPHA, PNG_INTERLACE_NONE, row);
  g_assert_cmphex (decode_middle (clear), ==, 0xffffff);
}

static void
test_truncated_is_hostile (void)
{
  guint8 row[3 * 64];
  g_autoptr (GByteArray) bytes = NULL;

  for (gsize i = 0; i < sizeof row; i++)
    row[i] = (guint8) (i * 37);
  bytes = write_png (64, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, row);
  for (guint part = 8; part < bytes->len - 13; part += 7) {
    g_autofree guint8 *copy = g_memdup2 (bytes->data, part);
    g_autoptr (GError) error = NULL;

    g_assert_null (yz_png_decode (copy, part, &error));
    g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
  }
}

static void
test_bomb_is_refused_by_its_header (void)
{
  guint8 row[3 * 64] = { 0 };
  g_autoptr (GByteArray) bytes = write_png (64, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, row);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) zero = NULL;

  memcpy (bytes->data + 16, "\0\0\xff\xff\0\0\xff\xff", 8);
  g_assert_null (yz_png_decode (bytes->data, bytes->len, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
  g_assert_nonnull (strstr (error->message, "65535"));
  memset (bytes->data + 16, 0, 8);
  g_assert_null (yz_png_decode (bytes->data, bytes->len, &zero));
  g_assert_error (zero, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
}

static void
test_bitonal_comes_back (void)
{
  g_autoptr (YzBitmap) bitmap = yz_bitmap_new_packed (37, 5);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzBitmap) again = NULL;
  YzPictureHeader header;

  for (int i = 0; i < 37 * 5; i++)
    ((guint32 *) yz_bitmap_get_row (bitmap, 0))[i] = i % 3 ? 0xffffff : 0;
  bytes = yz_png_encode_bitonal (bitmap, 300, NULL);
  g_assert_true (
      yz_png_read_header (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &header, NULL));
  g_assert_cmpfloat_with_epsilon (header.density, 300, 0.1);
  again = yz_png_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  for (int i = 0; i < 37 * 5; i++)
    g_assert_cmphex (yz_bitmap_get_row (again, 0)[i] & 0xffffff, ==, i % 3 ? 0xffffff : 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec-png/bitonal-comes-back", test_bitonal_comes_back);
  g_test_add_func ("/codec-png/every-kind-is-read", test_every_kind_is_read);
  g_test_add_func ("/codec-png/truncated-is-hostile", test_truncated_is_hostile);
  g_test_add_func ("/codec-png/bomb-is-refused-by-its-header", test_bomb_is_refused_by_its_header);
  return g_test_run ();
}
