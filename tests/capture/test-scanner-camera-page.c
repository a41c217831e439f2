/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/scanner-camera-page.h"

static YzBitmap *
convert (SANE_Frame format, int depth, int width, int stride, const void *data, guint length)
{
  const SANE_Parameters parameters = { .format = format,
                                       .last_frame = SANE_TRUE,
                                       .bytes_per_line = stride,
                                       .pixels_per_line = width,
                                       .lines = -1,
                                       .depth = depth };
  g_autoptr (GByteArray) rows = g_byte_array_new ();

  g_byte_array_append (rows, data, length);
  return yz_scanner_page_convert (&parameters, rows);
}

static void
test_colour (void)
{
  static const guint8 ROWS[] = { 1, 2, 3, 255, 0, 128, 0, 0, 9, 9, 9, 7, 7, 7, 0, 0 };
  g_autoptr (YzBitmap) page = convert (SANE_FRAME_RGB, 8, 2, 8, ROWS, sizeof ROWS);

  g_assert_cmpint (page->width, ==, 2);
  g_assert_cmpint (page->height, ==, 2);
  g_assert_cmphex (yz_bitmap_get_row (page, 0)[0], ==, 0x010203);
  g_assert_cmphex (yz_bitmap_get_row (page, 0)[1], ==, 0xff0080);
  g_assert_cmphex (yz_bitmap_get_row (page, 1)[1], ==, 0x070707);
}

static void
test_line_art (void)
{
  static const guint8 ROWS[] = { 0xa0, 0x40 };
  g_autoptr (YzBitmap) page = convert (SANE_FRAME_GRAY, 1, 3, 1, ROWS, sizeof ROWS);

  g_assert_cmphex (yz_bitmap_get_row (page, 0)[0], ==, 0);
  g_assert_cmphex (yz_bitmap_get_row (page, 0)[1], ==, 0xffffff);
  g_assert_cmphex (yz_bitmap_get_row (page, 0)[2], ==, 0);
  g_assert_cmphex (yz_bitmap_get_row (page, 1)[1], ==, 0);
}

static void
test_deep (void)
{
  static const guint16 GREY[] = { 0xffff, 0x8000, 0x00ff };
  static const guint16 COLOUR[] = { 0xffff, 0x1234, 0x0000 };
  g_autoptr (YzBitmap) grey = convert (SANE_FRAME_GRAY, 16, 3, 6, GREY, sizeof GREY);
  g_autoptr (YzBitmap) colour = convert (SANE_FRAME_RGB, 16, 1, 6, COLOUR, sizeof COLOUR);

  g_assert_cmphex (yz_bitmap_get_row (grey, 0)[0], ==, 0xffffff);
  g_assert_cmphex (yz_bitmap_get_row (grey, 0)[1], ==, 0x808080);
  g_assert_cmphex (yz_bitmap_get_row (grey, 0)[2], ==, 0);
  g_assert_cmphex (yz_bitmap_get_row (colour, 0)[0], ==, 0xff1200);
}

static void
test_half_a_row (void)
{
  static const guint8 ROWS[] = { 1, 2, 3, 4, 5 };
  g_autoptr (YzBitmap) page = convert (SANE_FRAME_GRAY, 8, 3, 3, ROWS, sizeof ROWS);

  g_assert_cmpint (page->height, ==, 1);
}

static void
test_nonsense (void)
{
  static const guint8 ROWS[64] = { 0 };

  g_assert_null (convert (SANE_FRAME_RED, 8, 4, 4, ROWS, sizeof ROWS));
  g_assert_null (convert (SANE_FRAME_RGB, 1, 4, 4, ROWS, sizeof ROWS));
  g_assert_null (convert (SANE_FRAME_GRAY, 7, 4, 4, ROWS, sizeof ROWS));
  g_assert_null (convert (SANE_FRAME_GRAY, 8, 0, 4, ROWS, sizeof ROWS));
  g_assert_null (convert (SANE_FRAME_GRAY, 8, 4, 0, ROWS, sizeof ROWS));
  g_assert_null (convert (SANE_FRAME_GRAY, 8, 4, -4, ROWS, sizeof ROWS));
  /* Rows shorter than the pixels that they are said to hold. */
  g_assert_null (convert (SANE_FRAME_RGB, 16, 4, 8, ROWS, sizeof ROWS));
  g_assert_null (convert (SANE_FRAME_GRAY, 8, 1000000, 1000000, ROWS, sizeof ROWS));
  g_assert_null (convert (SANE_FRAME_GRAY, 8, 100, 100, ROWS, sizeof ROWS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner-page/colour-rows-with-padding", test_colour);
  g_test_add_func ("/scanner-page/line-art-is-black-where-set", test_line_art);
  g_test_add_func ("/scanner-page/deep-samples-keep-their-high-half", test_deep);
  g_test_add_func ("/scanner-page/half-a-row-at-the-end-is-dropped", test_half_a_row);
  g_test_add_func ("/scanner-page/what-makes-no-picture-is-refused", test_nonsense);
  return g_test_run ();
}
