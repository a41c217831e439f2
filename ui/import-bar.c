/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/import-bar.h"

#include "ui/file-drops.h"
#include "ui/picture-files.h"

struct _YzImportBar {
  GtkBox parent;
  GtkSpinner *spinner;
  GtkLabel *label;
  GtkWidget *go_on;

  YzImporter *importer;
  GAction *import;
  GSimpleAction *stop;
};

G_DEFINE_FINAL_TYPE (YzImportBar, yz_import_bar, GTK_TYPE_BOX)

enum { CHOSEN, SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
say (YzImportBar *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
}

static void
on_changed (YzImportBar *self)
{
  g_autofree char *text = yz_importer_describe (self->importer);
  const gboolean asking = yz_importer_is_asking (self->importer);

  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), !asking);
  g_object_set (self->spinner, "active", text != NULL && !asking, NULL);
  gtk_widget_set_visible (self->go_on, asking);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (asking && !gtk_widget_has_focus (self->go_on))
    gtk_widget_grab_focus (self->go_on);
  g_simple_action_set_enabled (self->stop, text != NULL);
}

static void
on_files (GPtrArray *files, gpointer data)
{
  if (files->len > 0)
    g_signal_emit (data, signals[CHOSEN], 0, files, NULL);
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const gboolean folder = g_str_equal (g_action_get_name (G_ACTION (action)), "import-folder");

  yz_picture_files_choose (GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (data))), folder,
                           on_files, data);
}

void
yz_import_bar_add_actions (YzImportBar *self, GActionMap *map)
{
  static const GActionEntry ACTIONS[] = {
    { .name = "import", .activate = on_import },
    { .name = "import-folder", .activate = on_import },
  };

  g_action_map_add_action_entries (map, ACTIONS, G_N_ELEMENTS (ACTIONS), self);
  g_action_map_add_action (map, G_ACTION (self->stop));
  g_set_object (&self->import, g_action_map_lookup_action (map, "import"));
}

static void
on_drag_data_received (GtkWidget *widget,
                       GdkDragContext *context,
                       int x,
                       int y,
                       GtkSelectionData *selection,
                       guint info,
                       guint time,
                       gpointer data)
{
  g_autoptr (GPtrArray) files = yz_file_drops_read (selection);

  if (files != NULL)
    on_files (files, data);
}

void
yz_import_bar_take_drops (YzImportBar *self, GtkWidget *widget)
{
  g_return_if_fail (self->import != NULL);
  gtk_drag_dest_set (widget, GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
  yz_file_drops_follow (widget, self->import);
  g_signal_connect_object (widget, "drag-data-received", G_CALLBACK (on_drag_data_received), self,
                           0);
}

void
yz_import_bar_set_importer (YzImportBar *self, YzImporter *importer)
{
  g_return_if_fail (self->importer == NULL);
  self->importer = g_object_ref (importer);
  g_signal_connect_object (importer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (importer, "said", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
}

void
yz_import_bar_begin (YzImportBar *self, const char *number, const char *material, GPtrArray *files)
{
  yz_importer_begin (self->importer, number, material, files);
}

gboolean
yz_import_bar_is_busy (YzImportBar *self)
{
  return self->importer != NULL && yz_importer_is_busy (self->importer);
}

void
yz_import_bar_stop (YzImportBar *self)
{
  if (self->importer != NULL)
    yz_importer_stop (self->importer);
}

static void
on_go_on (YzImportBar *self)
{
  yz_importer_go_on (self->importer);
}

/* Escape means this only where nobody else took it. */
static gboolean
on_key_unused (GtkWidget *window, GdkEventKey *event, YzImportBar *self)
{
  if (event->keyval != GDK_KEY_Escape || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  yz_import_bar_stop (self);
  return GDK_EVENT_STOP;
}

static void
yz_import_bar_hierarchy_changed (GtkWidget *widget, GtkWidget *previous)
{
  GtkWidget *window = gtk_widget_get_toplevel (widget);

  if (gtk_widget_is_toplevel (window) && window != previous)
    g_signal_connect_object (window, "key-press-event", G_CALLBACK (on_key_unused), widget,
                             G_CONNECT_AFTER);
}

static void
yz_import_bar_dispose (GObject *object)
{
  YzImportBar *self = YZ_IMPORT_BAR (object);

  yz_import_bar_stop (self);
  g_clear_object (&self->importer);
  g_clear_object (&self->import);
  g_clear_object (&self->stop);
  G_OBJECT_CLASS (yz_import_bar_parent_class)->dispose (object);
}

static void
yz_import_bar_class_init (YzImportBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = YZ_TYPE_IMPORT_BAR;

  G_OBJECT_CLASS (klass)->dispose = yz_import_bar_dispose;
  widget_class->hierarchy_changed = yz_import_bar_hierarchy_changed;
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_STRING);
  signals[SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/import-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YzImportBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, YzImportBar, label);
  gtk_widget_class_bind_template_child (widget_class, YzImportBar, go_on);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on);
}

static void
yz_import_bar_init (YzImportBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->stop = g_simple_action_new ("stop-import", NULL);
  g_simple_action_set_enabled (self->stop, FALSE);
  g_signal_connect_object (self->stop, "activate", G_CALLBACK (yz_import_bar_stop), self,
                           G_CONNECT_SWAPPED);
}
