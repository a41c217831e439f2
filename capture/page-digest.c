/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-digest.h"

#define FIELDS 16
#define MARGIN 3   /* grey levels between two fields that differ */
#define LEAST 24   /* bits that a page must have to be told from others */
#define SHARED 0.7 /* of the bits that either has */

/* The mean grey of one field. */
static double
average (const YzBitmap *page, int column, int row)
{
  const int left = page->width * column / (FIELDS + 1);
  const int right = MAX (page->width * (column + 1) / (FIELDS + 1), left + 1);
  const int top = page->height * row / FIELDS;
  const int bottom = MAX (page->height * (row + 1) / FIELDS, top + 1);
  guint64 sum = 0;

  for (int y = top; y < MIN (bottom, page->height); y++) {
    const guint32 *pixels = yz_bitmap_get_row (page, y);

    for (int x = left; x < MIN (right, page->width); x++)
      sum += (pixels[x] >> 16 & 255) + (pixels[x] >> 8 & 255) + (pixels[x] & 255);
  }
  return (double) sum / 3 / ((double) (right - left) * (bottom - top));
}

YzPageDigest
yz_page_digest_compute (const YzBitmap *page)
{
  YzPageDigest digest = { { 0 } };

  for (int row = 0; row < FIELDS; row++) {
    double before = average (page, 0, row);

    for (int column = 0; column < FIELDS; column++) {
      const double next = average (page, column + 1, row);
      const guint bit = (guint) (row * FIELDS + column);

      if (before + MARGIN < next)
        digest.bits[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
      before = next;
    }
  }
  return digest;
}

static guint
count (guint64 bits)
{
  return (guint) __builtin_popcountll (bits);
}

gboolean
yz_page_digest_is_same (const YzPageDigest *one, const YzPageDigest *other)
{
  guint both = 0;
  guint either = 0;

  for (guint i = 0; i < YZ_PAGE_DIGEST_WORDS; i++) {
    both += count (one->bits[i] & other->bits[i]);
    either += count (one->bits[i] | other->bits[i]);
  }
  return either >= LEAST && both >= SHARED * either;
}
