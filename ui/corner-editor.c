/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/corner-editor.h"

#include "capture/media-type.h"
#include "capture/page-quad.h"
#include "ui/intake.h"
#include "ui/words.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define LONGEST 2000
#define MARGIN 18.0   /* around the picture, so that corners at its rim can be grasped */
#define WORDS 46.0    /* height that is left for the sentence below, pixels */
#define HANDLE 9.0    /* radius, pixels */
#define GRASP 28.0    /* how near a click has to be */
#define INSET 0.06    /* of the picture: where corners begin when none are known */
#define SHARPEST 12.0 /* degrees: a page has no sharper corner */
#define LENS 160.0    /* side of the lens, pixels */
#define LENS_SCALE 4.0

struct _YzCornerEditor {
  GtkDrawingArea parent;
  GCancellable *cancellable;
  cairo_surface_t *surface;
  char *sentence;
  YzDesk *desk;
  YzPictures *pictures;
  YzPageMoves *moves;
  char *number;       /* of the case */
  char *digest;       /* of the original */
  guint leaf;         /* of a document, 0 for a picture */
  gboolean elsewhere; /* no camera of this desk took it */
  guint sheet;
  gboolean known;    /* corners came with the sheet */
  guint quarters;    /* by which the shown picture is turned against the original */
  double corners[8]; /* of the original as stored */
  int width, height; /* of the original as stored; 0 until it is there */
  int shown_width, shown_height;
  guint chosen;
  gboolean dragging;
};

G_DEFINE_FINAL_TYPE (YzCornerEditor, yz_corner_editor, GTK_TYPE_DRAWING_AREA)

enum { SAID, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
forget (YzCornerEditor *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&self->sentence, g_free);
  g_clear_object (&self->desk);
  g_clear_object (&self->pictures);
  g_clear_object (&self->moves);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->digest, g_free);
  self->width = self->height = 0;
  self->dragging = FALSE;
}

static void
yz_corner_editor_dispose (GObject *object)
{
  forget (YZ_CORNER_EDITOR (object));
  G_OBJECT_CLASS (yz_corner_editor_parent_class)->dispose (object);
}

static void
set_sentence (YzCornerEditor *self, const char *sentence)
{
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self)), sentence);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
explain (YzCornerEditor *self)
{
  set_sentence (
      self, _ ("Drag the corners, or choose one with Tab and move it with the arrow keys. Enter "
               "accepts, Escape leaves it as it was."));
}

/* How the shown picture lies in the widget. */
static double
measure_scale (YzCornerEditor *self, double *out_left, double *out_top)
{
  const double width = gtk_widget_get_allocated_width (GTK_WIDGET (self));
  const double height = gtk_widget_get_allocated_height (GTK_WIDGET (self)) - WORDS;
  const double scale = MAX (MIN ((width - 2 * MARGIN) / MAX (self->shown_width, 1),
                                 (height - 2 * MARGIN) / MAX (self->shown_height, 1)),
                            1e-3);

  *out_left = (width - self->shown_width * scale) / 2;
  *out_top = (height - self->shown_height * scale) / 2;
  return scale;
}

/* The original's pixels, 0 … 1 each way, turned as the picture is shown. */
static void
turn (guint quarters, double *u, double *v)
{
  for (guint i = 0; i < (quarters & 3); i++) {
    const double x = *u;

    *u = 1 - *v;
    *v = x;
  }
}

static void
to_widget (YzCornerEditor *self, guint corner, double *out_x, double *out_y)
{
  double left = 0;
  double top = 0;
  const double scale = measure_scale (self, &left, &top);
  double u = self->corners[2 * corner] / MAX (self->width, 1);
  double v = self->corners[2 * corner + 1] / MAX (self->height, 1);

  turn (self->quarters, &u, &v);
  *out_x = left + u * self->shown_width * scale;
  *out_y = top + v * self->shown_height * scale;
}

static void
move_to (YzCornerEditor *self, guint corner, double x, double y)
{
  double left = 0;
  double top = 0;
  const double scale = measure_scale (self, &left, &top);
  double u = CLAMP ((x - left) / (self->shown_width * scale), 0, 1);
  double v = CLAMP ((y - top) / (self->shown_height * scale), 0, 1);

  turn (4 - self->quarters, &u, &v);
  self->corners[2 * corner] = u * self->width;
  self->corners[2 * corner + 1] = v * self->height;
  explain (self);
}

static gboolean
is_sound (YzCornerEditor *self)
{
  YzQuad quad;

  for (guint i = 0; i < 4; i++)
    quad.at[i] = (YzPoint){ self->corners[2 * i], self->corners[2 * i + 1] };
  return yz_quad_is_sound (&quad, SHARPEST);
}

static void
leave (YzCornerEditor *self)
{
  forget (self);
  g_signal_emit (self, signals[CLOSED], 0);
}

typedef struct {
  YzCornerEditor *self;
  YzPageMoves *moves;
  guint sheet;
} Redo;

static void
on_redone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Redo *redo = data;
  g_autoptr (YzCornerEditor) self = redo->self;
  g_autoptr (YzPageMoves) moves = redo->moves;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = NULL;
  g_autofree char *words = NULL;

  page = yz_intake_develop_finish (YZ_DESK (source), result, &error);
  if (page != NULL) {
    yz_page_moves_note_cut (moves, redo->sheet);
    return;
  }
  words = yz_words_error (error);
  g_signal_emit (self, signals[SAID], 0, words);
}

static void
accept (YzCornerEditor *self)
{
  YzDevelopment cut = { .what = self->elsewhere ? YZ_DEVELOP_ELSEWHERE : 0,
                        .leaf = self->leaf,
                        .has_corners = TRUE };
  Redo *redo = NULL;

  if (self->width == 0)
    return;
  if (!is_sound (self)) {
    set_sentence (self, _ ("These corners do not make a page; move them apart."));
    return;
  }
  redo = g_new0 (Redo, 1);
  redo->self = g_object_ref (self);
  redo->moves = g_object_ref (self->moves);
  redo->sheet = self->sheet;
  for (guint i = 0; i < 8; i++)
    cut.corners[i] = self->corners[i];
  yz_intake_redo_async (self->desk, yz_pictures_get_darkroom (self->pictures), self->number,
                        self->sheet, self->digest, &cut, on_redone, redo);
  leave (self);
}

/* The lens shows what lies around the chosen corner, four times as large. */
static void
draw_lens (YzCornerEditor *self, cairo_t *cr, double x, double y)
{
  const double width = gtk_widget_get_allocated_width (GTK_WIDGET (self));
  double left = 0;
  double top = 0;
  const double scale = measure_scale (self, &left, &top);
  const double place = x > width / 2 ? MARGIN : width - LENS - MARGIN;

  cairo_save (cr);
  cairo_rectangle (cr, place, MARGIN, LENS, LENS);
  cairo_clip_preserve (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
  cairo_translate (cr, place + LENS / 2 - (x - left) * LENS_SCALE,
                   MARGIN + LENS / 2 - (y - top) * LENS_SCALE);
  cairo_scale (cr, scale * LENS_SCALE, scale * LENS_SCALE);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, place, MARGIN, LENS, LENS);
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0.96, 0.26, 0.21);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, place + LENS / 2, MARGIN + LENS * 0.3);
  cairo_line_to (cr, place + LENS / 2, MARGIN + LENS * 0.7);
  cairo_move_to (cr, place + LENS * 0.3, MARGIN + LENS / 2);
  cairo_line_to (cr, place + LENS * 0.7, MARGIN + LENS / 2);
  cairo_stroke (cr);
}

static void
draw_page (YzCornerEditor *self, cairo_t *cr)
{
  double x[4];
  double y[4];

  for (guint i = 0; i < 4; i++) {
    to_widget (self, i, &x[i], &y[i]);
    cairo_line_to (cr, x[i], y[i]);
  }
  cairo_close_path (cr);
  if (is_sound (self))
    cairo_set_source_rgb (cr, 0.20, 0.82, 0.48);
  else
    cairo_set_source_rgb (cr, 0.96, 0.26, 0.21);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
  for (guint i = 0; i < 4; i++) {
    cairo_arc (cr, x[i], y[i], i == self->chosen ? HANDLE + 2 : HANDLE, 0, 2 * G_PI);
    cairo_set_source_rgba (cr, 1, 1, 1, i == self->chosen ? 0.35 : 0.15);
    cairo_fill_preserve (cr);
    cairo_set_source_rgb (cr, i == self->chosen ? 1 : 0.2, i == self->chosen ? 0.85 : 0.82,
                          i == self->chosen ? 0.2 : 0.48);
    cairo_set_line_width (cr, i == self->chosen ? 3.5 : 2.5);
    cairo_stroke (cr);
  }
  draw_lens (self, cr, x[self->chosen], y[self->chosen]);
}

static void
draw_words (YzCornerEditor *self, cairo_t *cr)
{
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self), self->sentence);
  const int width = gtk_widget_get_allocated_width (GTK_WIDGET (self));
  int text_width = 0;
  int text_height = 0;
  double top = 0;

  pango_layout_set_width (layout, (width - 64) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  top = gtk_widget_get_allocated_height (GTK_WIDGET (self)) - text_height - 14;
  cairo_set_source_rgba (cr, 0, 0, 0, 0.7);
  cairo_rectangle (cr, (width - text_width) / 2.0 - 12, top - 6, text_width + 24, text_height + 12);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, (width - text_width) / 2.0, top);
  pango_cairo_show_layout (cr, layout);
}

static gboolean
yz_corner_editor_draw (GtkWidget *widget, cairo_t *cr)
{
  YzCornerEditor *self = YZ_CORNER_EDITOR (widget);
  double left = 0;
  double top = 0;

  gtk_render_background (gtk_widget_get_style_context (widget), cr, 0, 0,
                         gtk_widget_get_allocated_width (widget),
                         gtk_widget_get_allocated_height (widget));
  if (self->surface != NULL) {
    const double scale = measure_scale (self, &left, &top);

    cairo_save (cr);
    cairo_translate (cr, left, top);
    cairo_scale (cr, scale, scale);
    cairo_set_source_surface (cr, self->surface, 0, 0);
    cairo_paint (cr);
    cairo_restore (cr);
    draw_page (self, cr);
  }
  if (self->sentence != NULL)
    draw_words (self, cr);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
yz_corner_editor_button_press (GtkWidget *widget, GdkEventButton *event)
{
  YzCornerEditor *self = YZ_CORNER_EDITOR (widget);
  double least = GRASP;

  gtk_widget_grab_focus (widget);
  for (guint i = 0; self->width > 0 && i < 4; i++) {
    double x = 0;
    double y = 0;

    to_widget (self, i, &x, &y);
    if (hypot (event->x - x, event->y - y) < least) {
      least = hypot (event->x - x, event->y - y);
      self->chosen = i;
      self->dragging = TRUE;
    }
  }
  gtk_widget_queue_draw (widget);
  return GDK_EVENT_STOP;
}

static gboolean
yz_corner_editor_motion_notify (GtkWidget *widget, GdkEventMotion *event)
{
  YzCornerEditor *self = YZ_CORNER_EDITOR (widget);

  if (self->dragging)
    move_to (self, self->chosen, event->x, event->y);
  return GDK_EVENT_STOP;
}

static gboolean
yz_corner_editor_button_release (GtkWidget *widget, GdkEventButton *event)
{
  YZ_CORNER_EDITOR (widget)->dragging = FALSE;
  return GDK_EVENT_STOP;
}

static void
nudge (YzCornerEditor *self, double dx, double dy, gboolean far)
{
  const double step = far ? 10 : 1;
  double x = 0;
  double y = 0;

  if (self->width == 0)
    return;
  to_widget (self, self->chosen, &x, &y);
  move_to (self, self->chosen, x + dx * step, y + dy * step);
}

static gboolean
choose (YzCornerEditor *self, int step)
{
  const int next = (int) self->chosen + step;

  if (next < 0 || next > 3)
    return GDK_EVENT_PROPAGATE; /* the focus goes on */
  self->chosen = (guint) next;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

static gboolean
yz_corner_editor_key_press (GtkWidget *widget, GdkEventKey *event)
{
  YzCornerEditor *self = YZ_CORNER_EDITOR (widget);
  const gboolean far = (event->state & GDK_SHIFT_MASK) != 0;

  if (event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (event->keyval) {
  case GDK_KEY_Tab:
    return choose (self, 1);
  case GDK_KEY_ISO_Left_Tab:
    return choose (self, -1);
  case GDK_KEY_Left:
    nudge (self, -1, 0, far);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
    nudge (self, 1, 0, far);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
    nudge (self, 0, -1, far);
    return GDK_EVENT_STOP;
  case GDK_KEY_Down:
    nudge (self, 0, 1, far);
    return GDK_EVENT_STOP;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    accept (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    leave (self);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
begin_within (YzCornerEditor *self)
{
  static const double PLACE[8] = { INSET,     INSET,     1 - INSET, INSET,
                                   1 - INSET, 1 - INSET, INSET,     1 - INSET };

  for (guint i = 0; i < 4; i++) {
    self->corners[2 * i] = PLACE[2 * i] * self->width;
    self->corners[2 * i + 1] = PLACE[2 * i + 1] * self->height;
  }
}

static void
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_pictures_develop_finish (YZ_PICTURES (source), result, &error);
  YzCornerEditor *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* another sheet is edited, or the widget is gone */
  if (page == NULL || page->picture == NULL) {
    g_autofree char *words = yz_words_error (error);

    set_sentence (self, words);
    return;
  }
  self->surface = yz_pictures_make_surface (page->picture);
  self->width = page->width;
  self->height = page->height;
  self->shown_width = page->picture->width;
  self->shown_height = page->picture->height;
  self->quarters += page->quarters;
  if (!self->known)
    begin_within (self);
  explain (self);
}

void
yz_corner_editor_edit (YzCornerEditor *self,
                       YzDesk *desk,
                       YzPictures *pictures,
                       YzPageMoves *moves,
                       const char *number,
                       const YzSheet *sheet)
{
  forget (self);
  self->cancellable = g_cancellable_new ();
  self->desk = g_object_ref (desk);
  self->pictures = g_object_ref (pictures);
  self->moves = g_object_ref (moves);
  yz_page_moves_prepare_cut (moves, sheet);
  self->number = g_strdup (number);
  self->digest = g_strdup (sheet->digest);
  self->leaf = yz_media_type_get_leaf (sheet->media_type);
  self->elsewhere = yz_words_is_imported (sheet);
  self->sheet = sheet->id;
  self->known = sheet->outlined;
  self->quarters = sheet->rotation;
  self->chosen = 0;
  for (guint i = 0; i < 8; i++)
    self->corners[i] = sheet->corners[i];
  set_sentence (self, _ ("Fetching the original…"));
  yz_pictures_develop_async (pictures, sheet, FALSE, 0, LONGEST, self->cancellable, on_developed,
                             self);
}

static void
yz_corner_editor_class_init (YzCornerEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_corner_editor_dispose;
  widget_class->draw = yz_corner_editor_draw;
  widget_class->button_press_event = yz_corner_editor_button_press;
  widget_class->button_release_event = yz_corner_editor_button_release;
  widget_class->motion_notify_event = yz_corner_editor_motion_notify;
  widget_class->key_press_event = yz_corner_editor_key_press;
  signals[SAID] = g_signal_new ("said", YZ_TYPE_CORNER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", YZ_TYPE_CORNER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "viewfinder");
}

static void
yz_corner_editor_init (YzCornerEditor *self)
{
  gtk_widget_set_can_focus (GTK_WIDGET (self), TRUE);
  gtk_widget_add_events (GTK_WIDGET (self),
                         GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK | GDK_BUTTON1_MOTION_MASK);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), _ ("Corners of the page"));
}
