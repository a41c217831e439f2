/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/paper-printer.h"

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  yz_printout_draw (data, gtk_print_context_get_cairo_context (context), (guint) page);
}

gboolean
yz_paper_print_printout (const YzPrintout *printout,
                         const char *name,
                         GtkWindow *parent,
                         const char *path,
                         GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_n_pages (operation, (int) yz_printout_count_pages (printout));
  gtk_print_operation_set_job_name (operation, name);
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), (gpointer) printout);
  return gtk_print_operation_run (operation,
                                  path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                               : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                  parent, error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}

gboolean
yz_paper_print (const YzPaperFacts *facts, GtkWindow *parent, const char *path, GError **error)
{
  g_autoptr (YzPrintout) printout = yz_printout_new (facts);
  g_autofree char *name = yz_papers_make_file_name (facts);

  return yz_paper_print_printout (printout, name, parent, path, error);
}
