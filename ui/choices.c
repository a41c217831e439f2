/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/choices.h"

typedef struct {
  const char *id, *name;
  guint count;
} Choice;

GHashTable *
yz_choices_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(Choice *const *) a)->name, (*(Choice *const *) b)->name);
}

void
yz_choices_count (GHashTable *table, const char *id, const char *name)
{
  Choice *choice = g_hash_table_lookup (table, id);

  if (choice == NULL) {
    choice = g_new0 (Choice, 1);
    choice->id = id;
    choice->name = name != NULL ? name : id;
    g_hash_table_insert (table, (gpointer) id, choice);
  }
  choice->count++;
}

void
yz_choices_fill (GtkComboBoxText *combo,
                 GHashTable *table,
                 const char *everything,
                 const char *active)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (choices, value);
  g_ptr_array_sort (choices, compare_choices);
  gtk_combo_box_text_remove_all (combo);
  gtk_combo_box_text_append (combo, "", everything);
  for (guint i = 0; i < choices->len; i++) {
    const Choice *choice = g_ptr_array_index (choices, i);
    g_autofree char *words = g_strdup_printf ("%s (%u)", choice->name, choice->count);

    gtk_combo_box_text_append (combo, choice->id, words);
  }
  if (active == NULL || !gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), active))
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), "");
}
