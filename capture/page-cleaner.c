/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-cleaner.h"

#include <math.h>
#include <string.h>

#define WEIGHT 0.10F    /* Sauvola's k */
#define RANGE 128.0F    /* Sauvola's R: the largest deviation there is */
#define WINDOW_SHARE 45 /* the window's width is the longest side divided by this */
#define WINDOW_BLOCKS 9 /* odd: so many blocks a side are one window */
#define MOST_BLOCK 24   /* pixels a side */
#define FIXED 64        /* thresholds are counted in parts of a level */

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

/* The picture's light, and what it is in each square block of it: the threshold changes so slowly
 * that one a block is enough, and between their middles it is drawn out straight. */
typedef struct {
  guint8 *light;
  int width, height;
  int block; /* pixels a side; those on the right and below may be cut */
  int columns, rows;
  guint32 *sum; /* of each block */
  guint64 *squares;
  gint16 *threshold;
} Blocks;

static void
open_blocks (Blocks *self, const YzBitmap *bitmap)
{
  const int longest = MAX (bitmap->width, bitmap->height);
  gsize n = 0;

  *self = (Blocks){ .width = bitmap->width, .height = bitmap->height };
  self->block = CLAMP ((longest / WINDOW_SHARE + WINDOW_BLOCKS / 2) / WINDOW_BLOCKS, 1, MOST_BLOCK);
  self->columns = (self->width + self->block - 1) / self->block;
  self->rows = (self->height + self->block - 1) / self->block;
  n = (gsize) self->columns * (gsize) self->rows;
  self->light = g_malloc0 ((gsize) self->width * (gsize) self->height);
  self->sum = g_new0 (guint32, n);
  self->squares = g_new0 (guint64, n);
  self->threshold = g_new0 (gint16, n);
}

static void
clear_blocks (Blocks *self)
{
  g_free (self->light);
  g_free (self->sum);
  g_free (self->squares);
  g_free (self->threshold);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Blocks, clear_blocks)

static void
read_light_row (const YzBitmap *bitmap, int y, guint8 *light, guint32 *sum, guint32 *squares)
{
  yz_bitmap_read_light (bitmap, y, light);
  for (int x = 0; x < bitmap->width; x++) {
    sum[x] += light[x];
    squares[x] += (guint32) light[x] * light[x];
  }
}

/* Reads the light, and sums it up column by column, then block by block. */
static void
read_blocks (Blocks *self, const YzBitmap *bitmap)
{
  const gsize width = (gsize) self->width;
  g_autofree guint32 *sums = g_new (guint32, 2 * width);

  for (int row = 0; row < self->rows; row++) {
    const int end = MIN ((row + 1) * self->block, self->height);

    memset (sums, 0, 2 * width * sizeof *sums);
    for (int y = row * self->block; y < end; y++)
      read_light_row (bitmap, y, self->light + (gsize) y * width, sums, sums + width);
    for (int column = 0; column < self->columns; column++) {
      const gsize at = (gsize) row * (gsize) self->columns + (gsize) column;
      const int right = MIN ((column + 1) * self->block, self->width);

      self->sum[at] = 0;
      self->squares[at] = 0;
      for (int x = column * self->block; x < right; x++) {
        self->sum[at] += sums[x];
        self->squares[at] += sums[width + (gsize) x];
      }
    }
  }
}

/* Mean · (1 + k · (deviation / R − 1)) over the window around a block. */
static gint16
choose_threshold (guint64 sum, guint64 squares, int pixels)
{
  const float mean = (float) sum / (float) pixels;
  const float variance = MAX ((float) squares / (float) pixels - mean * mean, 0);

  return (gint16) (FIXED * mean * (1 + WEIGHT * (sqrtf (variance) / RANGE - 1)) + 0.5F);
}

/* The rows of a window summed up, one for each column of blocks; then along them. */
static void
choose_row (Blocks *self, int row, guint64 *sums)
{
  const int reach = WINDOW_BLOCKS / 2;
  const int top = MAX (row - reach, 0);
  const int bottom = MIN (row + reach + 1, self->rows);
  const int tall = MIN (bottom * self->block, self->height) - top * self->block;

  memset (sums, 0, 2 * (gsize) self->columns * sizeof *sums);
  for (int y = top; y < bottom; y++)
    for (int x = 0; x < self->columns; x++) {
      const gsize at = (gsize) y * (gsize) self->columns + (gsize) x;

      sums[x] += self->sum[at];
      sums[self->columns + x] += self->squares[at];
    }
  for (int x = 0; x < self->columns; x++) {
    const int left = MAX (x - reach, 0);
    const int right = MIN (x + reach + 1, self->columns);
    const int wide = MIN (right * self->block, self->width) - left * self->block;
    guint64 sum = 0;
    guint64 squares = 0;

    for (int k = left; k < right; k++) {
      sum += sums[k];
      squares += sums[self->columns + k];
    }
    self->threshold[(gsize) row * (gsize) self->columns + (gsize) x] =
        choose_threshold (sum, squares, tall * wide);
  }
}

/* One row of thresholds, a pixel each: straight from middle to middle of the blocks. */
static void
draw_out (const Blocks *self, int row, gint16 *out)
{
  const gint16 *threshold = self->threshold + (gsize) row * (gsize) self->columns;
  const int half = self->block / 2;
  const int part = 65536 / self->block;

  for (int x = 0; x < MIN (half, self->width); x++)
    out[x] = threshold[0];
  for (int column = 0; column < self->columns; column++) {
    const int start = column * self->block + half;
    const int from = threshold[column];
    const int rise = threshold[MIN (column + 1, self->columns - 1)] - from;
    const int n = MIN (self->block, self->width - start);

    for (int k = 0; k < n; k++)
      out[start + k] = (gint16) (from + rise * k * part / 65536);
  }
}

static void
judge_row (const guint8 *light, gint16 *threshold, const gint16 *rise, int width, guint32 *out)
{
  for (int x = 0; x < width; x++) {
    const gint16 limit = (gint16) (threshold[x] + rise[x]);
    const gint16 level = (gint16) (light[x] * FIXED);

    threshold[x] = limit;
    out[x] = level < limit ? 0 : 0xffffff;
  }
}

/* From the middle of one row of blocks to that of the next the threshold rises evenly. */
static void
judge_all (const Blocks *self, YzBitmap *out)
{
  const gsize width = (gsize) self->width;
  const int half = self->block / 2;
  g_autofree gint16 *lines = g_new0 (gint16, 3 * width);
  gint16 *now = lines;
  gint16 *next = lines + width;
  gint16 *rise = lines + 2 * width;

  draw_out (self, 0, now);
  for (int y = 0; y < self->height; y++) {
    const int row = (y - half) / self->block;

    if (y >= half && (y - half) % self->block == 0) {
      draw_out (self, row, now);
      draw_out (self, MIN (row + 1, self->rows - 1), next);
      for (gsize x = 0; x < width; x++)
        rise[x] = (gint16) ((next[x] - now[x]) / self->block);
    }
    judge_row (self->light + (gsize) y * width, now, rise, self->width,
               (guint32 *) yz_bitmap_get_row (out, y));
  }
}

YzBitmap *
yz_cleaner_make_bitonal (const YzBitmap *bitmap)
{
  YzBitmap *out = yz_bitmap_new_packed (bitmap->width, bitmap->height);
  g_auto (Blocks) blocks = { 0 };
  g_autofree guint64 *sums = NULL;

  open_blocks (&blocks, bitmap);
  read_blocks (&blocks, bitmap);
  sums = g_new (guint64, 2 * (gsize) blocks.columns);
  for (int row = 0; row < blocks.rows; row++)
    choose_row (&blocks, row, sums);
  judge_all (&blocks, out);
  return out;
}
