/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-jpeg.h"

#include "capture/capture-error.h"
#include "capture/exif.h"

#include <glib/gi18n-lib.h>
#include <turbojpeg.h>

typedef void TurboJpeg;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TurboJpeg, tjDestroy)

static void
set_jpeg_error (GError **error, TurboJpeg *turbo)
{
  g_debug ("turbojpeg: %s", tjGetErrorStr2 (turbo));
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
                       _ ("The picture is damaged or cut short; take it again."));
}

gboolean
yz_jpeg_is (const guint8 *data, gsize length)
{
  return length >= 3 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff;
}

/* What only the decoder needs to know. */
typedef struct {
  int width;
  int height;
  int colours; /* TJCS_… */
} JpegShape;

static gboolean
read_shape (
    TurboJpeg *turbo, const guint8 *data, gsize length, JpegShape *out_shape, GError **error)
{
  JpegShape shape = { 0 };
  int sampling = 0;

  if (tjDecompressHeader3 (turbo, data, length, &shape.width, &shape.height, &sampling,
                           &shape.colours) != 0) {
    set_jpeg_error (error, turbo);
    return FALSE;
  }
  if (!yz_codec_check_sides (shape.width, shape.height, error))
    return FALSE;
  *out_shape = shape;
  return TRUE;
}

gboolean
yz_jpeg_read_header (const guint8 *data, gsize length, YzPictureHeader *out_header, GError **error)
{
  g_autoptr (TurboJpeg) turbo = tjInitDecompress ();
  JpegShape shape;

  if (!read_shape (turbo, data, length, &shape, error))
    return FALSE;
  out_header->width = shape.width;
  out_header->height = shape.height;
  out_header->quarters = yz_exif_read_quarters (data, length);
  out_header->media_type = "image/jpeg";
  out_header->density = yz_exif_read_density (data, length);
  return TRUE;
}

/* The smallest of 1, 1/2, 1/4, 1/8 that keeps @longest pixels. */
static tjscalingfactor
choose_scale (int side, int longest)
{
  tjscalingfactor scale = { 1, 1 };

  while (longest > 0 && scale.denom < 8 && side / (2 * scale.denom) >= longest)
    scale.denom *= 2;
  return scale;
}

/* Ink to light, in place. Adobe's files, and so nearly all, store the ink inverted. */
static void
convert_cmyk (YzBitmap *bitmap, gboolean inverted)
{
  for (int y = 0; y < bitmap->height; y++) {
    guint32 *row = (guint32 *) yz_bitmap_get_row (bitmap, y);

    for (int x = 0; x < bitmap->width; x++) {
      guint8 ink[4];
      guint32 light[3];

      memcpy (ink, &row[x], 4);
      for (guint i = 0; i < 3; i++)
        light[i] = inverted ? (guint32) ink[i] * ink[3] / 255
                            : (guint32) (255 - ink[i]) * (255 - ink[3]) / 255;
      row[x] = light[0] << 16 | light[1] << 8 | light[2];
    }
  }
}

YzBitmap *
yz_jpeg_decode (const guint8 *data, gsize length, int longest, GError **error)
{
  g_autoptr (TurboJpeg) turbo = tjInitDecompress ();
  g_autoptr (YzBitmap) bitmap = NULL;
  tjscalingfactor scale;
  JpegShape shape;
  gboolean ink = FALSE;

  if (!read_shape (turbo, data, length, &shape, error))
    return NULL;
  ink = shape.colours == TJCS_CMYK || shape.colours == TJCS_YCCK;
  scale = choose_scale (MAX (shape.width, shape.height), longest);
  bitmap = yz_bitmap_new_packed (TJSCALED (shape.width, scale), TJSCALED (shape.height, scale));
  if (tjDecompress2 (turbo, data, length, (guint8 *) yz_bitmap_get_row (bitmap, 0), bitmap->width,
                     bitmap->stride, bitmap->height,
                     ink                               ? TJPF_CMYK
                     : G_BYTE_ORDER == G_LITTLE_ENDIAN ? TJPF_BGRX
                                                       : TJPF_XRGB,
                     TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0) {
    set_jpeg_error (error, turbo);
    return NULL;
  }
  if (ink)
    convert_cmyk (bitmap, yz_exif_has_adobe (data, length));
  return g_steal_pointer (&bitmap);
}

/* Pixels an inch in the JFIF block, which libjpeg writes first of all. */
static void
write_density (guint8 *jpeg, gsize size, guint dpi)
{
  static const guint8 HEAD[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0 };

  if (dpi == 0 || dpi > G_MAXUINT16 || size < 18 || memcmp (jpeg, HEAD, sizeof HEAD) != 0)
    return;
  jpeg[13] = 1;
  jpeg[14] = jpeg[16] = (guint8) (dpi >> 8);
  jpeg[15] = jpeg[17] = (guint8) dpi;
}

GBytes *
yz_jpeg_encode_at (const YzBitmap *bitmap, int quality, guint dpi, GError **error)
{
  g_autoptr (TurboJpeg) turbo = tjInitCompress ();
  unsigned char *jpeg = NULL;
  unsigned long size = 0;

  g_return_val_if_fail (bitmap != NULL, NULL);
  g_return_val_if_fail (quality >= 1 && quality <= 100, NULL);

  if (tjCompress2 (turbo, (const guint8 *) yz_bitmap_get_row (bitmap, 0), bitmap->width,
                   bitmap->stride, bitmap->height,
                   G_BYTE_ORDER == G_LITTLE_ENDIAN ? TJPF_BGRX : TJPF_XRGB, &jpeg, &size,
                   TJSAMP_420, quality, 0) != 0) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 _ ("The picture cannot be written as JPEG: %s"), tjGetErrorStr2 (turbo));
    tjFree (jpeg);
    return NULL;
  }
  write_density (jpeg, size, dpi);
  return g_bytes_new_with_free_func (jpeg, size, (GDestroyNotify) tjFree, jpeg);
}

GBytes *
yz_jpeg_encode (const YzBitmap *bitmap, int quality, GError **error)
{
  return yz_jpeg_encode_at (bitmap, quality, 0, error);
}
