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
/* Who is asked what is there. */
typedef enum {
  YZ_DRIVERS_VIDEO = 1 << 0,    /* V4L2 nodes: at once */
  YZ_DRIVERS_USB = 1 << 1,      /* libgphoto2 loads all its drivers first: some 100 ms */
  YZ_DRIVERS_SCANNERS = 1 << 2, /* SANE looks into the network too: seconds */
  YZ_DRIVERS_ALL = YZ_DRIVERS_VIDEO | YZ_DRIVERS_USB | YZ_DRIVERS_SCANNERS,
} YzDrivers;

/* Tells what the drivers find, one driver after the other. Where two devices call themselves by the
 * same serial number, the socket is told in its place. */
void yz_camera_drivers_list (YzDrivers drivers,
                             void (*found) (const YzCameraInfo *info, gpointer data),
                             gpointer data);

G_END_DECLS
