/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/matter-chooser.h"

#include "ui/ask.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzMatterChooser {
  GtkBox parent;
  GtkSearchEntry *search;
  GtkListBox *matters;
  GtkWidget *nothing;
  GtkWidget *begun_box;
  GtkListBox *begun;
  YzDesk *desk;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (YzMatterChooser, yz_matter_chooser, GTK_TYPE_BOX)

enum { MATTER_CHOSEN, CASE_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const YzMatter *
get_matter (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "matter");
}

static GtkWidget *
make_label (const char *text, const char *style, int width)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), width);
  if (style != NULL)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), style);
  return label;
}

/* The side is as wide as its words need, whatever the letters. */
static GtkWidget *
make_side_label (const char *text, const char *style)
{
  GtkWidget *label = make_label (text, style, 30);

  gtk_label_set_width_chars (GTK_LABEL (label), 24);
  return label;
}

static char *
describe_limit (const YzMatter *matter)
{
  if (matter->limit == 0)
    return g_strdup (_ ("on the spot"));
  if (matter->calendar_days)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", matter->limit),
                            matter->limit);
  return yz_words_working_days (matter->limit);
}

static GtkWidget *
make_matter_row (const YzMatter *matter)
{
  g_autofree char *limit = describe_limit (matter);
  g_autofree char *originals =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u kind of original", "%u kinds of originals",
                                    matter->materials->len),
                       matter->materials->len);
  g_autofree char *detail =
      g_strdup_printf ("%s · %s · %s", originals, limit, yz_words_deciding_level (matter->level));
  g_autofree char *spoken = g_strdup_printf ("%s %s, %s", matter->code, matter->name, detail);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *code = make_label (matter->code, "matter-code", 6);

  gtk_label_set_width_chars (GTK_LABEL (code), 4);
  gtk_widget_set_valign (code, GTK_ALIGN_START);
  gtk_container_add (GTK_CONTAINER (lines), make_label (matter->name, "item-name", 60));
  gtk_container_add (GTK_CONTAINER (lines), make_label (detail, "dim-label", 60));
  gtk_container_add (GTK_CONTAINER (box), code);
  gtk_container_add (GTK_CONTAINER (box), lines);
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_style_context_add_class (gtk_widget_get_style_context (row), "item");
  g_object_set_data_full (G_OBJECT (row), "matter", yz_matter_ref ((YzMatter *) matter),
                          (GDestroyNotify) yz_matter_unref);
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  gtk_widget_show_all (row);
  return row;
}

/* A heading over each group, as long as nothing is searched for. */
static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const YzMatter *matter = get_matter (row);
  const char *above = before != NULL ? get_matter (before)->group : NULL;
  GtkWidget *label = NULL;

  gtk_list_box_row_set_header (row, NULL);
  if (matter->group == NULL || g_strcmp0 (matter->group, above) == 0)
    return;
  label = make_label (matter->group, "group-title", 60);
  gtk_widget_show (label);
  gtk_list_box_row_set_header (row, label);
}

static gboolean
is_wanted (GtkListBoxRow *row, gpointer data)
{
  YzMatterChooser *self = data;
  g_autofree char *typed = g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->search))));

  return *typed == '\0' || yz_matter_matches (get_matter (row), typed);
}

static GtkListBoxRow *
find_first (YzMatterChooser *self)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->matters, i)) != NULL; i++) {
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  }
  return NULL;
}

static void
on_search_changed (YzMatterChooser *self)
{
  GtkListBoxRow *first = NULL;

  gtk_list_box_invalidate_filter (self->matters);
  first = find_first (self);
  gtk_list_box_select_row (self->matters, first);
  gtk_widget_set_visible (self->nothing, first == NULL);
}

static void
choose (YzMatterChooser *self, GtkListBoxRow *row)
{
  if (row != NULL)
    g_signal_emit (self, signals[MATTER_CHOSEN], 0, get_matter (row)->code);
}

static void
on_search_activated (YzMatterChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->matters);

  choose (self,
          row != NULL && gtk_widget_get_child_visible (GTK_WIDGET (row)) ? row : find_first (self));
}

/* Up and Down move in the list while the search keeps the focus. */
static gboolean
on_search_key (GtkWidget *search, GdkEventKey *event, YzMatterChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->matters);
  int step = event->keyval == GDK_KEY_Down ? 1 : event->keyval == GDK_KEY_Up ? -1 : 0;
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (step == 0)
    return GDK_EVENT_PROPAGATE;
  do {
    index += step;
    row = index < 0 ? NULL : gtk_list_box_get_row_at_index (self->matters, index);
  } while (row != NULL && !gtk_widget_get_child_visible (GTK_WIDGET (row)));
  if (row != NULL) {
    GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->matters);
    GtkAllocation place;

    gtk_list_box_select_row (self->matters, row);
    gtk_widget_get_allocation (GTK_WIDGET (row), &place);
    if (adjustment != NULL)
      gtk_adjustment_clamp_page (adjustment, place.y, place.y + place.height);
  }
  return GDK_EVENT_STOP;
}

static void
on_matter_activated (YzMatterChooser *self, GtkListBoxRow *row)
{
  choose (self, row);
}

static void
on_begun_activated (YzMatterChooser *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CASE_CHOSEN], 0, g_object_get_data (G_OBJECT (row), "number"));
}

static GtkWidget *
make_begun_row (const YzDossier *dossier)
{
  g_autofree char *pages = yz_words_pages (dossier->n_sheets);
  const char *applicant = dossier->applicant != NULL && *dossier->applicant != '\0'
                              ? dossier->applicant
                              : _ ("no name yet");
  g_autofree char *detail = g_strdup_printf ("%s · %s", dossier->number, pages);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", applicant, dossier->matter_name, detail);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_container_add (GTK_CONTAINER (lines), make_side_label (applicant, "item-name"));
  gtk_container_add (GTK_CONTAINER (lines), make_side_label (dossier->matter_name, NULL));
  gtk_container_add (GTK_CONTAINER (lines), make_side_label (detail, "dim-label"));
  if (dossier->kind == YZ_STATE_PAUSED)
    gtk_container_add (GTK_CONTAINER (lines), make_side_label (dossier->state_name, "soon"));
  gtk_container_add (GTK_CONTAINER (row), lines);
  gtk_style_context_add_class (gtk_widget_get_style_context (row), "item");
  g_object_set_data_full (G_OBJECT (row), "number", g_strdup (dossier->number), g_free);
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  gtk_widget_show_all (row);
  return row;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dossiers = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzMatterChooser *self = data;
  guint count = 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_container_foreach (GTK_CONTAINER (self->begun), (GtkCallback) (GCallback) gtk_widget_destroy,
                         NULL);
  for (guint i = 0; dossiers != NULL && i < dossiers->len; i++) {
    const YzDossier *dossier = g_ptr_array_index (dossiers, i);

    if (dossier->kind != YZ_STATE_START && dossier->kind != YZ_STATE_PAUSED)
      continue;
    gtk_list_box_insert (self->begun, make_begun_row (dossier), -1);
    count++;
  }
  gtk_widget_set_visible (self->begun_box, count > 0);
}

void
yz_matter_chooser_begin (YzMatterChooser *self)
{
  YzDossierFilter filter = YZ_DOSSIER_FILTER_INIT;

  filter.mine = TRUE;
  filter.open = TRUE;
  filter.limit = 200;
  gtk_entry_set_text (GTK_ENTRY (self->search), "");
  on_search_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  yz_ask_list (self->desk, &filter, self->cancellable, on_listed, self);
}

void
yz_matter_chooser_set_desk (YzMatterChooser *self, YzDesk *desk)
{
  g_autoptr (GPtrArray) matters = yz_desk_list_matters (desk);

  g_set_object (&self->desk, desk);
  gtk_container_foreach (GTK_CONTAINER (self->matters),
                         (GtkCallback) (GCallback) gtk_widget_destroy, NULL);
  for (guint i = 0; i < matters->len; i++) {
    const YzMatter *matter = g_ptr_array_index (matters, i);

    if (matter->flow != NULL) /* a reason without its scope cannot be applied for */
      gtk_list_box_insert (self->matters, make_matter_row (matter), -1);
  }
}

static void
yz_matter_chooser_dispose (GObject *object)
{
  YzMatterChooser *self = YZ_MATTER_CHOOSER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_matter_chooser_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, YZ_TYPE_MATTER_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yz_matter_chooser_class_init (YzMatterChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_matter_chooser_dispose;
  signals[MATTER_CHOSEN] = add_signal ("matter-chosen");
  signals[CASE_CHOSEN] = add_signal ("case-chosen");
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/matter-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, YzMatterChooser, search);
  gtk_widget_class_bind_template_child (widget_class, YzMatterChooser, matters);
  gtk_widget_class_bind_template_child (widget_class, YzMatterChooser, nothing);
  gtk_widget_class_bind_template_child (widget_class, YzMatterChooser, begun_box);
  gtk_widget_class_bind_template_child (widget_class, YzMatterChooser, begun);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_matter_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_begun_activated);
}

static void
yz_matter_chooser_init (YzMatterChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->matters, set_header, self, NULL);
  gtk_list_box_set_filter_func (self->matters, is_wanted, self, NULL);
}
