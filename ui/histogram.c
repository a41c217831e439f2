/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/histogram.h"

#include <glib/gi18n-lib.h>

struct _YzHistogram {
  GtkDrawingArea parent;
  YzChart chart;
};

G_DEFINE_FINAL_TYPE (YzHistogram, yz_histogram, GTK_TYPE_DRAWING_AREA)

static guint bar_chosen_signal;

static GdkRGBA
look_up (GtkStyleContext *context, const char *name, const char *otherwise)
{
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (context, name, &colour))
    gdk_rgba_parse (&colour, otherwise);
  return colour;
}

static gboolean
yz_histogram_draw (GtkWidget *widget, cairo_t *cr)
{
  YzHistogram *self = YZ_HISTOGRAM (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);
  YzChartColours colours = {
    .within = look_up (context, "theme_selected_bg_color", "#3584e4"),
    .beyond = look_up (context, "error_color", "#c01c28"),
    .paper = look_up (context, "theme_base_color", "#ffffff"),
  };

  gtk_style_context_get_color (context, gtk_style_context_get_state (context), &colours.text);
  gtk_render_background (context, cr, 0, 0, width, height);
  yz_chart_draw (&self->chart, cr, layout, width, height, &colours);
  if (gtk_widget_has_visible_focus (widget))
    gtk_render_focus (context, cr, 0, 0, width, height);
  return GDK_EVENT_PROPAGATE;
}

void
yz_histogram_mark (YzHistogram *self, int bar)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self));
  g_autofree char *words = bar >= 0 ? yz_chart_describe_bar (&self->chart, (guint) bar)
                                    : yz_chart_describe (&self->chart);

  self->chart.chosen = bar;
  atk_object_set_description (accessible, words);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
yz_histogram_show (YzHistogram *self, const YzChart *chart)
{
  g_autofree char *words = yz_chart_describe (chart);
  int chosen = self->chart.chosen;

  self->chart = *chart;
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), words);
  yz_histogram_mark (self, chosen < (int) chart->n_values ? chosen : -1);
}

static void
choose (YzHistogram *self, int bar)
{
  if (bar < 0 || bar >= (int) self->chart.n_values)
    return;
  yz_histogram_mark (self, bar);
  g_signal_emit (self, bar_chosen_signal, 0, (guint) bar);
}

static gboolean
yz_histogram_button_press_event (GtkWidget *widget, GdkEventButton *event)
{
  YzHistogram *self = YZ_HISTOGRAM (widget);

  gtk_widget_grab_focus (widget);
  choose (self,
          yz_chart_find_bar (&self->chart, gtk_widget_get_allocated_width (widget), event->x));
  return GDK_EVENT_STOP;
}

static gboolean
yz_histogram_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  YzHistogram *self = YZ_HISTOGRAM (widget);
  int last = (int) self->chart.n_values - 1;

  switch (event->keyval) {
  case GDK_KEY_Left:
    yz_histogram_mark (self, CLAMP (self->chart.chosen - 1, 0, last));
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
    yz_histogram_mark (self, CLAMP (self->chart.chosen + 1, 0, last));
    return GDK_EVENT_STOP;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
    choose (self, self->chart.chosen);
    return GDK_EVENT_STOP;
  default:
    return GTK_WIDGET_CLASS (yz_histogram_parent_class)->key_press_event (widget, event);
  }
}

static gboolean
yz_histogram_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  YzHistogram *self = YZ_HISTOGRAM (widget);
  int bar = yz_chart_find_bar (&self->chart, gtk_widget_get_allocated_width (widget), x);
  g_autofree char *words = bar >= 0 ? yz_chart_describe_bar (&self->chart, (guint) bar) : NULL;

  gtk_tooltip_set_text (tooltip, words);
  return words != NULL;
}

static void
yz_histogram_class_init (YzHistogramClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->draw = yz_histogram_draw;
  widget_class->button_press_event = yz_histogram_button_press_event;
  widget_class->key_press_event = yz_histogram_key_press_event;
  widget_class->query_tooltip = yz_histogram_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "histogram");
  gtk_widget_class_set_accessible_role (widget_class, ATK_ROLE_CHART);
  bar_chosen_signal = g_signal_new ("bar-chosen", YZ_TYPE_HISTOGRAM, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
yz_histogram_init (YzHistogram *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->chart.chosen = -1;
  gtk_widget_set_can_focus (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_add_events (widget, GDK_BUTTON_PRESS_MASK);
}
