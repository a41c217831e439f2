/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/preferences.h"

#include "ui/settings.h"

struct _YzPreferences {
  HdyPreferencesWindow parent;
  GtkEntry *camera;
  GtkSwitch *automatic;
  GtkSpinButton *minutes;
  GtkComboBox *receipt;
};

G_DEFINE_FINAL_TYPE (YzPreferences, yz_preferences, HDY_TYPE_PREFERENCES_WINDOW)

GtkWidget *
yz_preferences_new (GtkWindow *parent)
{
  return g_object_new (YZ_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL);
}

static void
yz_preferences_class_init (YzPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, YzPreferences, camera);
  gtk_widget_class_bind_template_child (widget_class, YzPreferences, automatic);
  gtk_widget_class_bind_template_child (widget_class, YzPreferences, minutes);
  gtk_widget_class_bind_template_child (widget_class, YzPreferences, receipt);
}

static void
yz_preferences_init (YzPreferences *self)
{
  GSettings *settings = yz_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  if (settings == NULL)
    return;
  g_settings_bind (settings, "camera", self->camera, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "auto-capture", self->automatic, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "idle-minutes", self->minutes, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "receipt", self->receipt, "active-id", G_SETTINGS_BIND_DEFAULT);
}
