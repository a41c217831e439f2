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

G_END_DECLS
