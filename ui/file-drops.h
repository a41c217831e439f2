/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Files dragged in from a file manager. They are only ever copied: whoever drags them keeps them.
 */

/* Lets a widget, a target of drops already, take files as well. */
void yz_file_drops_add (GtkWidget *widget);

/**
 * yz_file_drops_follow:
 * @widget: a target of nothing but files
 * @action: what the files are for
 *
 * Lets the widget take files while the action is enabled. Otherwise whoever drags sees that nothing
 * can be dropped there.
 */
void yz_file_drops_follow (GtkWidget *widget, GAction *action);

/**
 * yz_file_drops_read:
 *
 * Returns: (transfer full) (nullable) (element-type GFile): what was dropped; NULL when it was no
 * files
 */
GPtrArray *yz_file_drops_read (GtkSelectionData *selection);

G_END_DECLS
