/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/page-view.h"

#include "ui/view-port.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define LONGEST 2400
#define STEP 80.0

struct _YzPageView {
  GtkDrawingArea parent;
  YzPictures *pictures;
  YzSheet sheet; /* digest owned; the other strings are not kept */
  char *digest;
  char *sentence;
  cairo_surface_t *surface;
  YzViewPort port;
  GCancellable *cancellable;
  gboolean straight;
  guint turns;
  double drag_x, drag_y;
};

G_DEFINE_FINAL_TYPE (YzPageView, yz_page_view, GTK_TYPE_DRAWING_AREA)

static void
forget (YzPageView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
}

static void
yz_page_view_dispose (GObject *object)
{
  YzPageView *self = YZ_PAGE_VIEW (object);

  forget (self);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->sentence, g_free);
  G_OBJECT_CLASS (yz_page_view_parent_class)->dispose (object);
}

static void
draw_sentence (YzPageView *self, cairo_t *cr)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, self->sentence);
  int width = gtk_widget_get_allocated_width (widget);
  int height = 0;

  pango_layout_set_width (layout, (width - 48) * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_render_layout (gtk_widget_get_style_context (widget), cr, 24,
                     (gtk_widget_get_allocated_height (widget) - height) / 2.0, layout);
}

static gboolean
yz_page_view_draw (GtkWidget *widget, cairo_t *cr)
{
  YzPageView *self = YZ_PAGE_VIEW (widget);
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);

  gtk_render_background (gtk_widget_get_style_context (widget), cr, 0, 0, width, height);
  if (self->surface == NULL) {
    if (self->sentence != NULL)
      draw_sentence (self, cr);
    return GDK_EVENT_PROPAGATE;
  }
  cairo_translate (cr, -self->port.left, -self->port.top);
  cairo_scale (cr, self->port.scale, self->port.scale);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  return GDK_EVENT_PROPAGATE;
}

static void
yz_page_view_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  YzPageView *self = YZ_PAGE_VIEW (widget);

  GTK_WIDGET_CLASS (yz_page_view_parent_class)->size_allocate (widget, allocation);
  yz_view_port_set_room (&self->port, allocation->width, allocation->height);
}

static void
set_sentence (YzPageView *self, const char *sentence)
{
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  if (sentence != NULL)
    atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self)), sentence);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_pictures_develop_finish (YZ_PICTURES (source), result, &error);
  YzPageView *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* another sheet is shown, or the widget is gone */
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  if (page == NULL || page->picture == NULL) {
    g_autofree char *words =
        error != NULL ? yz_words_error (error) : g_strdup (_ ("This page cannot be shown."));

    set_sentence (self, words);
    return;
  }
  self->surface = yz_pictures_make_surface (page->picture);
  yz_view_port_set_picture (&self->port, page->picture->width, page->picture->height);
  set_sentence (self, NULL);
}

static void
load (YzPageView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->digest == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  yz_pictures_develop_async (self->pictures, &self->sheet, self->straight, self->turns, LONGEST,
                             self->cancellable, on_developed, self);
}

/**
 * yz_page_view_show_sheet:
 * @sheet: copied as far as needed
 *
 * Shows this sheet as soon as it is developed.
 */
void
yz_page_view_show_sheet (YzPageView *self, YzPictures *pictures, const YzSheet *sheet)
{
  gboolean same = g_strcmp0 (self->digest, sheet->digest) == 0;

  g_set_object (&self->pictures, pictures);
  if (!same)
    self->turns = 0;
  if (same && self->surface != NULL && sheet->rotation == self->sheet.rotation &&
      sheet->outlined == self->sheet.outlined)
    return;
  g_free (self->digest);
  self->digest = g_strdup (sheet->digest);
  self->sheet = *sheet;
  self->sheet.digest = self->digest;
  if (!same) {
    g_clear_pointer (&self->surface, cairo_surface_destroy);
    set_sentence (self, _ ("Fetching the original…"));
  }
  load (self);
}

void
yz_page_view_prefetch (YzPageView *self,
                       YzPictures *pictures,
                       const YzSheet *sheet,
                       GCancellable *cancellable)
{
  yz_pictures_develop_async (pictures, sheet, self->straight, 0, LONGEST, cancellable, NULL, NULL);
}

void
yz_page_view_clear (YzPageView *self, const char *sentence)
{
  forget (self);
  g_clear_pointer (&self->digest, g_free);
  set_sentence (self, sentence);
}

void
yz_page_view_zoom (YzPageView *self, double factor)
{
  yz_view_port_zoom (&self->port, factor, self->port.room_width / 2, self->port.room_height / 2);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
yz_page_view_fit (YzPageView *self)
{
  yz_view_port_fit_width (&self->port);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
yz_page_view_turn (YzPageView *self)
{
  self->turns = (self->turns + 1) % 4;
  load (self);
}

void
yz_page_view_set_straight (YzPageView *self, gboolean straight)
{
  if (self->straight == straight)
    return;
  self->straight = straight;
  load (self);
}

gboolean
yz_page_view_get_straight (YzPageView *self)
{
  return self->straight;
}

static void
pan (YzPageView *self, double dx, double dy)
{
  yz_view_port_pan (&self->port, dx, dy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
yz_page_view_scroll_event (GtkWidget *widget, GdkEventScroll *event)
{
  YzPageView *self = YZ_PAGE_VIEW (widget);
  double dx = 0, dy = 0;

  if (event->direction == GDK_SCROLL_UP)
    dy = -1;
  else if (event->direction == GDK_SCROLL_DOWN)
    dy = 1;
  else
    gdk_event_get_scroll_deltas ((GdkEvent *) event, &dx, &dy);
  if ((event->state & GDK_CONTROL_MASK) != 0) {
    yz_view_port_zoom (&self->port, dy < 0 ? 1.15 : 1 / 1.15, event->x, event->y);
    gtk_widget_queue_draw (widget);
  } else if ((event->state & GDK_SHIFT_MASK) != 0) {
    pan (self, dy * STEP, 0);
  } else {
    pan (self, dx * STEP, dy * STEP);
  }
  return GDK_EVENT_STOP;
}

static gboolean
yz_page_view_button_press_event (GtkWidget *widget, GdkEventButton *event)
{
  YzPageView *self = YZ_PAGE_VIEW (widget);

  gtk_widget_grab_focus (widget);
  self->drag_x = event->x;
  self->drag_y = event->y;
  return GDK_EVENT_STOP;
}

static gboolean
yz_page_view_motion_notify_event (GtkWidget *widget, GdkEventMotion *event)
{
  YzPageView *self = YZ_PAGE_VIEW (widget);

  if ((event->state & GDK_BUTTON1_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  pan (self, self->drag_x - event->x, self->drag_y - event->y);
  self->drag_x = event->x;
  self->drag_y = event->y;
  return GDK_EVENT_STOP;
}

static gboolean
yz_page_view_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  YzPageView *self = YZ_PAGE_VIEW (widget);

  if ((event->state & gtk_accelerator_get_default_mod_mask ()) & ~GDK_SHIFT_MASK)
    return GTK_WIDGET_CLASS (yz_page_view_parent_class)->key_press_event (widget, event);
  switch (event->keyval) {
  case GDK_KEY_plus:
  case GDK_KEY_equal:
  case GDK_KEY_KP_Add:
    yz_page_view_zoom (self, 1.25);
    return GDK_EVENT_STOP;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    yz_page_view_zoom (self, 1 / 1.25);
    return GDK_EVENT_STOP;
  case GDK_KEY_0:
    yz_page_view_fit (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_r:
    yz_page_view_turn (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_o:
    yz_page_view_set_straight (self, !self->straight);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
    pan (self, 0, -STEP);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
    pan (self, 0, STEP);
    return GDK_EVENT_STOP;
  case GDK_KEY_Left:
    pan (self, -STEP, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
    pan (self, STEP, 0);
    return GDK_EVENT_STOP;
  default:
    return GTK_WIDGET_CLASS (yz_page_view_parent_class)->key_press_event (widget, event);
  }
}

static void
yz_page_view_class_init (YzPageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_page_view_dispose;
  widget_class->draw = yz_page_view_draw;
  widget_class->size_allocate = yz_page_view_size_allocate;
  widget_class->scroll_event = yz_page_view_scroll_event;
  widget_class->button_press_event = yz_page_view_button_press_event;
  widget_class->motion_notify_event = yz_page_view_motion_notify_event;
  widget_class->key_press_event = yz_page_view_key_press_event;
  gtk_widget_class_set_css_name (widget_class, "page-view");
}

static void
yz_page_view_init (YzPageView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->straight = TRUE;
  gtk_widget_set_can_focus (widget, TRUE);
  gtk_widget_add_events (widget, GDK_SCROLL_MASK | GDK_SMOOTH_SCROLL_MASK | GDK_BUTTON_PRESS_MASK |
                                     GDK_BUTTON1_MOTION_MASK);
  atk_object_set_name (gtk_widget_get_accessible (widget), _ ("Original"));
}
