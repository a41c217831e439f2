/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-planes.h"
#include "capture/page-quad.h"

G_BEGIN_DECLS

/*
 * A side of a document under the magnifying glass: profiles across it are searched for the step
 * from mat to paper, and a line (or, for a bent sheet, a shallow arc) is laid robustly through the
 * steps.
 */
typedef struct {
  YzPoint from, to; /* the side: where it is now; clockwise, so paper lies to the right */
  double bend;      /* of the arc: its height in the middle, towards the paper, pixels */
  double support;   /* part of the visible profiles that show the step on the line, 0 … 1 */
  double seen;      /* part of the side within the frame, 0 … 1 */
  float colour[3];  /* the direction from mat to paper in Y, Cb, Cr; unit length */
  double contrast;  /* the step, in levels */
  double spread;    /* of the steps about the line, pixels */
} YzSide;

/* Where profiles are read: the small picture, or the big one. */
typedef struct {
  const YzPlanes *planes; /* (nullable) */
  const YzBitmap *bitmap; /* (nullable) used when there are no planes */
} YzSideSource;

/**
 * yz_side_refine:
 * @side: from and to are set, in pixels of the source
 * @reach: how far the true side may be away, pixels
 * @step: between the places of a profile, pixels
 * @n_profiles: along the side
 *
 * Moves the side onto the step. A side outside the frame, or without any step, stays and has no
 * support.
 */
void yz_side_refine (
    const YzSideSource *source, YzSide *side, double reach, double step, guint n_profiles);

/**
 * yz_side_measure_rise:
 * @reach: how far to either side is looked, pixels
 * @out_rise: (out): by how much Y, Cb, Cr rise across the side towards the paper, levels
 *
 * Looks only; the side stays where it is.
 */
void yz_side_measure_rise (const YzSideSource *source,
                           const YzSide *side,
                           double reach,
                           guint n_profiles,
                           float out_rise[3]);

/* Where two neighbouring sides meet, their bends followed; the nearer ends' middle when parallel.
 */
YzPoint yz_side_meet (const YzSide *before, const YzSide *after);

G_END_DECLS
