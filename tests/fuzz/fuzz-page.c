/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-checker.h"
#include "capture/page-finder.h"
#include "capture/page-shaper.h"

#include <math.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Blocks of colour: the input is their colours, row by row. */
static YzBitmap *
paint_blocks (const guint8 *data, gsize size)
{
  const int side = 64 + data[0] % 128;
  const int block = 1 + data[1] % 40;
  const int columns = side / block + 1;
  YzBitmap *bitmap = yz_bitmap_new_packed (side, 64 + data[2] % 128);

  for (int y = 0; y < bitmap->height; y++)
    for (int x = 0; x < side; x++) {
      const guint8 value = data[(gsize) (3 + y / block * columns + x / block) % size];

      ((guint32 *) yz_bitmap_get_row (bitmap, y))[x] =
          (guint32) value << 16 | (guint32) (value * 7 & 255) << 8 | (value ^ 0x55);
    }
  return bitmap;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (YzBitmap) bitmap = NULL;
  g_autoptr (GArray) outlines = NULL;

  if (size < 4)
    return 0;
  bitmap = paint_blocks (data, size);
  outlines = yz_page_finder_find (bitmap, NULL);
  for (guint i = 0; i < outlines->len; i++) {
    YzOutline *outline = &g_array_index (outlines, YzOutline, i);
    g_autoptr (YzBitmap) page = NULL;
    double sharpness = 0;

    for (guint k = 0; k < 8; k++)
      g_assert_true (isfinite (outline->corners[k]));
    g_assert_true (outline->confidence >= 0 && outline->confidence <= 1);
    yz_shaper_recognise (outline, bitmap->width, bitmap->height, 0);
    page = yz_shaper_straighten (bitmap, outline->corners, 0);
    if (page != NULL)
      yz_checker_judge (page, &sharpness);
    g_assert_true (sharpness >= 0 && sharpness <= 1);
  }
  return 0;
}
