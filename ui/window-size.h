/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The window comes back as large as it was left. */
void yz_window_size_restore (GtkWindow *window);
void yz_window_size_keep (GtkWindow *window);

G_END_DECLS
