/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/scene-photo.h"

#include "capture/codec-jpeg.h"
#include "tests/support/scene-mat.h"

#include <math.h>

#define FOCAL 1.6 /* of the longest side of the picture */
#define RIM 2     /* transparent pixels around a rendered paper */

/* A paper while it is photographed. */
typedef struct {
  const YzPressLay *lay;
  cairo_surface_t *surface;
  const guint8 *pixels;
  int stride;
  float scale; /* its pixels per millimetre */
  float cosine, sine;
  double rise; /* of its shadow, millimetres */
} Paper;

typedef struct {
  const YzScenePhoto *photo;
  double forth[3][3]; /* millimetres on the mat to pixels */
  double back[3][3];
  Paper *papers;
  float lamp_x, lamp_y, fall; /* in half diagonals */
  float band_angle, band_place, band_steepness;
} Exposure;

static void
fill_forth (const YzScenePhoto *self, double m[3][3])
{
  const double f = FOCAL * MAX (self->width, self->height);
  const double sx = sin (self->tilt_x);
  const double sy = sin (self->tilt_y);
  const double cx = cos (self->tilt_x);
  const double cy = cos (self->tilt_y);
  /* The mat's axes, turned about x and then about y. */
  const double axis[2][3] = { { cy, 0, -sy }, { sy * sx, cx, cy * sx } };

  for (guint k = 0; k < 2; k++) {
    const double w = self->scale * axis[k][2] / f;

    m[0][k] = self->scale * axis[k][0] + w * self->width / 2.0;
    m[1][k] = self->scale * axis[k][1] + w * self->height / 2.0;
    m[2][k] = w;
  }
  m[0][2] = self->width / 2.0;
  m[1][2] = self->height / 2.0;
  m[2][2] = 1;
}

static void
invert (double m[3][3], double out[3][3])
{
  double det = 0;

  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < 3; k++)
      out[k][i] = m[(i + 1) % 3][(k + 1) % 3] * m[(i + 2) % 3][(k + 2) % 3] -
                  m[(i + 1) % 3][(k + 2) % 3] * m[(i + 2) % 3][(k + 1) % 3];
  for (guint k = 0; k < 3; k++)
    det += m[0][k] * out[k][0];
  for (guint i = 0; i < 9; i++)
    out[i / 3][i % 3] /= det;
}

static void
apply (double m[3][3], double x, double y, double *out_x, double *out_y)
{
  const double w = m[2][0] * x + m[2][1] * y + m[2][2];

  *out_x = (m[0][0] * x + m[0][1] * y + m[0][2]) / w;
  *out_y = (m[1][0] * x + m[1][1] * y + m[1][2]) / w;
}

void
yz_scene_photo_project (const YzScenePhoto *self, const YzPressLay *lay, double out_corners[8])
{
  static const double SIDE[4][2] = { { -0.5, -0.5 }, { 0.5, -0.5 }, { 0.5, 0.5 }, { -0.5, 0.5 } };
  double forth[3][3];

  fill_forth (self, forth);
  for (guint i = 0; i < 4; i++) {
    const double px = SIDE[i][0] * lay->paper->width;
    const double py = SIDE[i][1] * lay->paper->height;

    apply (forth, lay->x + px * cos (lay->angle) - py * sin (lay->angle),
           lay->y + px * sin (lay->angle) + py * cos (lay->angle), &out_corners[2 * i],
           &out_corners[2 * i + 1]);
  }
}

/* How far outside the paper, millimetres; negative inside; its rounded corners followed. */
static float
measure_outside (const YzPressPaper *paper, float x, float y)
{
  const float r = (float) paper->radius;
  const float dx = fabsf (x - (float) paper->width / 2) - (float) paper->width / 2 + r;
  const float dy = fabsf (y - (float) paper->height / 2) - (float) paper->height / 2 + r;

  if (dx > 0 && dy > 0)
    return hypotf (dx, dy) - r;
  return MAX (dx, dy) - r;
}

static void
read_paper (const Paper *paper, float x, float y, float rgb[3])
{
  const YzPressPaper *sheet = paper->lay->paper;
  /* The paper's own rim pixels are half transparent: look a little inside. */
  const float inside = 0.8F / paper->scale;
  const float px = CLAMP (x, inside, (float) sheet->width - inside) * paper->scale + RIM - 0.5F;
  const float py = CLAMP (y, inside, (float) sheet->height - inside) * paper->scale + RIM - 0.5F;
  const int ix = (int) px;
  const int iy = (int) py;
  const float u = px - (float) ix;
  const float v = py - (float) iy;
  const guint8 *at = paper->pixels + (gsize) iy * (gsize) paper->stride + (gsize) ix * 4;
  float sum[4];

  for (guint i = 0; i < 4; i++) {
    const guint8 *below = at + paper->stride;
    const float top = (float) at[i] * (1 - u) + (float) at[i + 4] * u;

    sum[i] = top * (1 - v) + ((float) below[i] * (1 - u) + (float) below[i + 4] * u) * v;
  }
  for (guint i = 0; i < 3; i++)
    rgb[i] = sum[3] > 1 ? sum[2 - i] * 255 / sum[3] : 0;
}

/* A close dark line where the paper touches the mat and a wide soft one away from the lamp. */
static float
shade (const Exposure *self, const Paper *paper, float x, float y, float near)
{
  const float rise = (float) paper->rise;
  const float far =
      measure_outside (paper->lay->paper, x + rise * self->lamp_x, y + rise * self->lamp_y);
  const float close = MAX (near, 0);
  const float wide = MAX (far, 0);

  return (1 - 0.22F * expf (-close * close / 1.2F)) *
         (1 - 0.22F * expf (-wide * wide / (4 + rise * rise)));
}

/* Creases and a slight wave of the sheet. */
static float
relieve (const Paper *paper, float x, float y, guint32 seed)
{
  const YzPressPaper *sheet = paper->lay->paper;
  float light = 1 + 0.03F * (yz_scene_ripple (x * 0.02F, y * 0.015F, seed) - 0.5F);

  for (guint i = 1; i <= sheet->folds; i++) {
    const float d = y - (float) (sheet->height * i / (sheet->folds + 1));

    light += 0.02F * (i % 2 ? 1 : -1) * tanhf (d / 6) - 0.08F * expf (-d * d / 0.06F);
  }
  return light;
}

static void
lay_paper (const Exposure *self, const Paper *paper, float x, float y, float scale, float rgb[3])
{
  const YzPressPaper *sheet = paper->lay->paper;
  const float dx = x - (float) paper->lay->x;
  const float dy = y - (float) paper->lay->y;
  const float px = dx * paper->cosine + dy * paper->sine + (float) sheet->width / 2;
  const float py = -dx * paper->sine + dy * paper->cosine + (float) sheet->height / 2;
  const float outside = measure_outside (sheet, px, py);
  const float cover = CLAMP (0.5F - outside * scale, 0, 1);
  float own[3] = { 0 };
  float dim = 1;

  if (outside > 30)
    return;
  if (cover < 1)
    dim = shade (self, paper, px, py, outside);
  if (cover > 0) {
    const float light = relieve (paper, px, py, self->photo->seed);

    read_paper (paper, px, py, own);
    for (guint i = 0; i < 3; i++)
      own[i] *= light;
  }
  for (guint i = 0; i < 3; i++)
    rgb[i] = rgb[i] * dim * (1 - cover) + own[i] * cover;
}

/* Distance from a thick line, negative within it. */
static float
measure_capsule (float x, float y, float ax, float ay, float bx, float by, float radius)
{
  const float dx = bx - ax;
  const float dy = by - ay;
  const float t = CLAMP (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy + 1e-6F), 0, 1);

  return hypotf (x - ax - t * dx, y - ay - t * dy) - radius;
}

/* Four fingers, a thumb, the palm and the arm as far as the rim. */
static float
measure_hand (const YzSceneHand *hand, float x, float y)
{
  const float c = (float) cos (hand->angle);
  const float s = (float) sin (hand->angle);
  const float size = (float) hand->size;
  const float along = ((x - (float) hand->x) * c + (y - (float) hand->y) * s) / size;
  const float across = (-(x - (float) hand->x) * s + (y - (float) hand->y) * c) / size;
  float least = measure_capsule (along, across, -1.5F, 0, -20, 0.3F, 0.42F);

  least = MIN (least, measure_capsule (along, across, -1.2F, -0.2F, -1.5F, 0.2F, 0.44F));
  for (int i = 0; i < 4; i++) {
    const float place = -0.39F + 0.26F * (float) i;
    const float tip = -0.13F - 0.10F * fabsf ((float) i - 1.4F);

    least = MIN (least, measure_capsule (along, across, tip, place * 1.15F, -1.0F, place, 0.12F));
  }
  least = MIN (least, measure_capsule (along, across, -0.75F, 0.85F, -1.3F, 0.4F, 0.13F));
  return least * size;
}

static void
lay_hands (const Exposure *self, float x, float y, float rgb[3])
{
  static const float SKIN[3] = { 206, 158, 128 };

  for (gsize i = 0; i < self->photo->n_hands; i++) {
    const YzSceneHand *hand = &self->photo->hands[i];
    const float d = measure_hand (hand, x, y);
    const float size = (float) hand->size;
    const float shadow = measure_hand (hand, x - 0.12F * size, y - 0.16F * size);
    const float cover = CLAMP (0.5F - d, 0, 1);
    const float round = 0.72F + 0.28F * CLAMP (-d / (0.12F * size), 0, 1);
    const float dim = 1 - 0.3F * CLAMP (0.5F - shadow / (0.15F * size), 0, 1);

    for (guint k = 0; k < 3; k++)
      rgb[k] = rgb[k] * dim * (1 - cover) + SKIN[k] * round * cover;
  }
}

/* The lamp's pool, and perhaps the edge of a soft shadow. */
static float
shine (const Exposure *self, float u, float v)
{
  const float dx = u - self->lamp_x;
  const float dy = v - self->lamp_y;
  float light = 1 / (1 + self->fall * (dx * dx + dy * dy));

  if (self->photo->band > 0) {
    const float d = u * cosf (self->band_angle) + v * sinf (self->band_angle) - self->band_place;

    light *= 1 - (float) self->photo->band / (1 + expf (d * self->band_steepness));
  }
  return light * (float) self->photo->gain;
}

static void
expose_row (Exposure *self, int row, float *out)
{
  const YzScenePhoto *photo = self->photo;
  const float half = (float) hypot (photo->width, photo->height) / 2;
  const float warm = (float) photo->tint;

  for (int column = 0; column < photo->width; column++) {
    const float px = (float) column + 0.5F;
    const float py = (float) row + 0.5F;
    const float light = shine (self, (px - (float) photo->width / 2) / half,
                               (py - (float) photo->height / 2) / half);
    float *rgb = out + 3 * column;
    double x = 0;
    double y = 0;
    float scale = 0;

    apply (self->back, (double) px, (double) py, &x, &y);
    scale = (float) (photo->scale / (self->forth[2][0] * x + self->forth[2][1] * y + 1));
    yz_scene_mat_colour (photo->mat, (float) x, (float) y, photo->seed, rgb);
    for (gsize i = 0; i < photo->n_lays; i++)
      lay_paper (self, &self->papers[i], (float) x, (float) y, scale, rgb);
    lay_hands (self, px, py, rgb);
    rgb[0] *= light * (1 + warm);
    rgb[1] *= light;
    rgb[2] *= light * (1 - warm);
  }
}

static void
prepare (Exposure *self, const YzScenePhoto *photo)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (photo->seed);

  self->photo = photo;
  fill_forth (photo, self->forth);
  invert (self->forth, self->back);
  self->lamp_x = (float) g_rand_double_range (rand, -0.7, 0.7);
  self->lamp_y = (float) g_rand_double_range (rand, -0.7, 0.3);
  self->fall = (float) g_rand_double_range (rand, 0.05, 0.22);
  self->band_angle = (float) g_rand_double_range (rand, 0, 2 * G_PI);
  self->band_place = (float) g_rand_double_range (rand, -0.4, 0.4);
  self->band_steepness = g_rand_boolean (rand) ? 9 : 24;
  self->papers = g_new0 (Paper, photo->n_lays);
  for (gsize i = 0; i < photo->n_lays; i++) {
    Paper *paper = &self->papers[i];

    paper->lay = &photo->lays[i];
    paper->scale = (float) (photo->scale * 1.05);
    paper->rise = g_rand_double_range (rand, 0.8, 3);
    paper->surface = yz_press_paper_render (paper->lay->paper, (double) paper->scale,
                                            photo->seed + photo->words + (guint32) i);
    paper->pixels = cairo_image_surface_get_data (paper->surface);
    paper->stride = cairo_image_surface_get_stride (paper->surface);
    paper->cosine = (float) cos (paper->lay->angle);
    paper->sine = (float) sin (paper->lay->angle);
  }
}

/* A Gaussian of five taps along one direction. */
static void
blur_line (float *line, int n, gsize step, double sigma, float *scratch)
{
  float tap[3];
  float sum = 0;

  for (int i = 0; i < 3; i++) {
    tap[i] = (float) exp (-i * i / (2 * sigma * sigma));
    sum += tap[i] * (i > 0 ? 2 : 1);
  }
  for (int i = 0; i < n; i++)
    scratch[i] = line[(gsize) i * step];
  for (int i = 2; i + 2 < n; i++)
    line[(gsize) i * step] = (scratch[i] * tap[0] + (scratch[i - 1] + scratch[i + 1]) * tap[1] +
                              (scratch[i - 2] + scratch[i + 2]) * tap[2]) /
                             sum;
}

static void
blur (const YzScenePhoto *photo, float *pixels)
{
  const gsize width = (gsize) photo->width;
  g_autofree float *scratch = g_new (float, MAX (photo->width, photo->height));

  if (photo->blur < 0.3)
    return;
  for (int y = 0; y < photo->height; y++)
    for (gsize i = 0; i < 3; i++)
      blur_line (pixels + 3 * width * (gsize) y + i, photo->width, 3, photo->blur, scratch);
  for (gsize x = 0; x < 3 * width; x++)
    blur_line (pixels + x, photo->height, 3 * width, photo->blur, scratch);
}

/* The sum of four uniform numbers is near enough to a Gaussian one. */
static float
draw_noise (guint32 *state, double level)
{
  float sum = -2;

  for (guint i = 0; i < 4; i++) {
    *state = *state * 1664525U + 1013904223U;
    sum += (float) (*state >> 8) / 16777216.0F;
  }
  return sum * 1.73F * (float) level;
}

YzBitmap *
yz_scene_photo_take (const YzScenePhoto *self)
{
  YzBitmap *out = yz_bitmap_new_packed (self->width, self->height);
  const gsize width = (gsize) self->width;
  g_autofree float *pixels = g_new (float, 3 * width * (gsize) self->height);
  guint32 state = self->shot * 2654435761U + 1;
  Exposure exposure = { 0 };

  prepare (&exposure, self);
  for (int y = 0; y < self->height; y++)
    expose_row (&exposure, y, pixels + 3 * width * (gsize) y);
  for (gsize i = 0; i < self->n_lays; i++)
    cairo_surface_destroy (exposure.papers[i].surface);
  g_free (exposure.papers);
  blur (self, pixels);
  for (int y = 0; y < self->height; y++) {
    guint32 *row = (guint32 *) yz_bitmap_get_row (out, y);
    const float *from = pixels + 3 * width * (gsize) y;

    for (gsize x = 0; x < width; x++) {
      guint32 pixel = 0;

      for (gsize i = 0; i < 3; i++) {
        const float level = from[3 * x + i] + draw_noise (&state, self->noise) + 0.5F;

        pixel = pixel << 8 | (guint32) CLAMP (level, 0, 255);
      }
      row[x] = pixel;
    }
  }
  return out;
}

GBytes *
yz_scene_photo_save (const YzScenePhoto *self)
{
  g_autoptr (YzBitmap) bitmap = yz_scene_photo_take (self);
  g_autoptr (GError) error = NULL;
  GBytes *jpeg = yz_jpeg_encode (bitmap, 88, &error);

  g_assert_no_error (error);
  return jpeg;
}
