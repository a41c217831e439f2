/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/unit-panel.h"

#include "ui/ask.h"
#include "ui/label.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define INDENT 22 /* pixels per level below the bureau */

struct _YzUnitPanel {
  GtkBox parent;
  GtkListBox *list;
  GtkEntry *code;
  GtkEntry *name;
  GtkComboBoxText *level;
  GtkComboBoxText *above;
  GtkLabel *wrong;
  GtkWidget *add;

  YzDesk *desk;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (YzUnitPanel, yz_unit_panel, GTK_TYPE_BOX)

static guint said_signal;

/* What is carried to the desk's thread. */
typedef struct {
  char *code, *name, *parent;
  YzLevel level;
} NewUnit;

static void
free_new_unit (gpointer data)
{
  NewUnit *self = data;

  g_free (self->code);
  g_free (self->name);
  g_free (self->parent);
  g_free (self);
}

static void
say_wrong (YzUnitPanel *self, const char *sentence)
{
  gtk_label_set_text (self->wrong, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), sentence != NULL);
}

static const YzUnit *
find_unit (GPtrArray *units, const char *code)
{
  for (guint i = 0; code != NULL && i < units->len; i++) {
    const YzUnit *unit = g_ptr_array_index (units, i);

    if (g_strcmp0 (unit->code, code) == 0)
      return unit;
  }
  return NULL;
}

/* A unit with the way down to it, "B01/S01/W01": sorted by it, each stands under the one it belongs
 * to. */
typedef struct {
  const YzUnit *unit;
  char *way;
  guint depth;
} Place;

static void
free_place (gpointer data)
{
  Place *place = data;

  g_free (place->way);
  g_free (place);
}

static Place *
find_place (GPtrArray *units, const YzUnit *unit)
{
  Place *place = g_new0 (Place, 1);
  const YzUnit *at = unit;

  place->unit = unit;
  place->way = g_strdup (unit->code);
  while (place->depth < units->len && (at = find_unit (units, at->parent)) != NULL) {
    char *longer = g_strconcat (at->code, "/", place->way, NULL);

    g_free (place->way);
    place->way = longer;
    place->depth++;
  }
  return place;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const Place *const *) a)->way, (*(const Place *const *) b)->way);
}

static void
add_row (YzUnitPanel *self, GPtrArray *units, const Place *place)
{
  const YzUnit *unit = place->unit;
  const YzUnit *above = find_unit (units, unit->parent);
  g_autofree char *title = g_strdup_printf ("%s  %s", unit->code, unit->name);
  g_autofree char *spoken = g_strjoin (_ (", "), title, yz_level_get_name (unit->level),
                                       above != NULL ? above->name : NULL, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_container_add (GTK_CONTAINER (box), yz_label_new (title, "item-name", 60));
  gtk_container_add (GTK_CONTAINER (box),
                     yz_label_new (yz_level_get_name (unit->level), "dim-label", 60));
  gtk_widget_set_margin_start (box, (int) place->depth * INDENT);
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_style_context_add_class (gtk_widget_get_style_context (row), "item");
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  gtk_widget_show_all (row);
  gtk_list_box_insert (self->list, row, -1);
}

static void
add_rows (YzUnitPanel *self, GPtrArray *units)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (free_place);

  for (guint i = 0; i < units->len; i++)
    g_ptr_array_add (places, find_place (units, g_ptr_array_index (units, i)));
  g_ptr_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    add_row (self, units, g_ptr_array_index (places, i));
}

static void
fill_above (YzUnitPanel *self, GPtrArray *units)
{
  g_autofree char *chosen = g_strdup (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->above)));

  gtk_combo_box_text_remove_all (self->above);
  gtk_combo_box_text_append (self->above, "", _ ("none"));
  for (guint i = 0; i < units->len; i++) {
    const YzUnit *unit = g_ptr_array_index (units, i);
    g_autofree char *words = g_strdup_printf ("%s  %s", unit->code, unit->name);

    gtk_combo_box_text_append (self->above, unit->code, words);
  }
  if (chosen == NULL || !gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->above), chosen))
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->above), "");
}

static void
on_units (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) units = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzUnitPanel *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (units == NULL) {
    g_autofree char *words = yz_words_error (error);

    g_signal_emit (self, said_signal, 0, words);
    return;
  }
  gtk_container_foreach (GTK_CONTAINER (self->list), (GtkCallback) (GCallback) gtk_widget_destroy,
                         NULL);
  add_rows (self, units);
  fill_above (self, units);
}

void
yz_unit_panel_refresh (YzUnitPanel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  yz_ask_units (self->desk, self->cancellable, on_units, self);
}

static gpointer
run_add (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  NewUnit *unit = data;

  return GINT_TO_POINTER (
      yz_desk_add_unit (desk, unit->code, unit->name, unit->level, unit->parent, error));
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzUnitPanel) self = data;
  g_autoptr (GError) error = NULL;
  gboolean added = GPOINTER_TO_INT (yz_desk_call_finish (YZ_DESK (source), result, &error));

  if (self->desk == NULL)
    return; /* the window is gone */
  gtk_widget_set_sensitive (self->add, TRUE);
  if (!added) {
    g_autofree char *words = yz_words_error (error);

    say_wrong (self, words); /* what was typed stays */
    return;
  }
  g_signal_emit (self, said_signal, 0, _ ("The unit was added."));
  gtk_entry_set_text (self->code, "");
  gtk_entry_set_text (self->name, "");
  yz_unit_panel_refresh (self);
}

static void
on_add (YzUnitPanel *self)
{
  const char *above = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->above));
  const char *level = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->level));
  NewUnit *unit = NULL;

  say_wrong (self, NULL);
  if (*gtk_entry_get_text (self->code) == '\0' || *gtk_entry_get_text (self->name) == '\0') {
    say_wrong (self, _ ("Code and name are needed."));
    return;
  }
  unit = g_new0 (NewUnit, 1);
  unit->code = g_strstrip (g_strdup (gtk_entry_get_text (self->code)));
  unit->name = g_strstrip (g_strdup (gtk_entry_get_text (self->name)));
  unit->parent = above != NULL && *above != '\0' ? g_strdup (above) : NULL;
  yz_level_find (level, &unit->level);
  gtk_widget_set_sensitive (self->add, FALSE);
  yz_desk_call_async (self->desk, run_add, unit, free_new_unit, NULL, NULL, on_added,
                      g_object_ref (self));
}

void
yz_unit_panel_set_desk (YzUnitPanel *self, YzDesk *desk)
{
  g_set_object (&self->desk, desk);
}

static void
yz_unit_panel_dispose (GObject *object)
{
  YzUnitPanel *self = YZ_UNIT_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_unit_panel_parent_class)->dispose (object);
}

static void
yz_unit_panel_class_init (YzUnitPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_unit_panel_dispose;
  said_signal = g_signal_new ("said", YZ_TYPE_UNIT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/unit-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, YzUnitPanel, list);
  gtk_widget_class_bind_template_child (widget_class, YzUnitPanel, code);
  gtk_widget_class_bind_template_child (widget_class, YzUnitPanel, name);
  gtk_widget_class_bind_template_child (widget_class, YzUnitPanel, level);
  gtk_widget_class_bind_template_child (widget_class, YzUnitPanel, above);
  gtk_widget_class_bind_template_child (widget_class, YzUnitPanel, wrong);
  gtk_widget_class_bind_template_child (widget_class, YzUnitPanel, add);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
yz_unit_panel_init (YzUnitPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (YzLevel level = YZ_LEVEL_WINDOW; level <= YZ_LEVEL_BUREAU; level++)
    gtk_combo_box_text_append (self->level, yz_level_get_id (level), yz_level_get_name (level));
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->level), 0);
}
