/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/codec.h"

G_BEGIN_DECLS

gboolean yz_png_is (const guint8 *data, gsize length);

/**
 * yz_png_read_header:
 *
 * Reads the IHDR chunk and nothing else.
 *
 * Returns: FALSE with HOSTILE when it is damaged or says too many pixels
 */
gboolean
yz_png_read_header (const guint8 *data, gsize length, YzPictureHeader *out_header, GError **error);

/**
 * yz_png_decode:
 *
 * Every PNG: 1 to 16 bits, grey, colour, palette, interlaced. What is transparent becomes white
 * paper.
 *
 * Returns: (transfer full): the pixels; NULL with HOSTILE when the file is cut short or damaged
 */
YzBitmap *yz_png_decode (const guint8 *data, gsize length, GError **error);

/**
 * yz_png_encode_bitonal:
 * @bitmap: what is darker than middle grey becomes black, all else white
 * @dpi: written into the file, 0 when nobody knows
 *
 * Returns: (transfer full): a PNG of one bit a pixel
 */
GBytes *yz_png_encode_bitonal (const YzBitmap *bitmap, guint dpi, GError **error);

G_END_DECLS
