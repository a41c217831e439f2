/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"
#include "ui/papers.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Handouts: the papers of one case as the counter gives them away, in the name of who sits there.
 */

/* Shows the paper in a window of its own. */
void yz_handout_show (YzPaperKind kind,
                      YzDesk *desk,
                      const YzOpenCase *open_case,
                      GtkWindow *parent,
                      const char *folder);

/**
 * yz_handout_write:
 *
 * Writes the paper as a PDF file into @folder, which is made if need be.
 *
 * Returns: (transfer full): the file's path, or NULL with an error
 */
char *yz_handout_write (YzPaperKind kind,
                        YzDesk *desk,
                        const YzOpenCase *open_case,
                        const char *folder,
                        GError **error);

/* Asks for a printer. */
gboolean yz_handout_print (
    YzPaperKind kind, YzDesk *desk, const YzOpenCase *open_case, GtkWindow *parent, GError **error);

/**
 * yz_handout_give_receipt:
 * @papers: the folder for receipts that are kept as files
 *
 * Prints the receipt of a case that was just handed on, or writes it, as the settings say. The case
 * is handed on whatever becomes of its receipt: that can be had again.
 *
 * Returns: (transfer full): the sentence that says what was done
 */
char *yz_handout_give_receipt (YzDesk *desk,
                               YzOpenCase *open_case,
                               GtkWindow *parent,
                               const char *papers);

G_END_DECLS
