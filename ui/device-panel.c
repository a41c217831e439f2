/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/device-panel.h"

#include "capture/camera-settings.h"
#include "ui/device-control.h"
#include "ui/device-memory.h"
#include "ui/label.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzDevicePanel {
  GtkBox parent;
  GtkComboBoxText *roles[YZ_RACK_ROLES];
  GtkWidget *scanners;
  GtkLabel *title;
  GtkGrid *grid;
  GtkWidget *forget;

  YzCameraRack *rack;
  YzCameraHost *heard;
  GCancellable *cancellable; /* of what was asked for the camera that is shown */
  gboolean shown;
  gboolean filling;
  int rows;
};

G_DEFINE_FINAL_TYPE (YzDevicePanel, yz_device_panel, GTK_TYPE_BOX)

static void load (YzDevicePanel *self);

/* Makers' names stay as they are; the scripted camera's is a word. */
static const char *
name_model (const char *model)
{
  return *model != '\0' ? _ (model) : model;
}

static void
fill_role (YzDevicePanel *self, YzRackRole role)
{
  GtkComboBoxText *combo = self->roles[role];
  YzCameraList *list = yz_camera_rack_get_list (self->rack);
  const char *id = yz_camera_rack_get_role (self->rack, role);
  guint count = list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;

  gtk_combo_box_text_remove_all (combo);
  gtk_combo_box_text_append (combo, "", role == YZ_RACK_MAIN ? _ ("None plugged in") : _ ("None"));
  for (guint i = 0; i < count; i++) {
    g_autoptr (YzListedCamera) camera = g_list_model_get_item (G_LIST_MODEL (list), i);
    const YzCameraInfo *info = yz_listed_camera_get_info (camera);
    g_autofree char *text = g_strdup_printf ("%s · %s", name_model (info->model), info->id);

    gtk_combo_box_text_append (combo, info->id, text);
  }
  /* Named by address, or pulled out at the moment. */
  if (id != NULL && !gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), id)) {
    const char *model = yz_camera_rack_get_model (self->rack, role);

    gtk_combo_box_text_append (combo, id, model != NULL ? name_model (model) : id);
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), id);
  }
  if (id == NULL)
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (combo), "");
  gtk_widget_set_sensitive (GTK_WIDGET (combo), list != NULL);
}

static void
fill_roles (YzDevicePanel *self)
{
  YzCameraList *list = yz_camera_rack_get_list (self->rack);

  self->filling = TRUE;
  for (guint role = 0; role < YZ_RACK_ROLES; role++)
    fill_role (self, role);
  self->filling = FALSE;
  gtk_widget_set_sensitive (self->scanners, list != NULL && !yz_camera_list_is_looking (list));
}

static void
on_role_chosen (GtkComboBox *combo, gpointer data)
{
  YzDevicePanel *self = data;
  YzRackRole role =
      combo == GTK_COMBO_BOX (self->roles[YZ_RACK_MAIN]) ? YZ_RACK_MAIN : YZ_RACK_SIDE;
  g_autofree char *id = g_strdup (gtk_combo_box_get_active_id (combo));

  if (!self->filling && id != NULL)
    yz_camera_rack_assign (self->rack, role, *id != '\0' ? id : NULL);
}

static void
on_scanners (YzDevicePanel *self)
{
  YzCameraList *list = yz_camera_rack_get_list (self->rack);

  if (list != NULL)
    yz_camera_list_look_for_scanners (list);
  gtk_widget_set_sensitive (self->scanners, FALSE);
}

static void
on_forget (YzDevicePanel *self)
{
  const char *id = yz_camera_rack_get_id (self->rack);

  if (id != NULL)
    yz_device_memory_forget (id);
  gtk_widget_set_sensitive (self->forget, FALSE);
}

static void
clear_grid (YzDevicePanel *self)
{
  gtk_container_foreach (GTK_CONTAINER (self->grid), (GtkCallback) (GCallback) gtk_widget_destroy,
                         NULL);
  self->rows = 0;
}

/* As wide as it may become: the panel asks how high it is at its least width. */
static GtkWidget *
make_label (const char *text, const char *style, int width)
{
  GtkWidget *label = yz_label_new (text, style, width);

  gtk_label_set_width_chars (GTK_LABEL (label), width);
  return label;
}

static void
add_sentence (YzDevicePanel *self, const char *sentence)
{
  gtk_grid_attach (self->grid, make_label (sentence, "dim-label", 40), 0, self->rows++, 2, 1);
}

static void
on_changed (YzDeviceControl *control, gpointer data)
{
  YzDevicePanel *self = data;
  const char *id = yz_camera_rack_get_id (self->rack);

  if (id == NULL)
    return;
  yz_device_memory_keep (id, yz_device_control_get_name (control),
                         yz_device_control_get_value (control));
  gtk_widget_set_sensitive (self->forget, TRUE);
}

static void
add_control (YzDevicePanel *self, const YzControl *control, const char *name)
{
  GtkWidget *editor = yz_device_control_new (self->heard, control, name);
  GtkWidget *label = make_label (_ (control->label), NULL, 18);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), editor);
  g_signal_connect_object (editor, "changed", G_CALLBACK (on_changed), self, 0);
  gtk_grid_attach (self->grid, label, 0, self->rows, 1, 1);
  gtk_grid_attach (self->grid, editor, 1, self->rows++, 1, 1);
  gtk_widget_show_all (editor);
}

static void
on_controls (GObject *source, GAsyncResult *result, gpointer data)
{
  YzDevicePanel *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) controls =
      yz_camera_host_list_controls_finish (YZ_CAMERA_HOST (source), result, &error);
  g_autofree char *words = error != NULL ? yz_words_error (error) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the panel may be gone */
  for (guint i = 0; controls != NULL && i < controls->len; i++)
    add_control (self, controls->pdata[i], ((const YzControl *) controls->pdata[i])->name);
  if (words != NULL)
    add_sentence (self, words);
  else if (self->rows == 0)
    add_sentence (self, _ ("This camera has nothing that can be set here."));
}

static void
on_modes (GObject *source, GAsyncResult *result, gpointer data)
{
  YzDevicePanel *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *current = NULL;
  g_auto (GStrv) modes =
      yz_camera_host_list_modes_finish (YZ_CAMERA_HOST (source), result, &current, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (modes != NULL && modes[0] != NULL && modes[1] != NULL) {
    g_autoptr (YzControl) mode =
        yz_control_new (YZ_CONTROL_ENUM, "mode", N_ ("Resolution"), current);

    mode->choices = g_steal_pointer (&modes);
    add_control (self, mode, NULL);
  }
  yz_camera_host_list_controls_async (YZ_CAMERA_HOST (source), self->cancellable, on_controls,
                                      self);
}

static void
stop_asking (YzDevicePanel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
hear (YzDevicePanel *self, YzCameraHost *camera)
{
  if (self->heard == camera)
    return;
  if (self->heard != NULL)
    g_signal_handlers_disconnect_by_data (self->heard, self);
  g_set_object (&self->heard, camera);
  if (camera == NULL)
    return;
  g_signal_connect_swapped (camera, "state", G_CALLBACK (load), self);
  g_signal_connect_swapped (camera, "settings", G_CALLBACK (load), self);
}

static void
show_title (YzDevicePanel *self)
{
  const char *model = self->heard != NULL ? yz_camera_host_get_model (self->heard) : NULL;
  g_autofree char *title = model != NULL
                               ? g_strdup_printf (_ ("Settings of %s"), name_model (model))
                               : g_strdup (_ ("Settings"));
  const char *id = yz_camera_rack_get_id (self->rack);

  gtk_label_set_text (self->title, title);
  gtk_widget_set_sensitive (self->forget, id != NULL && yz_device_memory_knows (id));
}

/* Asks the camera in hand; a shot meanwhile changes no setting. */
static void
load (YzDevicePanel *self)
{
  YzCameraState state = YZ_CAMERA_CLOSED;

  if (self->rack == NULL || !self->shown)
    return;
  hear (self, yz_camera_rack_get_camera (self->rack));
  if (self->heard != NULL)
    state = yz_camera_host_get_state (self->heard);
  if (state == YZ_CAMERA_SHOOTING || (state == YZ_CAMERA_READY && self->rows > 0))
    return;
  stop_asking (self);
  clear_grid (self);
  show_title (self);
  if (state != YZ_CAMERA_READY) {
    add_sentence (self, _ ("The settings appear when the camera is ready."));
    self->rows = 0;
    return;
  }
  self->cancellable = g_cancellable_new ();
  yz_camera_host_list_modes_async (self->heard, self->cancellable, on_modes, self);
}

static void
on_rack_changed (YzDevicePanel *self)
{
  if (!self->shown)
    return;
  fill_roles (self);
  if (self->heard != yz_camera_rack_get_camera (self->rack))
    clear_grid (self);
  load (self);
}

void
yz_device_panel_set_shown (YzDevicePanel *self, gboolean shown)
{
  self->shown = shown && self->rack != NULL;
  stop_asking (self);
  clear_grid (self);
  if (!self->shown) {
    hear (self, NULL);
    return;
  }
  fill_roles (self);
  load (self);
}

void
yz_device_panel_set_rack (YzDevicePanel *self, YzCameraRack *rack)
{
  yz_device_panel_set_shown (self, FALSE);
  if (self->rack != NULL)
    g_signal_handlers_disconnect_by_data (self->rack, self);
  g_set_object (&self->rack, rack);
  if (rack != NULL)
    g_signal_connect_object (rack, "changed", G_CALLBACK (on_rack_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
yz_device_panel_destroy (GtkWidget *widget)
{
  YzDevicePanel *self = YZ_DEVICE_PANEL (widget);

  self->shown = FALSE;
  stop_asking (self);
  hear (self, NULL);
  if (self->rack != NULL)
    g_signal_handlers_disconnect_by_data (self->rack, self);
  g_clear_object (&self->rack);
  GTK_WIDGET_CLASS (yz_device_panel_parent_class)->destroy (widget);
}

static void
yz_device_panel_class_init (YzDevicePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->destroy = yz_device_panel_destroy;
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/device-panel.ui");
  gtk_widget_class_bind_template_child_full (widget_class, "main_camera", FALSE,
                                             G_STRUCT_OFFSET (YzDevicePanel, roles) +
                                                 YZ_RACK_MAIN * sizeof (gpointer));
  gtk_widget_class_bind_template_child_full (widget_class, "side_camera", FALSE,
                                             G_STRUCT_OFFSET (YzDevicePanel, roles) +
                                                 YZ_RACK_SIDE * sizeof (gpointer));
  gtk_widget_class_bind_template_child (widget_class, YzDevicePanel, scanners);
  gtk_widget_class_bind_template_child (widget_class, YzDevicePanel, title);
  gtk_widget_class_bind_template_child (widget_class, YzDevicePanel, grid);
  gtk_widget_class_bind_template_child (widget_class, YzDevicePanel, forget);
  gtk_widget_class_bind_template_callback (widget_class, on_role_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_scanners);
  gtk_widget_class_bind_template_callback (widget_class, on_forget);
}

static void
yz_device_panel_init (YzDevicePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
