/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page.h"

G_BEGIN_DECLS

/**
 * yz_checker_measure_sharpness:
 * @page: the straightened page, of any size
 *
 * How steep the strong edges are against their own height, as if the page were
 * YZ_CHECKER_SIDE pixels long: neither contrast nor resolution changes it, focus and movement do.
 *
 * Returns: 0 … 1; 0 as well when there is no edge to judge by
 */
double yz_checker_measure_sharpness (const YzBitmap *page);
#define YZ_CHECKER_SIDE 1000

/**
 * yz_checker_judge:
 * @page: the straightened page, so that the mat beside it has no say
 * @out_sharpness: (out): see yz_checker_measure_sharpness()
 *
 * Returns: BLANK, BLURRED, DARK as they apply. A blank page is never called blurred
 */
YzVerdict yz_checker_judge (const YzBitmap *page, double *out_sharpness);

/**
 * yz_checker_is_cut_off:
 *
 * Returns: whether a corner lies on the frame's edge or outside it
 */
gboolean yz_checker_is_cut_off (const double corners[8], int width, int height);

G_END_DECLS
