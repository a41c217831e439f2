/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/**
 * yz_scene_curve_bend:
 * @flat: a page, or an open booklet, seen from above
 * @leaves: 1 for a page that is bound on its left, 2 for a booklet with its fold in the middle
 * @rise: of the paper where it is highest, as part of the camera's distance
 *
 * Lets the paper rise beside the fold, as bound paper does: what is nearer to the camera is seen
 * larger, so lines above the middle bend up and those below bend down.
 *
 * Returns: (transfer full): the picture of the same size; beyond the paper its rim goes on
 */
YzBitmap *yz_scene_curve_bend (const YzBitmap *flat, guint leaves, double rise);

G_END_DECLS
