/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-quad.h"

G_BEGIN_DECLS

/*
 * What is not mat: a mask of the small picture, and the separate shapes in it. Each shape may be a
 * document.
 */
typedef struct {
  int width, height;
  guint8 *bits; /* 0 or 1 */
} YzMask;

/* A connected part of a mask, as far as the finder needs it. */
typedef struct {
  GArray *hull; /* of YzPoint */
  double area;  /* of the hull, square pixels */
  double solid; /* how much of the hull the shape fills between its outermost pixels, 0 … 1 */
  gboolean touches_rim;
} YzShape;

YzMask *yz_mask_new (int width, int height);
YzMask *yz_mask_copy (const YzMask *other);
void yz_mask_free (YzMask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzMask, yz_mask_free)
void yz_shape_free (YzShape *self);

/* Sets what lies above the threshold and tells how much of the picture that is, 0 … 1. */
double yz_mask_threshold (YzMask *self, const float *plane, float threshold);

/**
 * yz_mask_spread:
 * @radius: half side of the square, pixels
 *
 * Dilates by a square.
 */
void yz_mask_spread (YzMask *self, int radius);

/* Erodes by a square; what lies outside the picture counts as set. */
void yz_mask_wither (YzMask *self, int radius);

void yz_mask_invert (YzMask *self);

/**
 * yz_mask_flood:
 *
 * Turns barriers into shapes: pixels that cannot be reached from the picture's rim without crossing
 * a set pixel, and the barriers around them, become set; all else is cleared.
 */
void yz_mask_flood (YzMask *self);

/**
 * yz_mask_list_shapes:
 * @least: smallest area of a shape, square pixels
 *
 * Returns: (transfer full) (element-type YzShape): the shapes
 */
GPtrArray *yz_mask_list_shapes (const YzMask *self, double least);

/**
 * yz_mask_split_histogram:
 * @plane: n values, not negative
 * @most: what lies above counts as this much
 *
 * Otsu's threshold (1979).
 */
float yz_mask_split_histogram (const float *plane, gsize n, float most);

G_END_DECLS
