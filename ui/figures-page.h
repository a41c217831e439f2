/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The manager's numbers: key figures, turnaround against the limit, and the cases behind each
 * number.
 *
 * Actions: export (CSV), pdf, print, refresh.
 *
 * Signals:
 *   "case-chosen" (const char *number)  somebody wants to read this case
 *   "said" (const char *sentence)       to be shown for a moment
 */
#define YZ_TYPE_FIGURES_PAGE (yz_figures_page_get_type ())
G_DECLARE_FINAL_TYPE (YzFiguresPage, yz_figures_page, YZ, FIGURES_PAGE, GtkBox)

GtkWidget *yz_figures_page_new (YzDesk *desk);
GActionGroup *yz_figures_page_get_actions (YzFiguresPage *self); /* (transfer none) */
void yz_figures_page_set_shown (YzFiguresPage *self, gboolean shown);

G_END_DECLS
