/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "capture/camera.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * One setting of a camera as something to turn, choose or type. Changes go to the camera one at a
 * time, the newest value next, so that a slow camera is not flooded; what it refuses is put back.
 *
 * Signal "changed": the camera took a new value.
 */
#define YZ_TYPE_DEVICE_CONTROL (yz_device_control_get_type ())
G_DECLARE_FINAL_TYPE (YzDeviceControl, yz_device_control, YZ, DEVICE_CONTROL, GtkBox)

/* @name: (nullable): NULL when the choices are the camera's modes */
GtkWidget *yz_device_control_new (YzCameraHost *camera, const YzControl *control, const char *name);
const char *yz_device_control_get_name (YzDeviceControl *self);  /* (nullable) as given */
const char *yz_device_control_get_value (YzDeviceControl *self); /* what the camera has */

G_END_DECLS
