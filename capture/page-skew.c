/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-skew.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE 1800          /* pixels, longest: finer print adds nothing to the angle */
#define MARGIN 0.04        /* of each side is left out: page edges and shadows are lines too */
#define FARTHEST 15.0      /* degrees */
#define COARSE_STEP 0.25   /* degrees */
#define FINEST_STEP 0.0075 /* degrees; a parabola tells the rest */
#define GOLDEN 0.6180339887
#define STRIP 8          /* pixels: columns whose edges are counted together */
#define COARSE 4         /* rows and strips that are taken together for the first look */
#define MIDDLE 2         /* rows for the second */
#define MIDDLE_STEP 0.03 /* degrees: finer needs every row */
#define LEAST_STEP 6     /* levels, and ... */
#define NOISE_FACTOR 3   /* ... median steps from row to row: more is an edge */
#define LEAST_INK 400    /* edge pixels */
#define STANDS_OUT 1.6   /* the best angle's sum against the median of the sweep */

/* How much edge lies in each row of each strip of columns. Edges from above and below count alike:
 * fills have none inside, and where light is uneven they stay the same. */
typedef struct {
  float *edges; /* strip by strip */
  int strips, rows;
  double pitch;  /* from strip to strip, in rows */
  float *turned; /* scratch: rows of all strips, turned back */
  int length;    /* of that */
} Profiles;

/* One row of the page's light, @times × @times pixels made one. */
static void
read_light (const YzBitmap *page, int y, int times, guint16 *sums, guint8 *line, guint8 *out)
{
  const int width = page->width / times;

  if (times == 1) {
    yz_bitmap_read_light (page, y, out);
    return;
  }
  memset (sums, 0, (gsize) page->width * sizeof *sums);
  for (int k = 0; k < times; k++) {
    yz_bitmap_read_light (page, y * times + k, line);
    for (int x = 0; x < page->width; x++)
      sums[x] = (guint16) (sums[x] + line[x]);
  }
  if (times == 2)
    for (int x = 0; x < width; x++)
      out[x] = (guint8) ((sums[2 * x] + sums[2 * x + 1]) >> 2);
  else
    for (int x = 0; x < width; x++) {
      guint sum = 0;

      for (int k = 0; k < times; k++)
        sum += sums[x * times + k];
      out[x] = (guint8) (sum / (guint) (times * times));
    }
}

/* By how much neighbouring rows differ, where it is more than noise. */
static void
find_edges (const guint8 *above, const guint8 *below, int n, guint8 noise, guint8 *out)
{
  for (int x = 0; x < n; x++) {
    const guint8 step = (guint8) (MAX (above[x], below[x]) - MIN (above[x], below[x]));

    out[x] = step > noise ? (guint8) (step - noise) : 0;
  }
}

/* A page while it is read, row by row. */
typedef struct {
  const YzBitmap *page;
  int times; /* pixels that are made one */
  int width, height, left, top;
  guint8 noise;
  guint16 *sums;
  guint8 *line;     /* a row of the page */
  guint8 *light[2]; /* the row above, and this one */
  guint8 *edges;
} Reader;

static void
open_reader (Reader *self, const YzBitmap *page)
{
  *self = (Reader){ .page = page };
  self->times = MAX (1, (MAX (page->width, page->height) + SIDE / 2) / SIDE);
  self->width = page->width / self->times;
  self->height = page->height / self->times;
  self->left = (int) (MARGIN * self->width);
  self->top = (int) (MARGIN * self->height);
  self->sums = g_new (guint16, (gsize) page->width);
  self->line = g_malloc ((gsize) page->width);
  for (guint i = 0; i < 2; i++)
    self->light[i] = g_malloc ((gsize) self->width);
  self->edges = g_malloc ((gsize) self->width);
}

static void
close_reader (Reader *self)
{
  g_free (self->sums);
  g_free (self->line);
  g_free (self->light[0]);
  g_free (self->light[1]);
  g_free (self->edges);
}

static void
read_row (Reader *self, int y)
{
  guint8 *keep = self->light[0];

  self->light[0] = self->light[1];
  self->light[1] = keep;
  read_light (self->page, y, self->times, self->sums, self->line, keep);
}

/* The median step from row to row, on some of them: most of a page is bare paper. */
static void
measure_noise (Reader *self)
{
  guint count[256] = { 0 };
  guint n = 0;
  guint below = 0;
  guint level = 0;

  for (int y = self->top; y + 1 < self->height - self->top; y += 37) {
    read_row (self, y);
    read_row (self, y + 1);
    find_edges (self->light[0], self->light[1], self->width, 0, self->edges);
    for (int x = self->left; x < self->width - self->left; x += 3) {
      count[self->edges[x]]++;
      n++;
    }
  }
  while (level < 255 && (below += count[level]) <= n / 2)
    level++;
  self->noise = (guint8) MIN (255, NOISE_FACTOR * level + LEAST_STEP);
}

/* The sum of eight bytes, and how many of them are not 0. */
static guint
add_eight (const guint8 *bytes, guint *n_set)
{
  const guint64 even = G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  guint64 eight = 0;
  guint64 pairs = 0;

  memcpy (&eight, bytes, 8);
  if (eight == 0)
    return 0;
  for (guint i = 0; i < 8; i++)
    *n_set += bytes[i] > 0;
  pairs = (eight & even) + (eight >> 8 & even);
  return (guint) (pairs * G_GUINT64_CONSTANT (0x0001000100010001) >> 48);
}

/* Fills the finest profiles; returns how many edge pixels there are. */
static guint
fill_profiles (Reader *reader, Profiles *self)
{
  guint n = 0;

  read_row (reader, reader->top);
  for (int row = 0; row < self->rows; row++) {
    read_row (reader, reader->top + row + 1);
    find_edges (reader->light[0], reader->light[1], reader->width, reader->noise, reader->edges);
    for (int strip = 0; strip < self->strips; strip++)
      self->edges[(gsize) strip * (gsize) self->rows + (gsize) row] =
          (float) add_eight (reader->edges + reader->left + strip * STRIP, &n);
  }
  return n;
}

static void
prepare_profiles (Profiles *self, int strips, int rows, double pitch)
{
  const double farthest = tan ((FARTHEST + 1) * G_PI / 180) * pitch * strips / 2;

  *self = (Profiles){ .strips = strips, .rows = rows, .pitch = pitch };
  self->edges = g_new0 (float, (gsize) strips *(gsize) rows);
  self->length = rows + 2 * (int) ceil (farthest) + 4;
  self->turned = g_new (float, (gsize) self->length);
}

static void
clear_profiles (Profiles *self)
{
  g_free (self->edges);
  g_free (self->turned);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Profiles, clear_profiles)

/* The same with so many rows and strips made one. */
static void
coarsen (const Profiles *fine, int rows, int strips, Profiles *out)
{
  prepare_profiles (out, fine->strips / strips, fine->rows / rows, fine->pitch * strips / rows);
  for (int strip = 0; strip < out->strips * strips; strip++) {
    const float *from = fine->edges + (gsize) strip * (gsize) fine->rows;
    float *to = out->edges + (gsize) (strip / strips) * (gsize) out->rows;

    for (int row = 0; row < out->rows; row++)
      for (int k = 0; k < rows; k++)
        to[row] += from[row * rows + k];
  }
}

/* The sum of squared differences between neighbouring rows, were the page turned back. */
static double
sum_differences (const Profiles *self, double degrees)
{
  const double slope = tan (degrees * G_PI / 180) * self->pitch;
  const int middle = (self->length - self->rows) / 2;
  double sum = 0;

  memset (self->turned, 0, (gsize) self->length * sizeof *self->turned);
  for (int strip = 0; strip < self->strips; strip++) {
    /* Sharing between two neighbouring rows keeps the sum smooth over the angle; the spread from
     * strip to strip makes that blur the same at every angle, or 0 would always look best. */
    const double spread = strip * GOLDEN;
    const double place =
        middle - slope * (strip + 0.5 - self->strips / 2.0) + spread - floor (spread);
    const int start = (int) place;
    const float second = (float) (place - start);
    const float first = 1 - second;
    const float *edges = self->edges + (gsize) strip * (gsize) self->rows;
    float *turned = self->turned + start;

    for (int row = 0; row < self->rows; row++)
      turned[row] += first * edges[row];
    for (int row = 0; row < self->rows; row++)
      turned[row + 1] += second * edges[row];
  }
  for (int row = 1; row < self->length; row++) {
    const double difference = (double) (self->turned[row] - self->turned[row - 1]);

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
sweep (const Profiles *self, double *out_degrees)
{
  const int n = (int) (2 * FARTHEST / COARSE_STEP) + 1;
  g_autofree double *sums = g_new0 (double, n);
  int best = 0;
  double most = -1;

  for (int i = 0; i < n; i++) {
    sums[i] = sum_differences (self, -FARTHEST + i * COARSE_STEP);
    if (sums[i] > most) {
      most = sums[i];
      best = i;
    }
  }
  *out_degrees = -FARTHEST + best * COARSE_STEP;
  qsort (sums, (gsize) n, sizeof *sums, compare_doubles);
  if (g_getenv ("DBG"))
    g_printerr ("ratio %.2f\n", most / sums[n / 2]);
  return most > STANDS_OUT * sums[n / 2];
}

/* Where the parabola through three sums has its top, in steps from the middle one. */
static double
find_top (double left, double here, double right)
{
  const double curve = left - 2 * here + right;

  return curve < 0 ? CLAMP (0.5 * (left - right) / curve, -0.5, 0.5) : 0;
}

/* Steps towards the better neighbour and halves them, as the sum has one top near the true angle.
 */
static double
climb (const Profiles *self, double degrees, double step, double finest)
{
  double here = sum_differences (self, degrees);
  double left = 0;
  double right = 0;

  for (;; step /= 2) {
    left = sum_differences (self, degrees - step);
    right = sum_differences (self, degrees + step);
    while (MAX (left, right) > here && fabs (degrees) < FARTHEST) {
      const gboolean leftwards = left > right;

      degrees += leftwards ? -step : step;
      if (leftwards) {
        right = here;
        here = left;
        left = sum_differences (self, degrees - step);
      } else {
        left = here;
        here = right;
        right = sum_differences (self, degrees + step);
      }
    }
    if (step <= finest)
      return degrees + step * find_top (left, here, right);
  }
}

/* Reads the page; FALSE when it is too small or has too little ink. */
static gboolean
read_page (const YzBitmap *page, Profiles *fine)
{
  Reader reader;
  guint ink = 0;

  open_reader (&reader, page);
  if (reader.width >= COARSE * STRIP * 4 && reader.height >= COARSE * 16) {
    prepare_profiles (fine, (reader.width - 2 * reader.left) / STRIP,
                      reader.height - 2 * reader.top - 1, STRIP);
    measure_noise (&reader);
    ink = fill_profiles (&reader, fine);
  }
  close_reader (&reader);
  return ink >= LEAST_INK;
}

gboolean
yz_skew_measure (const YzBitmap *page, double *out_degrees)
{
  g_auto (Profiles) fine = { 0 };
  g_auto (Profiles) middle = { 0 };
  g_auto (Profiles) coarse = { 0 };
  double degrees = 0;

  if (!read_page (page, &fine))
    return FALSE;
  coarsen (&fine, COARSE, COARSE, &coarse);
  if (!sweep (&coarse, &degrees))
    return FALSE;
  coarsen (&fine, MIDDLE, 1, &middle);
  degrees = climb (&middle, degrees, COARSE_STEP / 2, MIDDLE_STEP);
  *out_degrees = climb (&fine, degrees, MIDDLE_STEP / 2, FINEST_STEP);
  return TRUE;
}

/* The sum over strips @from … @to of their rows, and the squared differences of it. */
static double
sum_strips (const Profiles *self, int from, int to)
{
  double sum = 0;

  memset (self->turned, 0, (gsize) self->length * sizeof *self->turned);
  for (int strip = from; strip < to; strip++)
    for (int row = 0; row < self->rows; row++)
      self->turned[row] += self->edges[(gsize) strip * (gsize) self->rows + (gsize) row];
  for (int row = 1; row < self->rows; row++) {
    const double difference = (double) (self->turned[row] - self->turned[row - 1]);

    sum += difference * difference;
  }
  return sum;
}

double
yz_skew_measure_straightness (const YzBitmap *page)
{
  g_auto (Profiles) fine = { 0 };
  g_auto (Profiles) middle = { 0 };
  double together = 0;
  double alone = 0;

  if (!read_page (page, &fine))
    return 0;
  coarsen (&fine, MIDDLE, 1, &middle);
  together = sum_strips (&middle, 0, middle.strips / 2) +
             sum_strips (&middle, middle.strips / 2, middle.strips);
  for (int strip = 0; strip < middle.strips; strip++)
    alone += sum_strips (&middle, strip, strip + 1);
  return alone > 0 ? together / alone : 0;
}
