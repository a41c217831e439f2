/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/originals.h"

#include "ui/page-strip.h"
#include "ui/page-view.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzOriginals {
  GtkBox parent;
  GtkLabel *place;
  GtkLabel *wrong;
  GtkToggleButton *whole;
  GtkToggleButton *two;
  YzPageView *view;
  YzPageView *second;
  YzPageStrip *strip;

  YzPictures *pictures;
  YzOpenCase *open_case;
  GCancellable *ahead; /* of what is developed beforehand */
  guint pinned;        /* the sheet on the left while two are shown */
};

G_DEFINE_FINAL_TYPE (YzOriginals, yz_originals, GTK_TYPE_BOX)

static int
find_place (YzOriginals *self, guint sheet)
{
  GPtrArray *sheets = self->open_case != NULL ? self->open_case->dossier->sheets : NULL;

  for (guint i = 0; sheets != NULL && i < sheets->len; i++) {
    if (((const YzSheet *) g_ptr_array_index (sheets, i))->id == sheet)
      return (int) i;
  }
  return -1;
}

static const YzSheet *
get_sheet (YzOriginals *self, int place)
{
  GPtrArray *sheets = self->open_case != NULL ? self->open_case->dossier->sheets : NULL;

  return sheets == NULL || place < 0 || place >= (int) sheets->len
             ? NULL
             : g_ptr_array_index (sheets, (guint) place);
}

guint
yz_originals_get_place (YzOriginals *self)
{
  return (guint) (find_place (self, yz_page_strip_get_chosen (self->strip)) + 1);
}

/* The view in which one turns pages. */
static YzPageView *
get_moving (YzOriginals *self)
{
  return yz_originals_get_two (self) ? self->second : self->view;
}

/* The view which zoom and turn are meant for. */
static YzPageView *
get_active (YzOriginals *self)
{
  return gtk_widget_has_focus (GTK_WIDGET (self->view)) ? self->view : get_moving (self);
}

static void
show_place (YzOriginals *self, const YzSheet *sheet)
{
  const YzMatter *matter = self->open_case->matter;
  const YzMaterial *material =
      matter != NULL ? yz_matter_find_material (matter, sheet->material) : NULL;
  g_autofree char *wrong = yz_words_verdicts (sheet->verdicts, yz_words_is_imported (sheet));
  const gboolean imported = yz_words_is_imported (sheet);
  g_autofree char *place = g_strdup_printf (
      _ ("Page %1$u of %2$u · %3$s"), yz_originals_get_place (self),
      self->open_case->dossier->sheets->len, material != NULL ? material->name : sheet->material);
  g_autofree char *text = g_strjoin (imported ? " · " : "", place,
                                     imported ? yz_words_origin (sheet->origin) : "", NULL);

  gtk_label_set_text (self->place, text);
  gtk_label_set_text (self->wrong, wrong != NULL ? wrong : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), wrong != NULL);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (get_moving (self))), text);
}

static void
show_pinned (YzOriginals *self)
{
  const YzSheet *sheet = get_sheet (self, find_place (self, self->pinned));

  if (sheet == NULL)
    sheet = get_sheet (self, 0);
  if (sheet == NULL)
    return;
  self->pinned = sheet->id;
  yz_page_view_show_sheet (self->view, self->pictures, sheet);
}

static void
stop_ahead (YzOriginals *self)
{
  g_cancellable_cancel (self->ahead);
  g_clear_object (&self->ahead);
}

static void
prefetch_around (YzOriginals *self, int place)
{
  const YzSheet *next = get_sheet (self, place + 1);
  const YzSheet *after = get_sheet (self, place + 2);

  stop_ahead (self);
  self->ahead = g_cancellable_new ();
  if (next != NULL)
    yz_page_view_prefetch (self->view, self->pictures, next, self->ahead);
  if (after != NULL)
    yz_page_view_prefetch (self->view, self->pictures, after, self->ahead);
}

static void
on_chosen (YzOriginals *self, guint id)
{
  int place = find_place (self, id);
  const YzSheet *sheet = get_sheet (self, place);

  if (sheet == NULL)
    return;
  show_place (self, sheet);
  yz_page_view_show_sheet (get_moving (self), self->pictures, sheet);
  prefetch_around (self, place);
}

void
yz_originals_show (YzOriginals *self, YzPictures *pictures, YzOpenCase *open_case)
{
  gboolean same = self->open_case != NULL && open_case != NULL &&
                  g_strcmp0 (self->open_case->dossier->number, open_case->dossier->number) == 0;
  gboolean any = open_case != NULL && open_case->dossier->sheets->len > 0;

  if (open_case != NULL)
    yz_open_case_ref (open_case);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  self->open_case = open_case;
  g_set_object (&self->pictures, pictures);
  gtk_widget_set_visible (GTK_WIDGET (self->strip), any);
  if (!any) {
    gtk_label_set_text (self->place, "");
    gtk_widget_hide (GTK_WIDGET (self->wrong));
    yz_page_view_clear (self->view, _ ("This case has no originals."));
    yz_page_view_clear (self->second, NULL);
  }
  /* The large picture before the small ones, for it is what one waits for. */
  if (any && yz_originals_get_two (self))
    show_pinned (self);
  else if (any && !same)
    yz_page_view_show_sheet (self->view, pictures, get_sheet (self, 0));
  yz_page_strip_show (self->strip, pictures, open_case);
  if (any && !same && yz_originals_get_two (self))
    yz_page_strip_move (self->strip, 1);
  else if (any && same)
    on_chosen (self, yz_page_strip_get_chosen (self->strip));
}

void
yz_originals_prefetch (YzOriginals *self, YzPictures *pictures, const YzOpenCase *open_case)
{
  if (open_case->dossier->sheets->len > 0)
    yz_page_view_prefetch (self->view, pictures, g_ptr_array_index (open_case->dossier->sheets, 0),
                           NULL);
}

gboolean
yz_originals_move (YzOriginals *self, int steps)
{
  return yz_page_strip_move (self->strip, steps);
}

void
yz_originals_zoom (YzOriginals *self, double factor)
{
  yz_page_view_zoom (get_active (self), factor);
}

void
yz_originals_fit (YzOriginals *self)
{
  yz_page_view_fit (self->view);
  yz_page_view_fit (self->second);
}

void
yz_originals_turn (YzOriginals *self)
{
  yz_page_view_turn (get_active (self));
}

gboolean
yz_originals_get_whole (YzOriginals *self)
{
  return gtk_toggle_button_get_active (self->whole);
}

void
yz_originals_set_whole (YzOriginals *self, gboolean whole)
{
  gtk_toggle_button_set_active (self->whole, whole);
}

static void
on_whole_toggled (YzOriginals *self)
{
  gboolean whole = yz_originals_get_whole (self);

  yz_page_view_set_straight (self->view, !whole);
  yz_page_view_set_straight (self->second, !whole);
}

gboolean
yz_originals_get_two (YzOriginals *self)
{
  return gtk_toggle_button_get_active (self->two);
}

void
yz_originals_set_two (YzOriginals *self, gboolean two)
{
  gtk_toggle_button_set_active (self->two, two);
}

static void
on_two_toggled (YzOriginals *self)
{
  gboolean two = yz_originals_get_two (self);
  guint chosen = yz_page_strip_get_chosen (self->strip);

  gtk_widget_set_visible (GTK_WIDGET (self->second), two);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->view)), _ ("Original"));
  self->pinned = chosen;
  if (self->open_case == NULL || chosen == 0)
    return;
  if (!two || !yz_page_strip_move (self->strip, 1))
    on_chosen (self, chosen);
}

void
yz_originals_focus (YzOriginals *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_moving (self)));
}

/* Plain keys, for they come only while a picture has the focus. */
static gboolean
on_view_key (GtkWidget *view, GdkEventKey *event, YzOriginals *self)
{
  if ((event->state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (event->keyval) {
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
  case GDK_KEY_space:
    yz_originals_move (self, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
  case GDK_KEY_BackSpace:
    yz_originals_move (self, -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Home:
    yz_originals_move (self, 1 - (int) yz_originals_get_place (self));
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
    yz_page_strip_choose_last (self->strip);
    return GDK_EVENT_STOP;
  case GDK_KEY_o:
    yz_originals_set_whole (self, !yz_originals_get_whole (self));
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
on_zoom_in (YzOriginals *self)
{
  yz_originals_zoom (self, 1.25);
}

static void
on_zoom_out (YzOriginals *self)
{
  yz_originals_zoom (self, 1 / 1.25);
}

static void
on_previous (YzOriginals *self)
{
  yz_originals_move (self, -1);
}

static void
on_next (YzOriginals *self)
{
  yz_originals_move (self, 1);
}

static void
yz_originals_dispose (GObject *object)
{
  YzOriginals *self = YZ_ORIGINALS (object);

  stop_ahead (self);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  g_clear_object (&self->pictures);
  G_OBJECT_CLASS (yz_originals_parent_class)->dispose (object);
}

static void
yz_originals_class_init (YzOriginalsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_originals_dispose;
  g_type_ensure (YZ_TYPE_PAGE_VIEW);
  g_type_ensure (YZ_TYPE_PAGE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/originals.ui");
  gtk_widget_class_bind_template_child (widget_class, YzOriginals, place);
  gtk_widget_class_bind_template_child (widget_class, YzOriginals, wrong);
  gtk_widget_class_bind_template_child (widget_class, YzOriginals, whole);
  gtk_widget_class_bind_template_child (widget_class, YzOriginals, two);
  gtk_widget_class_bind_template_child (widget_class, YzOriginals, view);
  gtk_widget_class_bind_template_child (widget_class, YzOriginals, second);
  gtk_widget_class_bind_template_child (widget_class, YzOriginals, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_view_key);
  gtk_widget_class_bind_template_callback (widget_class, on_whole_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_two_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_in);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_out);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, yz_originals_fit);
  gtk_widget_class_bind_template_callback (widget_class, yz_originals_turn);
}

static void
yz_originals_init (YzOriginals *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
