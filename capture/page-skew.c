/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-skew.h"

#include "capture/page-cleaner.h"

#include <math.h>

#define SIDE 1800        /* pixels, longest: finer print adds nothing to the angle */
#define MARGIN 0.04      /* of each side is left out: page edges and shadows are lines too */
#define FARTHEST 15.0    /* degrees */
#define COARSE_STEP 0.25 /* degrees */
#define FINEST_STEP 0.003
#define GOLDEN 0.6180339887
#define LEAST_INK 400   /* pixels */
#define STANDS_OUT 1.25 /* the best angle's sum against the median of the sweep */

/* The black pixels, from the picture's middle. */
typedef struct {
  GArray *ink; /* of gint16 x, y in turn */
  int height;
  guint32 *rows;
} Sheet;

static void
collect_ink (Sheet *self, const YzBitmap *bitonal)
{
  const int left = (int) (MARGIN * bitonal->width);
  const int top = (int) (MARGIN * bitonal->height);

  for (int y = top; y < bitonal->height - top; y++) {
    const guint32 *row = yz_bitmap_get_row (bitonal, y);

    for (int x = left; x < bitonal->width - left; x++)
      /* Where ink begins from above or ends: fills and solid bars would only drown the lines. */
      if (row[x] == 0 && (y == 0 || yz_bitmap_get_row (bitonal, y - 1)[x] != 0)) {
        const gint16 place[] = { (gint16) (x - bitonal->width / 2),
                                 (gint16) (y - bitonal->height / 2) };

        g_array_append_vals (self->ink, place, 2);
      }
  }
}

/* The sum of squared differences between neighbouring rows, were the sheet turned back. */
static double
sum_differences (const Sheet *self, double degrees, guint stride)
{
  const double slope = tan (degrees * G_PI / 180);
  const int n = 2 * self->height + 2;
  const gint16 *ink = (const gint16 *) (const void *) self->ink->data;
  double sum = 0;

  memset (self->rows, 0, (gsize) n * sizeof *self->rows);
  for (guint i = 0; i + 1 < self->ink->len; i += 2 * stride) {
    /* Counting into two neighbouring rows keeps the sum smooth over the angle; the spread from
     * column to column makes that blur the same at every angle, or 0 would always look best. */
    const double spread = ink[i] * GOLDEN;
    const double place = ink[i + 1] - slope * ink[i] + spread - floor (spread) + self->height;
    const int row = (int) place;
    const guint32 part = (guint32) ((place - row) * 16);

    if (row >= 0 && row + 1 < n) {
      self->rows[row] += 16 - part;
      self->rows[row + 1] += part;
    }
  }
  for (int row = 1; row < n; row++) {
    const double difference = (double) self->rows[row] - (double) self->rows[row - 1];

    sum += difference * difference;
  }
  return sum;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The best of a sweep over all angles; FALSE when it is hardly better than the others. */
static gboolean
sweep (const Sheet *self, double *out_degrees)
{
  const int n = (int) (2 * FARTHEST / COARSE_STEP) + 1;
  g_autofree double *sums = g_new0 (double, n);
  const guint stride = 1 + self->ink->len / 2 / 30000;
  int best = 0;
  double most = -1;

  for (int i = 0; i < n; i++) {
    sums[i] = sum_differences (self, -FARTHEST + i * COARSE_STEP, stride);
    if (sums[i] > most) {
      most = sums[i];
      best = i;
    }
  }
  *out_degrees = -FARTHEST + best * COARSE_STEP;
  qsort (sums, (gsize) n, sizeof *sums, compare_doubles);
  return most > STANDS_OUT * sums[n / 2];
}

/* Steps towards the better neighbour and halves them, as the sum has one top near the true angle.
 */
static double
climb (const Sheet *self, double degrees)
{
  double here = sum_differences (self, degrees, 1);

  for (double step = COARSE_STEP / 2; step > FINEST_STEP; step /= 2) {
    const double left = sum_differences (self, degrees - step, 1);
    const double right = sum_differences (self, degrees + step, 1);

    if (left > here && left >= right) {
      degrees -= step;
      here = left;
    } else if (right > here) {
      degrees += step;
      here = right;
    }
  }
  return degrees;
}

gboolean
yz_skew_measure (const YzBitmap *page, double *out_degrees)
{
  g_autoptr (YzBitmap) small = yz_bitmap_shrink ((YzBitmap *) page, SIDE);
  g_autoptr (YzBitmap) bitonal = yz_cleaner_make_bitonal (small);
  g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (gint16));
  g_autofree guint32 *rows = NULL;
  Sheet self = { .ink = ink };
  double degrees = 0;

  self.height = bitonal->height + bitonal->width / 3;
  rows = g_new (guint32, 2 * (gsize) self.height + 2);
  self.rows = rows;
  collect_ink (&self, bitonal);
  if (ink->len / 2 < LEAST_INK || !sweep (&self, &degrees))
    return FALSE;
  *out_degrees = climb (&self, degrees);
  return TRUE;
}
