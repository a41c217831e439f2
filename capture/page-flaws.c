/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-flaws.h"

#include "capture/page-skin.h"

#include <math.h>
#include <stdlib.h>

#define SIDE 480 /* pixels, longest: hands and lamps are large */
#define CELL 4   /* pixels a side of the cells that are judged as one */

#define WHITE_OUT 250       /* level at which a sensor has no drawing left */
#define PAPER_PART 0.85     /* of the cells is no lighter than bare paper */
#define LEAST_LIGHTER 14    /* levels by which a lamp is lighter than the paper */
#define LEAST_GLARE 0.003   /* of the page */
#define LEAST_FINGER 0.0012 /* a fingertip on a large page */
#define MOST_FINGER 0.3     /* more is the page's own colour */
#define REACH 3             /* cells that a hand reaches in */
#define MOST_RIM 0.5        /* of the page's longer side: what lies along more of it is a border */
#define OTHER_COLOUR 9      /* by which skin differs from the page, in Cr */

/* The page in cells. */
typedef struct {
  int columns, rows;
  guint8 *light;
  gint8 *cb, *cr;
  guint8 *skin; /* 1 where it is and has not been followed yet */
} Cells;

static void
measure_cell (const YzBitmap *page, Cells *self, int column, int row)
{
  const gsize at = (gsize) row * (gsize) self->columns + (gsize) column;
  int sum[3] = { 0 };
  double light = 0;

  for (int y = row * CELL; y < (row + 1) * CELL; y++)
    for (int x = column * CELL; x < (column + 1) * CELL; x++) {
      const guint32 pixel = yz_bitmap_get_row (page, y)[x];

      for (guint i = 0; i < 3; i++)
        sum[i] += (int) (pixel >> (16 - 8 * i) & 255);
    }
  for (guint i = 0; i < 3; i++)
    sum[i] /= CELL * CELL;
  light = 0.299 * sum[0] + 0.587 * sum[1] + 0.114 * sum[2];
  self->light[at] = (guint8) light;
  self->cb[at] = (gint8) CLAMP (0.564 * (sum[2] - light), -127, 127);
  self->cr[at] = (gint8) CLAMP (0.713 * (sum[0] - light), -127, 127);
}

static int
find_part (const guint8 *values, gsize n, double part)
{
  gsize count[256] = { 0 };
  gsize sum = 0;
  int level = 0;

  for (gsize i = 0; i < n; i++)
    count[values[i]]++;
  while (level < 255 && (double) (sum += count[level]) <= part * (double) n)
    level++;
  return level;
}

static gboolean
has_glare (const Cells *self, gsize n)
{
  const int paper = find_part (self->light, n, PAPER_PART);
  gsize white = 0;

  if (paper > WHITE_OUT - LEAST_LIGHTER)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    white += self->light[i] >= WHITE_OUT;
  return (double) white > LEAST_GLARE * (double) n;
}

static int
find_median_red (const Cells *self, gsize n)
{
  g_autofree guint8 *shifted = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    shifted[i] = (guint8) (self->cr[i] + 128);
  return find_part (shifted, n, 0.5) - 128;
}

static gboolean
is_rim (const Cells *self, int at)
{
  const int x = at % self->columns;
  const int y = at / self->columns;

  return x == 0 || y == 0 || x == self->columns - 1 || y == self->rows - 1;
}

/* The cells beside one are to be looked at too. */
static void
open_neighbours (const Cells *self, int at, GArray *open)
{
  const int x = at % self->columns;
  const int y = at / self->columns;
  const int beside[4] = { at - 1, at + 1, at - self->columns, at + self->columns };
  const gboolean there[4] = { x > 0, x<self->columns - 1, y> 0, y < self->rows - 1 };

  for (guint i = 0; i < 4; i++)
    if (there[i])
      g_array_append_val (open, beside[i]);
}

/* Skin in one piece. */
typedef struct {
  gsize cells;
  guint sides; /* of the page that it touches, a bit each */
  guint rim;   /* cells along them */
  int depth;   /* cells from the rim to its innermost one */
} Patch;

static void
measure_patch (const Cells *self, int at, Patch *patch)
{
  const int x = at % self->columns;
  const int y = at / self->columns;
  const int away[4] = { x, y, self->columns - 1 - x, self->rows - 1 - y };
  int nearest = G_MAXINT;

  patch->cells++;
  for (guint i = 0; i < 4; i++) {
    nearest = MIN (nearest, away[i]);
    if (away[i] == 0)
      patch->sides |= 1U << i;
  }
  patch->rim += nearest == 0;
  patch->depth = MAX (patch->depth, nearest);
}

static Patch
follow_skin (Cells *self, int start)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (int));
  Patch patch = { 0 };

  g_array_append_val (open, start);
  while (open->len > 0) {
    const int at = g_array_index (open, int, open->len - 1);

    g_array_set_size (open, open->len - 1);
    if (!self->skin[at])
      continue;
    self->skin[at] = 0;
    measure_patch (self, at, &patch);
    open_neighbours (self, at, open);
  }
  return patch;
}

/* A hand comes from one side or over a corner and reaches in; a coloured border does neither. */
static gboolean
is_hand (const Cells *self, const Patch *patch)
{
  guint sides = 0;

  for (guint i = 0; i < 4; i++)
    sides += patch->sides >> i & 1;
  return sides <= 2 && patch->depth >= REACH &&
         patch->rim < MOST_RIM * MAX (self->columns, self->rows);
}

static gboolean
has_finger (Cells *self, gsize n)
{
  const int page = find_median_red (self, n);
  double share = 0;

  for (gsize i = 0; i < n; i++)
    self->skin[i] = yz_skin_is_likely (self->light[i], self->cb[i], self->cr[i]) &&
                    self->cr[i] > page + OTHER_COLOUR;
  for (int i = 0; i < (int) n; i++)
    if (self->skin[i] && is_rim (self, i)) {
      const Patch patch = follow_skin (self, i);

      share += is_hand (self, &patch) ? (double) patch.cells / (double) n : 0;
    }
  return share > LEAST_FINGER && share < MOST_FINGER;
}

YzVerdict
yz_flaws_find (const YzBitmap *page)
{
  g_autoptr (YzBitmap) small = yz_bitmap_shrink ((YzBitmap *) page, SIDE);
  Cells cells = { .columns = small->width / CELL, .rows = small->height / CELL };
  const gsize n = (gsize) cells.columns * (gsize) cells.rows;
  g_autofree guint8 *light = g_malloc0 (2 * n + 1);
  g_autofree gint8 *colour = g_malloc0 (2 * n + 1);
  YzVerdict verdicts = YZ_VERDICT_NONE;

  if (n == 0)
    return verdicts;
  cells.light = light;
  cells.skin = light + n;
  cells.cb = colour;
  cells.cr = colour + n;
  for (int y = 0; y < cells.rows; y++)
    for (int x = 0; x < cells.columns; x++)
      measure_cell (small, &cells, x, y);
  if (has_glare (&cells, n))
    verdicts |= YZ_VERDICT_GLARE;
  if (has_finger (&cells, n))
    verdicts |= YZ_VERDICT_FINGER;
  return verdicts;
}
