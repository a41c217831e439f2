/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/looks.h"

#include <handy.h>

GResource *yz_ui_get_resource (void); /* made by glib-compile-resources */

/**
 * yz_looks_init:
 *
 * Makes the templates, icons and the style sheet known to GTK; once per program.
 */
void
yz_looks_init (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_resources_register (yz_ui_get_resource ());
  hdy_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_default (), "/cn/yizhan/Yizhan/icons");
  gtk_css_provider_load_from_resource (provider, "/cn/yizhan/Yizhan/style.css");
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (),
                                             GTK_STYLE_PROVIDER (provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}
