/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page.h"

G_BEGIN_DECLS

/**
 * yz_flaws_find:
 * @page: the straightened page, of any size
 *
 * What covers part of the page: a lamp mirrored in it, or fingers that hold it. Both are flagged
 * for the clerk and never painted over. Glare is a spot without any drawing that is lighter than
 * the paper; on paper that is overexposed itself it cannot be told. A finger comes in from the
 * page's rim, has the colour of skin and another colour than the page.
 *
 * Returns: GLARE and FINGER as they apply
 */
YzVerdict yz_flaws_find (const YzBitmap *page);

G_END_DECLS
