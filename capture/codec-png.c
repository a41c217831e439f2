/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-png.h"

#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>
#include <png.h>

static const guint8 SIGNATURE[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

#define HEADER_LENGTH 33 /* the signature and a whole IHDR */

static void
set_png_error (GError **error, const char *message)
{
  g_debug ("libpng: %s", message);
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
                       _ ("The picture is damaged or cut short; take it again."));
}

gboolean
yz_png_is (const guint8 *data, gsize length)
{
  return length >= sizeof SIGNATURE && memcmp (data, SIGNATURE, sizeof SIGNATURE) == 0;
}

static guint32
read_u32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

/* Pixels an inch of the pHYs chunk (PNG 1.2, 4.2.4.2), which stands before the pixels. */
static double
read_density (const guint8 *data, gsize length)
{
  gsize at = sizeof SIGNATURE;

  while (at + 12 <= length && memcmp (data + at + 4, "IDAT", 4) != 0) {
    const guint32 size = read_u32 (data + at);
    const guint8 *body = data + at + 8;

    if (size > length - at - 12)
      return 0;
    if (memcmp (data + at + 4, "pHYs", 4) == 0)
      return size == 9 && body[8] == 1 && read_u32 (body) == read_u32 (body + 4)
                 ? read_u32 (body) * 0.0254
                 : 0;
    at += 12 + (gsize) size;
  }
  return 0;
}

gboolean
yz_png_read_header (const guint8 *data, gsize length, YzPictureHeader *out_header, GError **error)
{
  if (length < HEADER_LENGTH || read_u32 (data + 8) != 13 || memcmp (data + 12, "IHDR", 4) != 0) {
    set_png_error (error, "no IHDR");
    return FALSE;
  }
  if (!yz_codec_check_sides (read_u32 (data + 16), read_u32 (data + 20), error))
    return FALSE;
  out_header->width = (int) read_u32 (data + 16);
  out_header->height = (int) read_u32 (data + 20);
  out_header->quarters = 0;
  out_header->media_type = "image/png";
  out_header->density = read_density (data, length);
  return TRUE;
}

/* Lays the picture on white paper. */
static void
drop_alpha (YzBitmap *bitmap)
{
  for (int y = 0; y < bitmap->height; y++) {
    guint32 *row = (guint32 *) yz_bitmap_get_row (bitmap, y);

    for (int x = 0; x < bitmap->width; x++) {
      const guint32 alpha = row[x] >> 24;
      guint32 out = 0;

      for (guint shift = 0; shift < 24; shift += 8) {
        const guint32 value = (row[x] >> shift) & 255;

        out |= ((value * alpha + 255 * (255 - alpha) + 127) / 255) << shift;
      }
      row[x] = out;
    }
  }
}

YzBitmap *
yz_png_decode (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (YzBitmap) bitmap = NULL;
  png_image image = { .version = PNG_IMAGE_VERSION };
  YzPictureHeader header;
  gboolean has_alpha = FALSE;

  if (!yz_png_read_header (data, length, &header, error))
    return NULL;
  if (!png_image_begin_read_from_memory (&image, data, length)) {
    set_png_error (error, image.message);
    png_image_free (&image);
    return NULL;
  }
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB; /* scanners write no gamma and mean sRGB */
  has_alpha = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
  image.format = G_BYTE_ORDER == G_LITTLE_ENDIAN ? PNG_FORMAT_BGRA : PNG_FORMAT_ARGB;
  bitmap = yz_bitmap_new_packed (header.width, header.height);
  if (image.width != (png_uint_32) header.width || image.height != (png_uint_32) header.height ||
      !png_image_finish_read (&image, NULL, (void *) yz_bitmap_get_row (bitmap, 0), bitmap->stride,
                              NULL)) {
    set_png_error (error, image.message);
    png_image_free (&image);
    return NULL;
  }
  if (has_alpha)
    drop_alpha (bitmap);
  return g_steal_pointer (&bitmap);
}

static void
append_bytes (png_structp png, png_bytep data, png_size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) length);
}

static void
flush_nothing (png_structp png)
{
}

static void
write_bitonal (png_structp png, png_infop info, const YzBitmap *bitmap, guint dpi, guint8 *row)
{
  png_set_IHDR (png, info, (png_uint_32) bitmap->width, (png_uint_32) bitmap->height, 1,
                PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  png_set_filter (png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  if (dpi > 0)
    png_set_pHYs (png, info, (png_uint_32) (dpi / 0.0254 + 0.5), (png_uint_32) (dpi / 0.0254 + 0.5),
                  PNG_RESOLUTION_METER);
  png_write_info (png, info);
  for (int y = 0; y < bitmap->height; y++) {
    yz_bitmap_pack_row (bitmap, y, row);
    png_write_row (png, row);
  }
  png_write_end (png, info);
}

GBytes *
yz_png_encode_bitonal (const YzBitmap *bitmap, guint dpi, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *row = g_malloc (((gsize) bitmap->width + 7) / 8);
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png != NULL ? png_create_info_struct (png) : NULL;

  /* libpng comes back here when it gives up. */
  if (info == NULL || setjmp (png_jmpbuf (png))) { /* NOLINT(cert-err52-cpp) */
    png_destroy_write_struct (&png, &info);
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                         _ ("The picture cannot be written as PNG."));
    return NULL;
  }
  png_set_write_fn (png, bytes, append_bytes, flush_nothing);
  write_bitonal (png, info, bitmap, dpi, row);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
