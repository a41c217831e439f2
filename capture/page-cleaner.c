/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-cleaner.h"

#include <math.h>

#define WEIGHT 0.10     /* Sauvola's k */
#define RANGE 128.0     /* Sauvola's R: the largest deviation there is */
#define WINDOW_SHARE 90 /* the window's radius is the longest side divided by this */

static guint8
read_light (guint32 pixel)
{
  return (guint8) (((pixel >> 16 & 255) * 77 + (pixel >> 8 & 255) * 150 + (pixel & 255) * 29) >> 8);
}

YzBitmap *
yz_cleaner_make_grey (const YzBitmap *bitmap)
{
  YzBitmap *grey = yz_bitmap_new_packed (bitmap->width, bitmap->height);

  for (int y = 0; y < bitmap->height; y++) {
    const guint32 *row = yz_bitmap_get_row (bitmap, y);
    guint32 *out = (guint32 *) yz_bitmap_get_row (grey, y);

    for (int x = 0; x < bitmap->width; x++)
      out[x] = read_light (row[x]) * 0x010101U;
  }
  return grey;
}

/* Sums over the rows of the window, one for each column. */
typedef struct {
  guint32 *sum;
  guint64 *squares;
  int width;
  int rows;
} Columns;

static void
add_row (Columns *self, const guint32 *row, int sign)
{
  for (int x = 0; x < self->width; x++) {
    const guint32 light = read_light (row[x]);

    if (sign > 0) {
      self->sum[x] += light;
      self->squares[x] += (guint64) light * light;
    } else {
      self->sum[x] -= light;
      self->squares[x] -= (guint64) light * light;
    }
  }
  self->rows += sign;
}

static void
judge_row (const Columns *self, const guint32 *row, int radius, guint32 *out)
{
  guint64 sum = 0;
  guint64 squares = 0;
  int columns = 0;

  for (int x = -radius; x < self->width; x++) {
    const int enters = x + radius;
    const int leaves = x - radius - 1;

    if (enters < self->width) {
      sum += self->sum[enters];
      squares += self->squares[enters];
      columns++;
    }
    if (leaves >= 0) {
      sum -= self->sum[leaves];
      squares -= self->squares[leaves];
      columns--;
    }
    if (x >= 0) {
      const double n = (double) columns * self->rows;
      const double mean = (double) sum / n;
      const double deviation = sqrt (MAX ((double) squares / n - mean * mean, 0));

      out[x] = read_light (row[x]) < mean * (1 + WEIGHT * (deviation / RANGE - 1)) ? 0 : 0xffffff;
    }
  }
}

YzBitmap *
yz_cleaner_make_bitonal (const YzBitmap *bitmap)
{
  YzBitmap *out = yz_bitmap_new_packed (bitmap->width, bitmap->height);
  const int radius = MAX (4, MAX (bitmap->width, bitmap->height) / WINDOW_SHARE);
  g_autofree guint32 *sum = g_new0 (guint32, bitmap->width);
  g_autofree guint64 *squares = g_new0 (guint64, bitmap->width);
  Columns columns = { sum, squares, bitmap->width, 0 };

  for (int y = -radius; y < bitmap->height; y++) {
    if (y + radius < bitmap->height)
      add_row (&columns, yz_bitmap_get_row (bitmap, y + radius), 1);
    if (y - radius - 1 >= 0)
      add_row (&columns, yz_bitmap_get_row (bitmap, y - radius - 1), -1);
    if (y >= 0)
      judge_row (&columns, yz_bitmap_get_row (bitmap, y), radius,
                 (guint32 *) yz_bitmap_get_row (out, y));
  }
  return out;
}
