/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/scene-curve.h"

#include <math.h>

/* How high the paper lies at a place across, 0 … 1: steep beside the fold, highest at a third of
 * the leaf. */
static double
rise_at (double x, double width, guint leaves)
{
  const double leaf = width / leaves;
  const double from_fold = leaves == 2 ? fabs (x - leaf) : x;
  const double t = CLAMP (from_fold / leaf, 0, 1);

  return 27.0 / 4 * t * (1 - t) * (1 - t);
}

static guint32
read_between (const YzBitmap *flat, double x, double y)
{
  const double px = CLAMP (x, 0, flat->width - 1);
  const double py = CLAMP (y, 0, flat->height - 1);
  const int x0 = (int) px;
  const int y0 = (int) py;
  const guint32 *top = yz_bitmap_get_row (flat, y0);
  const guint32 *bottom = yz_bitmap_get_row (flat, MIN (y0 + 1, flat->height - 1));
  const int x1 = MIN (x0 + 1, flat->width - 1);
  guint32 out = 0;

  for (int shift = 16; shift >= 0; shift -= 8) {
    const double upper =
        (top[x0] >> shift & 255) * (1 - px + x0) + (top[x1] >> shift & 255) * (px - x0);
    const double lower =
        (bottom[x0] >> shift & 255) * (1 - px + x0) + (bottom[x1] >> shift & 255) * (px - x0);

    out = out << 8 | (guint32) (upper * (1 - py + y0) + lower * (py - y0) + 0.5);
  }
  return out;
}

YzBitmap *
yz_scene_curve_bend (const YzBitmap *flat, guint leaves, double rise)
{
  YzBitmap *out = yz_bitmap_new_packed (flat->width, flat->height);
  const double middle_x = flat->width / 2.0;
  const double middle_y = flat->height / 2.0;

  for (int y = 0; y < flat->height; y++)
    for (int x = 0; x < flat->width; x++) {
      double scale = 1;
      double from = x;

      for (guint round = 0; round < 3; round++) { /* the rise is that of the place on the paper */
        scale = 1 / (1 - rise * rise_at (from, flat->width, leaves));
        from = middle_x + (x - middle_x) / scale;
      }
      ((guint32 *) yz_bitmap_get_row (out, y))[x] =
          read_between (flat, from, middle_y + (y - middle_y) / scale);
    }
  return out;
}
