/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/press-paper.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* What the documents lie on. */
typedef enum {
  YZ_PRESS_MAT_GREEN,
  YZ_PRESS_MAT_GREY,
  YZ_PRESS_MAT_WOOD,
  YZ_PRESS_MAT_BLACK,
  YZ_PRESS_N_MATS,
} YzPressMat;

/* One document on the mat, turned about its middle. */
typedef struct {
  const YzPressPaper *paper;
  double x; /* of the page's middle from the picture's middle, millimetres on the mat */
  double y;
  double angle; /* radians, clockwise */
} YzPressLay;

/* A photograph to be taken: the documents, the mat, and where the camera hangs. */
typedef struct {
  YzPressMat mat;
  int width; /* pixels */
  int height;
  double scale;  /* pixels per millimetre in the picture's middle */
  double tilt_x; /* how much nearer the right side is, per millimetre */
  double tilt_y; /* and the near side */
  guint32 seed;  /* light, noise, grain of the mat, what is stamped on the papers */
  const YzPressLay *lays;
  gsize n_lays;
} YzPressPhoto;

/**
 * yz_press_photo_project:
 * @lay: one of the documents
 * @out_corners: (out): x,y of the page's top left, top right, bottom right, bottom left, pixels
 */
void
yz_press_photo_project (const YzPressPhoto *self, const YzPressLay *lay, double out_corners[8]);

/**
 * yz_press_photo_take:
 *
 * Photographs the documents: perspective, soft shadow, uneven light, lens and sensor.
 *
 * Returns: (transfer full): the picture; the same input gives the same pixels
 */
GdkPixbuf *yz_press_photo_take (const YzPressPhoto *self);

G_END_DECLS
