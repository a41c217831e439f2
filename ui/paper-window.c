/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/paper-window.h"

#include "ui/paper-printer.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>
#include <handy.h>

#define PAPER_WIDTH 595.0 /* points of A4 */
#define PAPER_HEIGHT 842.0
#define GAP 14.0

struct _YzPaperWindow {
  GtkWindow parent;
  HdyHeaderBar *header;
  GtkWidget *sheet;
  GtkWidget *sentence;
  YzPrintout *printout;
  char *name;
  char *folder;
  guint resizing;
};

G_DEFINE_FINAL_TYPE (YzPaperWindow, yz_paper_window, GTK_TYPE_WINDOW)

static double
get_scale (YzPaperWindow *self)
{
  return gtk_widget_get_allocated_width (self->sheet) / (PAPER_WIDTH + 2 * GAP);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr, YzPaperWindow *self)
{
  double scale = get_scale (self);

  cairo_scale (cr, scale, scale);
  for (guint i = 0; i < yz_printout_count_pages (self->printout); i++) {
    cairo_save (cr);
    cairo_translate (cr, GAP, GAP + i * (PAPER_HEIGHT + GAP));
    cairo_rectangle (cr, 0, 0, PAPER_WIDTH, PAPER_HEIGHT);
    cairo_clip (cr);
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_paint (cr);
    yz_printout_draw (self->printout, cr, i);
    cairo_restore (cr);
  }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_resize (gpointer data)
{
  YzPaperWindow *self = data;
  double pages = yz_printout_count_pages (self->printout);

  self->resizing = 0;
  gtk_widget_set_size_request (self->sheet, -1,
                               (int) (get_scale (self) * (GAP + pages * (PAPER_HEIGHT + GAP))));
  return G_SOURCE_REMOVE;
}

/* A height that follows the width cannot be asked for while the width is being given. */
static void
on_size_allocate (GtkWidget *widget, GtkAllocation *allocation, YzPaperWindow *self)
{
  if (self->resizing == 0)
    self->resizing = g_idle_add (on_resize, self);
}

static void
say (YzPaperWindow *self, const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence);
  gtk_widget_show (self->sentence);
}

static void
say_error (YzPaperWindow *self, const GError *error)
{
  g_autofree char *words = yz_words_error (error);

  say (self, words);
}

static void
on_print (YzPaperWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!yz_paper_print_printout (self->printout, self->name, GTK_WINDOW (self), NULL, &error))
    say_error (self, error);
}

static void
on_save (YzPaperWindow *self)
{
  g_autofree char *path = g_build_filename (self->folder, self->name, NULL);
  g_autofree char *sentence = g_strdup_printf (_ ("Written to %s"), path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (self->folder, 0700);
  if (yz_paper_print_printout (self->printout, self->name, GTK_WINDOW (self), path, &error))
    say (self, sentence);
  else
    say_error (self, error);
}

static gboolean
on_key_pressed (GtkWidget *widget, GdkEventKey *event, YzPaperWindow *self)
{
  gboolean control = (event->state & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK;

  if (event->keyval == GDK_KEY_Escape)
    gtk_widget_destroy (widget);
  else if (control && event->keyval == GDK_KEY_p)
    on_print (self);
  else if (control && event->keyval == GDK_KEY_s)
    on_save (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

GtkWidget *
yz_paper_window_new (GtkWindow *parent, const YzPaperFacts *facts, const char *folder)
{
  YzPaperWindow *self = g_object_new (YZ_TYPE_PAPER_WINDOW, "transient-for", parent, NULL);

  self->printout = yz_printout_new (facts);
  self->name = yz_papers_make_file_name (facts);
  self->folder = g_strdup (folder);
  gtk_window_set_title (GTK_WINDOW (self), yz_papers_get_title (facts->kind));
  hdy_header_bar_set_title (self->header, yz_papers_get_title (facts->kind));
  hdy_header_bar_set_subtitle (self->header, facts->dossier->number);
  atk_object_set_name (gtk_widget_get_accessible (self->sheet), yz_papers_get_title (facts->kind));
  return GTK_WIDGET (self);
}

static void
yz_paper_window_finalize (GObject *object)
{
  YzPaperWindow *self = YZ_PAPER_WINDOW (object);

  g_clear_handle_id (&self->resizing, g_source_remove);
  g_clear_pointer (&self->printout, yz_printout_free);
  g_free (self->name);
  g_free (self->folder);
  G_OBJECT_CLASS (yz_paper_window_parent_class)->finalize (object);
}

static void
yz_paper_window_class_init (YzPaperWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yz_paper_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/paper-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YzPaperWindow, header);
  gtk_widget_class_bind_template_child (widget_class, YzPaperWindow, sheet);
  gtk_widget_class_bind_template_child (widget_class, YzPaperWindow, sentence);
  gtk_widget_class_bind_template_callback (widget_class, on_draw);
  gtk_widget_class_bind_template_callback (widget_class, on_size_allocate);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
yz_paper_window_init (YzPaperWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
