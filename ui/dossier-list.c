/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/dossier-list.h"

#include "ui/dossier-cell.h"

#include <glib/gi18n-lib.h>

struct _YzDossierList {
  GtkScrolledWindow parent;
  GtkTreeView *tree;
  YzDossierModel *model;
  char *chosen;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (YzDossierList, yz_dossier_list, GTK_TYPE_SCROLLED_WINDOW)

enum { CHOSEN, ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static int
find_row_of (GtkTreePath *path)
{
  return path != NULL ? gtk_tree_path_get_indices (path)[0] : -1;
}

int
yz_dossier_list_get_row (YzDossierList *self)
{
  GtkTreeIter iter;
  g_autoptr (GtkTreePath) path = NULL;

  if (!gtk_tree_selection_get_selected (gtk_tree_view_get_selection (self->tree), NULL, &iter))
    return -1;
  path = gtk_tree_model_get_path (GTK_TREE_MODEL (self->model), &iter);
  return find_row_of (path);
}

const char *
yz_dossier_list_get_chosen (YzDossierList *self)
{
  return self->chosen;
}

static void
on_selection_changed (YzDossierList *self)
{
  int row = self->filling || self->model == NULL ? -1 : yz_dossier_list_get_row (self);
  const YzDossier *dossier = row < 0 ? NULL : yz_dossier_model_get (self->model, (guint) row);

  if (dossier == NULL || g_strcmp0 (self->chosen, dossier->number) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (dossier->number);
  g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

static void
on_row_activated (YzDossierList *self, GtkTreePath *path)
{
  const YzDossier *dossier = yz_dossier_model_get (self->model, (guint) find_row_of (path));
  g_autofree char *number = dossier != NULL ? g_strdup (dossier->number) : NULL;

  if (number != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, number);
}

/* How far down the chosen row stands, 0 … 1; negative when it is out of sight. */
static float
measure_place (YzDossierList *self)
{
  int row = self->model != NULL ? yz_dossier_list_get_row (self) : -1;
  g_autoptr (GtkTreePath) path = NULL;
  GdkRectangle place, seen;

  if (row < 0 || !gtk_widget_get_realized (GTK_WIDGET (self->tree)))
    return -1;
  path = gtk_tree_path_new_from_indices (row, -1);
  gtk_tree_view_get_background_area (self->tree, path, NULL, &place);
  gtk_tree_view_get_visible_rect (self->tree, &seen);
  if (place.y < 0 || place.y + place.height > seen.height || seen.height <= place.height)
    return -1;
  return (float) place.y / (float) (seen.height - place.height);
}

static void
select_row (YzDossierList *self, int row, float place)
{
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices (row, -1);

  gtk_tree_view_set_cursor (self->tree, path, NULL, FALSE);
  gtk_tree_view_scroll_to_cell (self->tree, path, NULL, place >= 0, place >= 0 ? place : 0, 0);
}

void
yz_dossier_list_show (YzDossierList *self, YzDossierModel *model)
{
  float place = measure_place (self);
  int row = model != NULL ? yz_dossier_model_find (model, self->chosen) : -1;

  self->filling = TRUE;
  gtk_tree_view_set_model (self->tree, NULL);
  g_set_object (&self->model, model);
  if (model != NULL)
    gtk_tree_view_set_model (self->tree, GTK_TREE_MODEL (model));
  if (row >= 0)
    select_row (self, row, place);
  else
    g_clear_pointer (&self->chosen, g_free);
  self->filling = FALSE;
}

YzDossierModel *
yz_dossier_list_get_model (YzDossierList *self)
{
  return self->model;
}

gboolean
yz_dossier_list_choose_row (YzDossierList *self, int row)
{
  if (self->model == NULL || row < 0 || row >= (int) yz_dossier_model_get_length (self->model))
    return FALSE;
  select_row (self, row, -1);
  return TRUE;
}

gboolean
yz_dossier_list_choose (YzDossierList *self, const char *number)
{
  return self->model != NULL &&
         yz_dossier_list_choose_row (self, yz_dossier_model_find (self->model, number));
}

gboolean
yz_dossier_list_move (YzDossierList *self, int steps)
{
  int row = self->model != NULL ? yz_dossier_list_get_row (self) : -1;

  return yz_dossier_list_choose_row (self, row < 0 ? 0 : row + steps);
}

void
yz_dossier_list_set_name (YzDossierList *self, const char *name)
{
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->tree)), name);
}

static gboolean
on_query_tooltip (
    GtkTreeView *tree, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer data)
{
  GtkTreeModel *model = NULL;
  GtkTreePath *path = NULL;
  GtkTreeIter iter;
  g_autofree char *spoken = NULL;

  if (!gtk_tree_view_get_tooltip_context (tree, &x, &y, keyboard, &model, &path, &iter))
    return FALSE;
  gtk_tree_model_get (model, &iter, YZ_DOSSIER_COLUMN_SPOKEN, &spoken, -1);
  gtk_tooltip_set_text (tooltip, spoken);
  gtk_tree_view_set_tooltip_row (tree, tooltip, path);
  gtk_tree_path_free (path);
  return TRUE;
}

static void
yz_dossier_list_dispose (GObject *object)
{
  YzDossierList *self = YZ_DOSSIER_LIST (object);

  self->filling = TRUE;
  if (self->tree != NULL)
    gtk_tree_view_set_model (self->tree, NULL);
  self->tree = NULL;
  g_clear_object (&self->model);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (yz_dossier_list_parent_class)->dispose (object);
}

static void
yz_dossier_list_class_init (YzDossierListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yz_dossier_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", YZ_TYPE_DOSSIER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ACTIVATED] = g_signal_new ("activated", YZ_TYPE_DOSSIER_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yz_dossier_list_init (YzDossierList *self)
{
  GtkTreeViewColumn *column = gtk_tree_view_column_new ();
  GtkCellRenderer *cell = yz_dossier_cell_new ();

  self->tree = GTK_TREE_VIEW (gtk_tree_view_new ());
  gtk_tree_view_column_pack_start (column, cell, TRUE);
  gtk_tree_view_column_set_cell_data_func (column, cell, yz_dossier_cell_fill, NULL, NULL);
  gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_expand (column, TRUE);
  gtk_tree_view_append_column (self->tree, column);
  gtk_tree_view_set_fixed_height_mode (self->tree, TRUE);
  gtk_tree_view_set_headers_visible (self->tree, FALSE);
  gtk_tree_view_set_enable_search (self->tree, FALSE); /* a typed letter is no search here */
  gtk_tree_selection_set_mode (gtk_tree_view_get_selection (self->tree), GTK_SELECTION_BROWSE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->tree), TRUE);
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self->tree)), "dossiers");
  yz_dossier_list_set_name (self, _ ("Cases"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE); /* the tree has the focus */
  gtk_container_add (GTK_CONTAINER (self), GTK_WIDGET (self->tree));
  gtk_widget_show (GTK_WIDGET (self->tree));
  g_signal_connect_swapped (gtk_tree_view_get_selection (self->tree), "changed",
                            G_CALLBACK (on_selection_changed), self);
  g_signal_connect_swapped (self->tree, "row-activated", G_CALLBACK (on_row_activated), self);
  g_signal_connect (self->tree, "query-tooltip", G_CALLBACK (on_query_tooltip), self);
}

GtkWidget *
yz_dossier_list_new (void)
{
  return g_object_new (YZ_TYPE_DOSSIER_LIST, NULL);
}
