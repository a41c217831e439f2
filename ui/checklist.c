/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/checklist.h"

#include "capture/page.h"
#include "ui/file-drops.h"
#include "ui/page-strip.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzChecklist {
  GtkBox parent;
  GtkListBox *list;
  GtkLabel *progress;
  YzOpenCase *open_case;
  YzChecklistCount count;
  gpointer count_data;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (YzChecklist, yz_checklist, GTK_TYPE_BOX)

enum { CHOSEN, DROPPED, FILES_DROPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *icon, *words, *style;
} STATES[] = {
  [YZ_ITEM_MISSING] = { "yz-missing-symbolic", N_ ("missing"), "missing" },
  [YZ_ITEM_CONDITIONAL] = { "yz-maybe-symbolic", N_ ("if it applies"), "maybe" },
  [YZ_ITEM_LATER] = { "yz-later-symbolic", N_ ("may follow later"), "maybe" },
  [YZ_ITEM_CAPTURED] = { "yz-done-symbolic", N_ ("captured"), "done" },
  [YZ_ITEM_IMPORTED] = { "yz-done-symbolic", N_ ("imported"), "done" },
  [YZ_ITEM_DEFECTIVE] = { "yz-late-symbolic", N_ ("look at it again"), "defective" },
  [YZ_ITEM_SAVING] = { "yz-camera-symbolic", N_ ("being saved…"), "saving" },
};

/* Not wholly there, and another picture would be better. */
#define UNREADABLE (YZ_VERDICT_BLURRED | YZ_VERDICT_BLANK | YZ_VERDICT_DARK | YZ_VERDICT_CUT_OFF)

YzItemState
yz_checklist_judge (const YzOpenCase *open_case, const YzMaterial *material)
{
  guint pages = 0, imported = 0;

  for (guint i = 0; i < open_case->dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (open_case->dossier->sheets, i);

    if (g_strcmp0 (sheet->material, material->id) != 0)
      continue;
    pages++;
    imported += yz_words_is_imported (sheet);
    if ((yz_verdict_from_string (sheet->verdicts) & UNREADABLE) != 0)
      return YZ_ITEM_DEFECTIVE;
  }
  if (pages > 0)
    return imported == pages ? YZ_ITEM_IMPORTED : YZ_ITEM_CAPTURED;
  if (material->later)
    return YZ_ITEM_LATER;
  return material->required ? YZ_ITEM_MISSING : YZ_ITEM_CONDITIONAL;
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 17);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
  if (style != NULL)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), style);
  return label;
}

static guint
count_pending (YzChecklist *self, const YzMaterial *material)
{
  return self->count != NULL ? self->count (material->id, self->count_data) : 0;
}

static GtkWidget *
make_row (YzChecklist *self, const YzMaterial *material)
{
  const YzOpenCase *open_case = self->open_case;
  YzItemState state = count_pending (self, material) > 0 ? YZ_ITEM_SAVING
                                                         : yz_checklist_judge (open_case, material);
  guint sheets = yz_open_case_count_sheets (open_case, material->id);
  g_autofree char *pages = yz_words_pages (sheets);
  g_autofree char *words = sheets > 0 ? g_strdup_printf ("%s · %s", _ (STATES[state].words), pages)
                                      : g_strdup (_ (STATES[state].words));
  g_autofree char *spoken = g_strdup_printf ("%s, %s", material->name, words);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *icon = gtk_image_new_from_icon_name (STATES[state].icon, GTK_ICON_SIZE_BUTTON);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_style_context_add_class (gtk_widget_get_style_context (icon), STATES[state].style);
  gtk_container_add (GTK_CONTAINER (lines), make_label (material->name, "item-name"));
  gtk_container_add (GTK_CONTAINER (lines), make_label (words, STATES[state].style));
  if (material->condition != NULL && *material->condition != '\0')
    gtk_container_add (GTK_CONTAINER (lines), make_label (material->condition, "dim-label"));
  gtk_container_add (GTK_CONTAINER (box), icon);
  gtk_container_add (GTK_CONTAINER (box), lines);
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_style_context_add_class (gtk_widget_get_style_context (row), "item");
  g_object_set_data_full (G_OBJECT (row), "material", g_strdup (material->id), g_free);
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  gtk_widget_show_all (row);
  return row;
}

static void
on_drag_data_received (GtkWidget *row,
                       GdkDragContext *context,
                       int x,
                       int y,
                       GtkSelectionData *selection,
                       guint info,
                       guint time,
                       gpointer data)
{
  g_autoptr (GPtrArray) files = yz_file_drops_read (selection);
  const guint sheet = files == NULL ? yz_page_strip_read_drop (selection) : 0;
  const char *material = g_object_get_data (G_OBJECT (row), "material");

  if (files != NULL)
    g_signal_emit (data, signals[FILES_DROPPED], 0, files, material);
  else if (sheet != 0)
    g_signal_emit (data, signals[DROPPED], 0, sheet, material);
}

static void
add_row (YzChecklist *self, const YzMaterial *material)
{
  GtkWidget *row = make_row (self, material);

  gtk_list_box_insert (self->list, row, -1);
  if (!yz_open_case_is_editable (self->open_case))
    return;
  yz_page_strip_accept_drops (row);
  yz_file_drops_add (row);
  g_signal_connect (row, "drag-data-received", G_CALLBACK (on_drag_data_received), self);
}

static void
show_progress (YzChecklist *self)
{
  guint wanted = 0, there = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->open_case->matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (self->open_case->matter->materials, i);

    if (!material->required || material->later)
      continue;
    wanted++;
    if (yz_open_case_count_sheets (self->open_case, material->id) > 0)
      there++;
  }
  text = g_strdup_printf (_ ("%1$u of %2$u required"), there, wanted);
  gtk_label_set_text (self->progress, text);
}

const char *
yz_checklist_get_chosen (YzChecklist *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "material") : NULL;
}

void
yz_checklist_choose (YzChecklist *self, const char *material)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    if (g_strcmp0 (material, g_object_get_data (G_OBJECT (row), "material")) == 0)
      gtk_list_box_select_row (self->list, row);
  }
}

gboolean
yz_checklist_advance (YzChecklist *self)
{
  const char *chosen = yz_checklist_get_chosen (self);
  const YzMaterial *first = NULL;
  gboolean passed = chosen == NULL;

  if (self->open_case == NULL || self->open_case->matter == NULL)
    return FALSE;
  for (guint i = 0; i < self->open_case->matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (self->open_case->matter->materials, i);
    gboolean missing = yz_checklist_judge (self->open_case, material) == YZ_ITEM_MISSING &&
                       count_pending (self, material) == 0;

    if (missing && passed) {
      yz_checklist_choose (self, material->id);
      return TRUE;
    }
    if (missing && first == NULL)
      first = material;
    if (g_strcmp0 (chosen, material->id) == 0)
      passed = TRUE;
  }
  if (first != NULL)
    yz_checklist_choose (self, first->id);
  return first != NULL;
}

void
yz_checklist_show (YzChecklist *self, YzOpenCase *open_case)
{
  g_autofree char *chosen = g_strdup (yz_checklist_get_chosen (self));
  gboolean same = self->open_case != NULL && open_case != NULL &&
                  g_strcmp0 (self->open_case->dossier->number, open_case->dossier->number) == 0;

  self->filling = TRUE;
  gtk_container_foreach (GTK_CONTAINER (self->list), (GtkCallback) (GCallback) gtk_widget_destroy,
                         NULL);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  if (open_case == NULL || open_case->matter == NULL) {
    gtk_label_set_text (self->progress, "");
    self->filling = FALSE;
    return;
  }
  self->open_case = yz_open_case_ref (open_case);
  for (guint i = 0; i < open_case->matter->materials->len; i++)
    add_row (self, g_ptr_array_index (open_case->matter->materials, i));
  show_progress (self);
  if (same && chosen != NULL)
    yz_checklist_choose (self, chosen);
  else if (!yz_checklist_advance (self))
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  self->filling = FALSE;
}

gboolean
yz_checklist_is_complete (YzChecklist *self)
{
  for (guint i = 0; self->open_case != NULL && i < self->open_case->matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (self->open_case->matter->materials, i);

    if (yz_checklist_judge (self->open_case, material) == YZ_ITEM_MISSING &&
        count_pending (self, material) == 0)
      return FALSE;
  }
  return self->open_case != NULL;
}

static const YzMaterial *
find_chosen (YzChecklist *self)
{
  const char *chosen = yz_checklist_get_chosen (self);

  return chosen != NULL && self->open_case != NULL
             ? yz_matter_find_material (self->open_case->matter, chosen)
             : NULL;
}

gboolean
yz_checklist_wants_chosen (YzChecklist *self)
{
  const YzMaterial *material = find_chosen (self);

  return material != NULL && yz_open_case_count_sheets (self->open_case, material->id) +
                                     count_pending (self, material) <
                                 MAX (material->pages, 1);
}

char *
yz_checklist_describe_next (YzChecklist *self)
{
  const YzMaterial *material = find_chosen (self);

  if (material == NULL)
    return g_strdup (_ ("Choose on the left what is captured next."));
  if (yz_open_case_count_sheets (self->open_case, material->id) == 0)
    return g_strdup_printf (_ ("Next: %s"), material->name);
  return g_strdup_printf (yz_checklist_is_complete (self) && !yz_checklist_wants_chosen (self)
                              ? _ ("Everything required is here. F3 adds a page to: %s")
                              : _ ("One more page of: %s"),
                          material->name);
}

void
yz_checklist_set_pending (YzChecklist *self, YzChecklistCount count, gpointer data)
{
  self->count = count;
  self->count_data = data;
}

void
yz_checklist_refresh (YzChecklist *self)
{
  g_autoptr (YzOpenCase) open_case =
      self->open_case != NULL ? yz_open_case_ref (self->open_case) : NULL;

  if (open_case != NULL)
    yz_checklist_show (self, open_case);
}

static void
on_row_selected (YzChecklist *self)
{
  const char *material = yz_checklist_get_chosen (self);

  if (!self->filling && material != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, material);
}

GtkWidget *
yz_checklist_new (void)
{
  return g_object_new (YZ_TYPE_CHECKLIST, NULL);
}

static void
yz_checklist_dispose (GObject *object)
{
  g_clear_pointer (&YZ_CHECKLIST (object)->open_case, yz_open_case_unref);
  G_OBJECT_CLASS (yz_checklist_parent_class)->dispose (object);
}

static void
yz_checklist_class_init (YzChecklistClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_checklist_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", YZ_TYPE_CHECKLIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DROPPED] = g_signal_new ("dropped", YZ_TYPE_CHECKLIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[FILES_DROPPED] =
      g_signal_new ("files-dropped", YZ_TYPE_CHECKLIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/checklist.ui");
  gtk_widget_class_bind_template_child (widget_class, YzChecklist, list);
  gtk_widget_class_bind_template_child (widget_class, YzChecklist, progress);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
}

static void
yz_checklist_init (YzChecklist *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
