/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec.h"

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "capture/codec-png.h"

#include <glib/gi18n-lib.h>

gboolean
yz_codec_check_sides (gint64 width, gint64 height, GError **error)
{
  if (width >= 1 && height >= 1 && width <= YZ_CODEC_MAX_SIDE && height <= YZ_CODEC_MAX_SIDE &&
      width * height <= YZ_CODEC_MAX_PIXELS)
    return TRUE;
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
               _ ("The picture says that it has %lld × %lld pixels; at most %d million are read."),
               (long long) width, (long long) height, YZ_CODEC_MAX_PIXELS / 1000000);
  return FALSE;
}

static gboolean
refuse_unknown (gsize length, GError **error)
{
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                       length == 0
                           ? _ ("The file is empty.")
                           : _ ("This is not a picture that can be read; JPEG and PNG are."));
  return FALSE;
}

gboolean
yz_codec_read_header (const guint8 *data, gsize length, YzPictureHeader *out_header, GError **error)
{
  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  g_return_val_if_fail (out_header != NULL, FALSE);

  if (yz_jpeg_is (data, length))
    return yz_jpeg_read_header (data, length, out_header, error);
  if (yz_png_is (data, length))
    return yz_png_read_header (data, length, out_header, error);
  return refuse_unknown (length, error);
}

YzBitmap *
yz_codec_decode (
    const guint8 *data, gsize length, int longest, YzPictureHeader *out_header, GError **error)
{
  YzPictureHeader header;
  YzBitmap *bitmap = NULL;

  g_return_val_if_fail (longest >= 0, NULL);

  if (!yz_codec_read_header (data, length, &header, error))
    return NULL;
  bitmap = yz_jpeg_is (data, length) ? yz_jpeg_decode (data, length, longest, error)
                                     : yz_png_decode (data, length, error);
  if (bitmap != NULL && out_header != NULL)
    *out_header = header;
  return bitmap;
}
