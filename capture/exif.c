/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/exif.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

/* A piece of somebody else's bytes, and the byte order in it. */
typedef struct {
  const guint8 *data;
  gsize length;
  gboolean big_endian;
} Span;

/* Numbers beyond the end read as 0. */
static guint32
read_number (const Span *span, gsize offset, guint bytes)
{
  guint32 value = 0;

  if (offset > span->length || span->length - offset < bytes)
    return 0;
  for (guint i = 0; i < bytes; i++) {
    const guint shift = 8 * (span->big_endian ? bytes - 1 - i : i);

    value |= (guint32) span->data[offset + i] << shift;
  }
  return value;
}

/* The body of the first segment with this marker that begins with @lead. */
static gboolean
find_segment (
    const guint8 *data, gsize length, guint8 marker, const char *lead, gsize lead_length, Span *out)
{
  const Span file = { data, length, TRUE };
  gsize at = 2;

  while (at + 4 <= length && data[at] == 0xff && data[at + 1] != 0xda) {
    const gsize size = read_number (&file, at + 2, 2);

    if (data[at + 1] == 0xff) {
      at++; /* fill byte */
      continue;
    }
    if (size < 2 || size > length - at - 2)
      return FALSE;
    if (data[at + 1] == marker && size >= 2 + lead_length &&
        memcmp (data + at + 4, lead, lead_length) == 0) {
      out->data = data + at + 4 + lead_length;
      out->length = size - 2 - lead_length;
      return TRUE;
    }
    at += 2 + size;
  }
  return FALSE;
}

static guint
find_orientation (const Span *tiff)
{
  const gsize directory = read_number (tiff, 4, 4);
  const guint n_entries = read_number (tiff, directory, 2);

  for (guint i = 0; i < n_entries; i++) {
    const gsize entry = directory + 2 + (gsize) 12 * i;

    if (entry > tiff->length)
      break;
    if (read_number (tiff, entry, 2) == TAG_ORIENTATION)
      return read_number (tiff, entry + 2, 2) == TYPE_SHORT ? read_number (tiff, entry + 8, 2) : 0;
  }
  return 0;
}

guint
yz_exif_read_quarters (const guint8 *data, gsize length)
{
  static const guint QUARTERS[] = { 0, 0, 0, 2, 2, 1, 1, 3, 3 };
  Span tiff = { 0 };
  guint orientation = 0;

  if (!find_segment (data, length, 0xe1, "Exif\0", 6, &tiff) || tiff.length < 8)
    return 0;
  if (memcmp (tiff.data, "MM\0*", 4) == 0)
    tiff.big_endian = TRUE;
  else if (memcmp (tiff.data, "II*\0", 4) != 0)
    return 0;
  orientation = find_orientation (&tiff);
  return orientation < G_N_ELEMENTS (QUARTERS) ? QUARTERS[orientation] : 0;
}

double
yz_exif_read_density (const guint8 *data, gsize length)
{
  Span exif, jfif;
  guint unit = 0, across = 0;

  if (find_segment (data, length, 0xe1, "Exif", 4, &exif) ||
      !find_segment (data, length, 0xe0, "JFIF", 5, &jfif))
    return 0;
  jfif.big_endian = TRUE;
  unit = read_number (&jfif, 2, 1);
  across = read_number (&jfif, 3, 2);
  if (across != read_number (&jfif, 5, 2))
    return 0;
  return unit == 1 ? across : unit == 2 ? across * 2.54 : 0;
}

gboolean
yz_exif_has_adobe (const guint8 *data, gsize length)
{
  Span span = { 0 };

  return find_segment (data, length, 0xee, "Adobe", 5, &span);
}
