/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-choice.h"

#include <math.h>

#define LEAST_ALIKE 0.45  /* and of one as large as the surest */
#define ALIKE 0.12        /* by which lengths may differ, as part of them */
#define LEAST_BESIDE 0.68 /* and that of another document beside the surest one */
#define LEAST 0.62        /* confidence: below is none */
#define SURE 0.9
#define N_LOOKS 40
#define JUST_WITHIN 2.0     /* small pixels */
#define SAME 0.75           /* overlap of a document seen with and without its rim */
#define OUTDOES_UNSEEN 0.04 /* or this much, when it is not mat that lies around it */
#define OUTDOES 0.15        /* a larger document may be this much less sure than what is in it */

typedef struct {
  GArray *candidates; /* of YzCandidate */
  const YzMat *mat;
} Choice;

static int
compare_confidence (gconstpointer a, gconstpointer b)
{
  const YzCandidate *p = a;
  const YzCandidate *q = b;

  return (p->confidence < q->confidence) - (p->confidence > q->confidence);
}

/* Whether a strip just within each side is something of its own, and not the mat in a shadow. */
static gboolean
has_rim (const YzMat *mat, const YzCandidate *candidate)
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
outdoes (const YzMat *mat, const YzCandidate *larger, const YzCandidate *smaller)
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
has_neighbour (const Choice *self, const YzCandidate *larger, const YzCandidate *candidate)
{
  for (guint i = 0; i < self->candidates->len; i++) {
    const YzCandidate *other = &g_array_index (self->candidates, YzCandidate, i);
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
is_outdone (const Choice *self, const YzCandidate *candidate)
{
  for (guint i = 0; i < self->candidates->len; i++) {
    const YzCandidate *larger = &g_array_index (self->candidates, YzCandidate, i);

    if (outdoes (self->mat, larger, candidate) && !has_neighbour (self, larger, candidate))
      return TRUE;
  }
  return FALSE;
}

static double
measure_longest_side (const YzQuad *quad)
{
  return MAX (MAX (yz_quad_measure_side (quad, 0), yz_quad_measure_side (quad, 1)),
              MAX (yz_quad_measure_side (quad, 2), yz_quad_measure_side (quad, 3)));
}

/* Cards come in sets: what is as large as a sure one beside it needs to be less sure itself. */
static double
demand_confidence (const GArray *chosen, const YzCandidate *candidate)
{
  if (chosen->len == 0)
    return LEAST;
  for (guint i = 0; i < chosen->len; i++) {
    const YzCandidate *sure = &g_array_index (chosen, YzCandidate, i);
    const double length =
        measure_longest_side (&candidate->quad) / measure_longest_side (&sure->quad);
    const double area = yz_quad_measure (&candidate->quad) / yz_quad_measure (&sure->quad);

    if (sure->confidence > SURE && fabs (length - 1) < ALIKE && fabs (area - 1) < 2 * ALIKE &&
        candidate->support > SURE)
      return LEAST_ALIKE;
  }
  return LEAST_BESIDE;
}

GArray *
yz_choice_make (GArray *candidates, const YzMat *mat)
{
  const Choice choice = { candidates, mat };

  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (YzCandidate));

  g_array_sort (candidates, compare_confidence);
  for (guint i = 0; i < candidates->len; i++) {
    const YzCandidate *candidate = &g_array_index (candidates, YzCandidate, i);
    gboolean apart = candidate->confidence >= demand_confidence (chosen, candidate) &&
                     !is_outdone (&choice, candidate);

    for (guint k = 0; k < chosen->len && apart; k++) {
      double inside = 0;

      yz_quad_overlap (&g_array_index (chosen, YzCandidate, k).quad, &candidate->quad, &inside);
      apart = inside < 0.15;
    }
    if (apart)
      g_array_append_val (chosen, *candidate);
  }
  return chosen;
}
