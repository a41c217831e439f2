/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/codec.h"

G_BEGIN_DECLS

gboolean yz_jpeg_is (const guint8 *data, gsize length);

/**
 * yz_jpeg_read_header:
 *
 * Returns: FALSE with HOSTILE when the header is damaged or says too many pixels
 */
gboolean
yz_jpeg_read_header (const guint8 *data, gsize length, YzPictureHeader *out_header, GError **error);

/**
 * yz_jpeg_decode:
 * @longest: see yz_codec_decode()
 *
 * Colour, grey and CMYK; baseline and progressive.
 *
 * Returns: (transfer full): the pixels; NULL with HOSTILE when the file is cut short or damaged
 */
YzBitmap *yz_jpeg_decode (const guint8 *data, gsize length, int longest, GError **error);

/**
 * yz_jpeg_encode:
 * @quality: 1 … 100; 85 is what pages are kept at

 *
 * Returns: (transfer full): a JPEG with 4:2:0 colour
 */
GBytes *yz_jpeg_encode (const YzBitmap *bitmap, int quality, GError **error);

/* The same with the resolution written into the file's head; 0 when nobody knows it. */
GBytes *yz_jpeg_encode_at (const YzBitmap *bitmap, int quality, guint dpi, GError **error);

G_END_DECLS
