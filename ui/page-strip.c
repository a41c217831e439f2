/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/page-strip.h"

#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzPageStrip {
  GtkBox parent;
  GtkBox *list;
  GtkScrolledWindow *scroller;
  GtkStack *stack;
  GtkBox *pending;
  YzPictures *pictures;
  YzOpenCase *open_case;
  GCancellable *cancellable;
  gboolean filling;
  gboolean choosing; /* the program chooses, not the person */
  guint told;        /* the sheet "chosen" was last emitted for */
  guint scrolling;   /* idle source that shows the newest page; 0 */
};

G_DEFINE_FINAL_TYPE (YzPageStrip, yz_page_strip, GTK_TYPE_BOX)

enum { CHOSEN, ACTIVATED, REMOVED, DROPPED, N_SIGNALS };

#define THUMBNAIL 96.0 /* pixels, the longer side */

static const GtkTargetEntry SHEET_TARGET = { (char *) "application/x-yizhan-sheet",
                                             GTK_TARGET_SAME_APP, 0 };
static guint signals[N_SIGNALS];

static guint
get_sheet_of (GtkWidget *row)
{
  return row != NULL ? GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "sheet")) : 0;
}

static GtkWidget *
get_row (YzPageStrip *self, int index)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->list));

  return index < 0 ? NULL : g_list_nth_data (rows, (guint) index);
}

static int
find_chosen (YzPageStrip *self)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->list));
  int index = 0;

  for (GList *at = rows; at != NULL; at = at->next, index++) {
    if (gtk_toggle_button_get_active (at->data))
      return index;
  }
  return -1;
}

static void
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) image = data; /* outlives the strip's row if need be */
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_pictures_develop_finish (YZ_PICTURES (source), result, &error);
  cairo_surface_t *surface = NULL;
  double scale = 1;

  if (page == NULL || page->thumbnail == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      gtk_image_set_from_icon_name (GTK_IMAGE (image), "image-missing-symbolic",
                                    GTK_ICON_SIZE_DIALOG);
    return;
  }
  surface = yz_pictures_make_surface (page->thumbnail);
  scale = MAX (page->thumbnail->width, page->thumbnail->height) / THUMBNAIL;
  cairo_surface_set_device_scale (surface, scale, scale);
  gtk_image_set_from_surface (GTK_IMAGE (image), surface);
  cairo_surface_destroy (surface);
}

static const char *
get_material_name (YzPageStrip *self, const YzSheet *sheet)
{
  const YzMatter *matter = self->open_case->matter;
  const YzMaterial *material =
      matter != NULL ? yz_matter_find_material (matter, sheet->material) : NULL;

  return material != NULL ? material->name : sheet->material;
}

/* What a row shows: when that is the same, the row stays as it is. */
static char *
describe_row (const YzSheet *sheet, guint place, gboolean editable)
{
  g_autoptr (GString) text = g_string_new (sheet->digest);

  g_string_append_printf (text, "/%s/%u/%u/%d/%s", sheet->material, place, sheet->rotation,
                          editable, sheet->verdicts != NULL ? sheet->verdicts : "");
  for (guint i = 0; sheet->outlined && i < G_N_ELEMENTS (sheet->corners); i++)
    g_string_append_printf (text, "/%.1f", sheet->corners[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
find_row (YzPageStrip *self, guint sheet)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->list));

  for (GList *at = rows; at != NULL; at = at->next) {
    if (get_sheet_of (at->data) == sheet)
      return at->data;
  }
  return NULL;
}

/* Until the new picture is developed the one before stays: nothing flickers. */
static void
take_over_picture (GtkWidget *row, GtkWidget *before)
{
  GtkWidget *image = g_object_get_data (G_OBJECT (before), "image");
  cairo_surface_t *surface = NULL;

  g_object_get (image, "surface", &surface, NULL);
  if (surface == NULL)
    return;
  gtk_image_set_from_surface (g_object_get_data (G_OBJECT (row), "image"), surface);
  cairo_surface_destroy (surface);
}

static GtkWidget *
make_row (YzPageStrip *self, const YzSheet *sheet, guint place)
{
  g_autofree char *wrong = yz_words_verdicts (sheet->verdicts, yz_words_is_imported (sheet));
  const gboolean imported = yz_words_is_imported (sheet);
  g_autofree char *caption = g_strdup_printf (imported ? _ ("%u · imported") : "%u", place);
  g_autofree char *name = g_strjoin (imported ? ", " : "", get_material_name (self, sheet),
                                     imported ? yz_words_origin (sheet->origin) : "", NULL);
  g_autofree char *spoken = g_strdup_printf (_ ("Page %1$u, %2$s%3$s%4$s"), place, name,
                                             wrong != NULL ? ", " : "", wrong != NULL ? wrong : "");
  GtkWidget *row = gtk_radio_button_new_from_widget (GTK_RADIO_BUTTON (get_row (self, 0)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *image = gtk_image_new_from_icon_name ("image-loading-symbolic", GTK_ICON_SIZE_DIALOG);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_set_size_request (image, (int) THUMBNAIL, (int) THUMBNAIL);
  gtk_container_add (GTK_CONTAINER (box), image);
  gtk_widget_set_halign (foot, GTK_ALIGN_CENTER);
  if (wrong != NULL) {
    GtkWidget *icon = gtk_image_new_from_icon_name ("yz-late-symbolic", GTK_ICON_SIZE_MENU);

    gtk_style_context_add_class (gtk_widget_get_style_context (icon), "defective");
    gtk_container_add (GTK_CONTAINER (foot), icon);
  }
  gtk_container_add (GTK_CONTAINER (foot), gtk_label_new (caption));
  gtk_container_add (GTK_CONTAINER (box), foot);
  gtk_toggle_button_set_mode (GTK_TOGGLE_BUTTON (row), FALSE);
  gtk_button_set_relief (GTK_BUTTON (row), GTK_RELIEF_NONE);
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_widget_set_tooltip_text (row, spoken);
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  g_object_set_data (G_OBJECT (row), "sheet", GUINT_TO_POINTER (sheet->id));
  g_object_set_data (G_OBJECT (row), "image", image);
  gtk_widget_show_all (row);
  yz_pictures_develop_async (self->pictures, sheet, TRUE, 0, 0, self->cancellable, on_developed,
                             g_object_ref (image));
  return row;
}

/* A page taken just now has no place yet: the row is scrolled to when it gets one. */
static void
scroll_to (GtkWidget *row, YzPageStrip *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);
  GtkAllocation allocation;

  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)))
    return;
  gtk_widget_get_allocation (row, &allocation);
  gtk_adjustment_clamp_page (adjustment, allocation.x, allocation.x + allocation.width);
}

static void
on_placed (GtkWidget *row, GtkAllocation *allocation, YzPageStrip *self)
{
  scroll_to (row, self);
}

static void
on_toggled (YzPageStrip *self)
{
  guint sheet = yz_page_strip_get_chosen (self);

  if (!self->filling && sheet != 0 && sheet != self->told) {
    self->told = sheet;
    g_signal_emit (self, signals[CHOSEN], 0, sheet);
  }
}

static void
on_clicked (GtkWidget *row, YzPageStrip *self)
{
  if (!self->filling && !self->choosing && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)))
    g_signal_emit (self, signals[ACTIVATED], 0, get_sheet_of (row));
}

static gboolean
on_key_pressed (GtkWidget *row, GdkEventKey *event, YzPageStrip *self)
{
  if (event->keyval != GDK_KEY_Delete && event->keyval != GDK_KEY_KP_Delete)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[REMOVED], 0, get_sheet_of (row));
  return GDK_EVENT_STOP;
}

static void
on_drag_data_get (GtkWidget *row,
                  GdkDragContext *context,
                  GtkSelectionData *selection,
                  guint info,
                  guint time,
                  gpointer data)
{
  guint sheet = get_sheet_of (row);

  gtk_selection_data_set (selection, gtk_selection_data_get_target (selection), 32,
                          (const guchar *) &sheet, sizeof sheet);
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
  guint sheet = yz_page_strip_read_drop (selection);

  if (sheet != 0 && sheet != get_sheet_of (row))
    g_signal_emit (data, signals[DROPPED], 0, sheet, get_sheet_of (row));
}

guint
yz_page_strip_read_drop (GtkSelectionData *selection)
{
  guint sheet = 0;

  if (gtk_selection_data_get_length (selection) == (int) sizeof sheet)
    memcpy (&sheet, gtk_selection_data_get_data (selection), sizeof sheet);
  return sheet;
}

void
yz_page_strip_accept_drops (GtkWidget *widget)
{
  gtk_drag_dest_set (widget, GTK_DEST_DEFAULT_ALL, &SHEET_TARGET, 1,
                     GDK_ACTION_MOVE | GDK_ACTION_COPY);
}

static void
add_row (YzPageStrip *self, const YzSheet *sheet, guint place)
{
  GtkWidget *before = find_row (self, sheet->id);
  g_autofree char *shows = describe_row (sheet, place, yz_open_case_is_editable (self->open_case));
  GtkWidget *row = NULL;

  if (before != NULL && g_strcmp0 (shows, g_object_get_data (G_OBJECT (before), "shows")) == 0) {
    gtk_box_reorder_child (self->list, before, (int) place - 1);
    return;
  }
  row = make_row (self, sheet, place);
  g_object_set_data_full (G_OBJECT (row), "shows", g_steal_pointer (&shows), g_free);
  if (before != NULL) {
    take_over_picture (row, before);
    gtk_widget_destroy (before);
  }
  gtk_container_add (GTK_CONTAINER (self->list), row);
  gtk_box_reorder_child (self->list, row, (int) place - 1);
  g_signal_connect_swapped (row, "toggled", G_CALLBACK (on_toggled), self);
  g_signal_connect_after (row, "size-allocate", G_CALLBACK (on_placed), self);
  g_signal_connect (row, "clicked", G_CALLBACK (on_clicked), self);
  if (!yz_open_case_is_editable (self->open_case))
    return;
  g_signal_connect (row, "key-press-event", G_CALLBACK (on_key_pressed), self);
  gtk_drag_source_set (row, GDK_BUTTON1_MASK, &SHEET_TARGET, 1, GDK_ACTION_MOVE);
  yz_page_strip_accept_drops (row);
  g_signal_connect (row, "drag-data-get", G_CALLBACK (on_drag_data_get), self);
  g_signal_connect (row, "drag-data-received", G_CALLBACK (on_drag_data_received), self);
}

static void
clear (YzPageStrip *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  g_clear_object (&self->pictures);
}

static void
drop_rows (YzPageStrip *self, YzOpenCase *kept)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->list));

  for (GList *at = rows; at != NULL; at = at->next) {
    if (kept == NULL || yz_open_case_find_sheet (kept, get_sheet_of (at->data)) == NULL)
      gtk_widget_destroy (at->data);
  }
}

static void
choose_face (YzPageStrip *self)
{
  gboolean any = self->open_case != NULL && self->open_case->dossier->sheets->len > 0;

  gtk_stack_set_visible_child_name (
      self->stack, any || gtk_widget_get_visible (GTK_WIDGET (self->pending)) ? "pages" : "empty");
}

static gboolean
on_idle_scroll (gpointer data)
{
  YzPageStrip *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);

  self->scrolling = 0;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

void
yz_page_strip_set_pending (YzPageStrip *self, guint pending)
{
  gboolean was = gtk_widget_get_visible (GTK_WIDGET (self->pending));

  gtk_widget_set_visible (GTK_WIDGET (self->pending), pending > 0);
  choose_face (self);
  if (pending > 0 && !was && self->scrolling == 0)
    self->scrolling = g_idle_add_full (G_PRIORITY_LOW, on_idle_scroll, self, NULL);
}

static void
choose_row (YzPageStrip *self, GtkWidget *row)
{
  self->choosing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row), TRUE);
  self->choosing = FALSE;
  scroll_to (row, self);
}

/* The page looked at is gone: the one that came into its place, or the last. */
static void
choose_neighbour (YzPageStrip *self, int place)
{
  GtkWidget *row = get_row (self, place);

  if (row == NULL)
    row = get_row (self, place - 1);
  if (row != NULL)
    choose_row (self, row);
}

/**
 * yz_page_strip_show:
 * @open_case: (nullable): NULL empties the strip
 *
 * The page looked at stays chosen while it is there; else the first one is.
 */
void
yz_page_strip_show (YzPageStrip *self, YzPictures *pictures, YzOpenCase *open_case)
{
  guint chosen = yz_page_strip_get_chosen (self);
  int place = find_chosen (self);
  gboolean same = self->open_case != NULL && open_case != NULL &&
                  g_strcmp0 (self->open_case->dossier->number, open_case->dossier->number) == 0;
  gboolean focused = place >= 0 && gtk_widget_has_focus (get_row (self, place));

  self->filling = TRUE;
  if (!same)
    self->told = 0;
  drop_rows (self, same ? open_case : NULL);
  if (!same)
    clear (self);
  else
    g_clear_pointer (&self->open_case, yz_open_case_unref);
  if (open_case != NULL) {
    g_set_object (&self->pictures, pictures);
    self->open_case = yz_open_case_ref (open_case);
    if (self->cancellable == NULL)
      self->cancellable = g_cancellable_new ();
    for (guint i = 0; i < open_case->dossier->sheets->len; i++)
      add_row (self, g_ptr_array_index (open_case->dossier->sheets, i), i + 1);
  }
  choose_face (self);
  if (same && chosen != 0 && find_row (self, chosen) != NULL)
    yz_page_strip_choose (self, chosen);
  else if (same && place >= 0)
    choose_neighbour (self, place);
  if (focused && find_chosen (self) >= 0)
    gtk_widget_grab_focus (get_row (self, find_chosen (self)));
  self->filling = FALSE;
  on_toggled (self);
}

guint
yz_page_strip_get_chosen (YzPageStrip *self)
{
  return get_sheet_of (get_row (self, find_chosen (self)));
}

void
yz_page_strip_choose (YzPageStrip *self, guint sheet)
{
  GtkWidget *row = NULL;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++) {
    if (get_sheet_of (row) == sheet)
      choose_row (self, row);
  }
}

void
yz_page_strip_choose_last (YzPageStrip *self)
{
  guint count = self->open_case != NULL ? self->open_case->dossier->sheets->len : 0;

  if (count > 0)
    choose_row (self, get_row (self, (int) count - 1));
}

gboolean
yz_page_strip_move (YzPageStrip *self, int steps)
{
  GtkWidget *next = get_row (self, find_chosen (self) + steps);

  if (next == NULL)
    return FALSE;
  choose_row (self, next);
  return TRUE;
}

static void
yz_page_strip_dispose (GObject *object)
{
  clear (YZ_PAGE_STRIP (object));
  g_clear_handle_id (&YZ_PAGE_STRIP (object)->scrolling, g_source_remove);
  G_OBJECT_CLASS (yz_page_strip_parent_class)->dispose (object);
}

static void
yz_page_strip_class_init (YzPageStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_page_strip_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", YZ_TYPE_PAGE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ACTIVATED] = g_signal_new ("activated", YZ_TYPE_PAGE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[REMOVED] = g_signal_new ("removed", YZ_TYPE_PAGE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DROPPED] = g_signal_new ("dropped", YZ_TYPE_PAGE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/page-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, YzPageStrip, list);
  gtk_widget_class_bind_template_child (widget_class, YzPageStrip, scroller);
  gtk_widget_class_bind_template_child (widget_class, YzPageStrip, stack);
  gtk_widget_class_bind_template_child (widget_class, YzPageStrip, pending);
}

static void
yz_page_strip_init (YzPageStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
