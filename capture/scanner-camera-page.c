/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/scanner-camera-page.h"

#include "capture/codec.h"

#include <string.h>

#define READ_SIZE 32768

static guint32
make_grey (guint8 level)
{
  return (guint32) level << 16 | (guint32) level << 8 | level;
}

/* Of two bytes in the machine's order the more significant one. */
static guint8
get_high (const guint8 *sample)
{
  guint16 value = 0;

  memcpy (&value, sample, sizeof value);
  return (guint8) (value >> 8);
}

static guint32
read_pixel (const SANE_Parameters *parameters, const guint8 *row, int x)
{
  const gboolean colour = parameters->format == SANE_FRAME_RGB;
  const int channels = colour ? 3 : 1;
  const guint8 *at = row + (gsize) x * channels * (parameters->depth == 16 ? 2 : 1);

  if (parameters->depth == 1) /* set bits are black */
    return (row[x / 8] >> (7 - x % 8) & 1) != 0 ? 0 : 0xffffff;
  if (parameters->depth == 16)
    return colour ? (guint32) get_high (at) << 16 | (guint32) get_high (at + 2) << 8 |
                        get_high (at + 4)
                  : make_grey (get_high (at));
  return colour ? (guint32) at[0] << 16 | (guint32) at[1] << 8 | at[2] : make_grey (at[0]);
}

static gboolean
is_readable (const SANE_Parameters *parameters)
{
  const gboolean colour = parameters->format == SANE_FRAME_RGB;
  gint64 bits = (gint64) parameters->pixels_per_line * parameters->depth * (colour ? 3 : 1);

  return (colour || parameters->format == SANE_FRAME_GRAY) && parameters->pixels_per_line > 0 &&
         parameters->pixels_per_line <= YZ_CODEC_MAX_SIDE &&
         (parameters->depth == 8 || parameters->depth == 16 ||
          (parameters->depth == 1 && !colour)) &&
         parameters->bytes_per_line >= (bits + 7) / 8;
}

YzBitmap *
yz_scanner_page_convert (const SANE_Parameters *parameters, const GByteArray *rows)
{
  YzBitmap *bitmap = NULL;
  gint64 lines = 0;

  if (!is_readable (parameters))
    return NULL;
  lines = rows->len / parameters->bytes_per_line;
  if (!yz_codec_check_sides (parameters->pixels_per_line, lines, NULL))
    return NULL;
  bitmap = yz_bitmap_new_packed (parameters->pixels_per_line, (int) lines);
  for (int y = 0; y < bitmap->height; y++) {
    guint32 *out = (guint32 *) yz_bitmap_get_row (bitmap, y);
    const guint8 *row = rows->data + (gsize) y * parameters->bytes_per_line;

    for (int x = 0; x < bitmap->width; x++)
      out[x] = read_pixel (parameters, row, x);
  }
  return bitmap;
}

YzBitmap *
yz_scanner_page_read (SANE_Handle handle,
                      gboolean (*may_go_on) (gpointer data, GError **error),
                      gpointer data,
                      SANE_Status *out_status,
                      GError **error)
{
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (READ_SIZE);
  SANE_Parameters parameters = { 0 };
  SANE_Status status = sane_get_parameters (handle, &parameters);
  YzBitmap *bitmap = NULL;

  while (status == SANE_STATUS_GOOD) {
    SANE_Int n = 0;

    *out_status = SANE_STATUS_GOOD;
    if (may_go_on != NULL && !may_go_on (data, error))
      return NULL;
    status = sane_read (handle, block, READ_SIZE, &n);
    if (status == SANE_STATUS_GOOD)
      g_byte_array_append (rows, block, (guint) MAX (n, 0));
    if (rows->len > 6U * YZ_CODEC_MAX_PIXELS)
      status = SANE_STATUS_NO_MEM;
  }
  if (status == SANE_STATUS_EOF)
    bitmap = yz_scanner_page_convert (&parameters, rows);
  *out_status = status == SANE_STATUS_EOF ? SANE_STATUS_INVAL : status;
  return bitmap;
}
