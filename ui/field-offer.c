/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/field-offer.h"

#include <glib/gi18n-lib.h>

#define FIELD "field"
#define OFFERED "offered"

static GtkEntry *
get_field (GtkButton *offer)
{
  return g_object_get_data (G_OBJECT (offer), FIELD);
}

const char *
yz_field_offer_get (GtkButton *offer)
{
  return g_object_get_data (G_OBJECT (offer), OFFERED);
}

static void
show (GtkButton *offer)
{
  GtkEntry *field = get_field (offer);

  gtk_widget_set_visible (GTK_WIDGET (offer), yz_field_offer_get (offer) != NULL &&
                                                  *gtk_entry_get_text (field) == '\0' &&
                                                  gtk_editable_get_editable (GTK_EDITABLE (field)));
}

static void
take_over (GtkButton *offer)
{
  GtkEntry *field = get_field (offer);

  if (!gtk_widget_get_visible (GTK_WIDGET (offer)))
    return;
  gtk_entry_set_text (field, yz_field_offer_get (offer));
  gtk_editable_set_position (GTK_EDITABLE (field), -1);
}

static gboolean
on_key (GtkWidget *field, GdkEventKey *event, GtkButton *offer)
{
  if ((event->state & gtk_accelerator_get_default_mod_mask ()) != GDK_MOD1_MASK ||
      event->keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  take_over (offer);
  return GDK_EVENT_STOP;
}

void
yz_field_offer_bind (GtkButton *offer, GtkEntry *field)
{
  g_object_set_data (G_OBJECT (offer), FIELD, field);
  gtk_widget_set_halign (GTK_WIDGET (offer), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (offer), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (offer),
                               _ ("Read from a page. A click or Alt+Down in the field takes it "
                                  "over; compare it with the original."));
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (offer)), "offer");
  g_signal_connect (offer, "clicked", G_CALLBACK (take_over), NULL);
  g_signal_connect_object (field, "key-press-event", G_CALLBACK (on_key), offer, 0);
  g_signal_connect_object (field, "changed", G_CALLBACK (show), offer, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "notify::editable", G_CALLBACK (show), offer, G_CONNECT_SWAPPED);
}

void
yz_field_offer_set (GtkButton *offer, const char *text, const char *words)
{
  g_autofree char *shown = words != NULL ? g_strconcat (text, "\n", words, NULL) : g_strdup (text);
  GtkLabel *label = NULL;

  g_object_set_data_full (G_OBJECT (offer), OFFERED, g_strdup (text), g_free);
  gtk_button_set_label (offer, shown);
  label = GTK_LABEL (gtk_bin_get_child (GTK_BIN (offer)));
  gtk_label_set_line_wrap (label, TRUE); /* an address is long */
  gtk_label_set_line_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (label, 26);
  gtk_label_set_xalign (label, 0);
  show (offer);
}
