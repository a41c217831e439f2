/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/charts.h"
#include "workflow/calendar.h"
#include "workflow/dossier.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The figures as lines of words and numbers: what the screen shows in tiles, a CSV file lists and a
 * printed page carries is the same.
 */

/* Which cases stand behind a figure. */
typedef enum {
  YZ_DRILL_NONE,
  YZ_DRILL_ALL,
  YZ_DRILL_DECIDED,
  YZ_DRILL_IN_TIME,
  YZ_DRILL_LATE,
  YZ_DRILL_OPEN,
  YZ_DRILL_PAUSED,
} YzDrill;

typedef struct {
  const char *label;
  char *value;
  char *detail;      /* (nullable) */
  const char *style; /* (nullable) style class: "late" when it is not as it should be */
  YzDrill drill;
} YzFigureLine;

/* (transfer full) (element-type YzFigureLine) */
GPtrArray *yz_figures_report_list (const YzFigures *figures);

/* The histogram of turnaround, no bar chosen. */
void yz_figures_report_fill_chart (YzChart *chart, const YzFigures *figures);

/**
 * yz_figures_report_make_csv:
 * @overdue: (element-type YzDossier): the cases that are late
 *
 * Returns: (transfer full): the figures, the histogram and the late cases, UTF-8 with a byte order
 * mark, because spreadsheets take Chinese for another encoding without it
 */
char *yz_figures_report_make_csv (const YzFigures *figures,
                                  GPtrArray *overdue,
                                  const YzCalendar *calendar,
                                  gint64 now);

/**
 * yz_figures_report_print:
 * @path: (nullable): writes a PDF file there instead of asking for a printer
 *
 * Returns: FALSE with @error when it could not be printed
 */
gboolean yz_figures_report_print (const YzFigures *figures,
                                  GPtrArray *overdue,
                                  const YzCalendar *calendar,
                                  gint64 now,
                                  GtkWindow *parent,
                                  const char *path,
                                  GError **error);

G_END_DECLS
