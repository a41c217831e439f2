/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/**
 * yz_cleaner_make_grey:
 *
 * Returns: (transfer full): the picture without its colours
 */
YzBitmap *yz_cleaner_make_grey (const YzBitmap *bitmap);

/**
 * yz_cleaner_make_bitonal:
 *
 * Ink black, paper white, whatever the light: Sauvola and Pietikäinen, Adaptive document image
 * binarization (2000), with k = 0.10, as larger values wear away the thin strokes of Song type.
 *
 * Returns: (transfer full): pixels that are 0x000000 or 0xffffff
 */
YzBitmap *yz_cleaner_make_bitonal (const YzBitmap *bitmap);

G_END_DECLS
