/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/bench/find-figures.h"

#include "capture/page-finder.h"
#include "capture/page-quad.h"

#include <math.h>
#include <time.h>

#define FOUND 0.95  /* intersection over union */
#define EXACT 0.005 /* mean corner error, in diagonals of the picture */
#define WRONG 0.90  /* a page whose overlap is less was made up */

double
yz_find_figures_read_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
yz_find_figures_quantile (GArray *values, double part)
{
  g_array_sort (values, compare_doubles);
  return values->len == 0 ? 0 : g_array_index (values, double, (guint) (part * (values->len - 1)));
}

void
yz_find_figures_start (YzFindFigures *self, gboolean each)
{
  *self = (YzFindFigures){ .each = each };
  self->find_ms = g_array_new (FALSE, FALSE, sizeof (double));
  self->errors = g_array_new (FALSE, FALSE, sizeof (double));
}

void
yz_find_figures_end (YzFindFigures *self)
{
  g_array_unref (self->find_ms);
  g_array_unref (self->errors);
}

static YzQuad
quad_from_outline (const YzOutline *outline)
{
  YzQuad quad;

  for (guint k = 0; k < 4; k++)
    quad.at[k] = (YzPoint){ outline->corners[2 * k], outline->corners[2 * k + 1] };
  return quad;
}

/* Mean distance of the corners; which of them is named first does not matter. */
static double
measure_error (const YzQuad *a, const YzQuad *b)
{
  double best = G_MAXDOUBLE;

  for (guint shift = 0; shift < 4; shift++) {
    double sum = 0;

    for (guint k = 0; k < 4; k++)
      sum += hypot (a->at[k].x - b->at[(k + shift) % 4].x, a->at[k].y - b->at[(k + shift) % 4].y);
    best = MIN (best, sum / 4);
  }
  return best;
}

/* The surest outline is the answer where one document lies; among several, the nearest. */
static void
judge_page (
    YzFindFigures *self, const char *name, const YzQuad *truth, GArray *outlines, guint n_pages)
{
  double overlap = 0;
  double error = 1e9;
  double confidence = 0;

  for (guint i = 0; i < outlines->len; i++) {
    const YzOutline *outline = &g_array_index (outlines, YzOutline, i);
    const YzQuad quad = quad_from_outline (outline);
    const double iou = yz_quad_overlap (truth, &quad, NULL);

    if (n_pages > 1 ? iou > overlap : outline->confidence > confidence) {
      overlap = iou;
      error = measure_error (truth, &quad);
      confidence = outline->confidence;
    }
  }
  if (n_pages > 1) {
    self->several++;
    self->several_found += overlap > FOUND;
  }
  if (self->each)
    g_print ("%-34s IoU %.3f  error %.3f px  confidence %.2f  of %u%s\n", name, overlap,
             outlines->len > 0 ? error : 0, confidence, outlines->len,
             outlines->len == 0 ? "  none"
             : overlap < WRONG  ? "  WRONG"
             : overlap <= FOUND ? "  not found"
                                : "");
}

static void
judge_single (YzFindFigures *self, const YzQuad *truth, GArray *outlines, double diagonal)
{
  const YzOutline *best = NULL;
  YzQuad quad;
  double overlap = 0;
  double error = 0;

  self->pages++;
  for (guint i = 0; i < outlines->len; i++) {
    const YzOutline *outline = &g_array_index (outlines, YzOutline, i);

    if (best == NULL || outline->confidence > best->confidence)
      best = outline;
  }
  if (best == NULL) {
    self->missed++;
    return;
  }
  quad = quad_from_outline (best);
  overlap = yz_quad_overlap (truth, &quad, NULL);
  error = measure_error (truth, &quad) / diagonal;
  self->found += overlap > FOUND;
  self->exact += error < EXACT;
  self->wrong += overlap < WRONG;
  g_array_append_val (self->errors, error);
}

static void
count_extra (YzFindFigures *self, const GArray *pages, GArray *outlines)
{
  for (guint i = 0; i < outlines->len; i++) {
    const YzQuad quad = quad_from_outline (&g_array_index (outlines, YzOutline, i));
    double best = 0;

    for (guint k = 0; k < pages->len; k++)
      best = MAX (best, yz_quad_overlap (&g_array_index (pages, YzQuad, k), &quad, NULL));
    self->extra += best < 0.5;
  }
}

void
yz_find_figures_add (YzFindFigures *self,
                     const char *name,
                     const YzBitmap *picture,
                     const GArray *pages,
                     const YzBitmap *mat)
{
  const double start = yz_find_figures_read_clock ();
  g_autoptr (GArray) outlines = yz_page_finder_find (picture, mat);
  const double spent = yz_find_figures_read_clock () - start;

  g_array_append_val (self->find_ms, spent);
  for (guint i = 0; i < pages->len; i++)
    judge_page (self, name, &g_array_index (pages, YzQuad, i), outlines, pages->len);
  if (pages->len == 1)
    judge_single (self, &g_array_index (pages, YzQuad, 0), outlines,
                  hypot (picture->width, picture->height));
  count_extra (self, pages, outlines);
  if (pages->len > 0)
    return;
  self->empty++;
  self->seen_on_empty += outlines->len > 0;
  if (self->each)
    g_print ("%-34s empty, %u seen%s\n", name, outlines->len, outlines->len > 0 ? "  WRONG" : "");
}

static double
percent (guint part, guint whole)
{
  return whole == 0 ? 0 : 100.0 * part / whole;
}

void
yz_find_figures_print (const YzFindFigures *self, const char *title)
{
  g_print ("%s\n", title);
  if (self->pages > 0) {
    g_print ("  1 exact %.1f %% of %u single documents; corner error in %% of the diagonal: median "
             "%.4f, p90 %.4f\n",
             percent (self->exact, self->pages), self->pages,
             100 * yz_find_figures_quantile (self->errors, 0.5),
             100 * yz_find_figures_quantile (self->errors, 0.9));
    g_print ("  2 found %.1f %%; none said for %u\n", percent (self->found, self->pages),
             self->missed);
    g_print ("  3 wrong crops %u of %u; outlines where nothing lies %u\n", self->wrong, self->pages,
             self->extra);
  }
  if (self->empty > 0)
    g_print ("  3 empty mats on which a page was seen: %u of %u\n", self->seen_on_empty,
             self->empty);
  if (self->several > 0)
    g_print ("  4 found of several in one picture: %.1f %% of %u\n",
             percent (self->several_found, self->several), self->several);
  g_print ("  5 finding: median %.1f ms, p95 %.1f ms\n",
           yz_find_figures_quantile (self->find_ms, 0.5),
           yz_find_figures_quantile (self->find_ms, 0.95));
}
