/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * yz_skin_is_likely:
 * @light: luminance, 0 … 255
 * @cb: blue difference, around 0
 * @cr: red difference, around 0
 *
 * The colours of skin whatever its shade (Chai and Ngan, Face segmentation using skin-color map,
 * 1999). Wood, leather and brown card have them too.
 */
gboolean yz_skin_is_likely (float light, float cb, float cr);

G_END_DECLS
