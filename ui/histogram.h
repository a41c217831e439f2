/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/charts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A chart to look at and to ask: a click on a bar, or Enter on the one the arrow keys chose, wants
 * the cases behind it. It follows the theme.
 *
 * Signal "bar-chosen" (guint bar).
 */
#define YZ_TYPE_HISTOGRAM (yz_histogram_get_type ())
G_DECLARE_FINAL_TYPE (YzHistogram, yz_histogram, YZ, HISTOGRAM, GtkDrawingArea)

void yz_histogram_show (YzHistogram *self, const YzChart *chart);
/* Marks a bar; -1 marks none. */
void yz_histogram_mark (YzHistogram *self, int bar);

G_END_DECLS
