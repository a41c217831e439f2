/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-digest.h"

#include <math.h>

#define SIDE YZ_PAGE_DIGEST_SIDE
#define BLOCK 8
#define MARGIN 4 /* cells: what lies at the page's rim depends on how it was cut out */
#define BLOCKS ((SIDE - 2 * MARGIN) / BLOCK)
#define PRINT 6.0F   /* levels, standard deviation: less is bare paper */
#define FAINTER 0.5F /* of the other's print: less is not the same print in another light */
#define ALIKE 0.9F
#define SPARED 33 /* one block in so many may differ */

YzPageDigest
yz_page_digest_compute (const YzBitmap *page)
{
  YzPageDigest digest;

  for (int cell = 0; cell < YZ_PAGE_DIGEST_CELLS; cell++) {
    const int left = cell % SIDE * page->width / SIDE;
    const int right = MAX ((cell % SIDE + 1) * page->width / SIDE, left + 1);
    const int top = cell / SIDE * page->height / SIDE;
    const int bottom = MAX ((cell / SIDE + 1) * page->height / SIDE, top + 1);
    guint64 sum = 0;

    for (int y = top; y < MIN (bottom, page->height); y++) {
      const guint32 *pixels = yz_bitmap_get_row (page, y);

      for (int x = left; x < MIN (right, page->width); x++)
        sum += (pixels[x] >> 16 & 255) + 2 * (pixels[x] >> 8 & 255) + (pixels[x] & 255);
    }
    digest.cells[cell] = (guint8) (sum / 4 / ((guint) (right - left) * (guint) (bottom - top)));
  }
  return digest;
}

/* One block, its mean taken away. Returns: its standard deviation. */
static float
cut_block (const YzPageDigest *digest, int left, int top, float out[BLOCK * BLOCK])
{
  float mean = 0;
  float square = 0;

  for (int i = 0; i < BLOCK * BLOCK; i++) {
    const int cell = (top + i / BLOCK) * SIDE + left + i % BLOCK;

    out[i] = digest->cells[cell];
    mean += out[i] / (BLOCK * BLOCK);
  }
  for (int i = 0; i < BLOCK * BLOCK; i++) {
    out[i] -= mean;
    square += out[i] * out[i];
  }
  return sqrtf (square / (BLOCK * BLOCK));
}

/* −1 … 1; 2 when neither has print there. */
static float
compare_block (const YzPageDigest *one, const YzPageDigest *other, int left, int top)
{
  float a[BLOCK * BLOCK];
  float b[BLOCK * BLOCK];
  const float print = cut_block (one, left, top, a);
  float best = -1;

  if (MAX (print, cut_block (other, left, top, b)) < PRINT)
    return 2;
  for (int shift = 0; shift < 9; shift++) {
    const float there = cut_block (other, left + shift % 3 - 1, top + shift / 3 - 1, b);
    float both = 0;

    if (MIN (print, there) < FAINTER * MAX (print, there))
      continue;
    for (int i = 0; i < BLOCK * BLOCK; i++)
      both += a[i] * b[i] / (BLOCK * BLOCK);
    best = MAX (best, both / (print * there));
  }
  return best;
}

YzPageDigestMatch
yz_page_digest_compare (const YzPageDigest *one, const YzPageDigest *other)
{
  guint printed = 0;
  guint different = 0;

  for (int i = 0; i < BLOCKS * BLOCKS; i++) {
    const float alike =
        compare_block (one, other, MARGIN + i % BLOCKS * BLOCK, MARGIN + i / BLOCKS * BLOCK);

    if (alike > 1)
      continue;
    printed++;
    different += alike < ALIKE;
  }
  if (printed == 0)
    return YZ_PAGE_DIGEST_EMPTY;
  return different * SPARED <= printed ? YZ_PAGE_DIGEST_SAME : YZ_PAGE_DIGEST_OTHER;
}
