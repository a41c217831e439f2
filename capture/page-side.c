/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-side.h"

#include "capture/median.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PROFILES 160
#define MOST_PLACES 49
#define END_SHARE 0.07   /* of the side at each end is not looked at: corners are rounded */
#define LEAST_STEP 1.7   /* levels: below is noise everywhere */
#define NOISE_FACTOR 2.2 /* a step stands out of the mat's own unrest by this */
#define OPPOSITE 0.6F    /* of a step from paper to mat, where most go from mat to paper */
#define TOLERANCE 1.3    /* places: a step so near belongs to the line */
#define AT_REST 0.03     /* places: a curve that moves less has settled */
#define BEND_GAIN 0.75   /* an arc must leave less than this of the line's squared distances */

/* A profile across the side. */
typedef struct {
  float t; /* where along the side, 0 … 1 */
  float value[MOST_PLACES][3];
  float step[MOST_PLACES];   /* the rise towards the paper around each place */
  float weight[MOST_PLACES]; /* how much it counts; 0 everywhere where nothing is seen */
  float before[MOST_PLACES]; /* the weights of all earlier profiles, strong ones capped */
  gboolean seen;
} Profile;

typedef struct {
  Profile *profiles; /* and one more behind them, for the sums */
  guint n;
  int places;                  /* odd; the middle one lies on the side */
  int middle;                  /* that one */
  double gap;                  /* between them, pixels */
  YzPoint from, along, inward; /* unit vectors */
  double length;
  float colour[3]; /* the direction from mat to paper, unit length */
  double contrast;
  double least; /* step that counts */
} Strip;

static gboolean
is_within (const YzSideSource *source, double x, double y, double margin)
{
  const int width = source->planes != NULL ? source->planes->width : source->bitmap->width;
  const int height = source->planes != NULL ? source->planes->height : source->bitmap->height;

  return x >= margin && y >= margin && x <= width - margin && y <= height - margin;
}

static YzPoint
place_on (const Strip *strip, double t, double offset)
{
  return (YzPoint){
    strip->from.x + strip->along.x * t * strip->length + strip->inward.x * offset,
    strip->from.y + strip->along.y * t * strip->length + strip->inward.y * offset,
  };
}

/* Each place of a big picture is averaged over a short way along the side. */
static void
average_along (const YzBitmap *bitmap, const Strip *strip, YzPoint at, float out[3])
{
  out[0] = out[1] = out[2] = 0;
  for (int shift = -1; shift <= 1; shift++) {
    float value[3];

    yz_planes_sample_bitmap (bitmap, at.x + strip->along.x * shift * strip->gap,
                             at.y + strip->along.y * shift * strip->gap, value);
    for (guint i = 0; i < 3; i++)
      out[i] += value[i] / 3;
  }
}

static void
read_profile (const YzSideSource *source, const Strip *strip, Profile *profile)
{
  const double reach = strip->gap * strip->middle;
  const YzPoint near = place_on (strip, (double) profile->t, -MIN (reach, 2 * strip->gap));
  const YzPoint far = place_on (strip, (double) profile->t, reach);

  profile->seen = is_within (source, near.x, near.y, 0.5) && is_within (source, far.x, far.y, 0.5);
  if (!profile->seen)
    return;
  if (source->planes != NULL) { /* averaged already */
    const YzPoint first = place_on (strip, (double) profile->t, -reach);

    yz_planes_sample_line (
        source->planes, (const double[]){ first.x, first.y },
        (const double[]){ strip->inward.x * strip->gap, strip->inward.y * strip->gap },
        (guint) strip->places, profile->value);
    return;
  }
  for (int k = 0; k < strip->places; k++)
    average_along (source->bitmap, strip,
                   place_on (strip, (double) profile->t, strip->gap * (k - strip->middle)),
                   profile->value[k]);
}

/* The median difference between the paper's end of the profiles and the mat's. */
static void
measure_rise (const Strip *strip, float out_rise[3])
{
  float values[MOST_PROFILES];
  const int depth = MAX (2, strip->places / 4);

  for (guint i = 0; i < 3; i++) {
    guint n = 0;

    for (guint k = 0; k < strip->n; k++) {
      float rise = 0;

      if (!strip->profiles[k].seen)
        continue;
      for (int d = 0; d < depth; d++)
        rise += strip->profiles[k].value[strip->places - 1 - d][i] - strip->profiles[k].value[d][i];
      values[n++] = rise / (float) depth;
    }
    out_rise[i] = yz_median_find (values, n);
  }
}

static void
measure_contrast (Strip *strip)
{
  double sum = 0;

  measure_rise (strip, strip->colour);
  for (guint i = 0; i < 3; i++)
    sum += (double) (strip->colour[i] * strip->colour[i]);
  strip->contrast = sqrt (sum);
  for (guint i = 0; i < 3; i++)
    strip->colour[i] =
        strip->contrast > 3 ? strip->colour[i] / (float) strip->contrast : (i == 0 ? 1 : 0);
}

/* The profile in the direction from mat to paper; its ends go on for two places to either side. */
static void
project (const Strip *strip, const Profile *profile, float out_level[MOST_PLACES + 4])
{
  const int places = strip->places;

  for (int i = 0; i < places; i++)
    out_level[i + 2] = profile->value[i][0] * strip->colour[0] +
                       profile->value[i][1] * strip->colour[1] +
                       profile->value[i][2] * strip->colour[2];
  out_level[0] = out_level[1] = out_level[2];
  out_level[places + 2] = out_level[places + 3] = out_level[places + 1];
}

/* Two places inside minus two places outside, the nearer ones counting double. A step the other way
 * round counts less, but counts: a cover may be lighter than the mat here and darker there. */
static void
find_steps (Strip *strip)
{
  for (guint k = 0; k < strip->n; k++) {
    Profile *profile = &strip->profiles[k];
    float level[MOST_PLACES + 4] = { 0 };

    memset (profile->weight, 0, sizeof profile->weight);
    if (!profile->seen)
      continue;
    project (strip, profile, level);
    for (int i = 0; i < strip->places; i++)
      profile->step[i] = (2 * (level[i + 3] - level[i + 1]) + level[i + 4] - level[i]) / 3;
    for (int i = 1; i < strip->places - 1; i++) {
      const float step = profile->step[i];

      profile->weight[i] = step >= 0 ? step : -step * OPPOSITE;
    }
  }
}

/* The mat's own unrest decides which steps count: its median step, taken well outside. */
static void
measure_noise (Strip *strip)
{
  float values[MOST_PROFILES * 4];
  const int outer = MAX (1, strip->places / 2 - 3);
  guint n = 0;

  for (guint k = 0; k < strip->n; k++)
    for (int i = 1; strip->profiles[k].seen && i <= MIN (outer, 4); i++)
      values[n++] = fabsf (strip->profiles[k].step[i]);
  strip->least = MAX (LEAST_STEP, NOISE_FACTOR * (double) yz_median_find (values, n));
  strip->least = MIN (strip->least, MAX (LEAST_STEP, 0.35 * strip->contrast));
}

/* For each place the weights of all profiles up to each, so that a stretch of them is a difference.
 * Strong single steps are capped. */
static void
add_up (Strip *strip)
{
  const float most = (float) MAX (2.5 * strip->least, 0.4 * strip->contrast);

  for (int i = 0; i < strip->places; i++)
    strip->profiles[0].before[i] = 0;
  for (guint k = 0; k < strip->n; k++) {
    const Profile *here = &strip->profiles[k];
    Profile *next = &strip->profiles[k + 1];

    for (int i = 0; i < strip->places; i++)
      next->before[i] = here->before[i] + MIN (here->weight[i], most);
  }
}

/* A line that slants by so many places changes from each to the next at these profiles; the last
 * entry is behind the last profile. */
static void
divide_profiles (const Strip *strip, int slant, guint8 out_ends[MOST_PLACES])
{
  for (int i = 0; i < slant; i++) {
    const double t = (i + 0.5) / slant;
    const double k = (t - END_SHARE) / (1 - 2 * END_SHARE) * strip->n + 0.5;

    out_ends[i] = (guint8) CLAMP (k, 0, strip->n);
  }
  out_ends[slant] = (guint8) strip->n;
}

/* How much step a line from place @a at its beginning to place @b at its end collects. */
static float
collect_steps (const Strip *strip, int a, int b, const guint8 *ends)
{
  const Profile *profiles = strip->profiles;
  const int way = b < a ? -1 : 1;
  float sum = 0;
  guint from = 0;

  for (int i = 0, place = a; i <= abs (b - a); i++, place += way) {
    sum += profiles[ends[i]].before[place] - profiles[from].before[place];
    from = ends[i];
  }
  return sum;
}

/* Of all lines through the strip the one that collects most. */
static void
find_line (Strip *strip, double *out_a, double *out_b)
{
  const int middle = strip->middle;
  guint8 ends[MOST_PLACES][MOST_PLACES] = { 0 };
  float best = -1;

  add_up (strip);
  for (int slant = 0; slant < strip->places - 2; slant++)
    divide_profiles (strip, slant, ends[slant]);
  *out_a = *out_b = middle;
  for (int a = 1; a < strip->places - 1; a++)
    for (int b = 1; b < strip->places - 1; b++) {
      const float away = (float) (abs (a - middle) + abs (b - middle)) / (float) (4 * middle);
      const float sum = collect_steps (strip, a, b, ends[abs (b - a)]) * (1 - 0.15F * away);

      if (sum > best) {
        best = sum;
        *out_a = a;
        *out_b = b;
      }
    }
}

/* The strongest step near a place, to a fraction of a place; FALSE when it does not count. */
static gboolean
find_peak (const Strip *strip, const Profile *profile, double near, double *out_place)
{
  const float *weight = profile->weight;
  const double last = strip->places - 2;
  double first = 0;
  int peak = -1;
  double curve = 0;
  double sign = 1;

  if (!profile->seen || !(near > -TOLERANCE && near < last + 2 * TOLERANCE))
    return FALSE;
  first = MAX (1, near - TOLERANCE - 0.5);
  for (int i = (int) first + (first > (int) first); i <= (int) MIN (last, near + TOLERANCE + 0.5);
       i++)
    if (peak < 0 || weight[i] > weight[peak])
      peak = i;
  if (peak < 0 || (double) weight[peak] < strip->least)
    return FALSE;
  sign = profile->step[peak] < 0 ? -1 : 1;
  curve =
      sign * (double) (profile->step[peak - 1] - 2 * profile->step[peak] + profile->step[peak + 1]);
  *out_place = peak;
  if (curve < -1e-6)
    *out_place -=
        CLAMP (0.5 * sign * (double) (profile->step[peak + 1] - profile->step[peak - 1]) / curve,
               -0.5, 0.5);
  return TRUE;
}

/* The steps that belong to the line. */
typedef struct {
  double t[MOST_PROFILES];
  double place[MOST_PROFILES];
  double weight[MOST_PROFILES];
  guint n;
} Peaks;

/* Weighted least squares of 1, t, and (when @degree is 2) 4t(1−t). */
static gboolean
fit_polynomial (const Peaks *peaks, guint degree, double out[3])
{
  double m[3][4] = { 0 };
  const guint n = MIN (degree, 2) + 1;

  out[0] = out[1] = out[2] = 0;
  for (guint k = 0; k < peaks->n; k++) {
    const double term[3] = { 1, peaks->t[k], 4 * peaks->t[k] * (1 - peaks->t[k]) };

    for (guint i = 0; i < n; i++) {
      for (guint j = 0; j < n; j++)
        m[i][j] += peaks->weight[k] * term[i] * term[j];
      m[i][3] += peaks->weight[k] * term[i] * peaks->place[k];
    }
  }
  for (guint i = 0; i < n; i++) {
    if (fabs (m[i][i]) < 1e-9)
      return FALSE;
    for (guint row = 0; row < n; row++) {
      const double factor = row == i ? 0 : m[row][i] / m[i][i];

      for (guint j = 0; j < 4; j++)
        m[row][j] -= factor * m[i][j];
    }
  }
  for (guint i = 0; i < n; i++)
    out[i] = m[i][3] / m[i][i];
  return TRUE;
}

static double
evaluate (const double curve[3], double t)
{
  return curve[0] + curve[1] * t + curve[2] * 4 * t * (1 - t);
}

/* Tukey's biweight, a few rounds; returns the mean squared distance of what still counts. */
static double
fit_robustly (Peaks *peaks, guint degree, double out[3])
{
  double spread = 0;
  double weight = 0;

  for (guint k = 0; k < peaks->n; k++)
    peaks->weight[k] = 1;
  for (guint round = 0; round < 4; round++) {
    if (!fit_polynomial (peaks, degree, out))
      return G_MAXDOUBLE;
    spread = weight = 0;
    for (guint k = 0; k < peaks->n; k++) {
      const double d = peaks->place[k] - evaluate (out, peaks->t[k]);
      const double u = d / (3 * TOLERANCE / (round + 1));

      peaks->weight[k] = fabs (u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
      spread += MIN (d * d, TOLERANCE * TOLERANCE);
      weight += 1;
    }
  }
  return weight > 0 ? spread / weight : G_MAXDOUBLE;
}

/* Gathers the steps near a curve, wider at first so that a bent side is not lost. */
static void
gather_peaks (const Strip *strip, const double curve[3], Peaks *peaks)
{
  peaks->n = 0;
  for (guint k = 0; k < strip->n; k++) {
    const Profile *profile = &strip->profiles[k];
    double place = 0;

    if (find_peak (strip, profile, evaluate (curve, (double) profile->t), &place)) {
      peaks->t[peaks->n] = (double) profile->t;
      peaks->place[peaks->n++] = place;
    }
  }
}

/* The line, or the arc when that is much nearer to the steps; FALSE when there are too few. */
static gboolean
fit_curve (const Strip *strip, Peaks *peaks, double out[3])
{
  double arc[3] = { 0 };
  double spread = fit_robustly (peaks, 1, out);

  if (peaks->n >= 12 && fit_robustly (peaks, 2, arc) < BEND_GAIN * spread &&
      fabs (arc[2]) < 0.5 * strip->places) {
    for (guint i = 0; i < 3; i++)
      out[i] = arc[i];
    return TRUE;
  }
  return spread < G_MAXDOUBLE;
}

static void
settle (const Strip *strip, double curve[3], Peaks *peaks)
{
  for (guint round = 0; round < 3; round++) {
    double next[3] = { 0 };
    double moved = 0;

    gather_peaks (strip, curve, peaks);
    if (peaks->n < 5 || !fit_curve (strip, peaks, next))
      return;
    for (guint i = 0; i < 3; i++) {
      moved = MAX (moved, fabs (next[i] - curve[i]));
      curve[i] = next[i];
    }
    if (moved < AT_REST)
      return;
  }
}

static gboolean
prepare_strip (Strip *strip, const YzSide *side, double reach, double step, guint n_profiles)
{
  const double dx = side->to.x - side->from.x;
  const double dy = side->to.y - side->from.y;

  strip->length = hypot (dx, dy);
  if (strip->length < 4 || !(step > 0))
    return FALSE;
  strip->from = side->from;
  strip->along = (YzPoint){ dx / strip->length, dy / strip->length };
  strip->inward = (YzPoint){ -strip->along.y, strip->along.x };
  strip->gap = step;
  strip->places = 2 * CLAMP ((int) ceil (reach / step), 3, MOST_PLACES / 2) + 1;
  strip->middle = strip->places / 2;
  strip->n = CLAMP (n_profiles, 8, MOST_PROFILES);
  for (guint k = 0; k < strip->n; k++)
    strip->profiles[k].t = (float) (END_SHARE + (1 - 2 * END_SHARE) * (k + 0.5) / strip->n);
  return TRUE;
}

static void
judge (const Strip *strip, const double curve[3], YzSide *side)
{
  Peaks peaks;
  guint seen = 0;
  double sum = 0;

  gather_peaks (strip, curve, &peaks);
  for (guint k = 0; k < strip->n; k++)
    seen += strip->profiles[k].seen;
  for (guint k = 0; k < peaks.n; k++) {
    const double d = peaks.place[k] - evaluate (curve, peaks.t[k]);

    sum += d * d;
  }
  side->seen = (double) seen / strip->n;
  side->support = seen > 0 ? (double) peaks.n / seen : 0;
  side->spread = peaks.n > 0 ? strip->gap * sqrt (sum / peaks.n) : 0;
  side->contrast = strip->contrast;
  for (guint i = 0; i < 3; i++)
    side->colour[i] = strip->colour[i];
}

void
yz_side_refine (
    const YzSideSource *source, YzSide *side, double reach, double step, guint n_profiles)
{
  g_autofree Profile *profiles = g_new (Profile, MOST_PROFILES + 1);
  Strip strip = { .profiles = profiles };
  Peaks peaks;
  double curve[3] = { 0 };
  double offset[2];

  side->support = side->seen = side->contrast = side->spread = 0;
  if (!prepare_strip (&strip, side, reach, step, n_profiles))
    return;
  for (guint k = 0; k < strip.n; k++)
    read_profile (source, &strip, &profiles[k]);
  measure_contrast (&strip);
  find_steps (&strip);
  measure_noise (&strip);
  find_line (&strip, &curve[0], &curve[1]);
  curve[1] -= curve[0];
  settle (&strip, curve, &peaks);
  judge (&strip, curve, side);
  if (side->support < 0.1)
    return;
  offset[0] = strip.gap * (curve[0] - strip.middle);
  offset[1] = strip.gap * (curve[0] + curve[1] - strip.middle);
  side->from = place_on (&strip, 0, offset[0]);
  side->to = place_on (&strip, 1, offset[1]);
  side->bend = strip.gap * curve[2];
}

void
yz_side_measure_rise (const YzSideSource *source,
                      const YzSide *side,
                      double reach,
                      guint n_profiles,
                      float out_rise[3])
{
  g_autofree Profile *profiles = g_new (Profile, MOST_PROFILES + 1);
  Strip strip = { .profiles = profiles };

  out_rise[0] = out_rise[1] = out_rise[2] = 0;
  if (!prepare_strip (&strip, side, reach, 1, n_profiles))
    return;
  for (guint k = 0; k < strip.n; k++)
    read_profile (source, &strip, &profiles[k]);
  measure_rise (&strip, out_rise);
}

/* A point of the side's arc; @t may lie a little outside 0 … 1. */
static YzPoint
follow (const YzSide *side, double t)
{
  const double dx = side->to.x - side->from.x;
  const double dy = side->to.y - side->from.y;
  const double length = MAX (hypot (dx, dy), 1e-9);
  const double height = side->bend * 4 * t * (1 - t);

  return (YzPoint){ side->from.x + dx * t - dy / length * height,
                    side->from.y + dy * t + dx / length * height };
}

/* Where on the side, 0 … 1 and a little beyond, a point is nearest. */
static double
locate (const YzSide *side, YzPoint point)
{
  const double dx = side->to.x - side->from.x;
  const double dy = side->to.y - side->from.y;

  return ((point.x - side->from.x) * dx + (point.y - side->from.y) * dy) /
         MAX (dx * dx + dy * dy, 1e-9);
}

YzPoint
yz_side_meet (const YzSide *before, const YzSide *after)
{
  YzPoint meet;

  if (!yz_quad_intersect (before->from, before->to, after->from, after->to, &meet))
    return (YzPoint){ (before->to.x + after->from.x) / 2, (before->to.y + after->from.y) / 2 };
  /* Tangents at the meeting point, taken anew a few times. */
  for (guint round = 0; round < 4; round++) {
    const double s = CLAMP (locate (before, meet), 0.6, 1.4);
    const double t = CLAMP (locate (after, meet), -0.4, 0.4);
    YzPoint better;

    if (!yz_quad_intersect (follow (before, s - 0.02), follow (before, s + 0.02),
                            follow (after, t - 0.02), follow (after, t + 0.02), &better))
      break;
    meet = better;
  }
  return meet;
}
