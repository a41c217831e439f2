/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/reading.h"

G_BEGIN_DECLS

/**
 * yz_page_codes_warm_up:
 *
 * Loads the character sets that a QR code may be written in, while files can still be opened.
 */
void yz_page_codes_warm_up (void);

/**
 * yz_page_codes_read:
 * @page: the page, straightened or not: codes carry their own orientation
 *
 * Adds the barcodes and QR codes on @page. The picture is shrunk first, as zbar needs few pixels a
 * bar, and read a second time in full when that finds none.
 */
void yz_page_codes_read (YzBitmap *page, YzReading *reading);

G_END_DECLS
