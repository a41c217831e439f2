/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/file-drops.h"

/* A file manager would rather move the file, and delete it once it was taken. */
static gboolean
on_drag_motion (GtkWidget *widget, GdkDragContext *context, int x, int y, guint time, gpointer data)
{
  GtkTargetList *targets = gtk_target_list_new (NULL, 0);
  GdkAtom target = GDK_NONE;

  gtk_target_list_add_uri_targets (targets, 0);
  target = gtk_drag_dest_find_target (widget, context, targets);
  gtk_target_list_unref (targets);
  if (target == GDK_NONE)
    return FALSE;
  gdk_drag_status (context, GDK_ACTION_COPY, time);
  return TRUE;
}

void
yz_file_drops_add (GtkWidget *widget)
{
  gtk_drag_dest_add_uri_targets (widget);
  g_signal_connect (widget, "drag-motion", G_CALLBACK (on_drag_motion), NULL);
}

static void
on_enabled (GAction *action, GParamSpec *property, gpointer data)
{
  if (g_action_get_enabled (action))
    gtk_drag_dest_add_uri_targets (data);
  else
    gtk_drag_dest_set_target_list (data, NULL);
}

void
yz_file_drops_follow (GtkWidget *widget, GAction *action)
{
  g_signal_connect (widget, "drag-motion", G_CALLBACK (on_drag_motion), NULL);
  g_signal_connect_object (action, "notify::enabled", G_CALLBACK (on_enabled), widget, 0);
  on_enabled (action, NULL, widget);
}

GPtrArray *
yz_file_drops_read (GtkSelectionData *selection)
{
  g_auto (GStrv) uris = gtk_selection_data_get_uris (selection);
  GPtrArray *files = NULL;

  if (uris == NULL)
    return NULL;
  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));
  return files;
}
