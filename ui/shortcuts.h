/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * One key of the program. The same table sets the accelerators and fills the window that lists
 * them, so neither can know a key that the other does not.
 */
typedef struct {
  const char *group; /* N_() title of the section's group */
  const char *title; /* N_() what it does */
  const char *action;
  const char *accelerator;
} YzShortcut;

/* (nullable) @page: the page whose keys are shown first */
GtkWidget *yz_shortcuts_new (const YzShortcut *table, guint count, const char *page);

G_END_DECLS
