/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/papers.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * yz_paper_print:
 * @facts: read during the call only
 * @parent: (nullable): the window that asks
 * @path: (nullable): writes a PDF file there instead of asking for a printer
 *
 * Asks for a printer and prints a paper on A4. Nothing happens when the person changes her mind.
 *
 * Returns: FALSE with @error when it could not be printed
 */
gboolean
yz_paper_print (const YzPaperFacts *facts, GtkWindow *parent, const char *path, GError **error);

/* The same for a paper that is set already; @name is what the printer's queue shows. */
gboolean yz_paper_print_printout (const YzPrintout *printout,
                                  const char *name,
                                  GtkWindow *parent,
                                  const char *path,
                                  GError **error);

G_END_DECLS
