/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-candidate.h"

#include <math.h>

#define NEAR_MAT 4.0F /* units of the mat's unrest */
#define ASIDE 5.0     /* small pixels from a side at which mat and paper are looked up */
#define N_LOOKS 40
#define NARROWEST 5        /* sides' proportion of a till receipt */
#define HIDDEN_COST 0.8    /* factor for a side that the frame hides */
#define LEAST_CONTRAST 1.0 /* units of the mat's grain: two shores that differ less are one */

static void
set_sides (YzCandidate *candidate)
{
  for (guint i = 0; i < 4; i++) {
    candidate->side[i] =
        (YzSide){ .from = candidate->quad.at[i], .to = candidate->quad.at[(i + 1) % 4] };
  }
}

static void
join_sides (YzCandidate *candidate)
{
  for (guint i = 0; i < 4; i++)
    candidate->quad.at[i] = yz_side_meet (&candidate->side[(i + 3) % 4], &candidate->side[i]);
}

gboolean
yz_candidate_refine (
    YzCandidate *candidate, const YzSideSource *source, double reach, double step, guint n)
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
judge_against (const YzMat *mat, const YzCandidate *candidate, double *out_least)
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

/* No paper is as narrow as a printed bar. */
static gboolean
is_bar (const YzQuad *quad)
{
  const double across = yz_quad_measure_side (quad, 0) + yz_quad_measure_side (quad, 2);
  const double down = yz_quad_measure_side (quad, 1) + yz_quad_measure_side (quad, 3);

  return MAX (across, down) > NARROWEST * MIN (across, down);
}

void
yz_candidate_judge (YzCandidate *candidate, const YzMat *mat, const YzMat *rest)
{
  double least[2] = { 1, 1 };
  double sum[2] = { 0 };
  double weight = 0;
  guint hidden = 0;
  double ground = 0;

  candidate->confidence = candidate->support = 0;
  for (guint i = 0; i < 4; i++) {
    const YzSide *side = &candidate->side[i];
    const double support = side->support * (0.7 + 0.3 * side->seen);
    const double contrast = judge_contrast (mat, side);

    if (side->seen < 0.3) {
      hidden += runs_out (mat, side) ? 1 : 4;
      continue;
    }
    least[0] = MIN (least[0], support);
    least[1] = MIN (least[1], contrast);
    sum[0] += support * side->seen;
    sum[1] += contrast * side->seen;
    weight += side->seen;
  }
  if (hidden > 1 || weight <= 0 || is_bar (&candidate->quad))
    return;
  candidate->outside = 1;
  ground = judge_against (mat, candidate, &candidate->outside);
  if (rest != NULL) {
    double outside = 1;

    ground = MAX (ground, judge_against (rest, candidate, &outside));
    candidate->outside = MAX (candidate->outside, outside);
  }
  candidate->support = least[0];
  candidate->confidence = 0.5 * (least[0] + sum[0] / weight) * ground *
                          (hidden > 0 ? HIDDEN_COST : 1) *
                          (0.5 + 0.25 * (least[1] + sum[1] / weight));
}
