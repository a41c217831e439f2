/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page.h"

G_BEGIN_DECLS

/**
 * yz_shaper_measure_ratio:
 * @corners: x,y clockwise, pixels of a frame
 * @width: of the frame
 * @height: of the frame
 *
 * The true proportion of a rectangle seen in perspective, first side to second: Zhang and He,
 * Whiteboard scanning and image enhancement (MSR-TR-2003-39), with the lens's axis through the
 * frame's middle and square pixels. Where the perspective is too weak to tell, or tells nonsense,
 * the sides as they are seen.
 *
 * Returns: width : height of the document, 1 when the corners are no quadrilateral
 */
double yz_shaper_measure_ratio (const double corners[8], int width, int height);

/**
 * yz_shaper_recognise:
 * @outline: corners are set; paper and dpi are filled in
 * @width: of the frame
 * @height: of the frame
 * @scale: pixels per millimetre on the mat, 0 when nobody measured it
 *
 * Tells the paper by its proportion, and by its size when the mat's scale is known. A3, A4, A5 and
 * B5 have one proportion: without a scale they are taken for A4, which is what windows get.
 */
void yz_shaper_recognise (YzOutline *outline, int width, int height, double scale);

/**
 * yz_shaper_recognise_all:
 * @outlines: of YzOutline on one mat
 *
 * @scale: pixels per millimetre on the mat, measured before; 0 when nobody did
 * @claimed: the same as the file says; 0 when it says nothing
 *
 * The same for all that lie side by side. An identity card has a proportion of its own and one size
 * in the world: where one lies there, it is the measure for the others, and A5 is told from A4;
 * else the mat's scale is, else the file's. Each is believed of a document that then has the size
 * of a paper.
 */
void
yz_shaper_recognise_all (GArray *outlines, int width, int height, double scale, double claimed);

/**
 * yz_shaper_straighten:
 * @frame: the picture
 * @corners: of the document; they may lie outside the frame, where the paper is white
 * @longest: longest side of the result, 0: as many pixels as the document has in the frame
 *
 * Returns: (transfer full) (nullable): the document seen straight from above, with its proportion
 * restored; NULL when the corners are no convex quadrilateral
 */
YzBitmap *yz_shaper_straighten (const YzBitmap *frame, const double corners[8], int longest);

G_END_DECLS
