/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/steady.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRID 8
#define STILL 0.012 /* of the picture's width */
#define ANOTHER 9.0 /* mean difference in brightness, 0 … 255 */
#define SHARP_ENOUGH 0.3

/* Mean brightness in a grid over the bitmap: cheap, and blind to noise and small shakes. */
static void
measure (const YzBitmap *bitmap, guint8 out[GRID * GRID])
{
  const guint8 *pixels = g_bytes_get_data (bitmap->pixels, NULL);

  for (int cell = 0; cell < GRID * GRID; cell++) {
    int left = (cell % GRID) * bitmap->width / GRID;
    int right = (cell % GRID + 1) * bitmap->width / GRID;
    int top = (cell / GRID) * bitmap->height / GRID;
    int bottom = (cell / GRID + 1) * bitmap->height / GRID;
    guint64 sum = 0, count = 0;

    for (int y = top; y < bottom; y += 2) {
      for (int x = left; x < right; x += 2) {
        const guint8 *p = pixels + (gsize) y * bitmap->stride + (gsize) x * 4;

        sum += p[1]; /* green stands in for brightness */
        count++;
      }
    }
    out[cell] = (guint8) (count > 0 ? sum / count : 0);
  }
}

static double
differ (const guint8 a[GRID * GRID], const guint8 b[GRID * GRID])
{
  double sum = 0;

  for (int i = 0; i < GRID * GRID; i++)
    sum += abs (a[i] - b[i]);
  return sum / (GRID * GRID);
}

static gboolean
is_still (const YzSteady *self, const YzPage *page)
{
  for (int i = 0; i < 8; i++) {
    if (fabs (self->corners[i] - page->corners[i]) > STILL * page->width)
      return FALSE;
  }
  return TRUE;
}

gboolean
yz_steady_feed (YzSteady *self, const YzPage *page)
{
  gboolean fine =
      page->found && page->sharpness >= SHARP_ENOUGH &&
      (page->verdicts & (YZ_VERDICT_BLANK | YZ_VERDICT_BLURRED | YZ_VERDICT_CUT_OFF)) == 0;

  if (page->thumbnail != NULL)
    measure (page->thumbnail, self->seen);
  if (!fine || !is_still (self, page)) {
    self->still = 0;
    self->armed = TRUE;
  } else {
    self->still++;
  }
  memcpy (self->corners, page->corners, sizeof self->corners);
  if (self->has_last && differ (self->seen, self->last) < ANOTHER)
    return FALSE;
  if (self->still < YZ_STEADY_PICTURES || !self->armed)
    return FALSE;
  self->armed = FALSE;
  return TRUE;
}

void
yz_steady_taken (YzSteady *self)
{
  memcpy (self->last, self->seen, sizeof self->last);
  self->has_last = TRUE;
  self->still = 0;
}
