/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/**
 * yz_whitener_keep_red:
 *
 * A copy to read and to print: the paper white whatever the light and its own tint, writing dark,
 * and what is red in its colour, as seals and red-ink remarks are what makes a document valid. All
 * other colours become grey. The paper's colour is taken, block by block, from the lightest that
 * lies around.
 *
 * Returns: (transfer full): the cleaned picture
 */
YzBitmap *yz_whitener_keep_red (const YzBitmap *bitmap);

G_END_DECLS
