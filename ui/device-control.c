/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/device-control.h"

#include "capture/camera-settings.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _YzDeviceControl {
  GtkBox parent;
  YzCameraHost *camera;
  GCancellable *cancellable;
  YzControlKind kind;
  char *name;   /* NULL: the mode */
  char *value;  /* what the camera has */
  char *asked;  /* (nullable) on its way */
  char *wanted; /* (nullable) comes next */
  GtkWidget *editor;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (YzDeviceControl, yz_device_control, GTK_TYPE_BOX)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_value (YzDeviceControl *self)
{
  self->showing = TRUE;
  if (GTK_IS_RANGE (self->editor))
    gtk_range_set_value (GTK_RANGE (self->editor), g_ascii_strtod (self->value, NULL));
  else if (GTK_IS_COMBO_BOX (self->editor))
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->editor), self->value);
  else if (GTK_IS_SWITCH (self->editor))
    gtk_switch_set_active (GTK_SWITCH (self->editor), g_str_equal (self->value, "true"));
  else
    gtk_entry_set_text (GTK_ENTRY (self->editor), self->value);
  self->showing = FALSE;
}

static char *
read_value (YzDeviceControl *self)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (GTK_IS_RANGE (self->editor))
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.6g",
                                      gtk_range_get_value (GTK_RANGE (self->editor))));
  if (GTK_IS_COMBO_BOX (self->editor))
    return g_strdup (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->editor)));
  if (GTK_IS_SWITCH (self->editor))
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (self->editor)) ? "true" : "false");
  return g_strdup (gtk_entry_get_text (GTK_ENTRY (self->editor)));
}

static void send_next (YzDeviceControl *self);

static void
on_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzDeviceControl) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = yz_camera_host_set_finish (YZ_CAMERA_HOST (source), result, &error);
  g_autofree char *asked = g_steal_pointer (&self->asked);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (done) {
    g_free (self->value);
    self->value = g_steal_pointer (&asked);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
    g_signal_emit (self, signals[CHANGED], 0);
  } else {
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), error->message);
    gtk_widget_error_bell (GTK_WIDGET (self));
    if (self->wanted == NULL)
      show_value (self);
  }
  send_next (self);
}

static void
send_next (YzDeviceControl *self)
{
  if (self->asked != NULL || self->wanted == NULL)
    return;
  self->asked = g_steal_pointer (&self->wanted);
  if (self->name != NULL)
    yz_camera_host_set_control_async (self->camera, self->name, self->asked, self->cancellable,
                                      on_set, g_object_ref (self));
  else
    yz_camera_host_set_mode_async (self->camera, self->asked, self->cancellable, on_set,
                                   g_object_ref (self));
}

static void
on_edited (YzDeviceControl *self)
{
  if (self->showing)
    return;
  g_free (self->wanted);
  self->wanted = read_value (self);
  send_next (self);
}

static GtkWidget *
make_range (const YzControl *control)
{
  double step = control->step > 0 ? control->step : (control->maximum - control->minimum) / 100;
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, control->minimum,
                                               control->maximum, step);

  gtk_scale_set_value_pos (GTK_SCALE (scale), GTK_POS_RIGHT);
  gtk_scale_set_digits (GTK_SCALE (scale), step < 1 ? 2 : 0);
  gtk_widget_set_size_request (scale, 190, -1);
  return scale;
}

static GtkWidget *
make_choice (const YzControl *control)
{
  GtkWidget *combo = gtk_combo_box_text_new ();

  for (guint i = 0; control->choices != NULL && control->choices[i] != NULL; i++)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (combo), control->choices[i],
                               control->choices[i]);
  return combo;
}

/* Which signal tells that somebody changed it. */
static GtkWidget *
make_editor (const YzControl *control, const char **out_signal)
{
  switch (control->kind) {
  case YZ_CONTROL_RANGE:
    *out_signal = "value-changed";
    return make_range (control);
  case YZ_CONTROL_ENUM:
    *out_signal = "changed";
    return make_choice (control);
  case YZ_CONTROL_BOOL:
    *out_signal = "notify::active";
    return gtk_switch_new ();
  case YZ_CONTROL_STRING:
  default:
    *out_signal = "activate";
    return gtk_entry_new ();
  }
}

static void
yz_device_control_destroy (GtkWidget *widget)
{
  g_cancellable_cancel (YZ_DEVICE_CONTROL (widget)->cancellable);
  GTK_WIDGET_CLASS (yz_device_control_parent_class)->destroy (widget);
}

static void
yz_device_control_finalize (GObject *object)
{
  YzDeviceControl *self = YZ_DEVICE_CONTROL (object);

  g_clear_object (&self->camera);
  g_clear_object (&self->cancellable);
  g_free (self->name);
  g_free (self->value);
  g_free (self->asked);
  g_free (self->wanted);
  G_OBJECT_CLASS (yz_device_control_parent_class)->finalize (object);
}

static void
yz_device_control_class_init (YzDeviceControlClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yz_device_control_finalize;
  GTK_WIDGET_CLASS (klass)->destroy = yz_device_control_destroy;
  signals[CHANGED] = g_signal_new ("changed", YZ_TYPE_DEVICE_CONTROL, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yz_device_control_init (YzDeviceControl *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
yz_device_control_new (YzCameraHost *camera, const YzControl *control, const char *name)
{
  YzDeviceControl *self = g_object_new (YZ_TYPE_DEVICE_CONTROL, "hexpand", TRUE, NULL);
  const char *signal = NULL;

  self->camera = g_object_ref (camera);
  self->kind = control->kind;
  self->name = g_strdup (name);
  self->value = g_strdup (control->value != NULL ? control->value : "");
  self->editor = make_editor (control, &signal);
  show_value (self);
  gtk_widget_set_sensitive (self->editor, control->writable);
  atk_object_set_name (gtk_widget_get_accessible (self->editor), _ (control->label));
  g_signal_connect_swapped (self->editor, signal, G_CALLBACK (on_edited), self);
  gtk_widget_set_hexpand (self->editor, control->kind != YZ_CONTROL_BOOL);
  gtk_container_add (GTK_CONTAINER (self), self->editor);
  return GTK_WIDGET (self);
}

const char *
yz_device_control_get_name (YzDeviceControl *self)
{
  return self->name;
}

const char *
yz_device_control_get_value (YzDeviceControl *self)
{
  return self->value;
}
