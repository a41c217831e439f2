/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/figures-page.h"

#include "ui/ask.h"
#include "ui/dossier-list.h"
#include "ui/figures-report.h"
#include "ui/histogram.h"
#include "ui/label.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define CALM 400 /* milliseconds in which several changes make one reading */

struct _YzFiguresPage {
  GtkBox parent;
  GtkFlowBox *tiles;
  YzHistogram *histogram;
  GtkLabel *list_title;
  GtkStack *stack;
  YzDossierList *list;
  GtkLabel *nothing;

  YzDesk *desk;
  GSimpleActionGroup *actions;
  GCancellable *cancellable;
  YzFigures *figures; /* (nullable) as read last */
  GPtrArray *overdue; /* (element-type YzDossier), for the report */
  YzDrill drill;
  int bucket; /* -1, or the bar whose cases are listed */
  guint refresh;
  gboolean shown;
};

G_DEFINE_FINAL_TYPE (YzFiguresPage, yz_figures_page, GTK_TYPE_BOX)

enum { CASE_CHOSEN, SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
say_error (YzFiguresPage *self, const GError *error)
{
  g_autofree char *words = yz_words_error (error);

  g_signal_emit (self, signals[SAID], 0, words);
}

static gboolean
is_behind (const YzDossier *dossier, YzDrill drill, guint limit)
{
  switch (drill) {
  case YZ_DRILL_DECIDED:
    return dossier->decided_at != 0;
  case YZ_DRILL_IN_TIME:
    return dossier->decided_at != 0 && dossier->turnaround <= limit;
  case YZ_DRILL_PAUSED:
    return dossier->kind == YZ_STATE_PAUSED;
  case YZ_DRILL_NONE:
  case YZ_DRILL_ALL:
  case YZ_DRILL_LATE:
  case YZ_DRILL_OPEN:
  default:
    return TRUE;
  }
}

static GPtrArray *
pick (YzFiguresPage *self, GPtrArray *dossiers)
{
  GPtrArray *picked =
      g_ptr_array_new_with_free_func ((GDestroyNotify) (GCallback) yz_dossier_unref);
  guint limit = self->figures != NULL ? self->figures->limit : 0;

  for (guint i = 0; i < dossiers->len; i++) {
    YzDossier *dossier = g_ptr_array_index (dossiers, i);

    if (self->bucket >= 0 || is_behind (dossier, self->drill, limit))
      g_ptr_array_add (picked, yz_dossier_ref (dossier));
  }
  return picked;
}

static char *
name_list (YzFiguresPage *self, guint count)
{
  g_autoptr (GPtrArray) lines =
      self->figures != NULL && self->bucket < 0 ? yz_figures_report_list (self->figures) : NULL;

  if (self->bucket >= 0 && self->figures != NULL) {
    YzChart chart = { 0 };

    yz_figures_report_fill_chart (&chart, self->figures);
    return yz_chart_describe_bar (&chart, (guint) self->bucket);
  }
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const YzFigureLine *line = g_ptr_array_index (lines, i);

    if (line->drill == self->drill)
      return g_strdup_printf (_ ("%1$s: %2$u"), line->label, count);
  }
  return g_strdup ("");
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dossiers = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzFiguresPage *self = data;
  g_autoptr (GPtrArray) picked = NULL;
  g_autoptr (YzDossierModel) model = NULL;
  g_autofree char *title = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (dossiers == NULL) {
    say_error (self, error);
    return;
  }
  picked = pick (self, dossiers);
  model = yz_dossier_model_new (picked, yz_desk_get_calendar (self->desk), g_get_real_time ());
  title = name_list (self, picked->len);
  yz_dossier_list_show (self->list, model);
  gtk_label_set_text (self->list_title, title);
  yz_dossier_list_set_name (self->list, title);
  gtk_label_set_text (self->nothing, self->drill == YZ_DRILL_LATE && self->bucket < 0
                                         ? _ ("No case is late.")
                                         : _ ("No case stands behind this figure."));
  gtk_stack_set_visible_child_name (self->stack, picked->len > 0 ? "cases" : "nothing");
}

static void
read_list (YzFiguresPage *self)
{
  YzDossierFilter filter = YZ_DOSSIER_FILTER_INIT;

  filter.bucket = self->bucket;
  if (self->bucket < 0) {
    filter.overdue = self->drill == YZ_DRILL_LATE;
    filter.open = self->drill == YZ_DRILL_OPEN || self->drill == YZ_DRILL_PAUSED ||
                  self->drill == YZ_DRILL_LATE;
  }
  yz_ask_list (self->desk, &filter, self->cancellable, on_listed, self);
}

static void
drill_down (YzFiguresPage *self, YzDrill drill, int bucket)
{
  self->drill = drill;
  self->bucket = bucket;
  yz_histogram_mark (self->histogram, bucket);
  read_list (self);
}

static void
on_bar_chosen (YzFiguresPage *self, guint bar)
{
  drill_down (self, YZ_DRILL_DECIDED, (int) bar);
}

static void
on_tile_clicked (YzFiguresPage *self, GtkWidget *tile)
{
  drill_down (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (tile), "drill")), -1);
}

static GtkWidget *
make_tile (YzFiguresPage *self, const YzFigureLine *line)
{
  g_autofree char *spoken = g_strjoin (" ", line->label, line->value, line->detail, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tile = box;
  GtkWidget *value = yz_label_new (line->value, "figure", 12);

  gtk_container_add (GTK_CONTAINER (box), yz_label_new (line->label, NULL, 15));
  gtk_container_add (GTK_CONTAINER (box), value);
  if (line->style != NULL)
    gtk_style_context_add_class (gtk_widget_get_style_context (value), line->style);
  gtk_container_add (GTK_CONTAINER (box),
                     yz_label_new (line->detail != NULL ? line->detail : "", "dim-label", 15));
  if (line->drill != YZ_DRILL_NONE) {
    tile = gtk_button_new ();
    gtk_container_add (GTK_CONTAINER (tile), box);
    gtk_widget_set_tooltip_text (tile, _ ("Show the cases behind this figure"));
    g_object_set_data (G_OBJECT (tile), "drill", GINT_TO_POINTER (line->drill));
    g_signal_connect_swapped (tile, "clicked", G_CALLBACK (on_tile_clicked), self);
    atk_object_set_name (gtk_widget_get_accessible (tile), spoken);
  }
  gtk_style_context_add_class (gtk_widget_get_style_context (tile), "tile");
  gtk_widget_show_all (tile);
  return tile;
}

static void
show_figures (YzFiguresPage *self)
{
  g_autoptr (GPtrArray) lines = yz_figures_report_list (self->figures);
  YzChart chart = { 0 };

  gtk_container_foreach (GTK_CONTAINER (self->tiles), (GtkCallback) (GCallback) gtk_widget_destroy,
                         NULL);
  for (guint i = 0; i < lines->len; i++) {
    GtkWidget *child = gtk_flow_box_child_new ();

    gtk_container_add (GTK_CONTAINER (child), make_tile (self, g_ptr_array_index (lines, i)));
    gtk_widget_set_can_focus (child, FALSE); /* the button in it has the focus */
    gtk_container_add (GTK_CONTAINER (self->tiles), child);
    gtk_widget_show (child);
  }
  yz_figures_report_fill_chart (&chart, self->figures);
  yz_histogram_show (self->histogram, &chart);
  yz_histogram_mark (self->histogram, self->bucket);
}

static void
on_figures (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  YzFigures *figures = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzFiguresPage *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (figures == NULL) {
    say_error (self, error);
    return;
  }
  g_free (self->figures);
  self->figures = figures;
  show_figures (self);
}

static void
on_overdue (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *dossiers = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzFiguresPage *self = data;

  if (dossiers == NULL)
    return; /* cancelled; or the list beside it has said why */
  g_clear_pointer (&self->overdue, g_ptr_array_unref);
  self->overdue = dossiers;
}

static void
read_all (YzFiguresPage *self)
{
  YzDossierFilter filter = YZ_DOSSIER_FILTER_INIT;

  filter.overdue = TRUE;
  filter.open = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  yz_ask_figures (self->desk, self->cancellable, on_figures, self);
  yz_ask_list (self->desk, &filter, self->cancellable, on_overdue, self);
  read_list (self);
}

static gboolean
on_calm (gpointer data)
{
  YzFiguresPage *self = data;

  self->refresh = 0;
  read_all (self);
  return G_SOURCE_REMOVE;
}

static void
on_desk_changed (YzFiguresPage *self)
{
  if (self->shown && self->refresh == 0)
    self->refresh = g_timeout_add (CALM, on_calm, self);
}

void
yz_figures_page_set_shown (YzFiguresPage *self, gboolean shown)
{
  self->shown = shown;
  if (shown)
    read_all (self);
  else
    g_clear_handle_id (&self->refresh, g_source_remove);
}

static void
on_activated (YzFiguresPage *self, const char *number)
{
  g_signal_emit (self, signals[CASE_CHOSEN], 0, number);
}

static GtkWindow *
get_window (YzFiguresPage *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  return GTK_IS_WINDOW (window) ? GTK_WINDOW (window) : NULL;
}

/* (transfer full) (nullable) where to, as the person chose */
static char *
ask_path (YzFiguresPage *self, const char *title, const char *suffix)
{
  g_autoptr (GtkFileChooserNative) chooser = gtk_file_chooser_native_new (
      title, get_window (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s-%s.%s", _ ("figures"), day, suffix);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (chooser), TRUE);
  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (chooser)) != GTK_RESPONSE_ACCEPT)
    return NULL;
  return gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (chooser));
}

static void
say_saved (YzFiguresPage *self, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *sentence = g_strdup_printf (_ ("Saved as %s."), shown);

  g_signal_emit (self, signals[SAID], 0, sentence);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzFiguresPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *path = NULL;

  if (self->figures == NULL || self->overdue == NULL)
    return;
  path = ask_path (self, _ ("Export the figures"), "csv");
  if (path == NULL)
    return;
  csv = yz_figures_report_make_csv (self->figures, self->overdue, yz_desk_get_calendar (self->desk),
                                    g_get_real_time ());
  if (g_file_set_contents (path, csv, -1, &error))
    say_saved (self, path);
  else
    say_error (self, error);
}

static void
print (YzFiguresPage *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!yz_figures_report_print (self->figures, self->overdue, yz_desk_get_calendar (self->desk),
                                g_get_real_time (), get_window (self), path, &error))
    say_error (self, error);
  else if (path != NULL)
    say_saved (self, path);
}

static void
on_pdf (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzFiguresPage *self = data;
  g_autofree char *path = self->figures != NULL && self->overdue != NULL
                              ? ask_path (self, _ ("Save the figures as PDF"), "pdf")
                              : NULL;

  if (path != NULL)
    print (self, path);
}

static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzFiguresPage *self = data;

  if (self->figures != NULL && self->overdue != NULL)
    print (self, NULL);
}

static void
on_refresh (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  read_all (data);
}

GActionGroup *
yz_figures_page_get_actions (YzFiguresPage *self)
{
  return G_ACTION_GROUP (self->actions);
}

GtkWidget *
yz_figures_page_new (YzDesk *desk)
{
  YzFiguresPage *self = g_object_new (YZ_TYPE_FIGURES_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static void
yz_figures_page_dispose (GObject *object)
{
  YzFiguresPage *self = YZ_FIGURES_PAGE (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->figures, g_free);
  g_clear_pointer (&self->overdue, g_ptr_array_unref);
  g_clear_object (&self->actions);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_figures_page_parent_class)->dispose (object);
}

static void
yz_figures_page_class_init (YzFiguresPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_figures_page_dispose;
  signals[CASE_CHOSEN] = g_signal_new ("case-chosen", YZ_TYPE_FIGURES_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAID] = g_signal_new ("said", YZ_TYPE_FIGURES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (YZ_TYPE_HISTOGRAM);
  g_type_ensure (YZ_TYPE_DOSSIER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/figures-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YzFiguresPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, YzFiguresPage, histogram);
  gtk_widget_class_bind_template_child (widget_class, YzFiguresPage, list_title);
  gtk_widget_class_bind_template_child (widget_class, YzFiguresPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YzFiguresPage, list);
  gtk_widget_class_bind_template_child (widget_class, YzFiguresPage, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_bar_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
yz_figures_page_init (YzFiguresPage *self)
{
  static const GActionEntry ENTRIES[] = {
    { .name = "export", .activate = on_export },
    { .name = "pdf", .activate = on_pdf },
    { .name = "print", .activate = on_print },
    { .name = "refresh", .activate = on_refresh },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->drill = YZ_DRILL_LATE;
  self->bucket = -1;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), ENTRIES, G_N_ELEMENTS (ENTRIES),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "figures", G_ACTION_GROUP (self->actions));
}
