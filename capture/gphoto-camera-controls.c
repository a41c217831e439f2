/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/gphoto-camera-controls.h"

#include <stdlib.h>

/* Cameras have hundreds of settings; each costs a question over the line. */
static const char *const NAMES[] = { "iso",         "whitebalance", "exposurecompensation",
                                     "aperture",    "f-number",     "shutterspeed",
                                     "imageformat", "imagequality", "imagesize",
                                     "focusmode",   "flashmode",    "capturetarget",
                                     NULL };

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CameraWidget, gp_widget_free)

static char *
make_valid (const char *text)
{
  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

static void
read_choices (CameraWidget *widget, YzControl *control)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();
  const char *value = NULL;

  for (int i = 0; i < gp_widget_count_choices (widget); i++) {
    const char *choice = NULL;

    if (gp_widget_get_choice (widget, i, &choice) >= GP_OK)
      g_ptr_array_add (choices, make_valid (choice));
  }
  g_ptr_array_add (choices, NULL);
  control->choices = (char **) g_ptr_array_free (g_steal_pointer (&choices), FALSE);
  gp_widget_get_value (widget, &value);
  control->value = make_valid (value);
}

static void
read_range (CameraWidget *widget, YzControl *control)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  float minimum = 0;
  float maximum = 0;
  float step = 0;
  float value = 0;

  gp_widget_get_range (widget, &minimum, &maximum, &step);
  gp_widget_get_value (widget, &value);
  control->minimum = (double) minimum;
  control->maximum = (double) maximum;
  control->step = (double) step;
  control->value = g_strdup (g_ascii_formatd (text, sizeof text, "%g", (double) value));
}

static gboolean
read_value (CameraWidget *widget, CameraWidgetType type, YzControl *control)
{
  const char *text = NULL;
  int on = 0;

  switch (type) {
  case GP_WIDGET_RADIO:
  case GP_WIDGET_MENU:
    control->kind = YZ_CONTROL_ENUM;
    read_choices (widget, control);
    return TRUE;
  case GP_WIDGET_RANGE:
    control->kind = YZ_CONTROL_RANGE;
    read_range (widget, control);
    return TRUE;
  case GP_WIDGET_TOGGLE:
    control->kind = YZ_CONTROL_BOOL;
    gp_widget_get_value (widget, &on);
    control->value = g_strdup (on != 0 ? "true" : "false");
    return TRUE;
  case GP_WIDGET_TEXT:
    control->kind = YZ_CONTROL_STRING;
    gp_widget_get_value (widget, &text);
    control->value = make_valid (text);
    return TRUE;
  case GP_WIDGET_WINDOW:
  case GP_WIDGET_SECTION:
  case GP_WIDGET_BUTTON:
  case GP_WIDGET_DATE:
  default:
    return FALSE;
  }
}

static YzControl *
make_control (CameraWidget *widget, const char *name)
{
  g_autoptr (YzControl) control = yz_control_new (YZ_CONTROL_STRING, name, NULL, NULL);
  CameraWidgetType type = GP_WIDGET_WINDOW;
  const char *label = NULL;
  int readonly = 0;

  gp_widget_get_type (widget, &type);
  gp_widget_get_label (widget, &label);
  gp_widget_get_readonly (widget, &readonly);
  control->label = make_valid (label);
  control->writable = readonly == 0;
  return read_value (widget, type, control) ? g_steal_pointer (&control) : NULL;
}

/* The names that the camera lists, in one question. */
static int
list_known (Camera *camera, GPContext *context, GPtrArray *names)
{
  CameraList *list = NULL;
  int rc = GP_OK;

  gp_list_new (&list);
  rc = gp_camera_list_config (camera, list, context);
  for (int i = 0; rc >= GP_OK && i < gp_list_count (list); i++) {
    const char *name = NULL;

    if (gp_list_get_name (list, i, &name) >= GP_OK && g_strv_contains (NAMES, name))
      g_ptr_array_add (names, g_strdup (name));
  }
  gp_list_free (list);
  return rc;
}

int
yz_gphoto_controls_list (Camera *camera, GPContext *context, GPtrArray *controls)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int rc = list_known (camera, context, names);

  for (guint i = 0; rc >= GP_OK && i < names->len; i++) {
    g_autoptr (CameraWidget) widget = NULL;
    YzControl *control = NULL;

    if (gp_camera_get_single_config (camera, names->pdata[i], &widget, context) < GP_OK)
      continue;
    control = make_control (widget, names->pdata[i]);
    if (control != NULL)
      g_ptr_array_add (controls, control);
  }
  return rc;
}

static int
set_value (CameraWidget *widget, const char *value)
{
  CameraWidgetType type = GP_WIDGET_WINDOW;
  float number = (float) g_ascii_strtod (value, NULL);
  int on = g_str_equal (value, "true") ? 1 : 0;

  gp_widget_get_type (widget, &type);
  if (type == GP_WIDGET_RANGE)
    return gp_widget_set_value (widget, &number);
  if (type == GP_WIDGET_TOGGLE)
    return gp_widget_set_value (widget, &on);
  return gp_widget_set_value (widget, value);
}

int
yz_gphoto_controls_set (Camera *camera, GPContext *context, const char *name, const char *value)
{
  g_autoptr (CameraWidget) widget = NULL;
  int rc = gp_camera_get_single_config (camera, name, &widget, context);

  if (rc >= GP_OK)
    rc = set_value (widget, value);
  if (rc >= GP_OK)
    rc = gp_camera_set_single_config (camera, name, widget, context);
  return rc;
}
