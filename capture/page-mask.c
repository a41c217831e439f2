/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-mask.h"

#include <string.h>

#define N_BINS 128

YzMask *
yz_mask_new (int width, int height)
{
  YzMask *self = g_new0 (YzMask, 1);

  self->width = width;
  self->height = height;
  self->bits = g_malloc0 ((gsize) width * (gsize) height);
  return self;
}

void
yz_mask_free (YzMask *self)
{
  if (self != NULL)
    g_free (self->bits);
  g_free (self);
}

void
yz_shape_free (YzShape *self)
{
  g_array_unref (self->hull);
  g_free (self);
}

double
yz_mask_threshold (YzMask *self, const float *plane, float threshold)
{
  const gsize size = (gsize) self->width * (gsize) self->height;
  gsize n = 0;

  for (gsize i = 0; i < size; i++) {
    self->bits[i] = plane[i] > threshold;
    n += self->bits[i];
  }
  return (double) n / (double) size;
}

/* line[i] |= line[i + shift], eight at a time; what is read has not been written yet. */
static void
or_ahead (guint8 *line, gsize n, gsize shift)
{
  gsize i = 0;

  for (; i + 8 + shift <= n; i += 8) {
    guint64 here = 0;
    guint64 there = 0;

    memcpy (&here, line + i, 8);
    memcpy (&there, line + i + shift, 8);
    here |= there;
    memcpy (line + i, &here, 8);
  }
  for (; i + shift < n; i++)
    line[i] |= line[i + shift];
}

/* line[i] |= line[i - shift], from the end. */
static void
or_behind (guint8 *line, gsize n, gsize shift)
{
  gsize i = n;

  for (; i >= 8 + shift; i -= 8) {
    guint64 here = 0;
    guint64 there = 0;

    memcpy (&here, line + i - 8, 8);
    memcpy (&there, line + i - 8 - shift, 8);
    here |= there;
    memcpy (line + i - 8, &here, 8);
  }
  for (; i > shift; i--)
    line[i - 1] |= line[i - 1 - shift];
}

/* Every place takes over what lies up to @radius steps ahead and behind; the reach doubles with
 * each pass. */
static void
spread_line (guint8 *line, gsize n, gsize step, gsize radius)
{
  gsize reach = 1; /* places that are joined already, the own one included */

  while (reach < radius + 1) {
    const gsize more = MIN (reach, radius + 1 - reach);

    or_ahead (line, n, more * step);
    reach += more;
  }
  for (reach = 1; reach < radius + 1;) {
    const gsize more = MIN (reach, radius + 1 - reach);

    or_behind (line, n, more * step);
    reach += more;
  }
}

void
yz_mask_spread (YzMask *self, int radius)
{
  const gsize width = (gsize) self->width;

  if (radius < 1)
    return;
  for (int y = 0; y < self->height; y++)
    spread_line (self->bits + (gsize) y * width, width, 1, (gsize) radius);
  spread_line (self->bits, width * (gsize) self->height, width, (gsize) radius);
}

static void
invert (YzMask *self)
{
  const gsize size = (gsize) self->width * (gsize) self->height;

  for (gsize i = 0; i < size; i++)
    self->bits[i] ^= 1;
}

void
yz_mask_wither (YzMask *self, int radius)
{
  invert (self);
  yz_mask_spread (self, radius);
  invert (self);
}

/* A stack of pixels still to be visited. */
typedef struct {
  guint32 *at;
  gsize length;
} Stack;

static void
visit (YzMask *self, gsize at, guint8 from, guint8 to, Stack *stack)
{
  if (self->bits[at] != from)
    return;
  self->bits[at] = to;
  stack->at[stack->length++] = (guint32) at;
}

/* Paints everything connected with the pixels on the stack; calls nobody back. */
static void
visit_neighbours (YzMask *self, gsize at, guint8 from, guint8 to, Stack *stack)
{
  const gsize width = (gsize) self->width;
  const gsize x = at % width;

  if (x > 0)
    visit (self, at - 1, from, to, stack);
  if (x + 1 < width)
    visit (self, at + 1, from, to, stack);
  if (at >= width)
    visit (self, at - width, from, to, stack);
  if (at + width < width * (gsize) self->height)
    visit (self, at + width, from, to, stack);
}

void
yz_mask_flood (YzMask *self)
{
  const gsize width = (gsize) self->width;
  const gsize size = width * (gsize) self->height;
  g_autofree guint32 *places = g_new (guint32, size);
  Stack stack = { .at = places };

  for (gsize x = 0; x < width; x++) {
    visit (self, x, 0, 2, &stack);
    visit (self, size - width + x, 0, 2, &stack);
  }
  for (gsize y = 0; y < size; y += width) {
    visit (self, y, 0, 2, &stack);
    visit (self, y + width - 1, 0, 2, &stack);
  }
  while (stack.length > 0)
    visit_neighbours (self, stack.at[--stack.length], 0, 2, &stack);
  for (gsize i = 0; i < size; i++)
    self->bits[i] = self->bits[i] != 2;
}

/* The outermost pixels of a shape in each of its rows. */
typedef struct {
  int top, bottom;
  int *left, *right;
  gsize n; /* its pixels */
} Extent;

static void
grow_extent (Extent *extent, int x, int y)
{
  if (extent->n++ == 0 || y < extent->top)
    extent->top = y;
  if (extent->n == 1 || y > extent->bottom)
    extent->bottom = y;
  extent->left[y] = MIN (extent->left[y], x);
  extent->right[y] = MAX (extent->right[y], x);
}

static void
reset_extent (Extent *extent, int height)
{
  extent->n = 0;
  for (int y = 0; y < height; y++) {
    extent->left[y] = G_MAXINT;
    extent->right[y] = -1;
  }
}

static YzShape *
shape_from_extent (const Extent *extent, int width, int height, double least)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (YzPoint));
  YzShape *shape = NULL;
  double filled = 0;
  gboolean touches = extent->top == 0 || extent->bottom == height - 1;

  for (int y = extent->top; y <= extent->bottom; y++) {
    const double left = extent->left[y];
    const double right = extent->right[y] + 1;
    const YzPoint ends[] = { { left, y }, { left, y + 1 }, { right, y }, { right, y + 1 } };

    touches |= extent->left[y] == 0 || extent->right[y] == width - 1;
    filled += right - left;
    g_array_append_vals (points, ends, 4);
  }
  if (filled < 0.5 * least)
    return NULL;
  shape = g_new0 (YzShape, 1);
  shape->hull = yz_hull_from_points (points);
  shape->area = yz_hull_measure (shape->hull);
  shape->solid = filled / MAX (shape->area, 1);
  shape->touches_rim = touches;
  return shape;
}

GPtrArray *
yz_mask_list_shapes (YzMask *self, double least)
{
  GPtrArray *shapes = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_shape_free);
  const gsize width = (gsize) self->width;
  const gsize size = width * (gsize) self->height;
  g_autofree guint32 *places = g_new (guint32, size);
  g_autofree int *ends = g_new (int, 2 * (gsize) self->height);
  Extent extent = { .left = ends, .right = ends + self->height };
  Stack stack = { .at = places };

  for (gsize start = 0; start < size; start++) {
    YzShape *shape = NULL;

    if (self->bits[start] == 0)
      continue;
    reset_extent (&extent, self->height);
    visit (self, start, 1, 0, &stack);
    while (stack.length > 0) {
      const gsize at = stack.at[--stack.length];

      grow_extent (&extent, (int) (at % width), (int) (at / width));
      visit_neighbours (self, at, 1, 0, &stack);
    }
    if (extent.n >= 0.2 * least)
      shape = shape_from_extent (&extent, self->width, self->height, least);
    if (shape != NULL && shape->area >= least)
      g_ptr_array_add (shapes, shape);
    else if (shape != NULL)
      yz_shape_free (shape);
  }
  return shapes;
}

float
yz_mask_split_histogram (const float *plane, gsize n, float most)
{
  double count[N_BINS] = { 0 };
  double total = 0;
  double below = 0;
  double below_sum = 0;
  double best = -1;
  int threshold = 0;

  for (gsize i = 0; i < n; i++)
    count[(int) (CLAMP (plane[i] / most, 0, 1) * (N_BINS - 1))]++;
  for (int i = 0; i < N_BINS; i++)
    total += i * count[i];
  for (int i = 0; i + 1 < N_BINS; i++) {
    double gap = 0;

    below += count[i];
    below_sum += i * count[i];
    if (below <= 0 || below >= (double) n)
      continue;
    gap = below_sum / below - (total - below_sum) / ((double) n - below);
    if (below * ((double) n - below) * gap * gap > best) {
      best = below * ((double) n - below) * gap * gap;
      threshold = i;
    }
  }
  return most * (float) (threshold + 1) / N_BINS;
}
