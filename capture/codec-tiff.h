/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/**
 * yz_tiff_encode_bitonal:
 * @bitmap: what is darker than middle grey becomes black, all else white
 * @dpi: written into the file, 0 when nobody knows
 *
 * Archives' own format for black and white: CCITT group 4 (ITU-T T.6) in one strip of a TIFF. It
 * loses nothing, and takes half of what a PNG does.
 *
 * Returns: (transfer full): the file
 */
GBytes *yz_tiff_encode_bitonal (const YzBitmap *bitmap, guint dpi, GError **error);

G_END_DECLS
