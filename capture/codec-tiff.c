/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-tiff.h"

#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>

#include <string.h>
#include <tiffio.h>

/* A file in memory: the library goes back and forth in it. */
typedef struct {
  GByteArray *bytes;
  guint64 at;
} Memory;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TIFF, TIFFClose)

static tmsize_t
read_memory (thandle_t handle, void *out, tmsize_t length)
{
  Memory *self = handle;
  const guint64 rest = self->at < self->bytes->len ? self->bytes->len - self->at : 0;
  const gsize n = (gsize) MIN (rest, (guint64) MAX (length, 0));

  if (n > 0)
    memcpy (out, self->bytes->data + self->at, n);
  self->at += n;
  return (tmsize_t) n;
}

static tmsize_t
write_memory (thandle_t handle, void *data, tmsize_t length)
{
  Memory *self = handle;
  const guint64 end = self->at + (guint64) MAX (length, 0);

  if (length <= 0 || end > G_MAXINT)
    return 0;
  if (end > self->bytes->len) {
    const guint before = self->bytes->len;

    g_byte_array_set_size (self->bytes, (guint) end);
    memset (self->bytes->data + before, 0, (gsize) end - before);
  }
  memcpy (self->bytes->data + self->at, data, (gsize) length);
  self->at = end;
  return length;
}

static toff_t
seek_memory (thandle_t handle, toff_t offset, int whence)
{
  Memory *self = handle;

  if (whence == SEEK_SET)
    self->at = offset;
  else if (whence == SEEK_CUR)
    self->at += offset;
  else
    self->at = self->bytes->len + offset;
  return self->at;
}

static int
close_nothing (thandle_t handle)
{
  return 0;
}

static toff_t
measure_memory (thandle_t handle)
{
  return ((Memory *) handle)->bytes->len;
}

static void
describe (TIFF *tiff, const YzBitmap *bitmap, guint dpi)
{
  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, (guint32) bitmap->width);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, (guint32) bitmap->height);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField (tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField (tiff, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, (guint32) bitmap->height);
  if (dpi > 0) {
    TIFFSetField (tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    TIFFSetField (tiff, TIFFTAG_XRESOLUTION, (double) dpi);
    TIFFSetField (tiff, TIFFTAG_YRESOLUTION, (double) dpi);
  }
}

/* Here a set bit is ink. */
static gboolean
write_rows (TIFF *tiff, const YzBitmap *bitmap)
{
  const gsize length = ((gsize) bitmap->width + 7) / 8;
  g_autofree guint8 *row = g_malloc (length);

  for (int y = 0; y < bitmap->height; y++) {
    yz_bitmap_pack_row (bitmap, y, row);
    for (gsize i = 0; i < length; i++)
      row[i] = (guint8) ~row[i];
    if (TIFFWriteScanline (tiff, row, (guint32) y, 0) < 0)
      return FALSE;
  }
  return TIFFWriteDirectory (tiff) != 0;
}

GBytes *
yz_tiff_encode_bitonal (const YzBitmap *bitmap, guint dpi, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Memory memory = { .bytes = bytes };
  g_autoptr (TIFF) tiff = NULL;
  gboolean good = FALSE;

  /* What the library has to say goes to nobody's terminal. */
  TIFFSetErrorHandler (NULL);
  TIFFSetWarningHandler (NULL);
  tiff = TIFFClientOpen ("memory", "wl", &memory, read_memory, write_memory, seek_memory,
                         close_nothing, measure_memory, NULL, NULL);
  if (tiff != NULL) {
    describe (tiff, bitmap, dpi);
    good = write_rows (tiff, bitmap);
  }
  g_clear_pointer (&tiff, TIFFClose);
  if (!good) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                         _ ("The picture cannot be written as TIFF."));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
