/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/*
 * A histogram of turnaround: one bar per working day, against a limit. Pure: it draws wherever
 * cairo draws, on a screen as on paper, and can say the same in words. Bars beyond the limit are
 * hatched besides having another colour.
 */
#define YZ_CHART_MOST_BARS 16

typedef struct {
  guint values[YZ_CHART_MOST_BARS]; /* by working days; the last one is "that many or more" */
  guint n_values;
  guint limit; /* the last bar that is in time */
  int chosen;  /* -1: none */
} YzChart;

typedef struct {
  GdkRGBA text, within, beyond, paper;
} YzChartColours;

/**
 * yz_chart_draw:
 * @layout: made for @cr, with the font to be used; its text is lost
 * @width: in units of @cr, as @height
 */
void yz_chart_draw (const YzChart *self,
                    cairo_t *cr,
                    PangoLayout *layout,
                    double width,
                    double height,
                    const YzChartColours *colours);
/* Which bar's column holds @x; -1 when none does. */
int yz_chart_find_bar (const YzChart *self, double width, double x);
char *yz_chart_describe_bar (const YzChart *self, guint bar); /* (transfer full) one sentence */
char *yz_chart_describe (const YzChart *self); /* (transfer full) all of it in words */

G_END_DECLS
