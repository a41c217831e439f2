/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * yz_label_new:
 * @text: what it says
 * @style: (nullable): a style class
 * @width: the widest line, in characters
 *
 * A label that starts at the edge and breaks into lines rather than being cut off.
 */
GtkWidget *yz_label_new (const char *text, const char *style, int width);

/* An icon before a label, for a line in a panel: the icon never says more than the words. */
GtkWidget *
yz_label_new_with_icon (const char *icon, const char *text, const char *style, int width);

G_END_DECLS
