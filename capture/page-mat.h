/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-planes.h"

G_BEGIN_DECLS

/*
 * What lies under the documents, and how far each pixel is from it. Without a picture of the empty
 * mat its colour is a smooth surface laid through the frame's rim; with one, the surface has only
 * to carry the change of light since then, and the mat's own pattern cancels out. Distances are in
 * units of the mat's own unrest, so 1 is grain and 10 is certainly something else.
 */
typedef struct {
  int width, height;
  float *far;     /* in brightness and colour together */
  float *lighter; /* in brightness, signed */
  float *tint;    /* in colour alone: what more or less light of the same kind does not explain */
  float *shade;   /* brightness against the mat's: 1 the same, less in a shadow */
  float sigma[3]; /* the unrest of Y, Cb, Cr about the surface */
  float grain[3]; /* their unrest over a few pixels: texture and noise, but no lamp's shadow */
  double held;    /* part of the rim that the surface explains, 0 … 1 */
} YzMat;

/**
 * yz_mat_fit:
 * @empty: (nullable): the empty mat in the same size, as the same camera saw it
 *
 * Returns: (transfer full): the distances from the mat
 */
YzMat *yz_mat_fit (const YzPlanes *planes, const YzPlanes *empty);

/**
 * yz_mat_fit_rest:
 *
 * Returns: (transfer full) (nullable): for a frame over two surfaces, the distances from the nearer
 * one; NULL when the rest of the rim is too little to be a second surface
 */
YzMat *yz_mat_fit_rest (const YzMat *first, const YzPlanes *planes, const YzPlanes *empty);

/* A pixel that may well be mat: as bright and coloured as it, or as coloured in a shadow. */
gboolean yz_mat_is_likely (const YzMat *self, gsize at);
gboolean yz_mat_is_shadow (const YzMat *self, gsize at);
void yz_mat_free (YzMat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzMat, yz_mat_free)

G_END_DECLS
