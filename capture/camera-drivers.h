/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

/**
 * yz_camera_drivers_make:
 * @address: "ptpip:HOST:PORT:EVENTPORT", "usb:BUS,DEVICE", "video:/dev/videoN", "scan:DEVICE",
 * "folder:DIRECTORY" or "virtual:PATH"
 * @error: NOT_FOUND when no driver knows this kind of address
 *
 * Returns: (transfer full): the camera, not open
 */
YzCamera *yz_camera_drivers_make (const char *address, GError **error);
/* Tells what every driver finds plugged in, one after the other; may take seconds altogether. */
void yz_camera_drivers_list (void (*found) (const YzCameraInfo *info, gpointer data),
                             gpointer data);

G_END_DECLS
