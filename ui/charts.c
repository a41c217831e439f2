/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/charts.h"

#include <glib/gi18n-lib.h>

#define SIDE 12.0 /* margin left and right */
#define GAP 0.24  /* of a column, between bars */
#define HATCH 6.0

static double
get_column (const YzChart *self, double width)
{
  return (width - 2 * SIDE) / self->n_values;
}

int
yz_chart_find_bar (const YzChart *self, double width, double x)
{
  double column = get_column (self, width);

  if (self->n_values == 0 || column <= 0 || x < SIDE || x >= width - SIDE)
    return -1;
  return MIN ((int) ((x - SIDE) / column), (int) self->n_values - 1);
}

static guint
find_largest (const YzChart *self)
{
  guint largest = 1;

  for (guint i = 0; i < self->n_values; i++)
    largest = MAX (largest, self->values[i]);
  return largest;
}

static char *
name_bar (const YzChart *self, guint bar)
{
  return g_strdup_printf (bar + 1 == self->n_values ? "%u+" : "%u", bar);
}

/* Writes centred on x; the text's top is at y. */
static void
write_text (cairo_t *cr, PangoLayout *layout, const char *text, double x, double y)
{
  int width = 0;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  cairo_move_to (cr, x - width / 2.0, y);
  pango_cairo_show_layout (cr, layout);
}

static double
measure_line (PangoLayout *layout)
{
  int height = 0;

  pango_layout_set_text (layout, "0", -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
hatch (cairo_t *cr, double x, double y, double width, double height, const GdkRGBA *paper)
{
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, paper);
  cairo_set_line_width (cr, 1.5);
  for (double at = -height; at < width; at += HATCH) {
    cairo_move_to (cr, x + at, y + height);
    cairo_line_to (cr, x + at + height, y);
  }
  cairo_stroke (cr);
  cairo_restore (cr);
}

typedef struct {
  double left, bottom, height; /* of the bars' room */
  double column, line;
  guint largest;
} Plan;

static void
draw_bar (const YzChart *self,
          cairo_t *cr,
          PangoLayout *layout,
          const Plan *plan,
          const YzChartColours *colours,
          guint bar)
{
  double x = plan->left + bar * plan->column;
  double tall = plan->height * self->values[bar] / plan->largest;
  double inset = plan->column * GAP / 2;
  gboolean late = bar > self->limit;
  g_autofree char *name = name_bar (self, bar);
  g_autofree char *value = g_strdup_printf ("%u", self->values[bar]);

  gdk_cairo_set_source_rgba (cr, late ? &colours->beyond : &colours->within);
  cairo_rectangle (cr, x + inset, plan->bottom - tall, plan->column - 2 * inset, tall);
  cairo_fill (cr);
  if (late)
    hatch (cr, x + inset, plan->bottom - tall, plan->column - 2 * inset, tall, &colours->paper);
  gdk_cairo_set_source_rgba (cr, &colours->text);
  if ((int) bar == self->chosen) {
    cairo_set_line_width (cr, 2);
    cairo_rectangle (cr, x + inset - 2, plan->bottom - tall - 2, plan->column - 2 * inset + 4,
                     tall + 4);
    cairo_stroke (cr);
  }
  if (self->values[bar] > 0)
    write_text (cr, layout, value, x + plan->column / 2, plan->bottom - tall - plan->line - 2);
  write_text (cr, layout, name, x + plan->column / 2, plan->bottom + 4);
}

static void
draw_limit (const YzChart *self, cairo_t *cr, PangoLayout *layout, const Plan *plan)
{
  static const double DASHES[] = { 4, 4 };
  double x = plan->left + (self->limit + 1) * plan->column;
  g_autofree char *text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "limit: %u day", "limit: %u days", self->limit), self->limit);

  cairo_save (cr);
  cairo_set_dash (cr, DASHES, G_N_ELEMENTS (DASHES), 0);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x, plan->line);
  cairo_line_to (cr, x, plan->bottom + 4 + plan->line);
  cairo_stroke (cr);
  cairo_restore (cr);
  write_text (cr, layout, text, x, 0);
}

void
yz_chart_draw (const YzChart *self,
               cairo_t *cr,
               PangoLayout *layout,
               double width,
               double height,
               const YzChartColours *colours)
{
  Plan plan = {
    .left = SIDE,
    .line = measure_line (layout),
    .column = self->n_values > 0 ? get_column (self, width) : 0,
    .largest = find_largest (self),
  };

  plan.bottom = height - 2.4 * plan.line - 4;
  plan.height = plan.bottom - 2.4 * plan.line;
  if (self->n_values == 0 || plan.height <= 0 || plan.column <= 0)
    return;
  for (guint i = 0; i < self->n_values; i++)
    draw_bar (self, cr, layout, &plan, colours, i);
  gdk_cairo_set_source_rgba (cr, &colours->text);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, SIDE, plan.bottom + 0.5);
  cairo_line_to (cr, width - SIDE, plan.bottom + 0.5);
  cairo_stroke (cr);
  if (self->limit + 1 < self->n_values)
    draw_limit (self, cr, layout, &plan);
  write_text (cr, layout, _ ("working days from acceptance to decision"), width / 2,
              height - 1.2 * plan.line);
}

char *
yz_chart_describe_bar (const YzChart *self, guint bar)
{
  g_autofree char *cases = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u case", "%u cases", self->values[bar]), self->values[bar]);

  if (bar == 0)
    return g_strdup_printf (_ ("On the same day: %s"), cases);
  if (bar + 1 == self->n_values)
    return g_strdup_printf (_ ("%1$u working days or more: %2$s"), bar, cases);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%1$u working day: %2$s", "%1$u working days: %2$s", bar), bar,
      cases);
}

char *
yz_chart_describe (const YzChart *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint within = 0, all = 0;

  for (guint i = 0; i < self->n_values; i++) {
    all += self->values[i];
    within += i <= self->limit ? self->values[i] : 0;
  }
  if (all == 0)
    return g_strdup (_ ("Turnaround: nothing was decided yet."));
  g_string_append_printf (out, _ ("Turnaround: %1$u of %2$u decided within %3$u working days."),
                          within, all, self->limit);
  for (guint i = 0; i < self->n_values; i++) {
    g_autofree char *bar = self->values[i] > 0 ? yz_chart_describe_bar (self, i) : NULL;

    if (bar != NULL)
      g_string_append_printf (out, " %s.", bar);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
