/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/bitmap.h"

static void
clear_bitmap (gpointer data)
{
  YzBitmap *self = data;

  g_clear_pointer (&self->pixels, g_bytes_unref);
}

YzBitmap *
yz_bitmap_new (GBytes *pixels, int width, int height, int stride)
{
  YzBitmap *self = NULL;

  g_return_val_if_fail (pixels != NULL, NULL);

  if (width < 1 || height < 1 || stride % 4 != 0 || stride / 4 < width ||
      (guint64) stride * (guint64) height > g_bytes_get_size (pixels))
    return NULL;
  self = g_atomic_rc_box_new0 (YzBitmap);
  self->pixels = g_bytes_ref (pixels);
  self->width = width;
  self->height = height;
  self->stride = stride;
  return self;
}

YzBitmap *
yz_bitmap_new_packed (int width, int height)
{
  g_autoptr (GBytes) pixels = NULL;
  gsize size = 0;

  g_return_val_if_fail (width > 0 && height > 0 && width <= G_MAXINT / 4, NULL);

  size = 4 * (gsize) width * (gsize) height;
  pixels = g_bytes_new_take (g_malloc (size), size);
  return yz_bitmap_new (pixels, width, height, 4 * width);
}

YzBitmap *
yz_bitmap_ref (YzBitmap *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
yz_bitmap_unref (YzBitmap *self)
{
  g_atomic_rc_box_release_full (self, clear_bitmap);
}

const guint32 *
yz_bitmap_get_row (const YzBitmap *self, int row)
{
  const guint8 *pixels = g_bytes_get_data (self->pixels, NULL);

  return (const guint32 *) (const void *) (pixels + (gsize) row * (gsize) self->stride);
}

void
yz_bitmap_read_light (const YzBitmap *self, int row, guint8 *out)
{
  const guint32 *pixels = yz_bitmap_get_row (self, row);

  for (int x = 0; x < self->width; x++) {
    const guint32 red_blue = pixels[x] & 0xff00ff;

    out[x] = (guint8) ((((red_blue + (red_blue >> 16)) & 0x1ff) + (pixels[x] >> 7 & 0x1fe)) >> 2);
  }
}

void
yz_bitmap_pack_row (const YzBitmap *self, int row, guint8 *out)
{
  const guint32 *pixels = yz_bitmap_get_row (self, row);

  for (int x = 0; x < self->width; x += 8) {
    const int n = MIN (8, self->width - x);
    guint8 byte = 0;

    for (int k = 0; k < n; k++) /* the highest bit of green tells more than 127 */
      byte = (guint8) (byte | ((pixels[x + k] >> 15 & 1) << (7 - k)));
    out[x / 8] = byte;
  }
}

/* The mean of the source rectangle [x0, x1) × [y0, y1). */
static guint32
average_area (const YzBitmap *self, int x0, int x1, int y0, int y1)
{
  guint64 red = 0;
  guint64 green = 0;
  guint64 blue = 0;
  const guint64 n = (guint64) (x1 - x0) * (guint64) (y1 - y0);

  for (int y = y0; y < y1; y++) {
    const guint32 *row = yz_bitmap_get_row (self, y);

    for (int x = x0; x < x1; x++) {
      red += (row[x] >> 16) & 255;
      green += (row[x] >> 8) & 255;
      blue += row[x] & 255;
    }
  }
  return (guint32) (((red + n / 2) / n) << 16 | ((green + n / 2) / n) << 8 | (blue + n / 2) / n);
}

YzBitmap *
yz_bitmap_shrink (YzBitmap *self, int longest)
{
  const int side = MAX (self->width, self->height);
  YzBitmap *small = NULL;

  g_return_val_if_fail (longest > 0, NULL);

  if (side <= longest)
    return yz_bitmap_ref (self);
  small = yz_bitmap_new_packed (MAX (1, (int) ((gint64) self->width * longest / side)),
                                MAX (1, (int) ((gint64) self->height * longest / side)));
  for (int y = 0; y < small->height; y++) {
    guint32 *row = (guint32 *) yz_bitmap_get_row (small, y);
    const int y0 = (int) ((gint64) y * self->height / small->height);
    const int y1 = (int) ((gint64) (y + 1) * self->height / small->height);

    for (int x = 0; x < small->width; x++)
      row[x] = average_area (self, (int) ((gint64) x * self->width / small->width),
                             (int) ((gint64) (x + 1) * self->width / small->width), y0, y1);
  }
  return small;
}

YzBitmap *
yz_bitmap_turn (YzBitmap *self, guint quarters)
{
  YzBitmap *turned = NULL;
  gsize step = 0;

  quarters &= 3;
  if (quarters == 0)
    return yz_bitmap_ref (self);
  turned = quarters == 2 ? yz_bitmap_new_packed (self->width, self->height)
                         : yz_bitmap_new_packed (self->height, self->width);
  step = (gsize) turned->width;
  for (int y = 0; y < self->height; y++) {
    const guint32 *row = yz_bitmap_get_row (self, y);
    guint32 *out = (guint32 *) yz_bitmap_get_row (turned, 0);

    for (int x = 0; x < self->width; x++) {
      if (quarters == 1)
        out[(gsize) x * step + (gsize) (self->height - 1 - y)] = row[x];
      else if (quarters == 2)
        out[(gsize) (self->height - 1 - y) * step + (gsize) (self->width - 1 - x)] = row[x];
      else
        out[(gsize) (self->width - 1 - x) * step + (gsize) y] = row[x];
    }
  }
  return turned;
}
