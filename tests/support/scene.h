/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/*
 * A picture for tests, painted by rule: sheets of paper on a mat, with lines that stand for text,
 * light that falls off, and grain. The same scene gives the same pixels.
 */
typedef struct {
  double corners[8]; /* x,y clockwise from the top left, pixels */
  guint32 paper;     /* 0xRRGGBB */
  guint32 ink;       /* the same as paper for an empty sheet */
} YzSceneSheet;

typedef struct {
  int width, height;
  guint32 mat;
  int grain;   /* levels */
  double fall; /* part of the light that is lost towards the right */
  const YzSceneSheet *sheets;
  gsize n_sheets;
} YzScene;

YzBitmap *yz_scene_paint (const YzScene *scene);

/* The picture as JPEG of quality 92. */
GBytes *yz_scene_photograph (const YzScene *scene);

/* Every pixel becomes the mean of the square around it. */
YzBitmap *yz_scene_blur (const YzBitmap *bitmap, int radius);

G_END_DECLS
