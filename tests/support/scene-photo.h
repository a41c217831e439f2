/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/press-photo.h"
#include "capture/bitmap.h"

G_BEGIN_DECLS

/*
 * A photograph for judging the page finder by: practice documents on nine kinds of desk and mat,
 * through a tilted pinhole camera, under a lamp, with shadows, hands, blur and noise. It shares the
 * documents with the press, but neither its camera nor its light, so that nothing is tuned to one
 * painter. The same photograph gives the same pixels.
 */
typedef enum {
  YZ_SCENE_GREEN,
  YZ_SCENE_GREY,
  YZ_SCENE_BLACK,
  YZ_SCENE_WHITE,
  YZ_SCENE_WOOD,
  YZ_SCENE_MARBLE,
  YZ_SCENE_METAL,
  YZ_SCENE_CLOTH,
  YZ_SCENE_BEIGE,
  YZ_SCENE_N_MATS,
} YzSceneMat;

/* A hand that comes in from the rim: where its fingertips are, and where it points to. */
typedef struct {
  double x, y;  /* pixels */
  double angle; /* radians; 0 points to the right */
  double size;  /* width of the palm, pixels */
} YzSceneHand;

typedef struct {
  YzSceneMat mat;
  int width, height;
  double scale;          /* pixels per millimetre in the picture's middle */
  double tilt_x, tilt_y; /* radians */
  double gain;           /* exposure, 1 normal */
  double tint;           /* white balance, 0 neutral, 0.05 rather warm */
  double band;           /* how much light a shadow's edge across the picture takes, 0 … 1 */
  double blur;           /* of the lens, pixels (sigma) */
  double noise;          /* levels */
  guint32 seed;          /* of the mat, the lamp and the papers */
  guint32 words; /* what stands on the papers, where the seed alone would not tell; else 0 */
  guint32 shot;  /* of the noise */
  const YzPressLay *lays;
  gsize n_lays;
  const YzSceneHand *hands;
  gsize n_hands;
} YzScenePhoto;

const char *yz_scene_mat_to_string (YzSceneMat mat);

/**
 * yz_scene_photo_project:
 * @out_corners: (out): x,y of the document's top left, top right, bottom right, bottom left, pixels
 */
void
yz_scene_photo_project (const YzScenePhoto *self, const YzPressLay *lay, double out_corners[8]);

/**
 * yz_scene_photo_take:
 *
 * Returns: (transfer full): the picture
 */
YzBitmap *yz_scene_photo_take (const YzScenePhoto *self);

/* The same as JPEG of quality 88. */
GBytes *yz_scene_photo_save (const YzScenePhoto *self);

G_END_DECLS
