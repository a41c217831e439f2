/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-planes.h"

#include <math.h>

/* Boxes of this many rows and more are averaged from every second row and column: a quarter, and
 * the noise that is left is far below the steps that count. */
#define SKIP_FROM 4

/* What is gathered for one row of the planes. */
typedef struct {
  const int *edges;  /* where each box begins, and the last one's end */
  guint32 *red_blue; /* sums for each column of the bitmap, 16 bits apart */
  guint32 *green;
  gint32 *sum[3]; /* of each box: red, green, blue */
  float *share;   /* of one pixel in its box */
} Gatherer;

static void
add_row (const guint32 *restrict row, gsize n, guint32 *restrict red_blue, guint32 *restrict green)
{
  for (gsize i = 0; i < n; i++) {
    red_blue[i] += row[i] & 0xff00ff;
    green[i] += (row[i] >> 8) & 0xff;
  }
}

static void
sum_boxes (const Gatherer *self, int columns, int rows, int step)
{
  for (int column = 0; column < columns; column++) {
    const int from = self->edges[column];
    const int to = self->edges[column + 1];
    const int pixels = rows * ((to - from + step - 1) / step);
    guint32 red = 0;
    guint32 green = 0;
    guint32 blue = 0;

    for (int x = from; x < to; x += step) {
      red += self->red_blue[x] >> 16;
      blue += self->red_blue[x] & 0xffff;
      green += self->green[x];
    }
    self->sum[0][column] = (gint32) red;
    self->sum[1][column] = (gint32) green;
    self->sum[2][column] = (gint32) blue;
    self->share[column] = 1 / (float) pixels;
  }
}

static void
set_row (const Gatherer *self,
         int columns,
         float *restrict luma,
         float *restrict blueness,
         float *restrict redness)
{
  const gint32 *restrict sum[3] = { self->sum[0], self->sum[1], self->sum[2] };
  const float *restrict share = self->share;

  for (int i = 0; i < columns; i++) {
    const float red = (float) sum[0][i] * share[i];
    const float green = (float) sum[1][i] * share[i];
    const float blue = (float) sum[2][i] * share[i];
    const float y = 0.299F * red + 0.587F * green + 0.114F * blue;

    luma[i] = y;
    blueness[i] = 0.564F * (blue - y);
    redness[i] = 0.713F * (red - y);
  }
}

static void
gather (YzPlanes *self, const YzBitmap *bitmap, Gatherer *gatherer)
{
  const gsize width = (gsize) bitmap->width;

  for (int y = 0; y < self->height; y++) {
    const int from = (int) ((gint64) y * bitmap->height / self->height);
    const int to = (int) ((gint64) (y + 1) * bitmap->height / self->height);
    const int step = to - from >= SKIP_FROM ? 2 : 1;
    const gsize start = (gsize) y * (gsize) self->width;
    int rows = 0;

    memset (gatherer->red_blue, 0, width * sizeof *gatherer->red_blue);
    memset (gatherer->green, 0, width * sizeof *gatherer->green);
    for (int row = from; row < to; row += step, rows++)
      add_row (yz_bitmap_get_row (bitmap, row), width, gatherer->red_blue, gatherer->green);
    sum_boxes (gatherer, self->width, rows, step);
    set_row (gatherer, self->width, self->plane[0] + start, self->plane[1] + start,
             self->plane[2] + start);
  }
}

static void
shrink (YzPlanes *self, const YzBitmap *bitmap)
{
  const gsize width = (gsize) self->width;
  g_autofree int *edges = g_new (int, width + 1);
  g_autofree guint32 *columns = g_new (guint32, 2 * (gsize) bitmap->width);
  g_autofree gint32 *sums = g_new (gint32, 3 * width);
  g_autofree float *shares = g_new (float, width);
  Gatherer gatherer = { .edges = edges,
                        .red_blue = columns,
                        .green = columns + bitmap->width,
                        .sum = { sums, sums + width, sums + 2 * width },
                        .share = shares };

  for (int x = 0; x <= self->width; x++)
    edges[x] = (int) ((gint64) x * bitmap->width / self->width);
  gather (self, bitmap, &gatherer);
}

/* Three by three binomial, the rim left as it is. */
static void
soften (float *plane, int width, int height)
{
  g_autofree float *copy = g_memdup2 (plane, (gsize) width * (gsize) height * sizeof *plane);

  for (int y = 1; y + 1 < height; y++) {
    const float *row = copy + (gsize) y * (gsize) width;

    for (int x = 1; x + 1 < width; x++) {
      const float cross = row[x - 1] + row[x + 1] + row[x - width] + row[x + width];
      const float corners =
          row[x - width - 1] + row[x - width + 1] + row[x + width - 1] + row[x + width + 1];

      plane[(gsize) y * (gsize) width + (gsize) x] = (4 * row[x] + 2 * cross + corners) / 16;
    }
  }
}

YzPlanes *
yz_planes_new (const YzBitmap *bitmap, int longest)
{
  YzPlanes *self = g_new0 (YzPlanes, 1);
  const int side = MAX (bitmap->width, bitmap->height);
  gsize size = 0;

  g_return_val_if_fail (longest > 0, NULL);

  longest = MIN (longest, side);
  self->width = MAX (1, (int) ((gint64) bitmap->width * longest / side));
  self->height = MAX (1, (int) ((gint64) bitmap->height * longest / side));
  self->scale_x = (double) bitmap->width / self->width;
  self->scale_y = (double) bitmap->height / self->height;
  size = (gsize) self->width * (gsize) self->height;
  self->plane[0] = g_new (float, 3 * size);
  self->plane[1] = self->plane[0] + size;
  self->plane[2] = self->plane[1] + size;
  shrink (self, bitmap);
  for (guint i = 0; i < 3 && side < 2 * longest; i++)
    soften (self->plane[i], self->width, self->height);
  return self;
}

void
yz_planes_free (YzPlanes *self)
{
  if (self != NULL)
    g_free (self->plane[0]);
  g_free (self);
}

/* The four pixels around a place, and how near it is to the right and lower ones. */
typedef struct {
  int x0, x1, y0, y1;
  float u, v;
} Place;

static Place
find_place (int width, int height, double x, double y)
{
  const double px = CLAMP (x - 0.5, 0, width - 1);
  const double py = CLAMP (y - 0.5, 0, height - 1);
  Place place = { .x0 = (int) px, .y0 = (int) py };

  place.x1 = MIN (place.x0 + 1, width - 1);
  place.y1 = MIN (place.y0 + 1, height - 1);
  place.u = (float) (px - place.x0);
  place.v = (float) (py - place.y0);
  return place;
}

/* Whether all four pixels around a place, counted from the first pixel's centre, are there. */
static gboolean
is_inner (const YzPlanes *self, double x, double y)
{
  return x >= 0 && y >= 0 && x < self->width - 1 && y < self->height - 1;
}

void
yz_planes_sample (const YzPlanes *self, double x, double y, float out[3])
{
  const Place at = find_place (self->width, self->height, x, y);
  const gsize top = (gsize) at.y0 * (gsize) self->width;
  const gsize bottom = (gsize) at.y1 * (gsize) self->width;

  for (guint i = 0; i < 3; i++) {
    const float *p = self->plane[i];
    const float upper = p[top + (gsize) at.x0] * (1 - at.u) + p[top + (gsize) at.x1] * at.u;
    const float lower = p[bottom + (gsize) at.x0] * (1 - at.u) + p[bottom + (gsize) at.x1] * at.u;

    out[i] = upper * (1 - at.v) + lower * at.v;
  }
}

void
yz_planes_sample_line (
    const YzPlanes *self, const double from[2], const double step[2], guint n, float out[][3])
{
  const gsize width = (gsize) self->width;
  const double x = from[0] - 0.5;
  const double y = from[1] - 0.5;

  if (!is_inner (self, x, y) || !is_inner (self, x + n * step[0], y + n * step[1])) {
    for (guint k = 0; k < n; k++)
      yz_planes_sample (self, from[0] + k * step[0], from[1] + k * step[1], out[k]);
    return;
  }
  for (guint k = 0; k < n; k++) {
    const double px = x + k * step[0];
    const double py = y + k * step[1];
    const int column = (int) px;
    const int row = (int) py;
    const float u = (float) (px - column);
    const float v = (float) (py - row);
    const gsize at = (gsize) row * width + (gsize) column;

    for (guint i = 0; i < 3; i++) {
      const float *p = self->plane[i] + at;
      const float upper = p[0] * (1 - u) + p[1] * u;
      const float lower = p[width] * (1 - u) + p[width + 1] * u;

      out[k][i] = upper * (1 - v) + lower * v;
    }
  }
}

void
yz_planes_sample_bitmap (const YzBitmap *bitmap, double x, double y, float out[3])
{
  const Place at = find_place (bitmap->width, bitmap->height, x, y);
  const guint32 *top = yz_bitmap_get_row (bitmap, at.y0);
  const guint32 *bottom = yz_bitmap_get_row (bitmap, at.y1);
  float rgb[3];

  for (guint i = 0; i < 3; i++) {
    const guint shift = 16 - 8 * i;
    const float upper = (float) ((top[at.x0] >> shift) & 255) * (1 - at.u) +
                        (float) ((top[at.x1] >> shift) & 255) * at.u;
    const float lower = (float) ((bottom[at.x0] >> shift) & 255) * (1 - at.u) +
                        (float) ((bottom[at.x1] >> shift) & 255) * at.u;

    rgb[i] = upper * (1 - at.v) + lower * at.v;
  }
  out[0] = 0.299F * rgb[0] + 0.587F * rgb[1] + 0.114F * rgb[2];
  out[1] = 0.564F * (rgb[2] - out[0]);
  out[2] = 0.713F * (rgb[0] - out[0]);
}
