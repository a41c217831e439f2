/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-mat.h"

#include "capture/median.h"

#include <math.h>

#define N_TERMS 6
#define N_ROUNDS 8
#define RIM 0.025        /* width of the rim that is looked at, in shortest sides */
#define LAG 24           /* pixels over which grain is measured: planks and stripes are that wide */
#define SECOND_SHARE 0.2 /* of the rim: less is no second surface */

#define NEAR 4.0F          /* units of unrest: nearer is mat */
#define DEEPEST_SHADE 0.4F /* of the mat's brightness: no lamp casts a deeper shadow indoors */

/* The least unrest that is believed: quantisation and slow shading make any mat this uneven. */
static const float FLOOR[3] = { 2.5F, 1.2F, 1.2F };

/* A pixel of the rim. */
typedef struct {
  double term[N_TERMS]; /* 1, x, y, x², xy, y² */
  float value[3];
  float weight; /* 0: not of this surface */
  gsize at;
} Sample;

/* How much the rim changes over a few pixels along it: three quarters of it change less. The edge
 * of a lamp's shadow, or of a document that reaches the rim, is too rare to count. */
static void
measure_grain (const YzPlanes *planes, const YzPlanes *empty, YzMat *mat)
{
  const int rim = MAX (3, (int) (RIM * MIN (planes->width, planes->height)));
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (float));

  for (guint i = 0; i < 3; i++) {
    g_array_set_size (changes, 0);
    for (int row = 1; row < planes->height - LAG; row += 3) {
      const gboolean across = row < rim || row >= planes->height - rim;

      for (int column = 1; column < planes->width - LAG; column += 3) {
        const gsize at = (gsize) row * (gsize) planes->width + (gsize) column;
        const gsize next = across ? at + LAG : at + LAG * (gsize) planes->width;
        float change = planes->plane[i][next] - planes->plane[i][at];

        if (!across && column >= rim && column < planes->width - rim)
          continue;
        if (empty != NULL)
          change -= empty->plane[i][next] - empty->plane[i][at];
        change = fabsf (change);
        g_array_append_val (changes, change);
      }
    }
    mat->grain[i] = MAX (FLOOR[i], 0.61F * yz_median_find_part ((float *) (void *) changes->data,
                                                                changes->len, 0.75));
    mat->grain[i] = MIN (mat->grain[i], mat->sigma[i]);
  }
}

typedef struct {
  double factor[3][N_TERMS];
  float sigma[3];
} Surface;

static void
fill_terms (int width, int height, int column, int row, double term[N_TERMS])
{
  const double x = 2.0 * column / width - 1;
  const double y = 2.0 * row / height - 1;

  term[0] = 1;
  term[1] = x;
  term[2] = y;
  term[3] = x * x;
  term[4] = x * y;
  term[5] = y * y;
}

static void
append_sample (GArray *samples, const YzPlanes *planes, const YzPlanes *empty, int column, int row)
{
  Sample sample = { .weight = 1 };

  sample.at = (gsize) row * (gsize) planes->width + (gsize) column;
  fill_terms (planes->width, planes->height, column, row, sample.term);
  for (guint i = 0; i < 3; i++)
    sample.value[i] =
        planes->plane[i][sample.at] - (empty != NULL ? empty->plane[i][sample.at] : 0);
  g_array_append_val (samples, sample);
}

static GArray *
collect_rim (const YzPlanes *planes, const YzPlanes *empty)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  const int rim = MAX (3, (int) (RIM * MIN (planes->width, planes->height)));

  for (int row = 1; row < planes->height - 1; row += 2) {
    const gboolean whole = row < rim || row >= planes->height - rim;

    for (int column = 1 + row / 2 % 3; column < planes->width - 1; column += 3)
      if (whole || column < rim || column >= planes->width - rim)
        append_sample (samples, planes, empty, column, row);
  }
  return samples;
}

/* Gaussian elimination with pivots; the matrix is small and regular thanks to its ridge. */
static void
solve (double matrix[N_TERMS][N_TERMS + 3], double out[3][N_TERMS])
{
  for (guint i = 0; i < N_TERMS; i++) {
    guint pivot = i;

    for (guint k = i + 1; k < N_TERMS; k++)
      if (fabs (matrix[k][i]) > fabs (matrix[pivot][i]))
        pivot = k;
    for (guint k = 0; k < N_TERMS + 3; k++) {
      const double keep = matrix[i][k];

      matrix[i][k] = matrix[pivot][k];
      matrix[pivot][k] = keep;
    }
    for (guint row = 0; row < N_TERMS; row++) {
      const double factor = row == i ? 0 : matrix[row][i] / matrix[i][i];

      for (guint k = i; k < N_TERMS + 3; k++)
        matrix[row][k] -= factor * matrix[i][k];
    }
  }
  for (guint channel = 0; channel < 3; channel++)
    for (guint i = 0; i < N_TERMS; i++)
      out[channel][i] = matrix[i][N_TERMS + channel] / matrix[i][i];
}

static void
fit_surface (const GArray *samples, Surface *surface)
{
  double matrix[N_TERMS][N_TERMS + 3] = { 0 };
  double sum = 1e-6;

  for (guint k = 0; k < samples->len; k++) {
    const Sample *sample = &g_array_index (samples, Sample, k);

    sum += (double) sample->weight;
    for (guint i = 0; i < N_TERMS; i++) {
      const double weighted = (double) sample->weight * sample->term[i];

      for (guint j = 0; j < N_TERMS; j++)
        matrix[i][j] += weighted * sample->term[j];
      for (guint j = 0; j < 3; j++)
        matrix[i][N_TERMS + j] += weighted * (double) sample->value[j];
    }
  }
  for (guint i = 0; i < N_TERMS; i++)
    matrix[i][i] += sum * (i < 1 ? 1e-9 : i < 3 ? 1e-4 : 1e-3);
  solve (matrix, surface->factor);
}

static double
evaluate (const double factor[N_TERMS], const double term[N_TERMS])
{
  double value = 0;

  for (guint i = 0; i < N_TERMS; i++)
    value += factor[i] * term[i];
  return value;
}

/* Squared distance of a sample from the surface, in units of its unrest. */
static float
measure_sample (const Sample *sample, const Surface *surface)
{
  float sum = 0;

  for (guint i = 0; i < 3; i++) {
    const float d = (sample->value[i] - (float) evaluate (surface->factor[i], sample->term)) /
                    surface->sigma[i];

    sum += d * d;
  }
  return sum;
}

/* The unrest is what the nearer half of the samples shows: the rest may be documents. */
static void
measure_unrest (const GArray *samples, Surface *surface, float *scratch)
{
  for (guint i = 0; i < 3; i++) {
    guint n = 0;

    for (guint k = 0; k < samples->len; k++) {
      const Sample *sample = &g_array_index (samples, Sample, k);

      if (sample->weight > 0)
        scratch[n++] =
            fabsf (sample->value[i] - (float) evaluate (surface->factor[i], sample->term));
    }
    surface->sigma[i] = MAX (FLOOR[i], 1.4826F * yz_median_find (scratch, n));
  }
}

/* Iterated reweighting from the median colour; samples with weight 0 stay out. */
static void
fit_robustly (GArray *samples, Surface *surface)
{
  g_autofree float *scratch = g_new (float, samples->len + 1);

  *surface = (Surface){ 0 };
  for (guint i = 0; i < 3; i++) {
    guint n = 0;

    for (guint k = 0; k < samples->len; k++)
      if (g_array_index (samples, Sample, k).weight > 0)
        scratch[n++] = g_array_index (samples, Sample, k).value[i];
    surface->factor[i][0] = (double) yz_median_find (scratch, n);
  }
  for (guint round = 0; round < N_ROUNDS; round++) {
    const float spread = round < 2 ? 3 : 2;

    measure_unrest (samples, surface, scratch);
    for (guint k = 0; k < samples->len; k++) {
      Sample *sample = &g_array_index (samples, Sample, k);
      const float w = 1 / (1 + measure_sample (sample, surface) / (3 * spread * spread));

      if (sample->weight > 0)
        sample->weight = MAX (w * w, 1e-6F);
    }
    fit_surface (samples, surface);
  }
  measure_unrest (samples, surface, scratch);
}

static YzMat *
create_mat (const YzPlanes *planes)
{
  YzMat *self = g_new0 (YzMat, 1);
  const gsize size = (gsize) planes->width * (gsize) planes->height;

  self->width = planes->width;
  self->height = planes->height;
  self->far = g_new0 (float, 4 * size);
  self->lighter = self->far + size;
  self->tint = self->lighter + size;
  self->shade = self->tint + size;
  return self;
}

/* One row of what is seen, of what the mat would show, and of the distances between the two. */
typedef struct {
  const float *restrict seen[3];
  const float *restrict empty[3]; /* of nothing but zeros when the mat is not known */
  float *restrict far;
  float *restrict lighter;
  float *restrict tint;
  float *restrict shade;
} Row;

/* Light scales colour differences along with brightness, so only what is left after scaling is
 * tint.
 */
static void
measure_pixels (const Row *row, int width, const float parabola[3][3], const float inverse[3])
{
  const Row at = *row;
  const float step = 2.0F / (float) width;

  for (int i = 0; i < width; i++) {
    const float x = step * (float) i - 1;
    const float y0 = at.empty[0][i] + parabola[0][0] + (parabola[0][1] + parabola[0][2] * x) * x;
    const float cb0 = at.empty[1][i] + parabola[1][0] + (parabola[1][1] + parabola[1][2] * x) * x;
    const float cr0 = at.empty[2][i] + parabola[2][0] + (parabola[2][1] + parabola[2][2] * x) * x;
    const float shade = at.seen[0][i] / MAX (y0, 8.0F);
    const float scale = CLAMP (shade, 0.0F, 2.0F);
    const float cb = (at.seen[1][i] - scale * cb0) * inverse[1];
    const float cr = (at.seen[2][i] - scale * cr0) * inverse[2];
    const float light = (at.seen[0][i] - y0) * inverse[0];
    const float tint = cb * cb + cr * cr;

    at.lighter[i] = light;
    at.shade[i] = shade;
    at.tint[i] = sqrtf (tint);
    at.far[i] = sqrtf (light * light + tint);
  }
}

/* In one row the surface is a parabola of each channel. */
static void
measure_row (YzMat *self,
             const YzPlanes *planes,
             const YzPlanes *empty,
             const float *zeros,
             const Surface *surface,
             int row)
{
  const gsize start = (gsize) row * (gsize) self->width;
  const double y = 2.0 * row / self->height - 1;
  float parabola[3][3];
  float inverse[3];
  Row at = { .far = self->far + start,
             .lighter = self->lighter + start,
             .tint = self->tint + start,
             .shade = self->shade + start };

  for (guint i = 0; i < 3; i++) {
    const double *f = surface->factor[i];

    parabola[i][0] = (float) (f[0] + f[2] * y + f[5] * y * y);
    parabola[i][1] = (float) (f[1] + f[4] * y);
    parabola[i][2] = (float) f[3];
    inverse[i] = 1 / self->sigma[i];
    at.seen[i] = planes->plane[i] + start;
    at.empty[i] = empty != NULL ? empty->plane[i] + start : zeros;
  }
  measure_pixels (&at, self->width, parabola, inverse);
}

static YzMat *
measure_all (const YzPlanes *planes,
             const YzPlanes *empty,
             const Surface *surface,
             const GArray *samples)
{
  YzMat *self = create_mat (planes);
  g_autofree float *zeros = g_new0 (float, self->width);
  guint near = 0;

  for (guint i = 0; i < 3; i++)
    self->sigma[i] = surface->sigma[i];
  measure_grain (planes, empty, self);
  for (int row = 0; row < self->height; row++)
    measure_row (self, planes, empty, zeros, surface, row);
  for (guint k = 0; k < samples->len; k++)
    near += self->far[g_array_index (samples, Sample, k).at] < 4;
  self->held = samples->len > 0 ? (double) near / samples->len : 0;
  return self;
}

YzMat *
yz_mat_fit (const YzPlanes *planes, const YzPlanes *empty)
{
  g_autoptr (GArray) samples = NULL;
  Surface surface;

  g_return_val_if_fail (
      empty == NULL || (empty->width == planes->width && empty->height == planes->height), NULL);

  samples = collect_rim (planes, empty);
  fit_robustly (samples, &surface);
  return measure_all (planes, empty, &surface, samples);
}

YzMat *
yz_mat_fit_rest (const YzMat *first, const YzPlanes *planes, const YzPlanes *empty)
{
  g_autoptr (GArray) samples = collect_rim (planes, empty);
  const gsize size = (gsize) planes->width * (gsize) planes->height;
  YzMat *self = NULL;
  Surface surface;
  guint rest = 0;

  for (guint k = 0; k < samples->len; k++) {
    Sample *sample = &g_array_index (samples, Sample, k);

    sample->weight = first->far[sample->at] > 5 ? 1 : 0;
    rest += sample->weight > 0;
  }
  if (rest < SECOND_SHARE * samples->len || rest < 50)
    return NULL;
  fit_robustly (samples, &surface);
  self = measure_all (planes, empty, &surface, samples);
  for (gsize i = 0; i < size; i++)
    if (first->far[i] < self->far[i]) {
      self->far[i] = first->far[i];
      self->lighter[i] = first->lighter[i];
      self->tint[i] = first->tint[i];
      self->shade[i] = first->shade[i];
    }
  self->held = MIN (1, self->held + first->held);
  return self;
}

gboolean
yz_mat_is_shadow (const YzMat *self, gsize at)
{
  return self->lighter[at] < 0 && self->shade[at] > DEEPEST_SHADE && self->tint[at] < NEAR;
}

gboolean
yz_mat_is_likely (const YzMat *self, gsize at)
{
  return self->far[at] < NEAR || yz_mat_is_shadow (self, at);
}

void
yz_mat_free (YzMat *self)
{
  if (self != NULL)
    g_free (self->far);
  g_free (self);
}
