/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-lines.h"

#include "capture/median.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_ANGLES 120      /* bins of 1.5° over half a turn */
#define N_LINES 24        /* strongest lines that are combined */
#define AROUND 4          /* bins about a line that belong to it */
#define N_PROPOSALS 8     /* quadrilaterals handed on */
#define ABOVE_GRAIN 2.4F  /* median slopes */
#define LEAST_SLOPE 0.8F  /* levels a pixel: below nothing is an edge */
#define PARALLEL 22       /* bins by which opposite sides may differ: 33° */
#define CROSSING 34       /* bins by which neighbours must differ: 51° */
#define LEAST_AREA 0.03   /* of the frame */
#define LEAST_TRACED 0.35 /* of each side runs along edges */

float *
yz_lines_measure_slope (const YzPlanes *planes)
{
  const int width = planes->width;
  float *slope = g_new0 (float, (gsize) width *(gsize) planes->height);

  for (int y = 1; y + 1 < planes->height; y++)
    for (int x = 1; x + 1 < width; x++) {
      const gsize at = (gsize) y * (gsize) width + (gsize) x;
      float most = 0;

      for (guint i = 0; i < 3; i++) {
        const float *p = planes->plane[i] + at;
        const float dx =
            p[1] - p[-1] + 0.5F * (p[1 - width] - p[-1 - width] + p[1 + width] - p[-1 + width]);
        const float dy = p[width] - p[-width] +
                         0.5F * (p[width - 1] - p[-width - 1] + p[width + 1] - p[-width + 1]);

        most = MAX (most, dx * dx + dy * dy);
      }
      slope[at] = sqrtf (most) / 4;
    }
  return slope;
}

/* A line x·cos a + y·sin a = r. */
typedef struct {
  int angle; /* bin */
  int rho;   /* bin */
  float votes;
} Line;

typedef struct {
  const YzPlanes *planes;
  const float *slope;
  guint8 *edges; /* thickened by a pixel */
  float threshold;
  int n_rhos;
  double offset; /* of rho, pixels */
  double cosine[N_ANGLES], sine[N_ANGLES];
  int right[N_ANGLES], down[N_ANGLES]; /* the same to whole pixels */
  float *votes;
} Hough;

/* What stands out of the picture's grain, which is what most of its pixels show. */
static float
choose_threshold (const float *slope, gsize size)
{
  g_autofree float *values = g_new (float, size / 7 + 1);
  guint n = 0;

  for (gsize i = 0; i < size; i += 7)
    values[n++] = slope[i];
  return MAX (LEAST_SLOPE, ABOVE_GRAIN * yz_median_find (values, n));
}

/* The direction across the edge, as a bin, from the plane that changes most there. */
static int
find_direction (const Hough *self, gsize at)
{
  const int width = self->planes->width;
  float best = -1;
  float dx = 0;
  float dy = 0;

  for (guint i = 0; i < 3; i++) {
    const float *p = self->planes->plane[i] + at;
    const float x =
        2 * (p[1] - p[-1]) + p[1 - width] - p[-1 - width] + p[1 + width] - p[-1 + width];
    const float y =
        2 * (p[width] - p[-width]) + p[width - 1] - p[-width - 1] + p[width + 1] - p[-width + 1];

    if (x * x + y * y > best) {
      best = x * x + y * y;
      dx = x;
      dy = y;
    }
  }
  return (int) (atan2f (dy, dx) * (float) (N_ANGLES / G_PI) + 2 * N_ANGLES + 0.5F) % N_ANGLES;
}

/* Thin edges only: a pixel votes when none of its neighbours across the edge is steeper. */
static gboolean
is_ridge (const Hough *self, gsize at, int angle)
{
  const gssize width = self->planes->width;
  const gssize step = self->right[angle] + width * self->down[angle];

  return self->slope[at] >= self->slope[(gssize) at + step] &&
         self->slope[at] >= self->slope[(gssize) at - step];
}

static void
vote (Hough *self, int x, int y)
{
  const gsize width = (gsize) self->planes->width;
  const gsize at = (gsize) y * width + (gsize) x;
  const int angle = find_direction (self, at);
  const float weight = MIN (self->slope[at] / self->threshold, 3.0F);

  if (!is_ridge (self, at, angle))
    return;
  for (int dy = -1; dy <= 1; dy++)
    memset (self->edges + (gsize) (y + dy) * width + (gsize) x - 1, 1, 3);
  for (int shift = -2; shift <= 2; shift++) {
    const int bin = (angle + shift + N_ANGLES) % N_ANGLES;
    const int rho =
        (int) ((x + 0.5) * self->cosine[bin] + (y + 0.5) * self->sine[bin] + self->offset + 0.5);

    self->votes[(gsize) bin * (gsize) self->n_rhos + (gsize) rho] +=
        weight * (shift == 0 ? 1.0F : 0.7F);
  }
}

/* Votes about a bin; neighbours count as a line seldom hits one bin alone. */
static float
count_votes (const Hough *self, int angle, int rho)
{
  const float *row = self->votes + (gsize) angle * (gsize) self->n_rhos + (gsize) rho;

  return row[0] + 0.6F * (row[-1] + row[1]);
}

static void
clear_around (Hough *self, int angle, int rho)
{
  for (int da = -AROUND; da <= AROUND; da++) {
    int bin = angle + da;
    int middle = rho;

    if (bin < 0 || bin >= N_ANGLES) { /* past half a turn the line points the other way */
      bin = (bin + N_ANGLES) % N_ANGLES;
      middle = (int) lround (2 * self->offset) - rho;
    }
    for (int dr = -AROUND; dr <= AROUND; dr++)
      if (middle + dr >= 0 && middle + dr < self->n_rhos)
        self->votes[(gsize) bin * (gsize) self->n_rhos + (gsize) (middle + dr)] = 0;
  }
}

/* The strongest line in one direction. */
static Line
find_line (const Hough *self, int angle)
{
  Line best = { .angle = angle };

  for (int rho = 1; rho + 1 < self->n_rhos; rho++) {
    const float votes = count_votes (self, angle, rho);

    if (votes > best.votes)
      best = (Line){ angle, rho, votes };
  }
  return best;
}

/* Takes the strongest of all directions again and again; only those near it have to be looked
 * through anew. */
static guint
find_lines (Hough *self, Line lines[N_LINES])
{
  const float least = 0.12F * (float) MIN (self->planes->width, self->planes->height);
  Line best[N_ANGLES];
  guint n = 0;

  for (int angle = 0; angle < N_ANGLES; angle++)
    best[angle] = find_line (self, angle);
  while (n < N_LINES) {
    int first = 0;

    for (int angle = 1; angle < N_ANGLES; angle++)
      if (best[angle].votes > best[first].votes)
        first = angle;
    if (best[first].votes <= least)
      break;
    lines[n++] = best[first];
    clear_around (self, best[first].angle, best[first].rho);
    for (int angle = first - AROUND; angle <= first + AROUND; angle++) {
      const int bin = (angle + N_ANGLES) % N_ANGLES;

      best[bin] = find_line (self, bin);
    }
  }
  return n;
}

static int
angle_between (const Line *a, const Line *b)
{
  const int d = abs (a->angle - b->angle);

  return MIN (d, N_ANGLES - d);
}

static gboolean
cross_lines (const Hough *self, const Line *a, const Line *b, YzPoint *out)
{
  const double ca = self->cosine[a->angle];
  const double sa = self->sine[a->angle];
  const double cb = self->cosine[b->angle];
  const double sb = self->sine[b->angle];
  const double det = ca * sb - sa * cb;
  const double ra = a->rho - self->offset;
  const double rb = b->rho - self->offset;

  if (fabs (det) < 0.1)
    return FALSE;
  out->x = (ra * sb - rb * sa) / det;
  out->y = (rb * ca - ra * cb) / det;
  return out->x > -0.1 * self->planes->width && out->x < 1.1 * self->planes->width &&
         out->y > -0.1 * self->planes->height && out->y < 1.1 * self->planes->height;
}

/* Part of a side that runs along edges. */
static double
trace_side (const Hough *self, YzPoint from, YzPoint to)
{
  const guint n = 40;
  guint hits = 0;

  for (guint k = 0; k < n; k++) {
    const int x = (int) (from.x + (to.x - from.x) * (k + 0.5) / n);
    const int y = (int) (from.y + (to.y - from.y) * (k + 0.5) / n);

    if (x >= 0 && y >= 0 && x < self->planes->width && y < self->planes->height)
      hits += self->edges[(gsize) y * (gsize) self->planes->width + (gsize) x];
  }
  return (double) hits / n;
}

typedef struct {
  YzQuad quad;
  double score;
} Proposal;

static void
keep_best (Proposal best[N_PROPOSALS], const Proposal *fresh)
{
  guint worst = 0;

  for (guint i = 0; i < N_PROPOSALS; i++) {
    if (best[i].score > 0 && yz_quad_overlap (&best[i].quad, &fresh->quad, NULL) > 0.92) {
      if (fresh->score > best[i].score)
        best[i] = *fresh;
      return;
    }
    if (best[i].score < best[worst].score)
      worst = i;
  }
  if (fresh->score > best[worst].score)
    best[worst] = *fresh;
}

/* Where any two of the lines cross. */
typedef struct {
  const Line *lines;
  guint n;
  YzPoint at[N_LINES][N_LINES];
  gboolean near[N_LINES][N_LINES]; /* the frame, and not all but parallel */
} Crossings;

/* Lines a and c face each other, and so do b and d. */
static void
propose_four (const Hough *self,
              const Crossings *crossings,
              const guint four[4],
              Proposal best[N_PROPOSALS])
{
  Proposal fresh = { 0 };
  double least = 1;
  double sum = 0;
  YzQuad *quad = &fresh.quad;

  for (guint i = 0; i < 4; i++)
    if (!crossings->near[four[(i + 3) % 4]][four[i]])
      return;
  for (guint i = 0; i < 4; i++)
    quad->at[i] = crossings->at[four[(i + 3) % 4]][four[i]];
  if (yz_quad_measure (quad) < 0) {
    const YzPoint keep = quad->at[1];

    quad->at[1] = quad->at[3];
    quad->at[3] = keep;
  }
  if (!yz_quad_is_sound (quad, 40) ||
      yz_quad_measure (quad) < LEAST_AREA * self->planes->width * self->planes->height)
    return;
  for (guint i = 0; i < 4; i++) {
    const double part = trace_side (self, quad->at[i], quad->at[(i + 1) % 4]);

    if (part <= LEAST_TRACED)
      return;
    least = MIN (least, part);
    sum += part / 4;
  }
  fresh.score = 0.5 * (least + sum);
  /* What is larger is rather the sheet than a box printed on it. */
  fresh.score *= 1 + 0.3 * sqrt (yz_quad_measure (quad) /
                                 ((double) self->planes->width * self->planes->height));
  keep_best (best, &fresh);
}

/* All pairs that cross the nearly parallel lines @a and @c; of two pairs the one that holds the
 * stronger line comes first, so that no four is tried twice. */
static void
cross_pair (const Hough *self, const Crossings *crossings, const guint pair[2], Proposal *best)
{
  const Line *lines = crossings->lines;
  const guint n = crossings->n;
  const Line *a = &lines[pair[0]];
  const Line *c = &lines[pair[1]];

  for (guint b = pair[0] + 1; b < n; b++)
    for (guint d = b + 1; d < n; d++)
      if (angle_between (&lines[b], &lines[d]) <= PARALLEL &&
          angle_between (a, &lines[b]) >= CROSSING && angle_between (c, &lines[d]) >= CROSSING)
        propose_four (self, crossings, (const guint[]){ pair[0], b, pair[1], d }, best);
}

static void
combine_lines (const Hough *self, const Line *lines, guint n, GArray *quads)
{
  Proposal best[N_PROPOSALS] = { 0 };
  Crossings crossings = { .lines = lines, .n = n };

  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++)
      crossings.near[a][b] = cross_lines (self, &lines[a], &lines[b], &crossings.at[a][b]);
  for (guint a = 0; a < n; a++)
    for (guint c = a + 1; c < n; c++)
      if (angle_between (&lines[a], &lines[c]) <= PARALLEL)
        cross_pair (self, &crossings, (const guint[]){ a, c }, best);
  for (guint i = 0; i < N_PROPOSALS; i++)
    if (best[i].score > 0)
      g_array_append_val (quads, best[i].quad);
}

void
yz_lines_propose (const YzPlanes *planes, const float *slope, GArray *quads)
{
  const gsize size = (gsize) planes->width * (gsize) planes->height;
  g_autofree guint8 *edges = g_malloc0 (size);
  g_autofree float *votes = NULL;
  Hough self = { .planes = planes, .slope = slope, .edges = edges };
  Line lines[N_LINES];

  if (planes->width < 16 || planes->height < 16)
    return;
  self.threshold = choose_threshold (slope, size);
  self.offset = ceil (hypot (planes->width, planes->height)) + 2;
  self.n_rhos = 2 * (int) self.offset + 3;
  votes = g_new0 (float, (gsize) N_ANGLES *(gsize) self.n_rhos);
  self.votes = votes;
  for (int i = 0; i < N_ANGLES; i++) {
    self.cosine[i] = cos (G_PI * i / N_ANGLES);
    self.sine[i] = sin (G_PI * i / N_ANGLES);
    self.right[i] = (int) lround (self.cosine[i]);
    self.down[i] = (int) lround (self.sine[i]);
  }
  for (int y = 3; y < planes->height - 3; y++)
    for (int x = 3; x < planes->width - 3; x++)
      if (slope[(gsize) y * (gsize) planes->width + (gsize) x] >= self.threshold)
        vote (&self, x, y);
  combine_lines (&self, lines, find_lines (&self, lines), quads);
}
