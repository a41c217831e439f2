/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-info.h"

#include <gphoto2/gphoto2.h>

G_BEGIN_DECLS

/* Which cameras libgphoto2 sees, and how one is reached. Its driver list is loaded once a process.
 */

/**
 * yz_gphoto_bus_attach:
 * @camera: new, not initialised
 * @address: "ptpip:HOST:PORT:EVENTPORT" or "usb:BUS,DEVICE"
 * @model: (nullable): when nothing is at @address any more, take the only camera of this model
 * @error: NOT_FOUND, or LOST when it was there before
 *
 * Gives the camera its port and driver, without talking to it.
 */
gboolean
yz_gphoto_bus_attach (Camera *camera, const char *address, const char *model, GError **error);
void yz_gphoto_bus_list (GPtrArray *infos); /* adds YzCameraInfo */
/* (transfer full) what to remember the camera at "usb:BUS,DEVICE" by: its serial number, else the
 * socket; any other address is its own id */
char *yz_gphoto_bus_find_id (const char *address);

G_END_DECLS
