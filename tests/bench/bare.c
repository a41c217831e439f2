/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The least that a program with a window can do; the first frame of the desk is measured against
 * it. */

#include <gtk/gtk.h>

int
main (int argc, char **argv)
{
  GtkWidget *window = NULL;

  gtk_init (&argc, &argv);
  window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_container_add (GTK_CONTAINER (window), gtk_label_new ("Yizhan"));
  g_signal_connect (window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
  gtk_widget_show_all (window);
  gtk_main ();
  return 0;
}
