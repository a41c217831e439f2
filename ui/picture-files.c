/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/picture-files.h"

#include <glib/gi18n-lib.h>

typedef struct {
  void (*chosen) (GFile *file, gpointer data);
  GObject *data;
} Choice;

static void
forget (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
}

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (GObject) kept = choice->data;
  g_autoptr (GSList) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (GSList *at = files; at != NULL; at = at->next) {
    g_autoptr (GFile) file = at->data;

    forget (file);
    choice->chosen (file, kept);
  }
  g_object_unref (dialog);
}

void
yz_picture_files_choose (GtkWindow *parent,
                         void (*chosen) (GFile *file, gpointer data),
                         gpointer data)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Add pictures from files"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  Choice *choice = g_new0 (Choice, 1);

  choice->chosen = chosen;
  choice->data = g_object_ref (data);
  gtk_file_filter_set_name (filter, _ ("JPEG and PNG pictures"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
