/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-codes.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The input is black and white, a bit each, drawn as bars and as the squares of a code. */
static YzBitmap *
draw_bits (const guint8 *data, gsize size)
{
  const int side = 21 + 4 * (data[0] % 4);
  const int scale = 2 + data[1] % 4;
  const gboolean bars = data[1] & 128;
  YzBitmap *bitmap = yz_bitmap_new_packed ((side + 8) * scale, (side + 8) * scale);

  for (int y = 0; y < bitmap->height; y++)
    for (int x = 0; x < bitmap->width; x++) {
      const int column = x / scale - 4;
      const int row = bars ? 0 : y / scale - 4;
      const gboolean inside = column >= 0 && row >= 0 && column < side && row < side;
      const gsize bit = inside ? (gsize) (row * side + column) : 0;
      const gboolean black = inside && bit / 8 < size && (data[bit / 8] >> bit % 8 & 1);

      ((guint32 *) yz_bitmap_get_row (bitmap, y))[x] = black ? 0 : 0xffffff;
    }
  return bitmap;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (YzBitmap) bitmap = NULL;
  g_autoptr (YzReading) reading = NULL;

  if (size < 4)
    return 0;
  bitmap = draw_bits (data, size);
  reading = yz_reading_new (bitmap->width, bitmap->height);
  yz_page_codes_read (bitmap, reading);
  for (guint i = 0; i < reading->codes->len; i++) {
    const YzReadingPart *code = g_ptr_array_index (reading->codes, i);

    g_assert_true (g_utf8_validate (code->text, -1, NULL));
  }
  return 0;
}
