/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-mat.h"
#include "capture/page-quad.h"

G_BEGIN_DECLS

/**
 * yz_guess_from_mat:
 * @mat: how far each pixel is from the mat
 * @quads: of YzQuad, small pixels; guesses are appended
 *
 * What stands out of the mat, at several thresholds in brightness, colour and both: each connected
 * shape whose hull is nearly a quadrilateral is a guess.
 */
void yz_guess_from_mat (const YzMat *mat, GArray *quads);

/**
 * yz_guess_from_edges:
 * @slope: of yz_lines_measure_slope()
 * @quads: of YzQuad, small pixels; guesses are appended
 *
 * What cannot be reached from the frame's rim without crossing an edge, for paper of the mat's own
 * colour that only shows by the line around it.
 */
void yz_guess_from_edges (const YzMat *mat, const float *slope, GArray *quads);

/**
 * yz_guess_from_border:
 * @planes: the small picture
 * @slope: of yz_lines_measure_slope()
 * @quads: of YzQuad, small pixels; guesses are appended
 *
 * Quadrilaterals of straight lines along the border between mat and what lies on it: a hand that
 * comes in over a side bends the shape, but the side still shows to its left and right.
 */
void
yz_guess_from_border (const YzMat *mat, const YzPlanes *planes, const float *slope, GArray *quads);

G_END_DECLS
