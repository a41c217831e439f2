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
 * @address: "ptpip:HOST:PORT:EVENTPORT", "usb:BUS,DEVICE", "video:/dev/videoN", "folder:DIRECTORY"
 * or "virtual:PATH"
 * @error: NOT_FOUND when no driver knows this kind of address
 *
 * Returns: (transfer full): the camera, not open
 */
YzCamera *yz_camera_drivers_make (const char *address, GError **error);
/* (transfer full) (element-type YzCameraInfo) what every driver finds plugged in; may take a second
 */
GPtrArray *yz_camera_drivers_list (void);

G_END_DECLS
