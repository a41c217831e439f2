/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-cleaner.h"

#define WEIGHT 0.10F /* Sauvola's k */
#define RANGE 128.0F /* Sauvola's R: the largest deviation there is */
#define WIDEST_WINDOW 181
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

/* The picture's light, and sums over the rows of the window, one for each column. Windows are small
 * enough for 31 bits: 181 × 181 pixels of 255² each. */
typedef struct {
  const guint8 *light;
  int width, height, radius;
  gint32 *sum; /* over the columns of the window, once gathered */
  gint32 *squares;
  gint32 *row_sum;
  gint32 *row_squares;
  int rows;
} Window;

static void
enter_row (Window *self, int y)
{
  const guint8 *row = self->light + (gsize) y * (gsize) self->width;

  for (int x = 0; x < self->width; x++) {
    self->sum[x] += row[x];
    self->squares[x] += row[x] * row[x];
  }
  self->rows++;
}

static void
leave_row (Window *self, int y)
{
  const guint8 *row = self->light + (gsize) y * (gsize) self->width;

  for (int x = 0; x < self->width; x++) {
    self->sum[x] -= row[x];
    self->squares[x] -= row[x] * row[x];
  }
  self->rows--;
}

static void
gather_row (Window *self)
{
  gint32 sum = 0;
  gint32 squares = 0;

  for (int x = -self->radius; x < self->width; x++) {
    const int enters = x + self->radius;
    const int leaves = x - self->radius - 1;

    if (enters < self->width) {
      sum += self->sum[enters];
      squares += self->squares[enters];
    }
    if (leaves >= 0) {
      sum -= self->sum[leaves];
      squares -= self->squares[leaves];
    }
    if (x >= 0) {
      self->row_sum[x] = sum;
      self->row_squares[x] = squares;
    }
  }
}

/* Ink is darker than mean · (1 + k · (deviation / R − 1)); squared, so that no root is drawn. */
static void
judge_span (const Window *self, const guint8 *light, int from, int to, float n, guint32 *out)
{
  const float share = 1 / n;

  for (int x = from; x < to; x++) {
    const float mean = (float) self->row_sum[x] * share;
    const float variance = MAX ((float) self->row_squares[x] * share - mean * mean, 0);
    const float lighter = (float) light[x] - mean * (1 - WEIGHT);
    const float slope = mean * (WEIGHT / RANGE);
    const guint32 ink = (lighter < 0) | (lighter * lighter < slope * slope * variance);

    out[x] = (ink - 1) & 0xffffff;
  }
}

/* Away from the rim all windows are of one width, and the loop runs without a branch. */
static void
judge_row (const Window *self, int y, guint32 *out)
{
  const guint8 *light = self->light + (gsize) y * (gsize) self->width;
  const int left = MIN (self->radius, self->width);
  const int right = MAX (left, self->width - self->radius);

  for (int x = 0; x < self->width; x = x == left - 1 ? MAX (right, left) : x + 1) {
    const int from = MAX (0, x - self->radius);
    const int to = MIN (self->width - 1, x + self->radius);

    judge_span (self, light, x, x + 1, (float) ((to - from + 1) * self->rows), out);
  }
  judge_span (self, light, left, right, (float) ((2 * self->radius + 1) * self->rows), out);
}

static guint8 *
read_all_light (const YzBitmap *bitmap)
{
  guint8 *light = g_malloc ((gsize) bitmap->width * (gsize) bitmap->height);

  for (int y = 0; y < bitmap->height; y++) {
    const guint32 *row = yz_bitmap_get_row (bitmap, y);
    guint8 *to = light + (gsize) y * (gsize) bitmap->width;

    for (int x = 0; x < bitmap->width; x++)
      to[x] = read_light (row[x]);
  }
  return light;
}

YzBitmap *
yz_cleaner_make_bitonal (const YzBitmap *bitmap)
{
  YzBitmap *out = yz_bitmap_new_packed (bitmap->width, bitmap->height);
  const gsize width = (gsize) bitmap->width;
  g_autofree guint8 *light = read_all_light (bitmap);
  g_autofree gint32 *sums = g_new0 (gint32, 4 * width);
  Window window = { .light = light, .width = bitmap->width, .height = bitmap->height };

  window.radius = CLAMP (MAX (bitmap->width, bitmap->height) / WINDOW_SHARE, 4, WIDEST_WINDOW / 2);
  window.sum = sums;
  window.squares = sums + width;
  window.row_sum = sums + 2 * width;
  window.row_squares = sums + 3 * width;
  for (int y = -window.radius; y < bitmap->height; y++) {
    if (y + window.radius < bitmap->height)
      enter_row (&window, y + window.radius);
    if (y - window.radius - 1 >= 0)
      leave_row (&window, y - window.radius - 1);
    if (y < 0)
      continue;
    gather_row (&window);
    judge_row (&window, y, (guint32 *) yz_bitmap_get_row (out, y));
  }
  return out;
}
