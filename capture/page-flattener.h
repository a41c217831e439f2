/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/**
 * yz_flattener_flatten:
 * @page: the straightened page, upright: lines of writing run across
 *
 * Straightens lines of writing that bend, as they do on an open booklet and on paper that was
 * rolled up: Leptonica's disparity model (Bloomberg), of the whole page and of its two leaves. What
 * it makes is kept only where the lines come out straighter than they were, which is measured: it
 * needs several lines of text, and says nothing when it fails.
 *
 * Returns: (transfer full) (nullable): the flattened page; NULL when it is no straighter
 */
YzBitmap *yz_flattener_flatten (const YzBitmap *page);

/**
 * yz_flattener_hush:
 *
 * Leptonica, also where Tesseract calls it, says nothing on the terminal from now on: what it
 * complains about there is the ordinary lot of a page without writing, and its failures come back
 * as results. Flattening does this by itself.
 */
void yz_flattener_hush (void);

G_END_DECLS
