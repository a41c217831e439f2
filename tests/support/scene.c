/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/scene.h"

#include "capture/codec-jpeg.h"

#include <math.h>

#define FINE 2 /* places a way in each pixel */

/* Where a point lies between two opposite sides, 0 … 1. */
static double
divide (const double *c, const int *order, double x, double y)
{
  double distance[2];

  for (int i = 0; i < 2; i++) {
    const double *a = &c[2 * order[2 * i]];
    const double *b = &c[2 * order[2 * i + 1]];

    distance[i] = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) /
                  hypot (b[0] - a[0], b[1] - a[1]);
  }
  return distance[0] / (distance[0] - distance[1]);
}

/* Rows of words: dark dashes of changing length. */
static gboolean
is_ink (double u, double v)
{
  const double row = v * 36;
  const double word = u * 24 + floor (row) * 0.37;

  return u > 0.1 && u < 0.9 && v > 0.08 && v < 0.8 && row - floor (row) > 0.55 &&
         word - floor (word) > 0.3;
}

static guint32
look_at (const YzScene *scene, double x, double y)
{
  static const int DOWN[] = { 0, 1, 3, 2 };
  static const int ACROSS[] = { 3, 0, 2, 1 };

  for (gsize i = 0; i < scene->n_sheets; i++) {
    const YzSceneSheet *sheet = &scene->sheets[i];
    const double v = divide (sheet->corners, DOWN, x, y);
    const double u = divide (sheet->corners, ACROSS, x, y);

    if (u >= 0 && u <= 1 && v >= 0 && v <= 1)
      return is_ink (u, v) ? sheet->ink : sheet->paper;
  }
  return scene->mat;
}

static guint32
expose (const YzScene *scene, int x, int y, GRand *rand)
{
  const double light = 1 - scene->fall * x / scene->width;
  double sum[3] = { 0 };
  guint32 pixel = 0;

  for (int k = 0; k < FINE * FINE; k++) {
    const guint32 seen = look_at (scene, x + (k % FINE + 0.5) / FINE, y + (k / FINE + 0.5) / FINE);

    for (int i = 0; i < 3; i++)
      sum[i] += (seen >> (16 - 8 * i) & 255) / (double) (FINE * FINE);
  }
  for (int i = 0; i < 3; i++) {
    const double grain =
        scene->grain > 0 ? g_rand_int_range (rand, -scene->grain, scene->grain + 1) : 0;

    pixel = pixel << 8 | (guint32) CLAMP (sum[i] * light + grain + 0.5, 0, 255);
  }
  return pixel;
}

YzBitmap *
yz_scene_paint (const YzScene *scene)
{
  YzBitmap *bitmap = yz_bitmap_new_packed (scene->width, scene->height);
  GRand *rand = g_rand_new_with_seed (7);

  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      ((guint32 *) yz_bitmap_get_row (bitmap, y))[x] = expose (scene, x, y, rand);
  g_rand_free (rand);
  return bitmap;
}

GBytes *
yz_scene_photograph (const YzScene *scene)
{
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (scene);
  g_autoptr (GError) error = NULL;
  GBytes *jpeg = yz_jpeg_encode (bitmap, 92, &error);

  g_assert_no_error (error);
  return jpeg;
}

YzBitmap *
yz_scene_blur (const YzBitmap *bitmap, int radius)
{
  YzBitmap *out = yz_bitmap_new_packed (bitmap->width, bitmap->height);

  for (int y = 0; y < bitmap->height; y++)
    for (int x = 0; x < bitmap->width; x++) {
      guint sum[3] = { 0 };
      guint n = 0;

      for (int j = MAX (0, y - radius); j <= MIN (bitmap->height - 1, y + radius); j++)
        for (int i = MAX (0, x - radius); i <= MIN (bitmap->width - 1, x + radius); i++) {
          const guint32 pixel = yz_bitmap_get_row (bitmap, j)[i];

          for (int k = 0; k < 3; k++)
            sum[k] += pixel >> (16 - 8 * k) & 255;
          n++;
        }
      n = MAX (n, 1);
      ((guint32 *) yz_bitmap_get_row (out, y))[x] = sum[0] / n << 16 | sum[1] / n << 8 | sum[2] / n;
    }
  return out;
}
