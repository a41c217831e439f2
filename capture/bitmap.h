/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Pixels ready for cairo: CAIRO_FORMAT_RGB24 (native-endian xRGB, four bytes a pixel), stride bytes
 * a row. Immutable once it is handed on; reference-counted; read its fields.
 */
typedef struct {
  GBytes *pixels;
  int width, height, stride;
} YzBitmap;

/**
 * yz_bitmap_new:
 * @pixels: at least @stride × @height bytes
 * @width: pixels, at least 1
 * @height: pixels, at least 1
 * @stride: bytes from row to row, at least four times @width
 *
 * Returns: (transfer full) (nullable): the bitmap; NULL when the sizes do not fit the bytes, as
 * they may come from another process
 */
YzBitmap *yz_bitmap_new (GBytes *pixels, int width, int height, int stride);

/**
 * yz_bitmap_new_packed:
 *
 * Returns: (transfer full): a bitmap without gaps between its rows; fill it through
 * yz_bitmap_get_row() before anybody else sees it
 */
YzBitmap *yz_bitmap_new_packed (int width, int height);
YzBitmap *yz_bitmap_ref (YzBitmap *self);
void yz_bitmap_unref (YzBitmap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzBitmap, yz_bitmap_unref)

/**
 * yz_bitmap_get_row:
 *
 * Returns: (transfer none): the pixels of a row, 0xXXRRGGBB each
 */
const guint32 *yz_bitmap_get_row (const YzBitmap *self, int row);

/**
 * yz_bitmap_read_light:
 * @out: (out): a level for each pixel of the row
 *
 * A quarter of red and blue and half of green: near enough to luminance for telling ink from paper,
 * in half the time.
 */
void yz_bitmap_read_light (const YzBitmap *self, int row, guint8 *out);

/**
 * yz_bitmap_pack_row:
 * @out: (out): a bit for each pixel, the first one highest; set where it is lighter than middle
 *   grey, and clear behind the last pixel
 */
void yz_bitmap_pack_row (const YzBitmap *self, int row, guint8 *out);

/**
 * yz_bitmap_shrink:
 * @longest: longest side of the result in pixels
 *
 * Averages whole areas, so thin strokes fade instead of breaking.
 *
 * Returns: (transfer full): the smaller bitmap, or another reference when it is small enough
 */
YzBitmap *yz_bitmap_shrink (YzBitmap *self, int longest);

/**
 * yz_bitmap_turn:
 * @quarters: quarter turns clockwise; only the last two bits count
 *
 * Returns: (transfer full): the turned bitmap, or another reference when nothing is to be turned
 */
YzBitmap *yz_bitmap_turn (YzBitmap *self, guint quarters);

G_END_DECLS
