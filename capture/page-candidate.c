/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-candidate.h"

#include "capture/median.h"
#include "capture/page-skin.h"

#include <math.h>
#include <string.h>

#define NEAR_MAT 4.0F /* units of the mat's unrest */
#define ASIDE 5.0     /* small pixels from a side at which mat and paper are looked up */
#define N_LOOKS 40
#define NARROWEST 5     /* sides' proportion of a till receipt */
#define HIDDEN_COST 0.8 /* factor for a side that the frame hides */
#define MOST_MAT                                                                                   \
  0.6 /* of what lies beyond a side that the paper goes on beyond; ink passes for mat */
#define BARE_PART 0.8   /* of a strip of print is no lighter than bare paper */
#define SAME_PAPER 1.5F /* units of the mat's unrest, and as part of the paper's distance */
#define SAME_PART 0.2F
#define COMMON_PART 0.3F /* of bare paper's distance; a lamp makes light places, but no more */
#define RIM 2.0          /* small pixels: what is nearer to the frame's rim is cut by it */
#define LOOK_EVERY 4     /* small pixels, in search of skin */
#define MOST_SKIN 0.4    /* of what is not mat */
#define WHOLE 0.9        /* support of the weakest side: a hand has no sides as straight as that */
#define UNLIKE 0.15 /* of the greatest contrast: a side with less is hardly of the same paper */
#define UNLIKE_COST 0.92
#define WITHIN_SHADOW 2.0   /* small pixels from the outline of a shadow */
#define SHADOW_COST 0.9     /* factor for what may be no more than the outline of a shadow */
#define LEAST_SHADOW 1.0F   /* units of the mat's unrest */
#define PART_COST 0.6       /* factor for a part of a larger paper */
#define REACH 4.0           /* small pixels in which the shores are compared */
#define CHANGED_LIGHT 0.25F /* of the mat's own step may come from other light */
#define LEAST_CONTRAST 1.0  /* units of the mat's grain: two shores that differ less are one */

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

/* No side can have more support than 1. */
static gboolean
refine_sides (YzCandidate *candidate, const YzSideSource *source, const YzCandidateReach *reach)
{
  double support = 0;

  for (guint i = 0; i < 4; i++) {
    yz_side_refine (source, &candidate->side[i], reach->pixels, reach->step, reach->n_profiles);
    support += candidate->side[i].support;
    if (support + (3 - i) < reach->least_support)
      return FALSE;
  }
  return TRUE;
}

gboolean
yz_candidate_refine (YzCandidate *candidate,
                     const YzSideSource *source,
                     const YzCandidateReach *reach)
{
  const YzQuad before = candidate->quad;

  set_sides (candidate);
  if (!refine_sides (candidate, source, reach))
    return FALSE;
  join_sides (candidate);
  if (yz_quad_is_sound (&candidate->quad, 35) &&
      yz_quad_overlap (&candidate->quad, &before, NULL) > 0.6)
    return TRUE;
  candidate->quad = before;
  return FALSE;
}

/* The lightest of the strips along a side: how it differs from the mat. */
typedef struct {
  float lighter; /* its lighter part */
  float tint;
  float common; /* half of it, of any of the strips */
} Bare;

/* What lies along one side, just outside of it and just within. */
typedef struct {
  double outside; /* how mat-like it is outside, 0 … 1 */
  double inside;  /* how unlike mat it is within, 0 … 1 */
  guint n;
  Bare bare[2]; /* outside and within */
} Shores;

/* A place @aside pixels to the right of a side, which is where its paper is; FALSE beyond the
 * frame. */
static gboolean
find_aside (const YzMat *mat, const YzSide *side, double t, double aside, gsize *out_at)
{
  const double dx = side->to.x - side->from.x;
  const double dy = side->to.y - side->from.y;
  const double shift = aside / MAX (sqrt (dx * dx + dy * dy), 1e-9);
  const double x = side->from.x + dx * t - dy * shift;
  const double y = side->from.y + dy * t + dx * shift;

  if (x < 0 || y < 0 || x >= mat->width || y >= mat->height)
    return FALSE;
  *out_at = (gsize) y * (gsize) mat->width + (gsize) x;
  return TRUE;
}

static double
place_look (guint k)
{
  return 0.06 + 0.88 * (k + 0.5) / N_LOOKS;
}

/* The mean tint of what is at least so light. */
static float
average_bare (const float *lighter, const float *tint, guint n, float light)
{
  float sum = 0;
  guint bare = 0;

  for (guint k = 0; k < n; k++)
    if (lighter[k] >= light) {
      sum += tint[k];
      bare++;
    }
  return bare > 0 ? sum / (float) bare : 0;
}

/* Bare paper lies between the lines that are written along the side: of strips at several distances
 * the lightest counts. */
static Bare
find_bare (const YzMat *mat, const YzSide *side, int way)
{
  Bare bare = { .lighter = -G_MAXFLOAT, .common = -G_MAXFLOAT };

  for (guint far = 1; far <= 3; far++) {
    float lighter[N_LOOKS];
    float tint[N_LOOKS];
    float sorted[N_LOOKS];
    guint n = 0;
    float light = 0;

    for (guint k = 0; k < N_LOOKS; k++) {
      gsize at = 0;

      if (find_aside (mat, side, place_look (k), way * ASIDE * (0.4 + 0.6 * far), &at)) {
        lighter[n] = mat->lighter[at];
        tint[n++] = mat->tint[at];
      }
    }
    memcpy (sorted, lighter, n * sizeof *lighter);
    light = yz_median_find_part (sorted, n, BARE_PART);
    if (n < N_LOOKS / 2)
      continue;
    bare.common = MAX (bare.common, yz_median_find_part (sorted, n, 0.5));
    if (light <= bare.lighter)
      continue;
    bare.lighter = light;
    bare.tint = average_bare (lighter, tint, n, light);
  }
  return bare;
}

static void
look_aside (const YzMat *mat, const YzSide *side, Shores *shores)
{
  *shores = (Shores){ 0 };
  for (guint k = 0; k < N_LOOKS; k++) {
    gsize out = 0;
    gsize in = 0;

    if (!find_aside (mat, side, place_look (k), -ASIDE, &out) ||
        !find_aside (mat, side, place_look (k), ASIDE, &in))
      continue;
    shores->n++;
    shores->outside += yz_mat_is_likely (mat, out);
    shores->inside +=
        yz_mat_is_shadow (mat, in) ? 0.4 * (mat->far[in] > NEAR_MAT) : mat->far[in] > NEAR_MAT;
  }
  shores->outside /= MAX (shores->n, 1);
  shores->inside /= MAX (shores->n, 1);
  if (shores->outside > MOST_MAT) /* no paper goes on there */
    return;
  for (guint i = 0; i < 2; i++)
    shores->bare[i] = find_bare (mat, side, i > 0 ? 1 : -1);
}

/* Whether the paper goes on beyond the side: there is no mat there, but what the lighter part of
 * the strips within is too. It is then a line that is printed, or where the writing ends. */
static gboolean
goes_on (const Shores *shores)
{
  const Bare *outside = &shores->bare[0];
  const Bare *within = &shores->bare[1];

  return shores->n >= N_LOOKS / 2 && shores->outside <= MOST_MAT &&
         hypotf (outside->lighter, outside->tint) > NEAR_MAT &&
         fabsf (outside->common) > COMMON_PART * fabsf (outside->lighter) &&
         fabsf (outside->lighter - within->lighter) <
             SAME_PAPER + SAME_PART * fabsf (within->lighter) &&
         fabsf (outside->tint - within->tint) < SAME_PAPER + SAME_PART * within->tint;
}

static double
judge_against (const YzMat *mat, const YzCandidate *candidate, double *out_least)
{
  double outside = 0;
  double inside = 0;
  double seen = 1e-6;
  gboolean whole = TRUE;

  for (guint i = 0; i < 4; i++) {
    Shores shores;

    look_aside (mat, &candidate->side[i], &shores);
    if (candidate->side[i].seen >= 0.3) {
      *out_least = MIN (*out_least, shores.outside);
      whole &= !goes_on (&shores);
    }
    outside += candidate->side[i].seen * shores.outside;
    inside += candidate->side[i].seen * shores.inside;
    seen += candidate->side[i].seen;
  }
  outside /= seen;
  inside /= seen;
  return (0.5 + 0.5 * outside) * (0.8 + 0.2 * inside) * (whole ? 1 : PART_COST);
}

/* By how much a side's two shores differ, in levels a channel. What the empty mat shows at the same
 * place is taken off, and some of it once more, as the light may have changed. */
static void
measure_rise (const YzGround *ground, const YzSide *side, float out_rise[3])
{
  const YzSideSource now = { .planes = ground->planes };
  const YzSideSource before = { .planes = ground->empty };
  float own[3];

  for (guint i = 0; i < 3; i++)
    out_rise[i] = side->colour[i] * (float) side->contrast;
  if (ground->planes == NULL || ground->empty == NULL)
    return;
  yz_side_measure_rise (&now, side, REACH, N_LOOKS, out_rise);
  yz_side_measure_rise (&before, side, REACH, N_LOOKS, own);
  for (guint i = 0; i < 3; i++) {
    const float rise = out_rise[i] - own[i];
    const float doubt = CHANGED_LIGHT * fabsf (own[i]);

    out_rise[i] = rise > 0 ? MAX (rise - doubt, 0) : MIN (rise + doubt, 0);
  }
}

/* How far a side's two shores differ, in units of the mat's unrest: 0 as grain does, 1 for sure. */
static double
judge_contrast (const YzGround *ground, const YzSide *side)
{
  double unrest = 0;
  double sum = 0;
  float rise[3];

  measure_rise (ground, side, rise);
  for (guint i = 0; i < 3; i++) {
    sum += (double) (rise[i] * rise[i]);
    unrest += pow ((double) (rise[i] * ground->mat->grain[i]), 2);
  }
  /* The contrast over the grain in its own direction. */
  return CLAMP (
      (sum / MAX (MAX (sqrt (unrest), sqrt (sum)), 1e-6) - LEAST_CONTRAST) / LEAST_CONTRAST, 0, 1);
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

static gboolean
is_cut (const YzQuad *quad, const YzMat *mat)
{
  for (guint i = 0; i < 4; i++)
    if (MIN (quad->at[i].x, quad->at[i].y) < RIM || quad->at[i].x > mat->width - RIM ||
        quad->at[i].y > mat->height - RIM)
      return TRUE;
  return FALSE;
}

/* Between which coordinates corners lie, as far as the picture goes. */
static void
find_extent (const double at[4], int most, int *out_from, int *out_to)
{
  const double least = MIN (MIN (at[0], at[1]), MIN (at[2], at[3]));
  const double last = MAX (MAX (at[0], at[1]), MAX (at[2], at[3]));

  *out_from = 1 + LOOK_EVERY * (int) (CLAMP (least, 0, most) / LOOK_EVERY);
  *out_to = (int) CLAMP (last + 1, 0, most);
}

/* A hand comes in from the frame's rim: what is cut by it and mostly of the colour of skin is none
 * of the documents. */
static gboolean
is_hand (const YzQuad *quad, const YzGround *ground)
{
  const YzPlanes *planes = ground->planes;
  const YzPoint *corner = quad->at;
  int from[2];
  int to[2];
  guint n = 0;
  guint skin = 0;

  if (planes == NULL || !is_cut (quad, ground->mat))
    return FALSE;
  find_extent ((const double[]){ corner[0].x, corner[1].x, corner[2].x, corner[3].x },
               planes->width, &from[0], &to[0]);
  find_extent ((const double[]){ corner[0].y, corner[1].y, corner[2].y, corner[3].y },
               planes->height, &from[1], &to[1]);
  for (int y = from[1]; y < to[1]; y += LOOK_EVERY)
    for (int x = from[0]; x < to[0]; x += LOOK_EVERY) {
      const gsize at = (gsize) y * (gsize) planes->width + (gsize) x;

      if (!yz_quad_contains (quad, x, y) || yz_mat_is_likely (ground->mat, at))
        continue;
      n++;
      skin += yz_skin_is_likely (planes->plane[0][at], planes->plane[1][at], planes->plane[2][at]);
    }
  return skin > MOST_SKIN * n;
}

/* No paper is as narrow as a printed bar. */
static gboolean
is_bar (const YzQuad *quad)
{
  const double across = yz_quad_measure_side (quad, 0) + yz_quad_measure_side (quad, 2);
  const double down = yz_quad_measure_side (quad, 1) + yz_quad_measure_side (quad, 3);

  return MAX (across, down) > NARROWEST * MIN (across, down);
}

gboolean
yz_candidate_lies_on_shadow (const YzQuad *quad, const YzMat *mat)
{
  guint n = 0;
  guint shadow = 0;

  for (guint i = 0; i < 4; i++) {
    const YzSide side = { .from = quad->at[i], .to = quad->at[(i + 1) % 4] };

    for (guint k = 0; k < N_LOOKS; k++) {
      gsize at = 0;

      if (!find_aside (mat, &side, place_look (k), WITHIN_SHADOW, &at))
        continue;
      n++;
      shadow += yz_mat_is_shadow (mat, at) && mat->lighter[at] < -LEAST_SHADOW;
    }
  }
  return shadow > 0.5 * n;
}

void
yz_candidate_judge (YzCandidate *candidate, const YzGround *ground)
{
  const YzMat *mat = ground->mat;
  double least[2] = { 1, 1 };
  double sum[2] = { 0 };
  double contrast[2] = { G_MAXDOUBLE, 0 }; /* least and most */
  double weight = 0;
  guint hidden = 0;
  double lying = 0;

  candidate->confidence = candidate->support = 0;
  for (guint i = 0; i < 4; i++) {
    const YzSide *side = &candidate->side[i];
    const double support = side->support * (0.7 + 0.3 * side->seen);
    const double parted = judge_contrast (ground, side);

    if (side->seen < 0.3) {
      hidden += runs_out (mat, side) ? 1 : 4;
      continue;
    }
    least[0] = MIN (least[0], support);
    least[1] = MIN (least[1], parted);
    sum[0] += support * side->seen;
    sum[1] += parted * side->seen;
    contrast[0] = MIN (contrast[0], side->contrast);
    contrast[1] = MAX (contrast[1], side->contrast);
    weight += side->seen;
  }
  if (hidden > 1 || weight <= 0 || is_bar (&candidate->quad) ||
      (least[0] < WHOLE && is_hand (&candidate->quad, ground)))
    return;
  candidate->outside = 1;
  lying = judge_against (mat, candidate, &candidate->outside);
  if (ground->rest != NULL) {
    double outside = 1;

    lying = MAX (lying, judge_against (ground->rest, candidate, &outside));
    candidate->outside = MAX (candidate->outside, outside);
  }
  candidate->support = least[0];
  candidate->confidence = 0.5 * (least[0] + sum[0] / weight) * lying *
                          (hidden > 0 ? HIDDEN_COST : 1) *
                          (0.5 + 0.25 * (least[1] + sum[1] / weight)) *
                          (contrast[0] < UNLIKE * contrast[1] ? UNLIKE_COST : 1) *
                          (yz_candidate_lies_on_shadow (&candidate->quad, mat) ? SHADOW_COST : 1);
}
