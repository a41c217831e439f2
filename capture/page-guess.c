/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-guess.h"

#include "capture/page-mask.h"

#include <math.h>

#define LEAST_AREA 0.006 /* of the frame: an identity card on an A3 mat has 0.037 */
#define MOST_AREA 0.985
#define LEAST_FILL 0.80 /* of the quadrilateral by the hull; an ellipse has 0.79 at best */
#define LEAST_SOLID 0.6
#define MOST_UNREST 40.0F

typedef struct {
  int width, height;
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

/* The same mask as it is, and with what is thin (cables, shadows' tongues, fingers) worn away. */
static void
add_mask (Guesser *self, const float *plane, float threshold, const int *radii, guint n_radii)
{
  g_autoptr (YzMask) mask = yz_mask_new (self->width, self->height);

  for (guint i = 0; i < n_radii; i++) {
    const double share = yz_mask_threshold (mask, plane, threshold);

    if (share < LEAST_AREA / 2 || share > 0.99)
      return;
    if (radii[i] > 0) {
      yz_mask_spread (mask, 1);
      yz_mask_wither (mask, 1 + radii[i]);
      yz_mask_spread (mask, radii[i]);
    }
    add_shapes (self, mask);
  }
}

static void
negate (const float *plane, gsize size, float *out)
{
  for (gsize i = 0; i < size; i++)
    out[i] = -plane[i];
}

/* What shadows do not touch: more light, or another colour. */
static void
leave_out_shadows (const YzMat *mat, gsize size, float *out)
{
  for (gsize i = 0; i < size; i++) {
    const float light = MAX (mat->lighter[i], 0);

    out[i] = sqrtf (light * light + mat->tint[i] * mat->tint[i]);
  }
}

void
yz_guess_from_mat (const YzMat *mat, GArray *quads)
{
  static const int FINE[] = { 1, 5 };
  static const int PLAIN[] = { 2 };
  Guesser self = { mat->width, mat->height, quads };
  const gsize size = (gsize) mat->width * (gsize) mat->height;
  g_autofree float *scratch = g_new (float, size);
  float split = 0;

  split = yz_mask_split_histogram (mat->far, size, MOST_UNREST);
  add_mask (&self, mat->far, split, FINE, 2);
  add_mask (&self, mat->far, 3.5F, FINE, 2);
  add_mask (&self, mat->far, 7, FINE, 2);
  if (split > 16)
    add_mask (&self, mat->far, 14, PLAIN, 1);

  leave_out_shadows (mat, size, scratch);
  split = yz_mask_split_histogram (scratch, size, MOST_UNREST);
  add_mask (&self, scratch, split, FINE, 2);
  add_mask (&self, scratch, 3, PLAIN, 1);
  add_mask (&self, scratch, 6, FINE, 2);

  split = yz_mask_split_histogram (mat->tint, size, MOST_UNREST);
  add_mask (&self, mat->tint, split, PLAIN, 1);
  add_mask (&self, mat->tint, 4, PLAIN, 1);

  negate (mat->lighter, size, scratch);
  add_mask (&self, scratch, 4, PLAIN, 1);
  add_mask (&self, scratch, 10, PLAIN, 1);
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

void
yz_guess_from_edges (const YzMat *mat, const float *slope, GArray *quads)
{
  static const double PARTS[] = { 0.72, 0.82, 0.9, 0.95 };
  Guesser self = { mat->width, mat->height, quads };
  const gsize size = (gsize) mat->width * (gsize) mat->height;
  g_autoptr (YzMask) mask = yz_mask_new (mat->width, mat->height);

  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    for (int radius = 1; radius <= 3; radius += 2) {
      yz_mask_threshold (mask, slope, MAX (find_quantile (slope, size, PARTS[i]), 0.6F));
      yz_mask_spread (mask, radius);
      yz_mask_flood (mask);
      yz_mask_wither (mask, radius + 3);
      yz_mask_spread (mask, 3);
      add_shapes (&self, mask);
    }
}
