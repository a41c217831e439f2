/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

#define YZ_PAGE_DIGEST_SIDE 96
#define YZ_PAGE_DIGEST_CELLS (YZ_PAGE_DIGEST_SIDE * YZ_PAGE_DIGEST_SIDE)

/* How a page looks from afar: its mean brightness in a square grid, whatever its proportion. */
typedef struct {
  guint8 cells[YZ_PAGE_DIGEST_CELLS];
} YzPageDigest;

/**
 * yz_page_digest_compute:
 * @page: the straightened page, of any size; below some 200 pixels its words run together
 */
YzPageDigest yz_page_digest_compute (const YzBitmap *page);

/* What comparing two pages says. */
typedef enum {
  YZ_PAGE_DIGEST_OTHER,
  YZ_PAGE_DIGEST_SAME,
  YZ_PAGE_DIGEST_EMPTY, /* neither has print that could tell them apart */
} YzPageDigestMatch;

/**
 * yz_page_digest_compare:
 *
 * Whether both are one page taken twice. The grid is looked at block by block, as two pages of one
 * form differ in a few places only: each block of the one is laid over the other, shifted by a cell
 * at most, and the normalised correlation says how alike their print is. All but three in a hundred
 * must be alike: two members' pages of one booklet differ in four of some ninety printed blocks.
 * Light, resolution and JPEG change little in it.
 */
YzPageDigestMatch yz_page_digest_compare (const YzPageDigest *one, const YzPageDigest *other);

G_END_DECLS
