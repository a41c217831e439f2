/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/press-photo.h"

#include <math.h>

/* A page as the photographer holds it while exposing. */
typedef struct {
  const YzPressLay *lay;
  cairo_surface_t *surface;
  const guint8 *pixels;
  int width, height, stride;
  double scale; /* its pixels per millimetre */
  double cosine, sine;
  guint32 seed;
} Page;

/* Lamp: a broad pool of light somewhere above the mat, a little warmer where it is strongest. */
typedef struct {
  double x, y; /* its middle, in half picture widths */
  double fall; /* how fast it fades */
  double level;
  double warmth;
} Lamp;

#define TILE 256 /* sensor noise repeats after so many pixels, shifted from row to row */

typedef struct {
  const YzPressPhoto *photo;
  Page *pages;
  Lamp lamp;
  gint8 noise[TILE * TILE];
} Exposure;

static inline double
lattice (int x, int y, guint32 seed)
{
  guint32 h = (guint32) x * 374761393U + (guint32) y * 668265263U + seed * 2246822519U;

  h = (h ^ (h >> 13)) * 1274126177U;
  return ((h ^ (h >> 16)) & 0xffff) / 65535.0;
}

/* Value noise: random heights on a grid, smoothly joined; 0 … 1. */
static double
ripple (double x, double y, guint32 seed)
{
  const double fx = floor (x);
  const double fy = floor (y);
  const int ix = (int) fx;
  const int iy = (int) fy;
  double u = x - fx;
  double v = y - fy;

  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  return (lattice (ix, iy, seed) * (1 - u) + lattice (ix + 1, iy, seed) * u) * (1 - v) +
         (lattice (ix, iy + 1, seed) * (1 - u) + lattice (ix + 1, iy + 1, seed) * u) * v;
}

static void
colour_wood (double x, double y, guint32 seed, double rgb[3])
{
  const double bend = ripple (x * 0.012, y * 0.045, seed) * 9;
  const double ring = 0.5 + 0.5 * sin ((y + bend * 6) * 0.21);
  const double fibre = ripple (x * 0.06, y * 3.2, seed + 1);
  const double pore = ripple (x * 0.35, y * 6.5, seed + 2);
  const double tone = 0.74 + 0.17 * ring + 0.14 * (fibre - 0.5) - (pore > 0.83 ? 0.10 : 0);

  rgb[0] = 152 * tone;
  rgb[1] = 106 * tone;
  rgb[2] = 70 * tone;
}

static void
colour_mat (YzPressMat mat, double x, double y, guint32 seed, double rgb[3])
{
  static const double BASE[YZ_PRESS_N_MATS][3] = {
    { 34, 84, 66 }, { 128, 131, 134 }, { 150, 105, 70 }, { 31, 32, 35 }
  };
  static const double GRAIN[YZ_PRESS_N_MATS] = { 0.20, 0.14, 0, 0.34 };
  double tone = 0;

  if (mat == YZ_PRESS_MAT_WOOD) {
    colour_wood (x, y, seed, rgb);
    return;
  }
  tone = 1 + GRAIN[mat] * (ripple (x * 2.6, y * 2.6, seed) - 0.5) +
         0.10 * (ripple (x * 0.05, y * 0.05, seed + 1) - 0.5);
  for (guint i = 0; i < 3; i++)
    rgb[i] = BASE[mat][i] * tone;
}

/* Picture to mat: the inverse of (x, y) = scale · (X, Y) / (1 + tilt · (X, Y)). */
static void
to_mat (const YzPressPhoto *photo, double px, double py, double *x, double *y)
{
  const double u = (px - photo->width / 2.0) / photo->scale;
  const double v = (py - photo->height / 2.0) / photo->scale;
  const double w = 1 / (1 - photo->tilt_x * u - photo->tilt_y * v);

  *x = u * w;
  *y = v * w;
}

void
yz_press_photo_project (const YzPressPhoto *self, const YzPressLay *lay, double out_corners[8])
{
  static const double SIDE[4][2] = { { -0.5, -0.5 }, { 0.5, -0.5 }, { 0.5, 0.5 }, { -0.5, 0.5 } };

  for (guint i = 0; i < 4; i++) {
    const double px = SIDE[i][0] * lay->paper->width;
    const double py = SIDE[i][1] * lay->paper->height;
    const double x = lay->x + px * cos (lay->angle) - py * sin (lay->angle);
    const double y = lay->y + px * sin (lay->angle) + py * cos (lay->angle);
    const double w = 1 + self->tilt_x * x + self->tilt_y * y;

    out_corners[2 * i] = self->width / 2.0 + self->scale * x / w;
    out_corners[2 * i + 1] = self->height / 2.0 + self->scale * y / w;
  }
}

/* How far outside the page, millimetres; negative inside. */
static double
distance_to (const YzPressPaper *paper, double x, double y)
{
  const double dx = MAX (-x, x - paper->width);
  const double dy = MAX (-y, y - paper->height);

  if (dx > 0 && dy > 0)
    return hypot (dx, dy);
  return MAX (dx, dy);
}

/* A close dark line where the page touches the mat and a wide soft one away from the lamp. */
static double
shade_of (const Page *page, double x, double y, const Lamp *lamp)
{
  const double near = distance_to (page->lay->paper, x, y);
  double far = 0;

  if (near > 28)
    return 1;
  far = distance_to (page->lay->paper, x + 1.6 * lamp->x, y + 1.6 * lamp->y);
  return (1 - 0.26 * exp (-MAX (near, 0) * MAX (near, 0) / 1.4)) *
         (1 - 0.30 * exp (-MAX (far, 0) * MAX (far, 0) / 22)) *
         (1 - 0.07 * exp (-MAX (far, 0) / 9));
}

/* Creases, a slight wave of the sheet, and the lamp mirrored in plastic. */
static double
relief_of (const Page *page, double x, double y)
{
  const YzPressPaper *paper = page->lay->paper;
  double light = 1 + 0.030 * (ripple (x * 0.016, y * 0.013, page->seed) - 0.5);

  for (guint i = 1; i <= paper->folds; i++) {
    const double d = y - paper->height * i / (paper->folds + 1);

    light += 0.020 * (i % 2 ? 1 : -1) * tanh (d / 6);
    light -= 0.10 * exp (-d * d / 0.05);
    light += 0.05 * exp (-(d - 0.5) * (d - 0.5) / 0.10);
  }
  return light;
}

static void
blend_page (const Page *page, double x, double y, double rgb[3])
{
  const double sx = x * page->scale + 1.5;
  const double sy = y * page->scale + 1.5;
  const int ix = (int) sx;
  const int iy = (int) sy;
  const double u = sx - ix;
  const double v = sy - iy;
  const guint8 *at = page->pixels + (gsize) iy * (gsize) page->stride + (gsize) ix * 4;
  const double light = relief_of (page, x, y);
  double sum[4] = { 0 };

  for (guint i = 0; i < 4; i++) {
    const double top = at[i] * (1 - u) + at[i + 4] * u;
    const double bottom = at[page->stride + (int) i] * (1 - u) + at[page->stride + (int) i + 4] * u;

    sum[i] = top * (1 - v) + bottom * v;
  }
  for (guint i = 0; i < 3; i++)
    rgb[i] = rgb[i] * (1 - sum[3] / 255) + sum[2 - i] * light;
}

static void
lay_page (const Page *page, double x, double y, const Lamp *lamp, double rgb[3])
{
  const double dx = x - page->lay->x;
  const double dy = y - page->lay->y;
  const double px = dx * page->cosine + dy * page->sine + page->lay->paper->width / 2;
  const double py = -dx * page->sine + dy * page->cosine + page->lay->paper->height / 2;
  const double rim = 1 / page->scale;

  if (px > -rim && py > -rim && px < page->lay->paper->width + rim &&
      py < page->lay->paper->height + rim) {
    for (guint i = 0; i < 3; i++)
      rgb[i] *= 0.62; /* what shows through at a rounded corner lies in the shadow */
    blend_page (page, px, py, rgb);
    return;
  }
  {
    const double shade = shade_of (page, px, py, lamp);

    for (guint i = 0; i < 3; i++)
      rgb[i] *= shade;
  }
}

/* Well inside a page the mat cannot be seen. */
static gboolean
is_covered (const Exposure *self, double x, double y)
{
  for (gsize i = 0; i < self->photo->n_lays; i++) {
    const Page *page = &self->pages[i];
    const double dx = x - page->lay->x;
    const double dy = y - page->lay->y;
    const double px = dx * page->cosine + dy * page->sine + page->lay->paper->width / 2;
    const double py = -dx * page->sine + dy * page->cosine + page->lay->paper->height / 2;

    if (distance_to (page->lay->paper, px, py) < -page->lay->paper->radius - 1)
      return TRUE;
  }
  return FALSE;
}

static double
mirror_of (const Exposure *self, double u, double v, double x, double y)
{
  for (gsize i = 0; i < self->photo->n_lays; i++) {
    const YzPressLay *lay = &self->photo->lays[i];

    if (lay->paper->sheen > 0 && fabs (x - lay->x) < lay->paper->width / 2 &&
        fabs (y - lay->y) < lay->paper->height / 2) {
      const double d = (u - self->lamp.x * 0.5) * 0.8 + (v - self->lamp.y * 0.5);

      return lay->paper->sheen * 16 * exp (-d * d * 5);
    }
  }
  return 0;
}

static void
expose_row (const Exposure *self, int row, guint8 *out)
{
  const YzPressPhoto *photo = self->photo;
  const double half = MAX (photo->width, photo->height) / 2.0;
  const double v = (row - photo->height / 2.0) / half;
  const gint8 *noise = self->noise + (row % TILE) * TILE;
  const int shift = (int) (lattice (row / TILE, row, photo->seed) * (TILE - 1));

  for (int column = 0; column < photo->width; column++) {
    const double u = (column - photo->width / 2.0) / half;
    const double lx = u - self->lamp.x;
    const double ly = v - self->lamp.y;
    const double fade = 1 / (1 + self->lamp.fall * (lx * lx + ly * ly));
    const double light = self->lamp.level * fade * (1 - 0.07 * (u * u + v * v));
    const double warm = self->lamp.warmth * (fade - 0.8);
    double rgb[3] = { 0 };
    double x = 0;
    double y = 0;
    double gleam = 0;

    to_mat (photo, column + 0.5, row + 0.5, &x, &y);
    if (!is_covered (self, x, y))
      colour_mat (photo->mat, x, y, photo->seed, rgb);
    for (gsize i = 0; i < photo->n_lays; i++)
      lay_page (&self->pages[i], x, y, &self->lamp, rgb);
    gleam = mirror_of (self, u, v, x, y);
    for (guint i = 0; i < 3; i++) {
      const double tint = 1 + warm * (i == 0 ? 1 : i == 2 ? -1 : 0);
      const double value = rgb[i] * light * tint + gleam;
      /* shot noise: brighter is noisier, less so in green, of which the sensor has twice as many */
      const double grain = noise[(column + shift + (int) i * 89) & (TILE - 1)] / 22.0 *
                           (i == 1 ? 0.8 : 1.1) * (0.7 + value / 260);

      out[3 * column + (int) i] = (guint8) CLAMP (value + grain + 3.5, 0, 255);
    }
  }
}

static double
gauss (GRand *rand)
{
  double sum = 0;

  for (guint i = 0; i < 6; i++)
    sum += g_rand_double (rand);
  return (sum - 3) * 1.41;
}

static void
prepare_exposure (Exposure *self, const YzPressPhoto *photo)
{
  GRand *rand = g_rand_new_with_seed (photo->seed);

  self->photo = photo;
  self->lamp.x = g_rand_double_range (rand, -0.75, 0.75);
  self->lamp.y = g_rand_double_range (rand, -0.75, -0.15);
  self->lamp.fall = g_rand_double_range (rand, 0.05, 0.13);
  self->lamp.level = g_rand_double_range (rand, 0.97, 1.03);
  self->lamp.warmth = g_rand_double_range (rand, 0.10, 0.30);
  for (guint i = 0; i < TILE * TILE; i++) {
    const double noise = gauss (rand) * 40; /* the macro below would draw it several times */

    self->noise[i] = (gint8) CLAMP (noise, -127, 127);
  }
  g_rand_free (rand);
  self->pages = g_new0 (Page, photo->n_lays);
  for (gsize i = 0; i < photo->n_lays; i++) {
    Page *page = &self->pages[i];

    page->lay = &photo->lays[i];
    page->scale = photo->scale * 1.08;
    page->seed = photo->seed + (guint32) i * 7919;
    page->surface = yz_press_paper_render (page->lay->paper, page->scale, page->seed);
    page->pixels = cairo_image_surface_get_data (page->surface);
    page->width = cairo_image_surface_get_width (page->surface);
    page->height = cairo_image_surface_get_height (page->surface);
    page->stride = cairo_image_surface_get_stride (page->surface);
    page->cosine = cos (page->lay->angle);
    page->sine = sin (page->lay->angle);
  }
}

/* The lens: a 3 × 3 binomial blur, mixed in by a third. Rows are done in place, one line behind. */
static void
soften (GdkPixbuf *picture)
{
  const int width = gdk_pixbuf_get_width (picture) * 3;
  const int height = gdk_pixbuf_get_height (picture);
  const int stride = gdk_pixbuf_get_rowstride (picture);
  guint8 *pixels = gdk_pixbuf_get_pixels (picture);
  g_autofree guint8 *above = g_memdup2 (pixels, (gsize) width);
  g_autofree guint8 *here = g_malloc ((gsize) width);

  for (int y = 1; y + 1 < height; y++) {
    guint8 *row = pixels + (gsize) y * (gsize) stride;
    const guint8 *below = row + stride;

    memcpy (here, row, (gsize) width);
    for (int x = 3; x + 3 < width; x++) {
      const int cross = above[x] + below[x] + here[x - 3] + here[x + 3];

      row[x] = (guint8) ((here[x] * 10 + cross * 2 + 9) / 18);
    }
    memcpy (above, here, (gsize) width);
  }
}

GdkPixbuf *
yz_press_photo_take (const YzPressPhoto *self)
{
  g_autoptr (GdkPixbuf) picture =
      gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, self->width, self->height);
  g_autofree Exposure *exposure = g_new0 (Exposure, 1);
  guint8 *pixels = gdk_pixbuf_get_pixels (picture);
  const int stride = gdk_pixbuf_get_rowstride (picture);

  prepare_exposure (exposure, self);
  for (int row = 0; row < self->height; row++)
    expose_row (exposure, row, pixels + (gsize) row * (gsize) stride);
  for (gsize i = 0; i < self->n_lays; i++)
    cairo_surface_destroy (exposure->pages[i].surface);
  g_free (exposure->pages);
  soften (picture);
  return g_steal_pointer (&picture);
}
