/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/shortcuts.h"

#include <glib/gi18n-lib.h>

static GtkContainer *
add_group (GtkContainer *section, const char *title)
{
  GtkWidget *group =
      g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title", _ (title), "visible", TRUE, NULL);

  gtk_container_add (section, group);
  return GTK_CONTAINER (group);
}

/**
 * yz_shortcuts_new:
 * @table: every key, those of one group one after the other
 * @count: how many
 *
 * Returns: (transfer full): a window that lists them
 */
GtkWidget *
yz_shortcuts_new (const YzShortcut *table, guint count)
{
  GtkWidget *window = g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, "modal", TRUE, NULL);
  GtkWidget *section = g_object_new (GTK_TYPE_SHORTCUTS_SECTION, "section-name", "all",
                                     "max-height", 12, "visible", TRUE, NULL);
  GtkContainer *group = NULL;

  for (guint i = 0; i < count; i++) {
    GtkWidget *shortcut = NULL;

    if (i == 0 || g_strcmp0 (table[i].group, table[i - 1].group) != 0)
      group = add_group (GTK_CONTAINER (section), table[i].group);
    shortcut = g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT, "title", _ (table[i].title),
                             "accelerator", table[i].accelerator, "visible", TRUE, NULL);
    gtk_container_add (group, shortcut);
  }
  gtk_container_add (GTK_CONTAINER (window), section);
  return window;
}
