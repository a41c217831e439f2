/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/label.h"

static void
add_class (GtkWidget *widget, const char *style)
{
  if (style != NULL)
    gtk_style_context_add_class (gtk_widget_get_style_context (widget), style);
}

GtkWidget *
yz_label_new (const char *text, const char *style, int width)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), width);
  add_class (label, style);
  gtk_widget_show (label);
  return label;
}

GtkWidget *
yz_label_new_with_icon (const char *icon, const char *text, const char *style, int width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon, GTK_ICON_SIZE_MENU);
  GtkWidget *label = yz_label_new (text, style, width);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  add_class (image, style);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_container_add (GTK_CONTAINER (box), image);
  gtk_container_add (GTK_CONTAINER (box), label);
  gtk_widget_show_all (box);
  return box;
}
