/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* PDFs for tests: drawn by cairo, or written by hand where cairo is too well-behaved. */

/* A document of empty leaves but for a black block that is as many tenths of the leaf wide as the
 * leaf's number says, along the leaf's upper edge. */
GBytes *yz_made_pdf_leaves (guint leaves, double width, double height);

/* One A4 leaf that is nothing but a picture of so many pixels an inch, in so many strips. */
GBytes *yz_made_pdf_scan (double dpi, guint strips);

/* One A4 leaf with a black block on it and @catalogue, @trailer added to those dictionaries. */
GBytes *yz_made_pdf_written (const char *catalogue, const char *trailer);

/* One A4 leaf with words in Helvetica and SimSun, neither of which is in the file. */
GBytes *yz_made_pdf_foreign_fonts (void);

G_END_DECLS
