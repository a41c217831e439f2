/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/steady.h"

#include <math.h>
#include <string.h>

#define GRID YZ_STEADY_GRID
#define STILL 0.012      /* of the picture's width */
#define SAME 0.6         /* correlation of the print of two pages: above, they are one */
#define LEAST_PRINT 2.0F /* levels: less is an empty page */
#define SHARP_ENOUGH 0.3

/* Mean brightness in a grid over the page. */
static void
measure (const YzBitmap *bitmap, float out[GRID * GRID])
{
  for (int cell = 0; cell < GRID * GRID; cell++) {
    const int left = (cell % GRID) * bitmap->width / GRID;
    const int right = MAX ((cell % GRID + 1) * bitmap->width / GRID, left + 1);
    const int top = (cell / GRID) * bitmap->height / GRID;
    const int bottom = MAX ((cell / GRID + 1) * bitmap->height / GRID, top + 1);
    guint sum = 0;
    guint count = 0;

    for (int y = top; y < MIN (bottom, bitmap->height); y++)
      for (int x = left; x < MIN (right, bitmap->width); x++) {
        sum += yz_bitmap_get_row (bitmap, y)[x] >> 8 & 255; /* green stands in for brightness */
        count++;
      }
    out[cell] = count > 0 ? (float) sum / (float) count : 0;
  }
}

/* What is left of the grid when slow changes are taken away: print, but neither light nor shadow.
 */
static void
sharpen (const float in[GRID * GRID], float out[GRID * GRID])
{
  for (int cell = 0; cell < GRID * GRID; cell++) {
    float sum = 0;
    float n = 0;

    for (int y = MAX (cell / GRID - 2, 0); y <= MIN (cell / GRID + 2, GRID - 1); y++)
      for (int x = MAX (cell % GRID - 2, 0); x <= MIN (cell % GRID + 2, GRID - 1); x++) {
        sum += in[y * GRID + x];
        n++;
      }
    out[cell] = in[cell] - sum / n;
  }
}

static gboolean
is_same (const float a[GRID * GRID], const float b[GRID * GRID])
{
  float print[2][GRID * GRID];
  float both = 0;
  float square[2] = { 0 };

  sharpen (a, print[0]);
  sharpen (b, print[1]);
  for (int i = 0; i < GRID * GRID; i++) {
    both += print[0][i] * print[1][i];
    square[0] += print[0][i] * print[0][i];
    square[1] += print[1][i] * print[1][i];
  }
  for (int i = 0; i < 2; i++)
    square[i] = sqrtf (square[i] / (GRID * GRID));
  if (MAX (square[0], square[1]) < LEAST_PRINT)
    return TRUE;
  return both / (GRID * GRID) > (float) SAME * square[0] * square[1];
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
  const YzVerdict unfit = YZ_VERDICT_BLANK | YZ_VERDICT_BLURRED | YZ_VERDICT_CUT_OFF |
                          YZ_VERDICT_FINGER | YZ_VERDICT_DARK;
  const gboolean fine =
      page->found && page->sharpness >= SHARP_ENOUGH && (page->verdicts & unfit) == 0;

  if (page->thumbnail != NULL)
    measure (page->thumbnail, self->seen);
  if (!fine || !is_still (self, page)) {
    self->still = 0;
    self->armed = TRUE;
  } else {
    self->still++;
  }
  memcpy (self->corners, page->corners, sizeof self->corners);
  if (self->still < YZ_STEADY_PICTURES || !self->armed)
    return FALSE;
  if (self->has_last && is_same (self->seen, self->last))
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
