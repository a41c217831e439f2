/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/shortcuts.h"

#include "ui/pages.h"

#include <glib/gi18n-lib.h>

static GtkContainer *
add_group (GtkContainer *section, const char *title)
{
  GtkWidget *group =
      g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title", _ (title), "visible", TRUE, NULL);

  gtk_container_add (section, group);
  return GTK_CONTAINER (group);
}

static char *
get_page (const YzShortcut *shortcut)
{
  return g_strndup (shortcut->action, strcspn (shortcut->action, "."));
}

/* One section for each page of the window, and one for what goes everywhere. */
static GtkContainer *
ensure_section (GtkContainer *window, GHashTable *sections, const YzShortcut *shortcut)
{
  g_autofree char *page = get_page (shortcut);
  const YzPageKind *kind = yz_pages_find (page);
  const char *name = kind != NULL ? kind->name : "window";
  GtkWidget *section = g_hash_table_lookup (sections, name);

  if (section != NULL)
    return GTK_CONTAINER (section);
  section = g_object_new (GTK_TYPE_SHORTCUTS_SECTION, "section-name", name, "title",
                          kind != NULL ? _ (kind->title) : _ ("Window"), "max-height", 14,
                          "visible", TRUE, NULL);
  gtk_container_add (window, section);
  g_hash_table_insert (sections, (gpointer) name, section);
  return GTK_CONTAINER (section);
}

GtkWidget *
yz_shortcuts_new (const YzShortcut *table, guint count, const char *page)
{
  g_autoptr (GHashTable) sections = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *window = g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, "modal", TRUE, NULL);
  GtkContainer *group = NULL;

  for (guint i = 0; i < count; i++) {
    GtkContainer *section = ensure_section (GTK_CONTAINER (window), sections, &table[i]);

    if (i == 0 || g_strcmp0 (table[i].group, table[i - 1].group) != 0)
      group = add_group (section, table[i].group);
    gtk_container_add (group,
                       g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT, "title", _ (table[i].title),
                                     "accelerator", table[i].accelerator, "visible", TRUE, NULL));
  }
  if (page != NULL)
    g_object_set (window, "section-name", page, NULL);
  return window;
}
