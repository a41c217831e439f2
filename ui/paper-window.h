/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/papers.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A paper as it will lie on the counter: to be read, printed or written as a PDF. Not modal: work
 * behind it goes on.
 */
#define YZ_TYPE_PAPER_WINDOW (yz_paper_window_get_type ())
G_DECLARE_FINAL_TYPE (YzPaperWindow, yz_paper_window, YZ, PAPER_WINDOW, GtkWindow)

/**
 * yz_paper_window_new:
 * @facts: read during the call only
 * @folder: where PDF files go
 */
GtkWidget *yz_paper_window_new (GtkWindow *parent, const YzPaperFacts *facts, const char *folder);

G_END_DECLS
