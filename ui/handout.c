/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/handout.h"

#include "ui/paper-printer.h"
#include "ui/paper-window.h"
#include "ui/settings.h"

#include <glib/gi18n-lib.h>

static YzPaperFacts
collect (YzPaperKind kind, YzDesk *desk, const YzOpenCase *open_case, const YzStaff *staff)
{
  return (YzPaperFacts){
    .kind = kind,
    .dossier = open_case->dossier,
    .matter = open_case->matter,
    .officer = staff != NULL ? staff->name : "",
    .printed_at = g_get_real_time (),
    .missing = open_case->missing,
    .is_practice = yz_desk_is_practice (desk),
  };
}

void
yz_handout_show (YzPaperKind kind,
                 YzDesk *desk,
                 const YzOpenCase *open_case,
                 GtkWindow *parent,
                 const char *folder)
{
  g_autoptr (YzStaff) staff = yz_desk_get_staff (desk);
  YzPaperFacts facts = collect (kind, desk, open_case, staff);

  gtk_window_present (GTK_WINDOW (yz_paper_window_new (parent, &facts, folder)));
}

char *
yz_handout_write (
    YzPaperKind kind, YzDesk *desk, const YzOpenCase *open_case, const char *folder, GError **error)
{
  g_autoptr (YzStaff) staff = yz_desk_get_staff (desk);
  YzPaperFacts facts = collect (kind, desk, open_case, staff);
  g_autofree char *name = yz_papers_make_file_name (&facts);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The folder “%s” cannot be made."),
                 folder);
    return NULL;
  }
  return yz_papers_print_pdf (&facts, path, error) ? g_steal_pointer (&path) : NULL;
}

gboolean
yz_handout_print (
    YzPaperKind kind, YzDesk *desk, const YzOpenCase *open_case, GtkWindow *parent, GError **error)
{
  g_autoptr (YzStaff) staff = yz_desk_get_staff (desk);
  YzPaperFacts facts = collect (kind, desk, open_case, staff);

  return yz_paper_print (&facts, parent, NULL, error);
}

char *
yz_handout_give_receipt (YzDesk *desk, YzOpenCase *open_case, GtkWindow *parent, const char *papers)
{
  const char *number = open_case->dossier->number;
  const YzReceiptSetting setting = yz_settings_get_receipt ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (setting == YZ_RECEIPT_PRINT)
    yz_handout_print (YZ_PAPER_RECEIPT, desk, open_case, parent, &error);
  else if (setting == YZ_RECEIPT_PDF)
    path = yz_handout_write (YZ_PAPER_RECEIPT, desk, open_case, papers, &error);
  if (error != NULL)
    return g_strdup_printf (_ ("%1$s is handed on, but its receipt is not printed: %2$s"), number,
                            error->message);
  if (path != NULL)
    return g_strdup_printf (_ ("%1$s is handed on: %2$s. The receipt is in %3$s"), number,
                            open_case->dossier->state_name, path);
  return g_strdup_printf (_ ("%1$s is handed on: %2$s."), number, open_case->dossier->state_name);
}
