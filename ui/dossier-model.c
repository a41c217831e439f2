/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/dossier-model.h"

#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzDossierModel {
  GObject parent;
  GPtrArray *dossiers;
  YzCalendar *calendar;
  gint64 now;
  int stamp;
};

static void init_tree_model (GtkTreeModelIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YzDossierModel,
                               yz_dossier_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_TREE_MODEL, init_tree_model))

/* An iter carries its row, nothing else: it stays true as long as the model lives. */
static gboolean
set_iter (YzDossierModel *self, GtkTreeIter *iter, guint index)
{
  if (index >= self->dossiers->len) {
    iter->stamp = 0;
    return FALSE;
  }
  iter->stamp = self->stamp;
  iter->user_data = GUINT_TO_POINTER (index);
  return TRUE;
}

static guint
get_index (GtkTreeIter *iter)
{
  return GPOINTER_TO_UINT (iter->user_data);
}

static GtkTreeModelFlags
get_flags (GtkTreeModel *model)
{
  return GTK_TREE_MODEL_LIST_ONLY | GTK_TREE_MODEL_ITERS_PERSIST;
}

static int
get_n_columns (GtkTreeModel *model)
{
  return YZ_DOSSIER_N_COLUMNS;
}

static GType
get_column_type (GtkTreeModel *model, int column)
{
  return G_TYPE_STRING;
}

static gboolean
get_iter (GtkTreeModel *model, GtkTreeIter *iter, GtkTreePath *path)
{
  int index = gtk_tree_path_get_depth (path) == 1 ? gtk_tree_path_get_indices (path)[0] : -1;

  return index >= 0 && set_iter (YZ_DOSSIER_MODEL (model), iter, (guint) index);
}

static GtkTreePath *
get_path (GtkTreeModel *model, GtkTreeIter *iter)
{
  return gtk_tree_path_new_from_indices ((int) get_index (iter), -1);
}

static gboolean
iter_next (GtkTreeModel *model, GtkTreeIter *iter)
{
  return set_iter (YZ_DOSSIER_MODEL (model), iter, get_index (iter) + 1);
}

static gboolean
iter_previous (GtkTreeModel *model, GtkTreeIter *iter)
{
  guint index = get_index (iter);

  return set_iter (YZ_DOSSIER_MODEL (model), iter, index == 0 ? G_MAXUINT : index - 1);
}

static gboolean
iter_nth_child (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent, int n)
{
  return parent == NULL && n >= 0 && set_iter (YZ_DOSSIER_MODEL (model), iter, (guint) n);
}

static gboolean
iter_children (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent)
{
  return iter_nth_child (model, iter, parent, 0);
}

static gboolean
iter_has_child (GtkTreeModel *model, GtkTreeIter *iter)
{
  return FALSE;
}

static int
iter_n_children (GtkTreeModel *model, GtkTreeIter *iter)
{
  return iter != NULL ? 0 : (int) YZ_DOSSIER_MODEL (model)->dossiers->len;
}

static gboolean
iter_parent (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *child)
{
  return FALSE;
}

static const char *
get_applicant (const YzDossier *dossier)
{
  return dossier->applicant != NULL && *dossier->applicant != '\0' ? dossier->applicant
                                                                   : _ ("no name yet");
}

static char *
describe (YzDossierModel *self, const YzDossier *dossier)
{
  g_autofree char *time_left = yz_words_time_left (dossier, self->calendar, self->now);

  return g_strjoin (_ (", "), get_applicant (dossier), dossier->matter_name, time_left,
                    dossier->state_name, dossier->number, NULL);
}

static void
get_value (GtkTreeModel *model, GtkTreeIter *iter, int column, GValue *value)
{
  YzDossierModel *self = YZ_DOSSIER_MODEL (model);
  const YzDossier *dossier = yz_dossier_model_get_at (self, iter);
  YzUrgency urgency = yz_words_get_urgency (dossier, self->calendar, self->now);

  g_value_init (value, G_TYPE_STRING);
  switch (column) {
  case YZ_DOSSIER_COLUMN_NUMBER:
    g_value_set_static_string (value, dossier->number);
    return;
  case YZ_DOSSIER_COLUMN_APPLICANT:
    g_value_set_static_string (value, get_applicant (dossier));
    return;
  case YZ_DOSSIER_COLUMN_MATTER:
    g_value_set_static_string (value, dossier->matter_name);
    return;
  case YZ_DOSSIER_COLUMN_STATE:
    g_value_set_static_string (value, dossier->state_name);
    return;
  case YZ_DOSSIER_COLUMN_UNIT:
    g_value_set_static_string (value, dossier->unit_name);
    return;
  case YZ_DOSSIER_COLUMN_TIME_LEFT:
    g_value_take_string (value, yz_words_time_left (dossier, self->calendar, self->now));
    return;
  case YZ_DOSSIER_COLUMN_ICON:
    g_value_set_static_string (value, yz_urgency_get_icon (urgency));
    return;
  case YZ_DOSSIER_COLUMN_CLASS:
    g_value_set_static_string (value, yz_urgency_get_class (urgency));
    return;
  default:
    g_value_take_string (value, describe (self, dossier));
  }
}

static void
init_tree_model (GtkTreeModelIface *iface)
{
  iface->get_flags = get_flags;
  iface->get_n_columns = get_n_columns;
  iface->get_column_type = get_column_type;
  iface->get_iter = get_iter;
  iface->get_path = get_path;
  iface->get_value = get_value;
  iface->iter_next = iter_next;
  iface->iter_previous = iter_previous;
  iface->iter_children = iter_children;
  iface->iter_has_child = iter_has_child;
  iface->iter_n_children = iter_n_children;
  iface->iter_nth_child = iter_nth_child;
  iface->iter_parent = iter_parent;
}

YzDossierModel *
yz_dossier_model_new (GPtrArray *dossiers, YzCalendar *calendar, gint64 now)
{
  YzDossierModel *self = g_object_new (YZ_TYPE_DOSSIER_MODEL, NULL);

  self->dossiers = g_ptr_array_ref (dossiers);
  self->calendar = yz_calendar_ref (calendar);
  self->now = now;
  return self;
}

guint
yz_dossier_model_get_length (YzDossierModel *self)
{
  return self->dossiers->len;
}

const YzDossier *
yz_dossier_model_get (YzDossierModel *self, guint index)
{
  return index < self->dossiers->len ? g_ptr_array_index (self->dossiers, index) : NULL;
}

const YzDossier *
yz_dossier_model_get_at (YzDossierModel *self, GtkTreeIter *iter)
{
  return g_ptr_array_index (self->dossiers, get_index (iter));
}

int
yz_dossier_model_find (YzDossierModel *self, const char *number)
{
  for (guint i = 0; number != NULL && i < self->dossiers->len; i++) {
    const YzDossier *dossier = g_ptr_array_index (self->dossiers, i);

    if (g_strcmp0 (dossier->number, number) == 0)
      return (int) i;
  }
  return -1;
}

gint64
yz_dossier_model_get_now (YzDossierModel *self)
{
  return self->now;
}

const YzCalendar *
yz_dossier_model_get_calendar (YzDossierModel *self)
{
  return self->calendar;
}

static void
yz_dossier_model_finalize (GObject *object)
{
  YzDossierModel *self = YZ_DOSSIER_MODEL (object);

  g_clear_pointer (&self->dossiers, g_ptr_array_unref);
  g_clear_pointer (&self->calendar, yz_calendar_unref);
  G_OBJECT_CLASS (yz_dossier_model_parent_class)->finalize (object);
}

static void
yz_dossier_model_class_init (YzDossierModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yz_dossier_model_finalize;
}

static void
yz_dossier_model_init (YzDossierModel *self)
{
  do
    self->stamp = (int) g_random_int ();
  while (self->stamp == 0);
}
