/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-info.h"

G_BEGIN_DECLS

/* Which UVC devices there are, read from the system without opening a stream. */

/* Adds a YzCameraInfo for each node that gives pictures; the second of one device is the side
 * camera. */
void yz_video_devices_list (GPtrArray *infos);
/* (transfer full) (nullable) NULL when the node is no camera */
YzCameraInfo *yz_video_devices_describe (const char *device);
/* (transfer full) (nullable) where the kernel has put the node "videoN": on USB an interface */
char *yz_video_devices_find_place (const char *node);
/* (transfer full) the whole device at a place: heads of one USB device are interfaces of it */
char *yz_video_devices_find_whole (const char *place);

G_END_DECLS
