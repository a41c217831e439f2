/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/figures-report.h"

#include "ui/charts.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define MARGIN 48.0 /* points, as all lengths on paper */
#define LINE 16.0
#define CHART 220.0

static void
free_line (gpointer data)
{
  YzFigureLine *line = data;

  g_free (line->value);
  g_free (line->detail);
  g_free (line);
}

static YzFigureLine *
add_line (GPtrArray *lines, const char *label, YzDrill drill, char *value)
{
  YzFigureLine *line = g_new0 (YzFigureLine, 1);

  line->label = label;
  line->drill = drill;
  line->value = value;
  g_ptr_array_add (lines, line);
  return line;
}

static YzFigureLine *
add_count (GPtrArray *lines, const char *label, YzDrill drill, guint count)
{
  return add_line (lines, label, drill, g_strdup_printf ("%u", count));
}

static void
add_share (GPtrArray *lines, const char *label, YzDrill drill, guint part, guint whole)
{
  YzFigureLine *line =
      add_line (lines, label, drill,
                whole == 0 ? g_strdup ("–") : g_strdup_printf ("%.0f %%", 100.0 * part / whole));

  if (whole > 0)
    line->detail = g_strdup_printf (_ ("%1$u of %2$u"), part, whole);
}

static void
add_days (GPtrArray *lines, const char *label, double days, guint limit)
{
  YzFigureLine *line = add_line (lines, label, YZ_DRILL_DECIDED,
                                 days < 0 ? g_strdup ("–") : g_strdup_printf ("%.1f", days));

  if (days < 0)
    return;
  line->detail = days > limit ? g_strdup_printf (_ ("working days, more than %u"), limit)
                              : g_strdup_printf (_ ("working days, at most %u"), limit);
  line->style = days > limit ? "late" : NULL;
}

GPtrArray *
yz_figures_report_list (const YzFigures *figures)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);
  YzFigureLine *line = NULL;

  add_count (lines, _ ("Received"), YZ_DRILL_ALL, figures->received);
  add_count (lines, _ ("Decided"), YZ_DRILL_DECIDED, figures->decided);
  add_share (lines, _ ("Decided in time"), YZ_DRILL_IN_TIME, figures->in_time, figures->decided);
  add_days (lines, _ ("Half decided within"), figures->median, figures->limit);
  add_days (lines, _ ("Nine in ten decided within"), figures->p90, figures->limit);
  line = add_count (lines, _ ("Late now"), YZ_DRILL_LATE, figures->overdue);
  line->style = figures->overdue > 0 ? "late" : NULL;
  add_count (lines, _ ("Open"), YZ_DRILL_OPEN, figures->open);
  line = add_count (lines, _ ("Clock stands"), YZ_DRILL_PAUSED, figures->paused);
  line->detail = g_strdup (_ ("waiting for applicants or others"));
  add_count (lines, _ ("Returned"), YZ_DRILL_NONE, figures->returned);
  add_share (lines, _ ("Complete at first"), YZ_DRILL_NONE, figures->first_time_complete,
             figures->decided);
  line = add_count (lines, _ ("Pages captured"), YZ_DRILL_NONE, figures->pages);
  line->detail = g_strdup (_ ("as many photocopies saved"));
  return lines;
}

void
yz_figures_report_fill_chart (YzChart *chart, const YzFigures *figures)
{
  chart->n_values = YZ_CHART_MOST_BARS;
  chart->limit = figures->limit;
  chart->chosen = -1;
  for (guint i = 0; i < YZ_CHART_MOST_BARS; i++)
    chart->values[i] = figures->histogram[i];
}

/* A field that begins like a formula is one for a spreadsheet: it gets an apostrophe. */
static void
add_field (GString *out, const char *text, gboolean last)
{
  const char *safe = text != NULL ? text : "";

  g_string_append_c (out, '"');
  if (*safe != '\0' && strchr ("=+-@\t\r", *safe) != NULL)
    g_string_append_c (out, '\'');
  for (const char *at = safe; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *at);
  }
  g_string_append (out, last ? "\"\r\n" : "\",");
}

static void
add_overdue (GString *out, GPtrArray *overdue, const YzCalendar *calendar, gint64 now)
{
  add_field (out, _ ("Late now"), FALSE);
  add_field (out, _ ("Applicant"), FALSE);
  add_field (out, _ ("Matter"), FALSE);
  add_field (out, _ ("Unit"), FALSE);
  add_field (out, _ ("State"), FALSE);
  add_field (out, _ ("Deadline"), TRUE);
  for (guint i = 0; i < overdue->len; i++) {
    const YzDossier *dossier = g_ptr_array_index (overdue, i);
    g_autofree char *left = yz_words_time_left (dossier, calendar, now);

    add_field (out, dossier->number, FALSE);
    add_field (out, dossier->applicant, FALSE);
    add_field (out, dossier->matter_name, FALSE);
    add_field (out, dossier->unit_name, FALSE);
    add_field (out, dossier->state_name, FALSE);
    add_field (out, left, TRUE);
  }
}

char *
yz_figures_report_make_csv (const YzFigures *figures,
                            GPtrArray *overdue,
                            const YzCalendar *calendar,
                            gint64 now)
{
  g_autoptr (GPtrArray) lines = yz_figures_report_list (figures);
  g_autoptr (GString) out = g_string_new ("\xef\xbb\xbf");

  add_field (out, _ ("Figure"), FALSE);
  add_field (out, _ ("Value"), FALSE);
  add_field (out, _ ("Detail"), TRUE);
  for (guint i = 0; i < lines->len; i++) {
    const YzFigureLine *line = g_ptr_array_index (lines, i);

    add_field (out, line->label, FALSE);
    add_field (out, line->value, FALSE);
    add_field (out, line->detail, TRUE);
  }
  g_string_append (out, "\r\n");
  add_field (out, _ ("Working days to the decision"), FALSE);
  add_field (out, _ ("Cases"), TRUE);
  for (guint i = 0; i < YZ_CHART_MOST_BARS; i++) {
    g_autofree char *days = g_strdup_printf (i + 1 == YZ_CHART_MOST_BARS ? "%u+" : "%u", i);
    g_autofree char *count = g_strdup_printf ("%u", figures->histogram[i]);

    add_field (out, days, FALSE);
    add_field (out, count, TRUE);
  }
  g_string_append (out, "\r\n");
  add_overdue (out, overdue, calendar, now);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct {
  const YzFigures *figures;
  GPtrArray *overdue;
  const YzCalendar *calendar;
  gint64 now;
  double width, height;
  guint first, following; /* late cases on the first page and on each other */
} Sheet;

static PangoLayout *
make_layout (GtkPrintContext *context, double size, gboolean bold)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  PangoFontDescription *font = pango_font_description_from_string ("Noto Sans CJK SC, sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  return layout;
}

static void
write_at (cairo_t *cr, PangoLayout *layout, const char *text, double x, double y, double width)
{
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

/* Two columns of figures; returns where they end. */
static double
draw_lines (const Sheet *sheet, GtkPrintContext *context, cairo_t *cr, double y)
{
  g_autoptr (PangoLayout) plain = make_layout (context, 10, FALSE);
  g_autoptr (PangoLayout) bold = make_layout (context, 10, TRUE);
  g_autoptr (GPtrArray) lines = yz_figures_report_list (sheet->figures);
  double half = sheet->width / 2;
  guint rows = (lines->len + 1) / 2;

  for (guint i = 0; i < lines->len; i++) {
    const YzFigureLine *line = g_ptr_array_index (lines, i);
    guint column = i / rows;
    guint row = i % rows;
    double x = MARGIN + column * half;
    double at = y + row * LINE;

    write_at (cr, plain, line->label, x, at, 100);
    write_at (cr, bold, line->value, x + 104, at, 44);
    if (line->detail != NULL)
      write_at (cr, plain, line->detail, x + 150, at, half - 154);
  }
  return y + rows * LINE;
}

static double
draw_chart (const Sheet *sheet, GtkPrintContext *context, cairo_t *cr, double y)
{
  static const YzChartColours COLOURS = { .text = { 0, 0, 0, 1 },
                                          .within = { 0.21, 0.52, 0.89, 1 },
                                          .beyond = { 0.75, 0.11, 0.16, 1 },
                                          .paper = { 1, 1, 1, 1 } };
  g_autoptr (PangoLayout) layout = make_layout (context, 9, FALSE);
  YzChart chart = { 0 };

  yz_figures_report_fill_chart (&chart, sheet->figures);
  cairo_save (cr);
  cairo_translate (cr, MARGIN, y);
  yz_chart_draw (&chart, cr, layout, sheet->width, CHART, &COLOURS);
  cairo_restore (cr);
  return y + CHART;
}

static void
draw_overdue (
    const Sheet *sheet, GtkPrintContext *context, cairo_t *cr, double y, guint from, guint count)
{
  g_autoptr (PangoLayout) layout = make_layout (context, 9, FALSE);
  double part = sheet->width / 100;

  for (guint i = from; i < MIN (from + count, sheet->overdue->len); i++, y += LINE) {
    const YzDossier *dossier = g_ptr_array_index (sheet->overdue, i);
    g_autofree char *left = yz_words_time_left (dossier, sheet->calendar, sheet->now);

    write_at (cr, layout, dossier->number, MARGIN, y, 20 * part);
    write_at (cr, layout, dossier->applicant, MARGIN + 21 * part, y, 12 * part);
    write_at (cr, layout, dossier->matter_name, MARGIN + 34 * part, y, 28 * part);
    write_at (cr, layout, left, MARGIN + 63 * part, y, 37 * part);
  }
}

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Sheet *sheet = data;
  double head = 2 * MARGIN + 36 + 6 * LINE + 12 + CHART + 30;
  guint rest = 0;

  sheet->width = gtk_print_context_get_width (context) - 2 * MARGIN;
  sheet->height = gtk_print_context_get_height (context);
  sheet->first = (guint) MAX ((sheet->height - head) / LINE, 1);
  sheet->following = (guint) MAX ((sheet->height - 2 * MARGIN) / LINE, 1);
  rest = sheet->overdue->len > sheet->first ? sheet->overdue->len - sheet->first : 0;
  gtk_print_operation_set_n_pages (operation,
                                   1 + (int) ((rest + sheet->following - 1) / sheet->following));
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  const Sheet *sheet = data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) title = make_layout (context, 16, TRUE);
  g_autoptr (PangoLayout) heading = make_layout (context, 11, TRUE);
  g_autoptr (PangoLayout) small = make_layout (context, 9, FALSE);
  g_autofree char *when = yz_words_moment (sheet->now);
  g_autofree char *late = NULL;
  double y = MARGIN;

  cairo_set_source_rgb (cr, 0, 0, 0);
  if (page > 0) {
    draw_overdue (sheet, context, cr, y, sheet->first + (guint) (page - 1) * sheet->following,
                  sheet->following);
    return;
  }
  write_at (cr, title, _ ("Turnaround of the household registration"), MARGIN, y,
            sheet->width - 120);
  write_at (cr, small, when, MARGIN + sheet->width - 110, y + 6, 110);
  y = draw_lines (sheet, context, cr, y + 36);
  y = draw_chart (sheet, context, cr, y + 12);
  late = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Late now: %u case", "Late now: %u cases", sheet->overdue->len),
      sheet->overdue->len);
  write_at (cr, heading, late, MARGIN, y + 8, sheet->width);
  draw_overdue (sheet, context, cr, y + 28, 0, sheet->first);
}

gboolean
yz_figures_report_print (const YzFigures *figures,
                         GPtrArray *overdue,
                         const YzCalendar *calendar,
                         gint64 now,
                         GtkWindow *parent,
                         const char *path,
                         GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  Sheet sheet = { .figures = figures, .overdue = overdue, .calendar = calendar, .now = now };

  gtk_page_setup_set_paper_size (setup, size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_job_name (operation, _ ("Figures"));
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), &sheet);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), &sheet);
  return gtk_print_operation_run (operation,
                                  path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                               : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                  parent, error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}
