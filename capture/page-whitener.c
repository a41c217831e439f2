/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-whitener.h"

#define BLOCK_SHARE 360 /* of the longest side is a block: a millimetre of A4 */
#define REACH 12        /* blocks in which paper is looked for: wider than a seal's star */
#define SOFT 3          /* blocks over which the paper's colour is evened out */
#define LEAST_PAPER 0.5 /* of the page's lightest: darker is a picture, not paper in a shadow */
#define BLACK 70        /* levels that become black, and ... */
#define WHITE 215       /* ... white */
#define RED_FROM 22     /* levels by which red leads green and blue: beginning to count, ... */
#define RED_FULL 52     /* ... and certainly red */

/* The colour of the paper in every block of the page. */
typedef struct {
  int block, columns, rows;
  guint8 *paper[3]; /* red, green, blue */
  guint8 *scratch;
} Ground;

static guint
get_part (guint32 pixel, guint i)
{
  return pixel >> (16 - 8 * i) & 255;
}

static void
open_ground (Ground *self, const YzBitmap *bitmap)
{
  const int longest = MAX (bitmap->width, bitmap->height);
  gsize n = 0;

  *self = (Ground){ .block = MAX (2, longest / BLOCK_SHARE) };
  self->columns = (bitmap->width + self->block - 1) / self->block;
  self->rows = (bitmap->height + self->block - 1) / self->block;
  n = (gsize) self->columns * (gsize) self->rows;
  for (guint i = 0; i < 3; i++)
    self->paper[i] = g_malloc0 (n);
  self->scratch = g_malloc0 (n);
}

static void
clear_ground (Ground *self)
{
  for (guint i = 0; i < 3; i++)
    g_free (self->paper[i]);
  g_free (self->scratch);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ground, clear_ground)

/* The mean colour of a block's lighter pixels: those that are no ink. */
static void
measure_block (const YzBitmap *bitmap, const Ground *self, int column, int row)
{
  const int right = MIN ((column + 1) * self->block, bitmap->width);
  const int bottom = MIN ((row + 1) * self->block, bitmap->height);
  const guint n = (guint) ((right - column * self->block) * (bottom - row * self->block));
  guint mean = 0;
  guint sum[3] = { 0 };
  guint lighter = 0;

  for (int y = row * self->block; y < bottom; y++)
    for (int x = column * self->block; x < right; x++)
      mean += get_part (yz_bitmap_get_row (bitmap, y)[x], 1);
  mean /= MAX (n, 1);
  for (int y = row * self->block; y < bottom; y++)
    for (int x = column * self->block; x < right; x++) {
      const guint32 pixel = yz_bitmap_get_row (bitmap, y)[x];

      if (get_part (pixel, 1) < mean)
        continue;
      lighter++;
      for (guint i = 0; i < 3; i++)
        sum[i] += get_part (pixel, i);
    }
  for (guint i = 0; i < 3; i++)
    self->paper[i][(gsize) row * (gsize) self->columns + (gsize) column] =
        (guint8) (sum[i] / MAX (lighter, 1));
}

typedef guint (*Gather) (const guint8 *values, guint n, gsize step);

static guint
find_lightest (const guint8 *values, guint n, gsize step)
{
  guint most = 0;

  for (guint i = 0; i < n; i++)
    most = MAX (most, values[i * step]);
  return most;
}

static guint
find_mean (const guint8 *values, guint n, gsize step)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    sum += values[i * step];
  return (sum + n / 2) / MAX (n, 1);
}

/* Every block takes what is gathered from those up to @reach away in its row, then its column. */
static void
gather (Ground *self, guint8 *plane, int reach, Gather take)
{
  const gsize width = (gsize) self->columns;

  for (int y = 0; y < self->rows; y++)
    for (int x = 0; x < self->columns; x++) {
      const int from = MAX (x - reach, 0);
      const int to = MIN (x + reach + 1, self->columns);

      self->scratch[(gsize) y * width + (gsize) x] =
          (guint8) take (plane + (gsize) y * width + (gsize) from, (guint) (to - from), 1);
    }
  for (int y = 0; y < self->rows; y++)
    for (int x = 0; x < self->columns; x++) {
      const int from = MAX (y - reach, 0);
      const int to = MIN (y + reach + 1, self->rows);

      plane[(gsize) y * width + (gsize) x] = (guint8) take (
          self->scratch + (gsize) from * width + (gsize) x, (guint) (to - from), width);
    }
}

static void
find_paper (Ground *self, const YzBitmap *bitmap)
{
  const guint n = (guint) self->columns * (guint) self->rows;

  for (int row = 0; row < self->rows; row++)
    for (int column = 0; column < self->columns; column++)
      measure_block (bitmap, self, column, row);
  for (guint i = 0; i < 3; i++) {
    guint least = 0;

    gather (self, self->paper[i], REACH, find_lightest);
    least = MAX ((guint) (LEAST_PAPER * find_lightest (self->paper[i], n, 1)), 1);
    for (guint k = 0; k < n; k++)
      self->paper[i][k] = (guint8) MAX (self->paper[i][k], least);
    gather (self, self->paper[i], SOFT, find_mean);
  }
}

/* What a level becomes. */
static void
fill_tones (guint8 tones[256])
{
  for (int level = 0; level < 256; level++)
    tones[level] = (guint8) (CLAMP (level - BLACK, 0, WHITE - BLACK) * 255 / (WHITE - BLACK));
}

static guint32
clean_pixel (guint32 pixel, const guint gain[3], const guint8 tones[256])
{
  int part[3];
  int grey = 0;
  int red = 0;
  guint32 out = 0;

  for (guint i = 0; i < 3; i++)
    part[i] = (int) MIN (255, get_part (pixel, i) * gain[i] >> 8);
  red = part[0] - MAX (part[1], part[2]) - RED_FROM;
  red = CLAMP (red, 0, RED_FULL - RED_FROM);
  grey = tones[(part[0] + 2 * part[1] + part[2]) >> 2];
  for (guint i = 0; i < 3; i++) {
    const int mixed = grey + (tones[part[i]] - grey) * red / (RED_FULL - RED_FROM);

    out = out << 8 | (guint32) mixed;
  }
  return out;
}

YzBitmap *
yz_whitener_keep_red (const YzBitmap *bitmap)
{
  YzBitmap *out = yz_bitmap_new_packed (bitmap->width, bitmap->height);
  g_auto (Ground) ground = { 0 };
  guint8 tones[256];

  open_ground (&ground, bitmap);
  find_paper (&ground, bitmap);
  fill_tones (tones);
  for (int y = 0; y < bitmap->height; y++) {
    const guint32 *row = yz_bitmap_get_row (bitmap, y);
    guint32 *to = (guint32 *) yz_bitmap_get_row (out, y);
    const gsize start = (gsize) (y / ground.block) * (gsize) ground.columns;

    for (int column = 0; column < ground.columns; column++) {
      const int end = MIN ((column + 1) * ground.block, bitmap->width);
      guint gain[3];

      for (guint i = 0; i < 3; i++)
        gain[i] = 255 * 256 / MAX (1, ground.paper[i][start + (gsize) column]);
      for (int x = column * ground.block; x < end; x++)
        to[x] = clean_pixel (row[x], gain, tones);
    }
  }
  return out;
}
