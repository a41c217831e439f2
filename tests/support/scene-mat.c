/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/scene-mat.h"

#include <math.h>

#define GRID 10.0F /* millimetres between the lines of a cutting mat */

static float
lattice (int x, int y, guint32 seed)
{
  guint32 h = (guint32) x * 374761393U + (guint32) y * 668265263U + seed * 2246822519U;

  h = (h ^ (h >> 13)) * 1274126177U;
  return (float) ((h ^ (h >> 16)) & 0xffff) / 65535.0F;
}

float
yz_scene_ripple (float x, float y, guint32 seed)
{
  const float fx = floorf (x);
  const float fy = floorf (y);
  const int ix = (int) fx;
  const int iy = (int) fy;
  float u = x - fx;
  float v = y - fy;

  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  return (lattice (ix, iy, seed) * (1 - u) + lattice (ix + 1, iy, seed) * u) * (1 - v) +
         (lattice (ix, iy + 1, seed) * (1 - u) + lattice (ix + 1, iy + 1, seed) * u) * v;
}

const char *
yz_scene_mat_to_string (YzSceneMat mat)
{
  static const char *const NAMES[YZ_SCENE_N_MATS] = { "green",  "grey",  "black", "white", "wood",
                                                      "marble", "metal", "cloth", "beige" };

  return NAMES[mat];
}

/* Planks with rings, and dark seams between them. */
static float
carve_wood (float x, float y, guint32 seed)
{
  const float plank = floorf (y / 96);
  const float within = y - plank * 96;
  const float bend = yz_scene_ripple (x * 0.012F + plank * 7, y * 0.03F, seed) * 44;
  const float tone = 1 + 0.10F * sinf ((y + bend) * 0.7F) +
                     0.10F * (yz_scene_ripple (x * 0.05F, y * 2.8F, seed + 1) - 0.5F) +
                     0.06F * (yz_scene_ripple (plank, 3.5F, seed + 2) - 0.5F);

  return within < 1.4F ? 0.55F * tone : tone;
}

static float
vein_marble (float x, float y, guint32 seed)
{
  const float cloud = yz_scene_ripple (x * 0.02F, y * 0.02F, seed) - 0.5F;
  const float vein = fabsf (yz_scene_ripple (x * 0.03F + 0.7F * cloud, y * 0.03F, seed + 1) - 0.5F);

  return 1 + 0.12F * cloud - (vein < 0.02F ? 0.16F * (1 - vein / 0.02F) : 0);
}

static gboolean
is_on_grid (float x, float y)
{
  return x - floorf (x / GRID) * GRID < 0.3F || y - floorf (y / GRID) * GRID < 0.3F;
}

void
yz_scene_mat_colour (YzSceneMat mat, float x, float y, guint32 seed, float out_rgb[3])
{
  static const float BASE[YZ_SCENE_N_MATS][3] = {
    { 46, 98, 72 },    { 124, 127, 129 }, { 33, 34, 36 },  { 230, 230, 228 }, { 176, 132, 92 },
    { 212, 210, 206 }, { 172, 173, 175 }, { 74, 92, 122 }, { 216, 204, 186 },
  };
  float tone = 1;
  float extra = 0;

  switch (mat) {
  case YZ_SCENE_WOOD:
    tone = carve_wood (x, y, seed);
    break;
  case YZ_SCENE_MARBLE:
    tone = vein_marble (x, y, seed);
    break;
  case YZ_SCENE_METAL: /* brushed along x */
    tone = 1 + 0.12F * (yz_scene_ripple (x * 0.004F, y * 4, seed) - 0.5F);
    break;
  case YZ_SCENE_CLOTH:
    tone = 1 + 0.13F * sinf (x * 2.2F) * sinf (y * 2.2F) +
           0.10F * (yz_scene_ripple (x * 0.1F, y * 0.1F, seed) - 0.5F);
    break;
  case YZ_SCENE_GREEN:
  case YZ_SCENE_BLACK:
    extra = seed % 2 == 0 && is_on_grid (x, y) ? 18 : 0;
    tone = 1 + 0.12F * (yz_scene_ripple (x * 2, y * 2, seed) - 0.5F);
    break;
  case YZ_SCENE_GREY:
  case YZ_SCENE_WHITE:
  case YZ_SCENE_BEIGE:
  case YZ_SCENE_N_MATS:
  default:
    tone = 1 + 0.03F * (yz_scene_ripple (x * 2, y * 2, seed) - 0.5F);
  }
  tone *= 1 + 0.06F * (yz_scene_ripple (x * 0.015F, y * 0.015F, seed + 3) - 0.5F);
  for (guint i = 0; i < 3; i++)
    out_rgb[i] = BASE[mat][i] * tone + extra;
}
