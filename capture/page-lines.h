/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-planes.h"
#include "capture/page-quad.h"

G_BEGIN_DECLS

/**
 * yz_lines_measure_slope:
 * @planes: the small picture
 *
 * Returns: (transfer full): for each pixel the length of the gradient (Sobel), in levels a pixel,
 * of whichever plane changes most
 */
float *yz_lines_measure_slope (const YzPlanes *planes);

/**
 * yz_lines_propose:
 * @slope: of yz_lines_measure_slope()
 * @quads: of YzQuad; the proposals are appended, the best ones only
 *
 * Quadrilaterals made of straight edges, for documents whose colour is the mat's. The way of Zhang
 * and He, Whiteboard scanning and image enhancement (MSR-TR-2003-39, 2003): Hough's lines from
 * oriented edge pixels, two pairs of nearly parallel ones, judged by how much of their
 * circumference is edge.
 */
void yz_lines_propose (const YzPlanes *planes, const float *slope, GArray *quads);

G_END_DECLS
