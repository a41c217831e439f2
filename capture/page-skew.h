/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/**
 * yz_skew_measure:
 * @page: a page or a scan, text lines more or less level
 * @out_degrees: (out): how far the lines are turned, clockwise; −15 … 15
 *
 * Postl's differences between neighbouring rows (US patent 4723297 of 1988, expired), as Bloomberg
 * sums them: rows differ most from their neighbours when they run along the text. Summed up is not
 * ink but its upper and lower edges, so that uneven light needs no threshold and fills do not
 * drown the lines. A coarse sweep, then ever smaller steps about the best.
 *
 * Returns: FALSE when there is too little ink, or no angle stands out
 */
gboolean yz_skew_measure (const YzBitmap *page, double *out_degrees);

/**
 * yz_skew_measure_straightness:
 * @page: a page with lines of writing across
 *
 * How much what stands side by side on the page stands on one line: each half's differences between
 * rows, against those of its columns taken alone.
 *
 * Returns: 1 where nothing is in line, larger the straighter and leveller the lines are; 0 when
 * there is too little ink
 */
double yz_skew_measure_straightness (const YzBitmap *page);

G_END_DECLS
