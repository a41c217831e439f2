/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-finder.h"

#include "capture/page-guess.h"
#include "capture/page-lines.h"
#include "capture/page-side.h"

#include <math.h>
#include <stdlib.h>

#define SMALL 500         /* longest side of the picture that is searched, pixels */
#define LEAST_SIDE 64     /* pixels: smaller pictures show nothing */
#define LEAST_BESIDE 0.68 /* and that of another document beside the surest one */
#define LEAST 0.55        /* confidence: below is none */
#define LEAST_KEPT 0.3    /* less is not even compared with others */
#define SURE 0.9          /* found close to the guess: it is not looked for farther away */
#define UNEXPLAINED 0.12  /* of the picture may be neither mat nor found */
#define CONVINCING 0.88   /* a better one needs no second look by its edges */
#define NEAR_MAT 4.0F     /* units of the mat's unrest */
#define ASIDE 5.0         /* small pixels from a side at which mat and paper are looked up */
#define N_LOOKS 40
#define HIDDEN_COST 0.8    /* factor for a side that the frame hides */
#define LEAST_CONTRAST 1.0 /* units of the mat's unrest: two shores that differ less are one */
#define JUST_WITHIN 2.0    /* small pixels */
#define SAME                                                                                       \
  0.75 /* overlap from which two are the same document, seen with and without its rim              \
        */
#define OUTDOES_UNSEEN 0.04 /* or this much, when it is not mat that lies around it */
#define OUTDOES 0.15 /* a larger document may be this much less sure than what is printed on it */

/* A quadrilateral that may be a document, with its sides as they were found. */
typedef struct {
  YzQuad quad;
  YzSide side[4];
  double support; /* of its weakest side */
  double outside; /* how much mat lies along the side that has least of it, 0 … 1 */
  double confidence;
} Candidate;

typedef struct {
  const YzBitmap *frame;
  YzPlanes *planes;
  YzMat *mat;
  YzMat *rest; /* (nullable) */
  GArray *candidates;
} Finder;

static void
set_sides (Candidate *candidate)
{
  for (guint i = 0; i < 4; i++) {
    candidate->side[i] =
        (YzSide){ .from = candidate->quad.at[i], .to = candidate->quad.at[(i + 1) % 4] };
  }
}

static void
join_sides (Candidate *candidate)
{
  for (guint i = 0; i < 4; i++)
    candidate->quad.at[i] = yz_side_meet (&candidate->side[(i + 3) % 4], &candidate->side[i]);
}

/* Moves the sides onto their steps; FALSE when what comes out is no document's shape any more. */
static gboolean
refine (const YzSideSource *source, Candidate *candidate, double reach, double step, guint n)
{
  const YzQuad before = candidate->quad;

  set_sides (candidate);
  for (guint i = 0; i < 4; i++)
    yz_side_refine (source, &candidate->side[i], reach, step, n);
  join_sides (candidate);
  if (yz_quad_is_sound (&candidate->quad, 35) &&
      yz_quad_overlap (&candidate->quad, &before, NULL) > 0.6)
    return TRUE;
  candidate->quad = before;
  return FALSE;
}

/* How mat-like it is outside, and how unlike inside, along one side; both 0 … 1. */
static void
look_aside (const YzMat *mat, const YzSide *side, double *out_outside, double *out_inside)
{
  const double dx = side->to.x - side->from.x;
  const double dy = side->to.y - side->from.y;
  const double length = MAX (hypot (dx, dy), 1e-9);
  guint n = 0;
  double outside = 0;
  double inside = 0;

  for (guint k = 0; k < N_LOOKS; k++) {
    const double t = 0.06 + 0.88 * (k + 0.5) / N_LOOKS;
    gsize at[2];
    guint kept = 0;

    for (int way = -1; way <= 1; way += 2) {
      const double x = side->from.x + dx * t - way * ASIDE * dy / length;
      const double y = side->from.y + dy * t + way * ASIDE * dx / length;

      if (x >= 0 && y >= 0 && x < mat->width && y < mat->height)
        at[kept++] = (gsize) y * (gsize) mat->width + (gsize) x;
    }
    if (kept < 2)
      continue;
    n++;
    outside += yz_mat_is_likely (mat, at[0]);
    inside += yz_mat_is_shadow (mat, at[1]) ? 0.4 * (mat->far[at[1]] > NEAR_MAT)
                                            : mat->far[at[1]] > NEAR_MAT;
  }
  *out_outside = n > 0 ? outside / n : 0;
  *out_inside = n > 0 ? inside / n : 0;
}

static double
judge_against (const YzMat *mat, const Candidate *candidate, double *out_least)
{
  double outside = 0;
  double inside = 0;
  double seen = 1e-6;

  for (guint i = 0; i < 4; i++) {
    double out = 0;
    double in = 0;

    look_aside (mat, &candidate->side[i], &out, &in);
    if (candidate->side[i].seen >= 0.3)
      *out_least = MIN (*out_least, out);
    outside += candidate->side[i].seen * out;
    inside += candidate->side[i].seen * in;
    seen += candidate->side[i].seen;
  }
  outside /= seen;
  inside /= seen;
  return (0.5 + 0.5 * outside) * (0.8 + 0.2 * inside);
}

/* How far a side's two shores differ, in units of the mat's unrest: 0 as grain does, 1 for sure. */
static double
judge_contrast (const YzMat *mat, const YzSide *side)
{
  double unrest = 0;

  for (guint i = 0; i < 3; i++)
    unrest += pow ((double) (side->colour[i] * mat->grain[i]), 2);
  return CLAMP ((side->contrast / MAX (sqrt (unrest), 1) - LEAST_CONTRAST) / LEAST_CONTRAST, 0, 1);
}

/* Whether a side that the frame hides is where paper runs out of it: just within there is no mat.
 */
static gboolean
runs_out (const YzMat *mat, const YzSide *side)
{
  const double dx = side->to.x - side->from.x;
  const double dy = side->to.y - side->from.y;
  const double length = MAX (hypot (dx, dy), 1e-9);
  guint n = 0;

  for (guint k = 0; k < N_LOOKS; k++) {
    const double t = 0.06 + 0.88 * (k + 0.5) / N_LOOKS;
    const double x = CLAMP (side->from.x + dx * t - ASIDE * dy / length, 0, mat->width - 1);
    const double y = CLAMP (side->from.y + dy * t + ASIDE * dx / length, 0, mat->height - 1);

    n += !yz_mat_is_likely (mat, (gsize) y * (gsize) mat->width + (gsize) x);
  }
  return n > 0.6 * N_LOOKS;
}

/* Edges along the sides that part two colours, mat outside, not mat inside; a side beyond the frame
 * costs. */
static void
judge (const Finder *self, Candidate *candidate)
{
  double least[2] = { 1, 1 };
  double sum[2] = { 0 };
  double weight = 0;
  guint hidden = 0;
  double mat = 0;

  candidate->confidence = candidate->support = 0;
  for (guint i = 0; i < 4; i++) {
    const YzSide *side = &candidate->side[i];
    const double support = side->support * (0.7 + 0.3 * side->seen);
    const double contrast = judge_contrast (self->mat, side);

    if (side->seen < 0.3) {
      hidden += runs_out (self->mat, side) ? 1 : 4;
      continue;
    }
    least[0] = MIN (least[0], support);
    least[1] = MIN (least[1], contrast);
    sum[0] += support * side->seen;
    sum[1] += contrast * side->seen;
    weight += side->seen;
  }
  if (hidden > 1 || weight <= 0)
    return;
  candidate->outside = 1;
  mat = judge_against (self->mat, candidate, &candidate->outside);
  if (self->rest != NULL) {
    double outside = 1;

    mat = MAX (mat, judge_against (self->rest, candidate, &outside));
    candidate->outside = MAX (candidate->outside, outside);
  }
  candidate->support = least[0];
  candidate->confidence = 0.5 * (least[0] + sum[0] / weight) * mat *
                          (hidden > 0 ? HIDDEN_COST : 1) *
                          (0.5 + 0.25 * (least[1] + sum[1] / weight));
}

static double
measure_longest_move (const YzQuad *a, const YzQuad *b)
{
  double most = 0;

  for (guint k = 0; k < 4; k++)
    most = MAX (most, hypot (a->at[k].x - b->at[k].x, a->at[k].y - b->at[k].y));
  return most;
}

static gboolean
is_known (const Finder *self, const Candidate *candidate)
{
  for (guint k = 0; k < self->candidates->len; k++)
    if (measure_longest_move (&g_array_index (self->candidates, Candidate, k).quad,
                              &candidate->quad) < 0.7)
      return TRUE;
  return FALSE;
}

/* Looks for the sides within @reach of the guess; returns how sure what it came to is. */
static double
weigh_guess (Finder *self, const YzQuad *quad, double reach)
{
  const YzSideSource source = { .planes = self->planes };
  Candidate candidate = { .quad = *quad };

  yz_quad_start_top_left (&candidate.quad);
  if (!refine (&source, &candidate, reach, 1, 40) || !refine (&source, &candidate, 2.5, 0.5, 60))
    return 0;
  judge (self, &candidate);
  if (candidate.confidence > LEAST_KEPT && !is_known (self, &candidate))
    g_array_append_val (self->candidates, candidate);
  return candidate.confidence;
}

static void
weigh (Finder *self, const GArray *quads)
{
  for (guint i = 0; i < quads->len; i++) {
    const YzQuad *quad = &g_array_index (quads, YzQuad, i);

    if (weigh_guess (self, quad, 3) < SURE)
      weigh_guess (self, quad, 7);
  }
}

static int
compare_confidence (gconstpointer a, gconstpointer b)
{
  const Candidate *p = a;
  const Candidate *q = b;

  return (p->confidence < q->confidence) - (p->confidence > q->confidence);
}

/* Whether a strip just within each side is something of its own, and not the mat in a shadow. */
static gboolean
has_rim (const YzMat *mat, const Candidate *candidate)
{
  for (guint i = 0; i < 4; i++) {
    const YzSide *side = &candidate->side[i];
    const double dx = side->to.x - side->from.x;
    const double dy = side->to.y - side->from.y;
    const double length = MAX (hypot (dx, dy), 1e-9);
    guint n = 0;

    for (guint k = 0; k < N_LOOKS; k++) {
      const double t = 0.06 + 0.88 * (k + 0.5) / N_LOOKS;
      const double x = side->from.x + dx * t - JUST_WITHIN * dy / length;
      const double y = side->from.y + dy * t + JUST_WITHIN * dx / length;

      if (x < 0 || y < 0 || x >= mat->width || y >= mat->height ||
          !yz_mat_is_likely (mat, (gsize) y * (gsize) mat->width + (gsize) x))
        n++;
    }
    if (n < 0.7 * N_LOOKS)
      return FALSE;
  }
  return TRUE;
}

/* A document holds what is printed on it: boxes, pictures, tables have good edges too. */
static gboolean
outdoes (const YzMat *mat, const Candidate *larger, const Candidate *smaller)
{
  double inside = 0;
  double overlap = 0;

  const double lead = larger->confidence - smaller->confidence;

  if (larger->confidence < LEAST || lead < (larger->outside < 0.7 ? -OUTDOES_UNSEEN : -OUTDOES) ||
      larger->support < 0.85 * smaller->support ||
      yz_quad_measure (&larger->quad) < 1.04 * yz_quad_measure (&smaller->quad))
    return FALSE;
  overlap = yz_quad_overlap (&larger->quad, &smaller->quad, &inside);
  return inside > 0.97 && (overlap < SAME || has_rim (mat, larger));
}

/* Whether another sure document lies beside this one within the larger: then that is only the place
 * where both lie. */
static gboolean
has_neighbour (const Finder *self, const Candidate *larger, const Candidate *candidate)
{
  for (guint i = 0; i < self->candidates->len; i++) {
    const Candidate *other = &g_array_index (self->candidates, Candidate, i);
    const double size = yz_quad_measure (&other->quad) / yz_quad_measure (&candidate->quad);
    double within = 0;
    double common = 0;

    if (other->confidence < larger->confidence + 0.05 || size < 0.4 || size > 2.5)
      continue;
    yz_quad_overlap (&larger->quad, &other->quad, &within);
    yz_quad_overlap (&candidate->quad, &other->quad, &common);
    if (within > 0.97 && common < 0.05)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_outdone (const Finder *self, const Candidate *candidate)
{
  for (guint i = 0; i < self->candidates->len; i++) {
    const Candidate *larger = &g_array_index (self->candidates, Candidate, i);

    if (outdoes (self->mat, larger, candidate) && !has_neighbour (self, larger, candidate))
      return TRUE;
  }
  return FALSE;
}

/* The surest first; what overlaps a surer one is the same document, or printed on it. */
static GArray *
choose (const Finder *self)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_array_sort (self->candidates, compare_confidence);
  for (guint i = 0; i < self->candidates->len; i++) {
    const Candidate *candidate = &g_array_index (self->candidates, Candidate, i);
    gboolean apart = candidate->confidence >= (chosen->len > 0 ? LEAST_BESIDE : LEAST) &&
                     !is_outdone (self, candidate);

    for (guint k = 0; k < chosen->len && apart; k++) {
      double inside = 0;

      yz_quad_overlap (&g_array_index (chosen, Candidate, k).quad, &candidate->quad, &inside);
      apart = inside < 0.15;
    }
    if (apart)
      g_array_append_val (chosen, *candidate);
  }
  return chosen;
}

/* The last word has the full-size picture. */
static void
polish (const Finder *self, Candidate *candidate)
{
  const YzSideSource source = { .bitmap = self->frame };
  const double scale = MAX (self->planes->scale_x, self->planes->scale_y);
  const Candidate before = *candidate;
  Candidate fine = before;
  double lost = 0;

  for (guint i = 0; i < 4; i++) {
    fine.quad.at[i].x *= self->planes->scale_x;
    fine.quad.at[i].y *= self->planes->scale_y;
  }
  *candidate = fine;
  if (scale < 1.5 || !refine (&source, &fine, 2.5 * scale, MAX (scale / 3, 0.7), 100))
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
    Candidate *candidate = &g_array_index (chosen, Candidate, i);
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
    best = MAX (best, g_array_index (self->candidates, Candidate, i).confidence);
  return best;
}

static gboolean
is_covered (const GArray *chosen, double x, double y)
{
  for (guint i = 0; i < chosen->len; i++)
    if (yz_quad_contains (&g_array_index (chosen, Candidate, i).quad, x, y))
      return TRUE;
  return FALSE;
}

/* The part of the picture that is neither mat nor a document found so far. */
static double
measure_unexplained (const Finder *self)
{
  g_autoptr (GArray) chosen = choose (self);
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

static void
search (Finder *self)
{
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (YzQuad));
  g_autofree float *slope = NULL;

  yz_guess_from_mat (self->mat, quads);
  if (self->rest != NULL)
    yz_guess_from_mat (self->rest, quads);
  weigh (self, quads);
  if (find_best (self) >= CONVINCING && measure_unexplained (self) < UNEXPLAINED)
    return;
  g_array_set_size (quads, 0);
  slope = yz_lines_measure_slope (self->planes);
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
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
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
  rest = yz_mat_fit_rest (mat, planes, other);
  self.planes = planes;
  self.mat = mat;
  self.rest = rest;
  search (&self);
  chosen = choose (&self);
  return list_outlines (&self, chosen);
}
