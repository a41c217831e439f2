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

static void
set_pixel (YzPlanes *self, gsize at, float red, float green, float blue)
{
  const float y = 0.299F * red + 0.587F * green + 0.114F * blue;

  self->plane[0][at] = y;
  self->plane[1][at] = 0.564F * (blue - y);
  self->plane[2][at] = 0.713F * (red - y);
}

/* Adds one row of the bitmap to the sums, three for each column of the planes. */
static void
add_row (const guint32 *row, const int *edges, int columns, int step, guint32 *sums)
{
  for (int column = 0; column < columns; column++) {
    guint64 red_blue = 0; /* two sums in one word, 32 bits apart */
    guint32 green = 0;

    for (int x = edges[column]; x < edges[column + 1]; x += step) {
      red_blue += ((guint64) (row[x] & 0xff0000) << 16) | (row[x] & 0xff);
      green += (row[x] >> 8) & 0xff;
    }
    sums[3 * column] += (guint32) (red_blue >> 32);
    sums[3 * column + 1] += green;
    sums[3 * column + 2] += (guint32) red_blue;
  }
}

static void
shrink (YzPlanes *self, const YzBitmap *bitmap)
{
  g_autofree int *edges = g_new (int, self->width + 1);
  g_autofree guint32 *sums = g_new (guint32, 3 * (gsize) self->width);

  for (int x = 0; x <= self->width; x++)
    edges[x] = (int) ((gint64) x * bitmap->width / self->width);
  for (int y = 0; y < self->height; y++) {
    const int from = (int) ((gint64) y * bitmap->height / self->height);
    const int to = (int) ((gint64) (y + 1) * bitmap->height / self->height);
    const int step = to - from >= SKIP_FROM ? 2 : 1;
    const int rows = (to - from + step - 1) / step;

    memset (sums, 0, 3 * (gsize) self->width * sizeof *sums);
    for (int row = from; row < to; row += step)
      add_row (yz_bitmap_get_row (bitmap, row), edges, self->width, step, sums);
    for (int x = 0; x < self->width; x++) {
      const int columns = (edges[x + 1] - edges[x] + step - 1) / step;
      const float n = (float) (rows * columns);

      set_pixel (self, (gsize) y * (gsize) self->width + (gsize) x, (float) sums[3 * x] / n,
                 (float) sums[3 * x + 1] / n, (float) sums[3 * x + 2] / n);
    }
  }
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
