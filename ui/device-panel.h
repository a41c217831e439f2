/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/camera-rack.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The panel behind the camera button: which camera is the main one and which is on the side, and
 * whatever the one in hand offers to be set. What is set is at the camera at once and remembered
 * for it.
 */
#define YZ_TYPE_DEVICE_PANEL (yz_device_panel_get_type ())
G_DECLARE_FINAL_TYPE (YzDevicePanel, yz_device_panel, YZ, DEVICE_PANEL, GtkBox)

void yz_device_panel_set_rack (YzDevicePanel *self, YzCameraRack *rack); /* (nullable) */
/* Seen or not: settings are asked for only while somebody looks. */
void yz_device_panel_set_shown (YzDevicePanel *self, gboolean shown);

G_END_DECLS
