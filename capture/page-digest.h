/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

#define YZ_PAGE_DIGEST_WORDS 4

/* How a page looks from afar: 256 bits. All of them clear for a page with nothing on it. */
typedef struct {
  guint64 bits[YZ_PAGE_DIGEST_WORDS];
} YzPageDigest;

/**
 * yz_page_digest_compute:
 * @page: the finished page, straightened and upright, of any size
 *
 * The difference hash (Neal Krawetz, “Kind of Like That”, 2013) of 16 × 16 fields: each bit says
 * whether a field is clearly darker than the one to its right. A margin of a few grey levels keeps
 * white paper out of it, where the hash would be noise. Light, JPEG and resolution do not change
 * it; another text on the same form does.
 */
YzPageDigest yz_page_digest_compute (const YzBitmap *page);

/**
 * yz_page_digest_is_same:
 *
 * Returns: whether both are the same page taken twice: most of the bits that either has are in
 * both. Pages with next to nothing on them are never called the same
 */
gboolean yz_page_digest_is_same (const YzPageDigest *one, const YzPageDigest *other);

G_END_DECLS
