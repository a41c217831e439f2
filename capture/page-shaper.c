/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-shaper.h"

#include "capture/codec.h"
#include "capture/page-quad.h"

#include <math.h>

#define LEAST_SIDE 8.0    /* pixels: smaller is no document */
#define MOST_SAMPLES 8    /* a way, when a result pixel covers many of the frame's */
#define RATIO_SLACK 0.022 /* by which a proportion may differ, as part of it */
#define SURE_CARD 0.8     /* confidence of an identity card that others are measured by */
#define SIZE_SLACK 0.07   /* and a size */

/* Papers with their longer and shorter sides in millimetres (ISO 216, ISO/IEC 7810, GA household
 * booklet). */
static const struct {
  YzPaper paper;
  double longer, shorter;
} PAPERS[] = {
  { YZ_PAPER_A4, 297, 210 }, { YZ_PAPER_ID_CARD, 85.6, 54 }, { YZ_PAPER_BOOKLET, 143, 105 },
  { YZ_PAPER_A3, 420, 297 }, { YZ_PAPER_A5, 210, 148 },      { YZ_PAPER_B5, 250, 176 },
};

static YzQuad
quad_from_corners (const double corners[8])
{
  YzQuad quad;

  for (guint i = 0; i < 4; i++)
    quad.at[i] = (YzPoint){ corners[2 * i], corners[2 * i + 1] };
  return quad;
}

/* A homography from the unit square: (u, v) → ((a·u + b·v + c) / w, (d·u + e·v + f) / w). */
typedef struct {
  double a, b, c, d, e, f, g, h; /* w = g·u + h·v + 1 */
} Homography;

/* Heckbert, Fundamentals of texture mapping and image warping (1989). */
static Homography
map_square (const YzQuad *quad)
{
  const YzPoint *p = quad->at;
  const double sx = p[0].x - p[1].x + p[2].x - p[3].x;
  const double sy = p[0].y - p[1].y + p[2].y - p[3].y;
  const double dx1 = p[1].x - p[2].x;
  const double dy1 = p[1].y - p[2].y;
  const double dx2 = p[3].x - p[2].x;
  const double dy2 = p[3].y - p[2].y;
  const double det = dx1 * dy2 - dx2 * dy1;
  Homography map = { 0 };

  map.g = (sx * dy2 - dx2 * sy) / det;
  map.h = (dx1 * sy - sx * dy1) / det;
  map.a = p[1].x - p[0].x + map.g * p[1].x;
  map.b = p[3].x - p[0].x + map.h * p[3].x;
  map.c = p[0].x;
  map.d = p[1].y - p[0].y + map.g * p[1].y;
  map.e = p[3].y - p[0].y + map.h * p[3].y;
  map.f = p[0].y;
  return map;
}

static double
measure_seen_ratio (const YzQuad *quad)
{
  return (yz_quad_measure_side (quad, 0) + yz_quad_measure_side (quad, 2)) /
         (yz_quad_measure_side (quad, 1) + yz_quad_measure_side (quad, 3));
}

double
yz_shaper_measure_ratio (const double corners[8], int width, int height)
{
  YzQuad quad = quad_from_corners (corners);
  const double diagonal = hypot (width, height);
  double seen = 1;
  double focal = 0;
  double ratio = 0;
  Homography map;

  if (!yz_quad_is_sound (&quad, 5))
    return 1;
  seen = measure_seen_ratio (&quad);
  for (guint i = 0; i < 4; i++) {
    quad.at[i].x = (quad.at[i].x - width / 2.0) / diagonal;
    quad.at[i].y = (quad.at[i].y - height / 2.0) / diagonal;
  }
  map = map_square (&quad);
  /* Columns of the homography are K·r1·W and K·r2·H; r1 and r2 are orthogonal and of one length. */
  if (fabs (map.g * map.h) < 1e-4)
    return seen;
  focal = -(map.a * map.b + map.d * map.e) / (map.g * map.h);
  if (focal < 0.25 || focal > 16)
    return seen;
  ratio = sqrt ((map.a * map.a + map.d * map.d + focal * map.g * map.g) /
                (map.b * map.b + map.e * map.e + focal * map.h * map.h));
  return ratio > seen / 1.35 && ratio < seen * 1.35 ? ratio : seen;
}

/* The paper with this proportion and, when the scale is known, this size; -1 for none. */
static int
find_paper (double ratio, double longer)
{
  int best = -1;
  double least = 1;

  for (guint i = 0; i < G_N_ELEMENTS (PAPERS); i++) {
    const double stray = fabs (ratio / (PAPERS[i].longer / PAPERS[i].shorter) - 1);
    const double size = longer > 0 ? fabs (longer / PAPERS[i].longer - 1) : 0;

    if (stray > RATIO_SLACK || size > SIZE_SLACK)
      continue;
    /* Without a scale the first of the same proportion stays: they are listed by how common. */
    if (stray / RATIO_SLACK + size / SIZE_SLACK < least - (longer > 0 ? 0 : 0.3)) {
      least = stray / RATIO_SLACK + size / SIZE_SLACK;
      best = (int) i;
    }
  }
  return best;
}

void
yz_shaper_recognise (YzOutline *outline, int width, int height, double scale)
{
  const YzQuad quad = quad_from_corners (outline->corners);
  const double across = (yz_quad_measure_side (&quad, 0) + yz_quad_measure_side (&quad, 2)) / 2;
  const double down = (yz_quad_measure_side (&quad, 1) + yz_quad_measure_side (&quad, 3)) / 2;
  const double longer = MAX (across, down);
  double ratio = 0;
  int paper = -1;

  outline->paper = YZ_PAPER_UNKNOWN;
  outline->dpi = scale > 0 ? (guint) lround (scale * 25.4) : 0;
  if (!yz_quad_is_sound (&quad, 5) || longer < LEAST_SIDE)
    return;
  ratio = yz_shaper_measure_ratio (outline->corners, width, height);
  paper = find_paper (MAX (ratio, 1 / ratio), scale > 0 ? longer / scale : 0);
  if (paper < 0)
    return;
  outline->paper = PAPERS[paper].paper;
  outline->dpi =
      (guint) lround (sqrt (across * down / (PAPERS[paper].longer * PAPERS[paper].shorter)) * 25.4);
}

/* Pixels a millimetre by the surest identity card; 0 when there is none. */
static double
find_scale (const GArray *outlines)
{
  double confidence = SURE_CARD;
  double scale = 0;

  for (guint i = 0; i < outlines->len; i++) {
    const YzOutline *outline = &g_array_index (outlines, YzOutline, i);

    if (outline->paper != YZ_PAPER_ID_CARD || outline->confidence < confidence)
      continue;
    confidence = outline->confidence;
    scale = outline->dpi / 25.4;
  }
  return scale;
}

/* What no size fits keeps its proportion's name: a camera that leans sees one card larger than
 * another, it may have been raised or its lens turned since the mat was measured, and a file may
 * claim anything. */
static void
remeasure (YzOutline *outline, int width, int height, double scale)
{
  YzOutline measured = *outline;

  yz_shaper_recognise (&measured, width, height, scale);
  if (measured.paper != YZ_PAPER_UNKNOWN)
    *outline = measured;
}

void
yz_shaper_recognise_all (GArray *outlines, int width, int height, double scale, double claimed)
{
  double card = 0;

  for (guint i = 0; i < outlines->len; i++)
    yz_shaper_recognise (&g_array_index (outlines, YzOutline, i), width, height, 0);
  card = find_scale (outlines);
  for (guint i = 0; i < outlines->len; i++) {
    YzOutline *outline = &g_array_index (outlines, YzOutline, i);

    if (card > 0 || scale > 0 || claimed > 0)
      remeasure (outline, width, height, card > 0 ? card : scale > 0 ? scale : claimed);
  }
}

/* Fixed point: 8 bits of fraction. Two channels are blended at once in one word. */
static guint32
blend (guint32 a, guint32 b, guint32 part)
{
  const guint32 red_blue = ((a & 0xff00ff) * (256 - part) + (b & 0xff00ff) * part) >> 8;
  const guint32 green = ((a & 0x00ff00) * (256 - part) + (b & 0x00ff00) * part) >> 8;

  return (red_blue & 0xff00ff) | (green & 0x00ff00);
}

static guint32
sample (const YzBitmap *frame, double x, double y)
{
  const int fx = (int) floor (x * 256 - 128 + 0.5);
  const int fy = (int) floor (y * 256 - 128 + 0.5);
  const int x0 = fx >> 8;
  const int y0 = fy >> 8;
  const guint32 *top = NULL;
  const guint32 *bottom = NULL;
  int xa = x0;
  int xb = x0 + 1;

  if (x0 < -1 || y0 < -1 || x0 >= frame->width || y0 >= frame->height)
    return 0xffffff;
  xa = MAX (xa, 0);
  xb = MIN (xb, frame->width - 1);
  top = yz_bitmap_get_row (frame, MAX (y0, 0));
  bottom = yz_bitmap_get_row (frame, MIN (y0 + 1, frame->height - 1));
  return blend (blend (top[xa], top[xb], fx & 255), blend (bottom[xa], bottom[xb], fx & 255),
                fy & 255);
}

/* One result pixel from n × n places within it. */
static guint32
sample_area (
    const YzBitmap *frame, const Homography *map, double u, double v, double du, double dv, int n)
{
  guint32 sum[3] = { 0 };
  const guint32 count = (guint32) (n * n);

  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++) {
      const double s = u + du * ((i + 0.5) / n - 0.5);
      const double t = v + dv * ((j + 0.5) / n - 0.5);
      const double w = map->g * s + map->h * t + 1;
      const guint32 pixel = sample (frame, (map->a * s + map->b * t + map->c) / w,
                                    (map->d * s + map->e * t + map->f) / w);

      sum[0] += pixel >> 16 & 255;
      sum[1] += pixel >> 8 & 255;
      sum[2] += pixel & 255;
    }
  return (sum[0] + count / 2) / count << 16 | (sum[1] + count / 2) / count << 8 |
         (sum[2] + count / 2) / count;
}

static void
fill_row (const YzBitmap *frame, const Homography *map, YzBitmap *out, int y, int n)
{
  guint32 *row = (guint32 *) yz_bitmap_get_row (out, y);
  const double du = 1.0 / out->width;
  const double dv = 1.0 / out->height;
  const double v = (y + 0.5) * dv;

  for (int x = 0; x < out->width; x++) {
    const double u = (x + 0.5) * du;
    const double w = 1 / (map->g * u + map->h * v + 1);

    row[x] = n > 1 ? sample_area (frame, map, u, v, du, dv, n)
                   : sample (frame, (map->a * u + map->b * v + map->c) * w,
                             (map->d * u + map->e * v + map->f) * w);
  }
}

/* The result's size in the frame's own pixels: its area is kept, its proportion put right. */
static gboolean
choose_size (const YzQuad *quad, double ratio, double *out_width, double *out_height)
{
  const double across = MAX (yz_quad_measure_side (quad, 0), yz_quad_measure_side (quad, 2));
  const double down = MAX (yz_quad_measure_side (quad, 1), yz_quad_measure_side (quad, 3));
  const double area = across * down;

  *out_width = sqrt (area * ratio);
  *out_height = sqrt (area / ratio);
  return *out_width >= LEAST_SIDE && *out_height >= LEAST_SIDE &&
         yz_codec_check_sides ((gint64) *out_width, (gint64) *out_height, NULL);
}

YzBitmap *
yz_shaper_straighten (const YzBitmap *frame, const double corners[8], int longest)
{
  const YzQuad quad = quad_from_corners (corners);
  YzBitmap *out = NULL;
  Homography map;
  double width = 0;
  double height = 0;
  double shrink = 1;

  g_return_val_if_fail (frame != NULL && longest >= 0, NULL);

  for (guint i = 0; i < 8; i++)
    if (!(fabs (corners[i]) < 4.0 * YZ_CODEC_MAX_SIDE))
      return NULL;
  if (!yz_quad_is_sound (&quad, 5) ||
      !choose_size (&quad, yz_shaper_measure_ratio (corners, frame->width, frame->height), &width,
                    &height))
    return NULL;
  if (longest > 0)
    shrink = MAX (1, MAX (width, height) / longest);
  out = yz_bitmap_new_packed (MAX (1, (int) lround (width / shrink)),
                              MAX (1, (int) lround (height / shrink)));
  map = map_square (&quad);
  for (int y = 0; y < out->height; y++)
    fill_row (frame, &map, out, y, shrink < 1.3 ? 1 : MIN ((int) ceil (shrink), MOST_SAMPLES));
  return out;
}
