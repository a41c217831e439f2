/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page.h"
#include "workflow/matter.h"

G_BEGIN_DECLS

/**
 * yz_page_demand_judge:
 * @material: (nullable): what the page is to be
 * @page: as the darkroom saw it
 *
 * Whether the page has the resolution that its material demands (DA/T 31: 200 dpi, 300 with seals),
 * and whether it can be that material at all: an identity card has one size in the whole country,
 * and nothing else of a case has it. What size a page has that is not recognised, nobody knows; it
 * is not doubted.
 *
 * Returns: COARSE and UNEXPECTED as they apply
 */
YzVerdict yz_page_demand_judge (const YzMaterial *material, const YzPage *page);

G_END_DECLS
