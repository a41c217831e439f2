/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-finder.h"

#include "capture/page-choice.h"
#include "capture/page-guess.h"
#include "capture/page-lines.h"

#include <math.h>

#define SMALL 500        /* longest side of the picture that is searched, pixels */
#define LEAST_SIDE 64    /* pixels: smaller pictures show nothing */
#define LEAST_KEPT 0.3   /* confidence: less is not looked at again */
#define PROMISING 2.6    /* support of the four sides together: less is not worth a second look */
#define SAME 1.0         /* small pixels by which two that come to the same may differ */
#define LEAST_AREA 0.012 /* of the frame: an identity card on an A2 mat has 0.018 */
#define SHADOW 4.0       /* small pixels that the shadow of thick paper is wide */
#define SURE 0.9         /* found close to the guess: it is not looked for farther away */
#define UNEXPLAINED 0.12 /* of the picture may be neither mat nor found */
#define LEAST_HELD 0.5   /* of the rim must look as the empty mat says */
#define UNEVEN 0.4       /* of the largest document's area */
#define GOOD 0.78        /* less needs the edges of all that is printed, too */
#define CONVINCING 0.88  /* a surer one needs no second look by its edges */

typedef struct {
  const YzBitmap *frame;
  YzPlanes *planes;
  YzPlanes *empty; /* (nullable) */
  YzMat *mat;
  YzMat *rest; /* (nullable) */
  GArray *candidates;
} Finder;

static double
measure_longest_move (const YzQuad *a, const YzQuad *b)
{
  double most = 0;

  for (guint k = 0; k < 4; k++)
    most = MAX (most, hypot (a->at[k].x - b->at[k].x, a->at[k].y - b->at[k].y));
  return most;
}

/* One that came out nearly there before, however sure; NULL when there is none. */
static const YzCandidate *
find_known (const GArray *candidates, const YzQuad *quad, double reach)
{
  for (guint k = 0; k < candidates->len; k++) {
    const YzCandidate *candidate = &g_array_index (candidates, YzCandidate, k);

    if (measure_longest_move (&candidate->quad, quad) < reach)
      return candidate;
  }
  return NULL;
}

/* Looks for the sides within @reach of the guess; returns how sure what it came to is, and what. */
static double
weigh_guess (Finder *self, const YzQuad *quad, double reach, YzQuad *out_quad)
{
  const YzSideSource source = { .planes = self->planes };
  const YzGround ground = { self->mat, self->rest, self->planes, self->empty };
  YzCandidate candidate = { .quad = *quad };
  const YzCandidate *known = NULL;

  yz_quad_start_top_left (&candidate.quad);
  if (!yz_candidate_refine (&candidate, &source,
                            &(YzCandidateReach){ reach, 1, 40, .least_support = PROMISING }))
    return 0;
  known = find_known (self->candidates, &candidate.quad, SAME);
  if (known == NULL) {
    if (!yz_candidate_refine (&candidate, &source, &(YzCandidateReach){ 2.5, 0.5, 60, 0 }) ||
        yz_quad_measure (&candidate.quad) < LEAST_AREA * self->planes->width * self->planes->height)
      return 0;
    yz_candidate_judge (&candidate, &ground);
    known = find_known (self->candidates, &candidate.quad, 0.7);
    if (known == NULL || known->confidence < candidate.confidence)
      g_array_append_val (self->candidates, candidate);
    known = &candidate;
  }
  *out_quad = known->quad;
  return known->confidence;
}

/* Paper of the mat's own colour shows by its shadow: within the outline of that it is looked for
 * once more. */
static void
weigh_within_shadow (Finder *self, const YzQuad *quad)
{
  YzQuad within;
  YzQuad ignored;

  if (yz_candidate_lies_on_shadow (quad, self->mat) && yz_quad_shrink (quad, SHADOW, &within))
    weigh_guess (self, &within, 3, &ignored);
}

static void
weigh (Finder *self, const GArray *quads)
{
  for (guint i = 0; i < quads->len; i++) {
    const YzQuad *quad = &g_array_index (quads, YzQuad, i);
    YzQuad found;
    double confidence = weigh_guess (self, quad, 3, &found);

    if (confidence < SURE)
      confidence = weigh_guess (self, quad, 7, &found);
    if (confidence > LEAST_KEPT && confidence < SURE)
      weigh_within_shadow (self, &found);
  }
}

/* The last word has the full-size picture. */
static void
polish (const Finder *self, YzCandidate *candidate)
{
  const YzSideSource source = { .bitmap = self->frame };
  const double scale = MAX (self->planes->scale_x, self->planes->scale_y);
  const YzCandidateReach reach = { 2.5 * scale, MAX (scale / 3, 0.7), 100, 0 };
  const YzCandidate before = *candidate;
  YzCandidate fine = before;
  double lost = 0;

  for (guint i = 0; i < 4; i++) {
    fine.quad.at[i].x *= self->planes->scale_x;
    fine.quad.at[i].y *= self->planes->scale_y;
  }
  *candidate = fine;
  if (scale < 1.5 || !yz_candidate_refine (&fine, &source, &reach))
    return;
  for (guint i = 0; i < 4; i++)
    lost = MAX (lost, before.side[i].support - fine.side[i].support);
  if (lost < 0.35)
    candidate->quad = fine.quad;
}

/* Lines of text run from left to right, and so do rows of cards. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const YzOutline *p = a;
  const YzOutline *q = b;
  const double top = MAX (p->corners[1], q->corners[1]);
  const double bottom = MIN (p->corners[7], q->corners[7]);
  const double shorter = MIN (p->corners[7] - p->corners[1], q->corners[7] - q->corners[1]);
  const double dx = p->corners[0] - q->corners[0];
  const double dy = p->corners[1] - q->corners[1];
  const double d = bottom - top > 0.5 * shorter ? dx : dy;

  return (d > 0) - (d < 0);
}

static GArray *
list_outlines (Finder *self, GArray *chosen)
{
  GArray *outlines = g_array_new (FALSE, TRUE, sizeof (YzOutline));

  for (guint i = 0; i < chosen->len; i++) {
    YzCandidate *candidate = &g_array_index (chosen, YzCandidate, i);
    YzOutline outline = { .confidence = CLAMP (candidate->confidence, 0, 1) };

    polish (self, candidate);
    yz_quad_start_top_left (&candidate->quad);
    for (guint k = 0; k < 4; k++) {
      outline.corners[2 * k] = candidate->quad.at[k].x;
      outline.corners[2 * k + 1] = candidate->quad.at[k].y;
    }
    g_array_append_val (outlines, outline);
  }
  g_array_sort (outlines, compare_places);
  return outlines;
}

static double
find_best (const Finder *self)
{
  double best = 0;

  for (guint i = 0; i < self->candidates->len; i++)
    best = MAX (best, g_array_index (self->candidates, YzCandidate, i).confidence);
  return best;
}

static gboolean
is_covered (const GArray *chosen, double x, double y)
{
  for (guint i = 0; i < chosen->len; i++)
    if (yz_quad_contains (&g_array_index (chosen, YzCandidate, i).quad, x, y))
      return TRUE;
  return FALSE;
}

/* The part of the picture that is neither mat nor a document found so far. */
static double
measure_unexplained (const Finder *self, const GArray *chosen)
{
  const YzMat *mat = self->mat;
  guint n = 0;
  guint unexplained = 0;

  for (int y = 2; y < mat->height; y += 5)
    for (int x = 2; x < mat->width; x += 5) {
      const gsize at = (gsize) y * (gsize) mat->width + (gsize) x;

      n++;
      unexplained += !yz_mat_is_likely (mat, at) && !is_covered (chosen, x, y);
    }
  return n > 0 ? (double) unexplained / n : 0;
}

/* What is far smaller than another may be the picture on a card whose own rim was not seen. */
static gboolean
is_uneven (const GArray *chosen)
{
  double least = G_MAXDOUBLE;
  double most = 0;

  for (guint i = 0; i < chosen->len; i++) {
    const double area = yz_quad_measure (&g_array_index (chosen, YzCandidate, i).quad);

    least = MIN (least, area);
    most = MAX (most, area);
  }
  return least < UNEVEN * most;
}

static gboolean
is_enough (const Finder *self, double confidence)
{
  g_autoptr (GArray) chosen = yz_choice_make (self->candidates, self->mat);

  return find_best (self) >= confidence && !is_uneven (chosen) &&
         measure_unexplained (self, chosen) < UNEXPLAINED;
}

/* Three ways; the next one is gone only when something is left unclear. */
static void
search (Finder *self)
{
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (YzQuad));
  g_autofree float *slope = NULL;

  yz_guess_from_mat (self->mat, quads);
  if (self->rest != NULL)
    yz_guess_from_mat (self->rest, quads);
  weigh (self, quads);
  if (is_enough (self, CONVINCING))
    return;
  g_array_set_size (quads, 0);
  slope = yz_lines_measure_slope (self->planes);
  yz_guess_from_border (self->mat, self->planes, slope, quads);
  weigh (self, quads);
  if (is_enough (self, GOOD))
    return;
  g_array_set_size (quads, 0);
  yz_guess_from_edges (self->mat, slope, quads);
  yz_lines_propose (self->planes, slope, quads);
  weigh (self, quads);
}

/* The empty mat in exactly the small picture's size. */
static YzPlanes *
match_empty (const YzBitmap *empty, const YzPlanes *planes)
{
  g_autoptr (YzPlanes) other = empty != NULL ? yz_planes_new (empty, SMALL) : NULL;

  if (other == NULL || other->width != planes->width || other->height != planes->height)
    return NULL;
  return g_steal_pointer (&other);
}

GArray *
yz_page_finder_find (const YzBitmap *frame, const YzBitmap *empty)
{
  g_autoptr (YzPlanes) planes = NULL;
  g_autoptr (YzPlanes) other = NULL;
  g_autoptr (YzMat) mat = NULL;
  g_autoptr (YzMat) rest = NULL;
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (YzCandidate));
  g_autoptr (GArray) chosen = NULL;
  Finder self = { .frame = frame, .candidates = candidates };

  g_return_val_if_fail (frame != NULL, NULL);

  if (MIN (frame->width, frame->height) < LEAST_SIDE)
    return g_array_new (FALSE, TRUE, sizeof (YzOutline));
  planes = yz_planes_new (frame, SMALL);
  if (MIN (planes->width, planes->height) < LEAST_SIDE)
    return g_array_new (FALSE, TRUE, sizeof (YzOutline));
  other = match_empty (empty, planes);
  mat = yz_mat_fit (planes, other);
  if (other != NULL && mat->held < LEAST_HELD) { /* this is not that mat */
    g_clear_pointer (&other, yz_planes_free);
    g_clear_pointer (&mat, yz_mat_free);
    mat = yz_mat_fit (planes, NULL);
  }
  rest = yz_mat_fit_rest (mat, planes, other);
  self.planes = planes;
  self.empty = other;
  self.mat = mat;
  self.rest = rest;
  search (&self);
  chosen = yz_choice_make (candidates, mat);
  return list_outlines (&self, chosen);
}
