/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page.h"

G_BEGIN_DECLS

/**
 * yz_page_finder_find:
 * @frame: the picture
 * @empty: (nullable): the same camera's picture of its empty mat, of any size
 *
 * Finds every document that lies whole, or nearly whole, in the frame. Pure: no clock, disk, thread
 * or memory of earlier frames. Rather none than a guess.
 *
 * Returns: (transfer full): of YzOutline with corners in pixels of @frame and confidences, in
 * reading order; paper and dpi are left open. Empty when there is no document
 */
GArray *yz_page_finder_find (const YzBitmap *frame, const YzBitmap *empty);

G_END_DECLS
