/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

/*
 * A camera on a copy stand through libgphoto2, by cable or by PTP/IP. The library blocks, forgets
 * time limits, closes file descriptor 0 and keeps global state: use it in the helper process only.
 */
#define YZ_TYPE_GPHOTO_CAMERA (yz_gphoto_camera_get_type ())
G_DECLARE_FINAL_TYPE (YzGphotoCamera, yz_gphoto_camera, YZ, GPHOTO_CAMERA, YzCamera)

/* "ptpip:HOST:PORT:EVENTPORT" or "usb:BUS,DEVICE". */
YzCamera *yz_gphoto_camera_new (const char *address);
/* Adds what is plugged in by cable. (element-type YzCameraInfo) */
void yz_gphoto_camera_list (GPtrArray *infos);

G_END_DECLS
