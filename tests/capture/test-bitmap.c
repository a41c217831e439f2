/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/bitmap.h"

static guint32
pixel (const YzBitmap *bitmap, int x, int y)
{
  return yz_bitmap_get_row (bitmap, y)[x];
}

/* Every pixel says where it lay. */
static YzBitmap *
make_numbered (int width, int height)
{
  YzBitmap *bitmap = yz_bitmap_new_packed (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      ((guint32 *) yz_bitmap_get_row (bitmap, y))[x] = (guint32) (x << 8 | y);
  return bitmap;
}

static void
test_refuses_sizes_beyond_the_bytes (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (64), 64);
  g_autoptr (YzBitmap) fits = yz_bitmap_new (bytes, 4, 4, 16);

  g_assert_nonnull (fits);
  g_assert_null (yz_bitmap_new (bytes, 4, 5, 16));
  g_assert_null (yz_bitmap_new (bytes, 5, 2, 16));
  g_assert_null (yz_bitmap_new (bytes, 0, 4, 16));
  g_assert_null (yz_bitmap_new (bytes, 4, -1, 16));
  g_assert_null (yz_bitmap_new (bytes, G_MAXINT, G_MAXINT, G_MAXINT));
  g_assert_null (yz_bitmap_new (bytes, 3, 2, 13));
}

static void
test_shrinks_by_averaging (void)
{
  g_autoptr (YzBitmap) board = yz_bitmap_new_packed (8, 4);
  g_autoptr (YzBitmap) small = NULL;
  g_autoptr (YzBitmap) same = NULL;

  for (int y = 0; y < 4; y++)
    for (int x = 0; x < 8; x++)
      ((guint32 *) yz_bitmap_get_row (board, y))[x] = (x + y) % 2 ? 0xffffff : 0x000000;
  small = yz_bitmap_shrink (board, 4);
  g_assert_cmpint (small->width, ==, 4);
  g_assert_cmpint (small->height, ==, 2);
  g_assert_cmphex (pixel (small, 3, 1), ==, 0x808080);
  same = yz_bitmap_shrink (small, 4);
  g_assert_true (same == small);
}

static void
test_four_quarters_are_none (void)
{
  g_autoptr (YzBitmap) start = make_numbered (5, 3);
  g_autoptr (YzBitmap) right = yz_bitmap_turn (start, 1);
  g_autoptr (YzBitmap) half = yz_bitmap_turn (start, 2);
  g_autoptr (YzBitmap) left = yz_bitmap_turn (start, 3);
  g_autoptr (YzBitmap) back = yz_bitmap_turn (left, 1);

  g_assert_cmpint (right->width, ==, 3);
  g_assert_cmphex (pixel (right, 2, 0), ==, pixel (start, 0, 0));
  g_assert_cmphex (pixel (right, 0, 4), ==, pixel (start, 4, 2));
  g_assert_cmphex (pixel (half, 4, 2), ==, pixel (start, 0, 0));
  g_assert_cmphex (pixel (left, 0, 4), ==, pixel (start, 0, 0));
  g_assert_true (g_bytes_equal (back->pixels, start->pixels));
}

static void
test_light_of_every_level (void)
{
  g_autoptr (YzBitmap) bitmap = yz_bitmap_new_packed (256, 4);
  guint8 light[256];

  for (int y = 0; y < 4; y++) {
    guint32 *row = (guint32 *) yz_bitmap_get_row (bitmap, y);

    for (guint x = 0; x < 256; x++)
      row[x] = 0xff000000 | (y == 0 ? x * 0x010101 : x << 8 * (y - 1));
    yz_bitmap_read_light (bitmap, y, light);
    for (guint x = 0; x < 256; x++)
      g_assert_cmpuint (light[x], ==, y == 0 ? x : y == 2 ? x / 2 : x / 4);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bitmap/refuses-sizes-beyond-the-bytes", test_refuses_sizes_beyond_the_bytes);
  g_test_add_func ("/bitmap/shrinks-by-averaging", test_shrinks_by_averaging);
  g_test_add_func ("/bitmap/four-quarters-are-none", test_four_quarters_are_none);
  g_test_add_func ("/bitmap/light-of-every-level", test_light_of_every_level);
  return g_test_run ();
}
