/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-guess.h"

#include "capture/page-lines.h"
#include "capture/page-mask.h"

#include <math.h>

#define LEAST_AREA 0.006 /* of the frame: an identity card on an A3 mat has 0.037 */
#define MOST_AREA 0.985
#define LEAST_FILL 0.80 /* of the quadrilateral by the hull; an ellipse has 0.79 at best */
#define LEAST_SOLID 0.6
#define MOST_UNREST 40.0F
#define SHORE 3 /* pixels to either side of a border */
#define THIN 3  /* coarse pixels: half of what is worn away */

/* Guesses need no more than every second pixel; their sides are sought within a few pixels later.
 */
#define COARSE 2

typedef struct {
  int width, height; /* of the coarse planes */
  GArray *quads;
} Guesser;

static gboolean
is_known (const GArray *quads, const YzQuad *quad)
{
  for (guint i = 0; i < quads->len; i++) {
    const YzQuad *known = &g_array_index (quads, YzQuad, i);
    double most = 0;

    for (guint k = 0; k < 4; k++)
      most = MAX (most, hypot (known->at[k].x - quad->at[k].x, known->at[k].y - quad->at[k].y));
    if (most < 2.5)
      return TRUE;
  }
  return FALSE;
}

static void
add_guess (Guesser *self, const YzShape *shape, gboolean beyond)
{
  const double frame = (double) self->width * self->height;
  YzQuad quad;

  if (!yz_quad_enclose (shape->hull, self->width, self->height, beyond, &quad) ||
      shape->area < (beyond ? 0.9 : 1) * LEAST_FILL * yz_quad_measure (&quad) ||
      shape->area > MOST_AREA * frame)
    return;
  yz_quad_start_top_left (&quad);
  for (guint i = 0; i < 4; i++) {
    quad.at[i].x *= COARSE;
    quad.at[i].y *= COARSE;
  }
  if (!is_known (self->quads, &quad))
    g_array_append_val (self->quads, quad);
}

static void
add_shapes (Guesser *self, YzMask *mask)
{
  g_autoptr (GPtrArray) shapes =
      yz_mask_list_shapes (mask, LEAST_AREA * self->width * self->height);

  for (guint i = 0; i < shapes->len; i++) {
    const YzShape *shape = g_ptr_array_index (shapes, i);

    if (shape->solid < LEAST_SOLID)
      continue;
    add_guess (self, shape, FALSE);
    if (shape->touches_rim)
      add_guess (self, shape, TRUE);
  }
}

/* A document of the mat's own colour shows by nothing but the shadow around it: it is what looks
 * like mat and cannot be reached. */
static void
add_enclosed (Guesser *self, const YzMask *mask)
{
  g_autoptr (YzMask) enclosed = yz_mask_copy (mask);
  g_autoptr (GPtrArray) shapes = NULL;

  yz_mask_invert (enclosed);
  shapes = yz_mask_list_shapes (enclosed, LEAST_AREA * self->width * self->height);
  for (guint i = 0; i < shapes->len; i++) {
    const YzShape *shape = g_ptr_array_index (shapes, i);

    if (!shape->touches_rim && shape->solid >= LEAST_SOLID)
      add_guess (self, shape, FALSE);
  }
}

/* A mask and, for fine ones, the same with what is thin (cables, shadows' tongues, fingers) worn
 * away. */
static void
add_mask (Guesser *self, const float *plane, float threshold, gboolean fine)
{
  g_autoptr (YzMask) mask = yz_mask_new (self->width, self->height);
  const double share = yz_mask_threshold (mask, plane, threshold);

  if (share < LEAST_AREA / 2 || share > 0.99)
    return;
  yz_mask_spread (mask, 1);
  yz_mask_wither (mask, 2);
  yz_mask_spread (mask, 1);
  add_shapes (self, mask);
  if (!fine)
    return;
  add_enclosed (self, mask);
  yz_mask_wither (mask, THIN);
  yz_mask_spread (mask, THIN);
  add_shapes (self, mask);
}

/* Masks at Otsu's threshold and at fixed ones, those too near to an earlier one left out. */
static void
add_masks (Guesser *self, const float *plane, const float *levels, guint n_levels)
{
  const float split =
      yz_mask_split_histogram (plane, (gsize) self->width * (gsize) self->height, MOST_UNREST);

  add_mask (self, plane, split, TRUE);
  for (guint i = 0; i < n_levels; i++)
    if (levels[i] < 0.75F * split || levels[i] > 1.33F * split)
      add_mask (self, plane, levels[i], i == 0);
}

/* The mean of each square of pixels. */
static float *
coarsen (const float *plane, int width, const Guesser *self)
{
  float *out = g_new0 (float, (gsize) self->width *(gsize) self->height);

  for (int y = 0; y < self->height; y++) {
    const float *top = plane + (gsize) (y * COARSE) * (gsize) width;
    const float *bottom = top + width;
    float *row = out + (gsize) y * (gsize) self->width;

    for (int x = 0; x < self->width; x++)
      row[x] = (top[2 * x] + top[2 * x + 1] + bottom[2 * x] + bottom[2 * x + 1]) / 4;
  }
  return out;
}

static void
negate (float *plane, gsize size)
{
  for (gsize i = 0; i < size; i++)
    plane[i] = -plane[i];
}

/* What shadows do not touch: more light, or another colour. */
static void
leave_out_shadows (const float *lighter, const float *tint, gsize size, float *out)
{
  for (gsize i = 0; i < size; i++) {
    const float light = MAX (lighter[i], 0);

    out[i] = sqrtf (light * light + tint[i] * tint[i]);
  }
}

void
yz_guess_from_mat (const YzMat *mat, GArray *quads)
{
  static const float LEVELS[] = { 3.5F, 7 };
  static const float DARK[] = { 4 };
  Guesser self = { mat->width / COARSE, mat->height / COARSE, quads };
  const gsize size = (gsize) self.width * (gsize) self.height;
  g_autofree float *far = coarsen (mat->far, mat->width, &self);
  g_autofree float *lighter = coarsen (mat->lighter, mat->width, &self);
  g_autofree float *tint = coarsen (mat->tint, mat->width, &self);

  add_masks (&self, far, LEVELS, 2);
  leave_out_shadows (lighter, tint, size, far);
  add_masks (&self, far, LEVELS, 2);
  add_masks (&self, tint, LEVELS, 1);
  negate (lighter, size);
  add_masks (&self, lighter, DARK, 1);
}

static float
find_quantile (const float *plane, gsize size, double part)
{
  guint count[256] = { 0 };
  guint sum = 0;
  guint i = 0;

  for (gsize k = 0; k < size; k++)
    count[(int) CLAMP (plane[k] * 8, 0, 255)]++;
  while (i < 255 && sum + count[i] < part * (double) size)
    sum += count[i++];
  return (float) (i + 1) / 8;
}

/* The steepest of each square of pixels: an edge must not thin out. */
static float *
coarsen_slope (const float *slope, int width, const Guesser *self)
{
  float *out = g_new0 (float, (gsize) self->width *(gsize) self->height);

  for (int y = 0; y < self->height; y++) {
    const float *top = slope + (gsize) (y * COARSE) * (gsize) width;
    const float *bottom = top + width;
    float *row = out + (gsize) y * (gsize) self->width;

    for (int x = 0; x < self->width; x++)
      row[x] = MAX (MAX (top[2 * x], top[2 * x + 1]), MAX (bottom[2 * x], bottom[2 * x + 1]));
  }
  return out;
}

void
yz_guess_from_edges (const YzMat *mat, const float *slope, GArray *quads)
{
  static const double PARTS[] = { 0.6, 0.72, 0.82, 0.9, 0.95 };
  Guesser self = { mat->width / COARSE, mat->height / COARSE, quads };
  const gsize size = (gsize) self.width * (gsize) self.height;
  g_autofree float *coarse = coarsen_slope (slope, mat->width, &self);
  g_autoptr (YzMask) mask = yz_mask_new (self.width, self.height);

  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    for (int radius = 0; radius <= 1; radius++) {
      yz_mask_threshold (mask, coarse, MAX (find_quantile (coarse, size, PARTS[i]), 0.6F));
      yz_mask_spread (mask, radius);
      yz_mask_flood (mask);
      yz_mask_wither (mask, radius + 2);
      yz_mask_spread (mask, 2);
      add_shapes (&self, mask);
    }
}

/* Slopes along the border between mat and what lies on it; 0 elsewhere. */
static float *
keep_border (const YzMat *mat, const float *slope)
{
  const gsize size = (gsize) mat->width * (gsize) mat->height;
  g_autoptr (YzMask) outer = yz_mask_new (mat->width, mat->height);
  g_autoptr (YzMask) inner = NULL;
  float *border = g_new0 (float, size);

  yz_mask_threshold (outer, mat->far, yz_mask_split_histogram (mat->far, size, MOST_UNREST));
  yz_mask_flood (outer);
  inner = yz_mask_copy (outer);
  yz_mask_spread (outer, SHORE);
  yz_mask_wither (inner, SHORE);
  for (gsize i = 0; i < size; i++)
    border[i] = outer->bits[i] && !inner->bits[i] ? slope[i] : 0;
  return border;
}

void
yz_guess_from_border (const YzMat *mat, const YzPlanes *planes, const float *slope, GArray *quads)
{
  g_autofree float *border = keep_border (mat, slope);

  yz_lines_propose (planes, border, quads);
}
