/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/*
 * A small picture as the page finder looks at it: luminance and two colour differences (BT.601) as
 * floating-point planes. Its coordinates are continuous: (0,0) is the outer corner of the first
 * pixel, pixel centres lie at halves, and multiplying by the scales gives the big picture's.
 */
typedef struct {
  int width, height;
  double scale_x, scale_y; /* pixels of the big picture per pixel here */
  float *plane[3];         /* Y, Cb, Cr; 0 … 255, colour differences around 0 */
} YzPlanes;

/**
 * yz_planes_new:
 * @longest: longest side wanted, pixels
 *
 * Returns: (transfer full): the picture shrunk by averaging; a picture that is small already is
 * softened a little instead, as noise is not averaged away there
 */
YzPlanes *yz_planes_new (const YzBitmap *bitmap, int longest);
void yz_planes_free (YzPlanes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzPlanes, yz_planes_free)

/**
 * yz_planes_sample:
 * @out: (out): Y, Cb, Cr between the pixels; beyond the picture its outermost pixels go on
 */
void yz_planes_sample (const YzPlanes *self, double x, double y, float out[3]);

/* The same for @n places, each a step farther than the one before. */
void yz_planes_sample_line (
    const YzPlanes *self, const double from[2], const double step[2], guint n, float out[][3]);

/* The same straight from a bitmap, for the places that are looked at in full size. */
void yz_planes_sample_bitmap (const YzBitmap *bitmap, double x, double y, float out[3]);

G_END_DECLS
