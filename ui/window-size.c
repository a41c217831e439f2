/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/window-size.h"

#include "ui/settings.h"

void
yz_window_size_restore (GtkWindow *window)
{
  GSettings *settings = yz_settings_get ();

  if (settings == NULL) {
    gtk_window_set_default_size (window, 1366, 728);
    return;
  }
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

void
yz_window_size_keep (GtkWindow *window)
{
  GSettings *settings = yz_settings_get ();
  gboolean maximized = gtk_window_is_maximized (window);
  int width = 0, height = 0;

  if (settings == NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;
  g_settings_set_boolean (settings, "window-maximized", maximized);
  if (maximized)
    return;
  gtk_window_get_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
}
