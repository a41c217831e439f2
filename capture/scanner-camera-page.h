/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

#include <sane/sane.h>

G_BEGIN_DECLS

/**
 * yz_scanner_page_read:
 * @handle: after sane_start()
 * @may_go_on: (nullable): asked between reads; FALSE with an error ends the page
 * @out_status: what SANE said when it is the scanner that failed, else SANE_STATUS_GOOD
 *
 * Reads one page of bare pixels: grey or colour, 1, 8 or 16 bits, of known or unknown length.
 *
 * Returns: (transfer full): the page, or NULL with @out_status or @error
 */
YzBitmap *yz_scanner_page_read (SANE_Handle handle,
                                gboolean (*may_go_on) (gpointer data, GError **error),
                                gpointer data,
                                SANE_Status *out_status,
                                GError **error);
/* The parser alone: bare rows as SANE gives them into pixels; NULL when they make no picture. */
YzBitmap *yz_scanner_page_convert (const SANE_Parameters *parameters, const GByteArray *rows);

G_END_DECLS
