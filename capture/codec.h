/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/*
 * Pictures in and out of bytes that nobody vouches for. A header is judged before a pixel is
 * decoded: more than YZ_CODEC_MAX_PIXELS, or a side beyond YZ_CODEC_MAX_SIDE, is refused.
 */
#define YZ_CODEC_MAX_PIXELS 120000000
#define YZ_CODEC_MAX_SIDE 32000

/* What a file's head says about the picture. */
typedef struct {
  int width; /* of the stored picture, pixels */
  int height;
  guint quarters;         /* quarter turns clockwise that make it upright (EXIF orientation) */
  const char *media_type; /* "image/jpeg" or "image/png" */
  double density;         /* pixels an inch that a scanner claims in it; 0 none */
} YzPictureHeader;

/**
 * yz_codec_check_sides:
 *
 * Returns: FALSE with HOSTILE when a picture of these sides is not to be decoded
 */
gboolean yz_codec_check_sides (gint64 width, gint64 height, GError **error);

/**
 * yz_codec_read_header:
 * @out_header: (out)
 *
 * Reads what comes before the pixels; takes no memory that the file could ask for.
 *
 * Returns: FALSE with UNSUPPORTED when it is neither JPEG nor PNG, HOSTILE when it is damaged or
 * too large
 */
gboolean yz_codec_read_header (const guint8 *data,
                               gsize length,
                               YzPictureHeader *out_header,
                               GError **error);

/**
 * yz_codec_decode:
 * @longest: 0 for all pixels; else a JPEG is decoded at the smallest scale (1/2, 1/4, 1/8) whose
 *   longest side still has that many pixels
 * @out_header: (out) (optional): the header, with the sides at full size
 *
 * Decodes a picture as it is stored; the EXIF orientation is told, not applied.
 *
 * Returns: (transfer full): the pixels; NULL with UNSUPPORTED or HOSTILE
 */
YzBitmap *yz_codec_decode (
    const guint8 *data, gsize length, int longest, YzPictureHeader *out_header, GError **error);

G_END_DECLS
