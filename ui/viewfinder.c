/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/viewfinder.h"

#include "ui/mat-keeper.h"
#include "ui/pictures.h"
#include "ui/steady.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define LONGEST 900
#define FLASH_MS 220
#define LOUPE 260.0 /* side, pixels */
#define LOUPE_SCALE 3.0

struct _YzViewfinder {
  GtkDrawingArea parent;
  YzCameraHost *camera;
  YzDarkroom *darkroom;
  GCancellable *cancellable;
  YzPage *page; /* the newest live page */
  cairo_surface_t *surface;
  char *sentence;
  YzSteady steady;
  gboolean developing;
  gboolean running;
  gboolean automatic;
  guint flash;
  YzMatKeeper *mat; /* (nullable) */
  gboolean loupe;
  double eye_x, eye_y; /* where it looks, parts of the picture */
};

G_DEFINE_FINAL_TYPE (YzViewfinder, yz_viewfinder, GTK_TYPE_DRAWING_AREA)

enum { STEADY, SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
drop_picture (YzViewfinder *self)
{
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&self->page, yz_page_unref);
}

static void
drop_camera (YzViewfinder *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->camera != NULL) {
    g_signal_handlers_disconnect_by_data (self->camera, self);
    if (self->running)
      yz_camera_host_stop_preview (self->camera);
  }
  if (self->mat != NULL)
    yz_mat_keeper_set_camera (self->mat, NULL);
  g_clear_pointer (&self->mat, yz_mat_keeper_free);
  g_clear_object (&self->camera);
  g_clear_object (&self->darkroom);
  self->developing = FALSE;
  drop_picture (self);
}

static void
yz_viewfinder_dispose (GObject *object)
{
  YzViewfinder *self = YZ_VIEWFINDER (object);

  drop_camera (self);
  g_clear_handle_id (&self->flash, g_source_remove);
  g_clear_pointer (&self->sentence, g_free);
  G_OBJECT_CLASS (yz_viewfinder_parent_class)->dispose (object);
}

static void
set_sentence (YzViewfinder *self, const char *sentence)
{
  if (g_strcmp0 (self->sentence, sentence) == 0)
    return;
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self)), self->sentence);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
describe_page (YzViewfinder *self)
{
  g_autofree char *ids = yz_verdict_to_string (self->page->verdicts);
  g_autofree char *wrong = yz_words_verdicts (ids, FALSE);
  g_autofree char *sentence = NULL;

  if (wrong != NULL)
    sentence = g_strdup (wrong);
  else if (!self->page->found)
    sentence = g_strdup (_ ("no page found: lay it flat inside the picture"));
  else if (self->page->dpi > 0)
    sentence = g_strdup_printf (_ ("page found, %u dpi"), self->page->dpi);
  else
    sentence = g_strdup (_ ("page found"));
  set_sentence (self, sentence);
}

static void
describe_state (YzViewfinder *self)
{
  const GError *error = NULL;
  g_autofree char *words = NULL;

  if (self->camera == NULL) {
    set_sentence (self, _ ("No camera is chosen."));
    return;
  }
  switch (yz_camera_host_get_state (self->camera)) {
  case YZ_CAMERA_OPENING:
    set_sentence (self, _ ("Opening the camera…"));
    return;
  case YZ_CAMERA_SHOOTING:
    set_sentence (self, _ ("Taking the original: hold still"));
    return;
  case YZ_CAMERA_LOST:
    error = yz_camera_host_get_error (self->camera);
    words = error != NULL ? yz_words_error (error) : g_strdup (_ ("The camera is gone."));
    drop_picture (self);
    set_sentence (self, words);
    return;
  case YZ_CAMERA_READY:
    if (!yz_camera_host_can_preview (self->camera))
      set_sentence (self, _ ("Ready. This camera has no live picture: F3 takes the page."));
    else if (self->page == NULL)
      set_sentence (self, _ ("Ready. F3 takes the page."));
    return;
  case YZ_CAMERA_CLOSED:
  default:
    set_sentence (self, _ ("The camera is closed."));
  }
}

static void
learn_mat (YzViewfinder *self, gboolean asked)
{
  g_autoptr (YzFrame) frame =
      self->camera != NULL ? yz_camera_host_get_preview (self->camera) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (frame == NULL) {
    if (asked)
      g_signal_emit (self, signals[SAID], 0, _ ("There is no live picture to learn the mat from."));
    return;
  }
  if (!yz_mat_keeper_learn (self->mat, frame->bytes, &error))
    sentence = g_strdup_printf (
        _ ("The mat is known until the camera leaves, but could not be kept: %s"), error->message);
  else if (asked)
    sentence = g_strdup (_ ("This is the empty mat: what lies on it from now on is a page."));
  else
    sentence = g_strdup (_ ("The mat lay empty and is remembered. Shift+F5 does it again."));
  g_signal_emit (self, signals[SAID], 0, sentence);
}

static void develop_next (YzViewfinder *self);

static void
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_darkroom_develop_finish (YZ_DARKROOM (source), result, &error);
  g_autoptr (YzViewfinder) self = data;

  if (self->camera == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->developing = FALSE;
  if (page != NULL && page->picture != NULL && self->flash == 0) {
    drop_picture (self);
    self->page = yz_page_ref (page);
    self->surface = yz_pictures_make_surface (page->picture);
    if (yz_camera_host_get_state (self->camera) == YZ_CAMERA_READY)
      describe_page (self);
    gtk_widget_queue_draw (GTK_WIDGET (self));
    if (yz_steady_feed (&self->steady, page) && self->automatic)
      g_signal_emit (self, signals[STEADY], 0);
    if (self->mat != NULL && yz_mat_keeper_watch (self->mat, page))
      learn_mat (self, FALSE);
  }
  develop_next (self);
}

/* One live picture at a time: the camera keeps only the newest, so a slow darkroom drops pictures
 * and never falls behind. */
static void
develop_next (YzViewfinder *self)
{
  g_autoptr (YzFrame) frame = NULL;

  if (self->developing || self->camera == NULL || !self->running)
    return;
  frame = yz_camera_host_get_preview (self->camera);
  if (frame == NULL)
    return;
  self->developing = TRUE;
  yz_darkroom_develop_async (self->darkroom, frame->bytes,
                             YZ_DEVELOP_PREVIEW | YZ_DEVELOP_FIND | YZ_DEVELOP_PICTURE, NULL, 0,
                             LONGEST, self->cancellable, on_developed, g_object_ref (self));
}

/* Mats are kept by what the camera is, not by where it is plugged in; it says so once it is open.
 */
static void
on_state (YzViewfinder *self)
{
  const YzCameraInfo *info = yz_camera_host_get_info (self->camera);

  if (info != NULL)
    yz_mat_keeper_set_camera (self->mat, info->id);
  describe_state (self);
}

static YzMatKeeper *
open_mats (YzDarkroom *darkroom)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "yizhan", "mats", NULL);

  return yz_mat_keeper_new (folder, darkroom);
}

void
yz_viewfinder_set_camera (YzViewfinder *self, YzCameraHost *camera, YzDarkroom *darkroom)
{
  drop_camera (self);
  if (camera != NULL) {
    self->cancellable = g_cancellable_new ();
    self->camera = g_object_ref (camera);
    self->darkroom = g_object_ref (darkroom);
    self->mat = open_mats (darkroom);
    g_signal_connect_swapped (camera, "preview", G_CALLBACK (develop_next), self);
    g_signal_connect_swapped (camera, "state", G_CALLBACK (on_state), self);
    if (self->running) {
      yz_camera_host_open (camera);
      yz_camera_host_start_preview (camera);
    }
    on_state (self);
  } else {
    describe_state (self);
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
yz_viewfinder_set_running (YzViewfinder *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  if (self->camera == NULL)
    return;
  if (running) {
    yz_camera_host_open (self->camera);
    yz_camera_host_start_preview (self->camera);
  } else {
    yz_camera_host_stop_preview (self->camera);
  }
}

void
yz_viewfinder_set_auto (YzViewfinder *self, gboolean on)
{
  self->automatic = on;
  self->steady.armed = on;
  self->steady.still = 0;
}

static gboolean
on_flash_over (gpointer data)
{
  YzViewfinder *self = data;

  self->flash = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  develop_next (self);
  return G_SOURCE_REMOVE;
}

void
yz_viewfinder_flash (YzViewfinder *self)
{
  yz_steady_taken (&self->steady);
  g_clear_handle_id (&self->flash, g_source_remove);
  self->flash = g_timeout_add (FLASH_MS, on_flash_over, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
yz_viewfinder_get_sentence (YzViewfinder *self)
{
  return self->sentence;
}

static void
draw_outline (YzViewfinder *self, cairo_t *cr, double scale)
{
  double ratio = (double) self->page->picture->width / MAX (self->page->width, 1) * scale;
  gboolean fine = self->page->verdicts == 0;

  for (int i = 0; i < 4; i++)
    cairo_line_to (cr, self->page->corners[2 * i] * ratio, self->page->corners[2 * i + 1] * ratio);
  cairo_close_path (cr);
  if (fine)
    cairo_set_source_rgba (cr, 0.20, 0.82, 0.48, 0.16);
  else
    cairo_set_source_rgba (cr, 0.96, 0.76, 0.19, 0.14);
  cairo_fill_preserve (cr);
  if (fine)
    cairo_set_source_rgb (cr, 0.20, 0.82, 0.48);
  else
    cairo_set_source_rgb (cr, 0.96, 0.76, 0.19);
  cairo_set_line_width (cr, 3);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (!fine) {
    const double dashes[] = { 10, 6 };

    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  }
  cairo_stroke (cr);
}

static void
draw_words (YzViewfinder *self, cairo_t *cr, int width, int height)
{
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self), self->sentence);
  int text_width = 0, text_height = 0;
  double box_width = 0, left = 0, top = 0;

  pango_layout_set_width (layout, (width - 64) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  box_width = text_width + 28;
  left = (width - box_width) / 2;
  top = self->surface != NULL ? height - text_height - 26 : (height - text_height) / 2.0;
  cairo_set_source_rgba (cr, 0, 0, 0, self->surface != NULL ? 0.66 : 0);
  cairo_rectangle (cr, left, top - 6, box_width, text_height + 12);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, left + 14, top);
  pango_cairo_show_layout (cr, layout);
}

/* A part of the picture in its own pixels and larger, with the sharpness beside it: for setting the
 * lens. */
static void
draw_loupe (YzViewfinder *self, cairo_t *cr, int width)
{
  const double side = MIN (LOUPE, width / 2.0);
  const double left = width - side - 12;
  g_autofree char *text = g_strdup_printf (_ ("sharpness %.0f %%"), 100 * self->page->sharpness);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  cairo_save (cr);
  cairo_rectangle (cr, left, 12, side, side);
  cairo_clip_preserve (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
  cairo_translate (cr, left + side / 2 - self->eye_x * self->page->picture->width * LOUPE_SCALE,
                   12 + side / 2 - self->eye_y * self->page->picture->height * LOUPE_SCALE);
  cairo_scale (cr, LOUPE_SCALE, LOUPE_SCALE);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, left, 12, side, side);
  cairo_stroke (cr);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.7);
  cairo_rectangle (cr, left + 1, 13, side - 2, 24);
  cairo_fill (cr);
  cairo_move_to (cr, left + 8, 16);
  cairo_set_source_rgb (cr, 1, 0.85, 0.2);
  pango_cairo_show_layout (cr, layout);
}

static gboolean
yz_viewfinder_motion_notify (GtkWidget *widget, GdkEventMotion *event)
{
  YzViewfinder *self = YZ_VIEWFINDER (widget);
  const double width = gtk_widget_get_allocated_width (widget);
  const double height = gtk_widget_get_allocated_height (widget);
  double scale = 0;

  if (!self->loupe || self->surface == NULL)
    return GDK_EVENT_PROPAGATE;
  scale = MIN (width / self->page->picture->width, height / self->page->picture->height);
  self->eye_x = CLAMP (0.5 + (event->x - width / 2) / (self->page->picture->width * scale), 0, 1);
  self->eye_y = CLAMP (0.5 + (event->y - height / 2) / (self->page->picture->height * scale), 0, 1);
  gtk_widget_queue_draw (widget);
  return GDK_EVENT_STOP;
}

static void
on_learn_mat (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  learn_mat (data, TRUE);
}

static void
on_loupe (GSimpleAction *action, GVariant *state, gpointer data)
{
  YzViewfinder *self = data;

  g_simple_action_set_state (action, state);
  self->loupe = g_variant_get_boolean (state);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
yz_viewfinder_measure (YzViewfinder *self, const YzPage *page)
{
  static const char *const ANYWHERE[] = { "folder", "virtual", NULL }; /* they play files */
  const YzCameraInfo *info = self->camera != NULL ? yz_camera_host_get_info (self->camera) : NULL;

  if (self->mat != NULL && info != NULL && !g_strv_contains (ANYWHERE, info->backend) &&
      yz_mat_keeper_measure (self->mat, page))
    g_signal_emit (self, signals[SAID], 0,
                   _ ("The mat is measured by the identity card: A5 and B5 are told from A4 now."));
}

void
yz_viewfinder_add_actions (YzViewfinder *self, GActionMap *map)
{
  const GActionEntry entries[] = {
    { .name = "learn-mat", .activate = on_learn_mat },
    { .name = "loupe", .state = "false", .change_state = on_loupe },
  };

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
}

static gboolean
yz_viewfinder_draw (GtkWidget *widget, cairo_t *cr)
{
  YzViewfinder *self = YZ_VIEWFINDER (widget);
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);

  gtk_render_background (gtk_widget_get_style_context (widget), cr, 0, 0, width, height);
  if (self->surface != NULL) {
    int picture_width = self->page->picture->width, picture_height = self->page->picture->height;
    double scale = MIN ((double) width / picture_width, (double) height / picture_height);

    cairo_save (cr);
    cairo_translate (cr, (width - picture_width * scale) / 2,
                     (height - picture_height * scale) / 2);
    cairo_save (cr);
    cairo_scale (cr, scale, scale);
    cairo_set_source_surface (cr, self->surface, 0, 0);
    cairo_paint (cr);
    cairo_restore (cr);
    if (self->page->found)
      draw_outline (self, cr, scale);
    cairo_restore (cr);
    if (self->loupe)
      draw_loupe (self, cr, width);
  }
  if (self->flash != 0) {
    cairo_set_source_rgba (cr, 1, 1, 1, 0.55);
    cairo_paint (cr);
  }
  if (self->sentence != NULL)
    draw_words (self, cr, width, height);
  return GDK_EVENT_PROPAGATE;
}

static void
yz_viewfinder_class_init (YzViewfinderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_viewfinder_dispose;
  widget_class->draw = yz_viewfinder_draw;
  widget_class->motion_notify_event = yz_viewfinder_motion_notify;
  signals[STEADY] = g_signal_new ("steady", YZ_TYPE_VIEWFINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[SAID] = g_signal_new ("said", YZ_TYPE_VIEWFINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "viewfinder");
}

static void
yz_viewfinder_init (YzViewfinder *self)
{
  self->eye_x = self->eye_y = 0.5;
  gtk_widget_add_events (GTK_WIDGET (self), GDK_POINTER_MOTION_MASK);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), _ ("Live picture"));
  describe_state (self);
}
