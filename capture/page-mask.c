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

YzMask *
yz_mask_copy (const YzMask *other)
{
  YzMask *self = yz_mask_new (other->width, other->height);

  memcpy (self->bits, other->bits, (gsize) other->width * (gsize) other->height);
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
  guint8 *restrict bits = self->bits;
  guint32 n = 0;

  for (gsize i = 0; i < size; i++)
    bits[i] = plane[i] > threshold;
  for (gsize i = 0; i < size; i++)
    n += bits[i];
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

void
yz_mask_invert (YzMask *self)
{
  const gsize size = (gsize) self->width * (gsize) self->height;
  gsize i = 0;

  for (; i + 8 <= size; i += 8) {
    guint64 eight = 0;

    memcpy (&eight, self->bits + i, 8);
    eight ^= G_GUINT64_CONSTANT (0x0101010101010101);
    memcpy (self->bits + i, &eight, 8);
  }
  for (; i < size; i++)
    self->bits[i] ^= 1;
}

void
yz_mask_wither (YzMask *self, int radius)
{
  yz_mask_invert (self);
  yz_mask_spread (self, radius);
  yz_mask_invert (self);
}

/* A stretch of equal pixels in one row. Runs that touch belong together: each points to an earlier
 * run of its shape, the first one to itself. */
typedef struct {
  int row, from, to; /* to: behind its last pixel */
  guint parent;
} Run;

static guint
find_root (GArray *runs, guint i)
{
  Run *run = (Run *) (void *) runs->data;

  while (run[i].parent != i) {
    run[i].parent = run[run[i].parent].parent;
    i = run[i].parent;
  }
  return i;
}

static void
join_runs (GArray *runs, guint a, guint b)
{
  const guint first = find_root (runs, a);
  const guint second = find_root (runs, b);

  g_array_index (runs, Run, MAX (first, second)).parent = MIN (first, second);
}

static void
append_runs (const YzMask *self, guint8 value, int row, GArray *runs)
{
  const guint8 *line = self->bits + (gsize) row * (gsize) self->width;
  int x = 0;

  while (x < self->width) {
    const guint8 *start = memchr (line + x, value, (gsize) (self->width - x));
    const guint8 *end = NULL;
    Run run = { .row = row, .parent = runs->len };

    if (start == NULL)
      return;
    run.from = (int) (start - line);
    end = memchr (start, !value, (gsize) (self->width - run.from));
    run.to = end != NULL ? (int) (end - line) : self->width;
    g_array_append_val (runs, run);
    x = run.to;
  }
}

/* All runs of the value, in rows, joined with those they touch in the row above. */
static GArray *
label_runs (const YzMask *self, guint8 value)
{
  GArray *runs = g_array_sized_new (FALSE, FALSE, sizeof (Run), 4096);
  guint above = 0;
  guint here = 0;

  for (int row = 0; row < self->height; row++) {
    guint k = above;

    append_runs (self, value, row, runs);
    for (guint i = here; i < runs->len; i++) {
      const Run *run = &g_array_index (runs, Run, i);

      while (k < here && g_array_index (runs, Run, k).to <= run->from)
        k++;
      for (guint j = k; j < here && g_array_index (runs, Run, j).from < run->to; j++)
        join_runs (runs, i, j);
    }
    above = here;
    here = runs->len;
  }
  return runs;
}

static gboolean
is_on_rim (const YzMask *self, const Run *run)
{
  return run->row == 0 || run->row == self->height - 1 || run->from == 0 || run->to == self->width;
}

void
yz_mask_flood (YzMask *self)
{
  g_autoptr (GArray) runs = label_runs (self, 0);
  g_autofree guint8 *outside = g_malloc0 (runs->len + 1);

  for (guint i = 0; i < runs->len; i++)
    if (is_on_rim (self, &g_array_index (runs, Run, i)))
      outside[find_root (runs, i)] = 1;
  memset (self->bits, 1, (gsize) self->width * (gsize) self->height);
  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    if (outside[find_root (runs, i)])
      memset (self->bits + (gsize) run->row * (gsize) self->width + (gsize) run->from, 0,
              (gsize) (run->to - run->from));
  }
}

/* A shape while its runs are gathered: the outermost corners of its pixels, row by row. */
typedef struct {
  GArray *points;
  int row, from, to;
  int above_from, above_to; /* of the row above */
  double filled;            /* between the outermost pixels */
  gboolean touches_rim;
} Draft;

/* Corners on the upper rim of the row that has ended, or on the lower rim of the last one. */
static void
add_ends (Draft *draft, int from, int to, int y)
{
  const YzPoint ends[] = { { from, y }, { to, y } };

  g_array_append_vals (draft->points, ends, G_N_ELEMENTS (ends));
}

static void
end_row (Draft *draft)
{
  const gboolean first = draft->points->len == 0;

  add_ends (draft, first ? draft->from : MIN (draft->from, draft->above_from),
            first ? draft->to : MAX (draft->to, draft->above_to), draft->row);
  draft->above_from = draft->from;
  draft->above_to = draft->to;
  draft->filled += draft->to - draft->from;
}

static void
add_run (Draft *draft, const YzMask *mask, const Run *run)
{
  if (draft->points == NULL) {
    draft->points = g_array_new (FALSE, FALSE, sizeof (YzPoint));
  } else if (draft->row == run->row) {
    draft->to = run->to;
    draft->touches_rim |= is_on_rim (mask, run);
    return;
  } else
    end_row (draft);
  draft->row = run->row;
  draft->from = run->from;
  draft->to = run->to;
  draft->touches_rim |= is_on_rim (mask, run);
}

static YzShape *
finish_draft (Draft *draft)
{
  YzShape *shape = g_new0 (YzShape, 1);

  end_row (draft);
  add_ends (draft, draft->from, draft->to, draft->row + 1);
  shape->hull = yz_hull_from_points (draft->points);
  shape->area = yz_hull_measure (shape->hull);
  shape->solid = draft->filled / MAX (shape->area, 1);
  shape->touches_rim = draft->touches_rim;
  g_clear_pointer (&draft->points, g_array_unref);
  return shape;
}

/* How many pixels each shape has, at its root. */
static guint *
count_pixels (GArray *runs)
{
  guint *count = g_new0 (guint, runs->len + 1);

  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    count[find_root (runs, i)] += (guint) (run->to - run->from);
  }
  return count;
}

GPtrArray *
yz_mask_list_shapes (const YzMask *self, double least)
{
  GPtrArray *shapes = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_shape_free);
  g_autoptr (GArray) runs = label_runs (self, 1);
  g_autofree guint *count = count_pixels (runs);
  g_autofree Draft *drafts = g_new0 (Draft, runs->len + 1);

  for (guint i = 0; i < runs->len; i++) {
    const guint root = find_root (runs, i);

    if (count[root] >= 0.2 * least)
      add_run (&drafts[root], self, &g_array_index (runs, Run, i));
  }
  for (guint i = 0; i < runs->len; i++) {
    YzShape *shape = drafts[i].points != NULL ? finish_draft (&drafts[i]) : NULL;

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
  const float scale = (N_BINS - 1) / most;
  guint count[N_BINS] = { 0 };
  double total = 0;
  double below = 0;
  double below_sum = 0;
  double best = -1;
  int threshold = 0;

  for (gsize i = 0; i < n; i++)
    count[(int) CLAMP (plane[i] * scale, 0.0F, N_BINS - 1.0F)]++;
  for (int i = 0; i < N_BINS; i++)
    total += (double) i * count[i];
  for (int i = 0; i + 1 < N_BINS; i++) {
    double gap = 0;

    below += count[i];
    below_sum += (double) i * count[i];
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
