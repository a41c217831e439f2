/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * yz_help_window_new:
 * @parent: the window it stands beside
 * @datadir: shipped data; its help/ has help.LANGUAGE.md
 *
 * The user's help as a window to read beside one's work: a machine at a counter has no browser.
 * Escape closes it.
 *
 * Returns: (transfer none): the window, not shown yet
 */
GtkWidget *yz_help_window_new (GtkWindow *parent, const char *datadir);

G_END_DECLS
