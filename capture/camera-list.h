/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-info.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One camera in the list; a new object whenever anything about it changed. */
#define YZ_TYPE_LISTED_CAMERA (yz_listed_camera_get_type ())
G_DECLARE_FINAL_TYPE (YzListedCamera, yz_listed_camera, YZ, LISTED_CAMERA, GObject)

const YzCameraInfo *yz_listed_camera_get_info (YzListedCamera *self);

/*
 * What is plugged in: a GListModel of YzListedCamera, each with its own id, the serial number or
 * the place in the machine, never the port. What is pulled out leaves the list with udev's event;
 * what is plugged in joins it as soon as the helper has asked the drivers, well within a second.
 * Scanners are looked for only on demand, for SANE asks the network too; from then on also whenever
 * one is plugged in.
 *
 * Signal:
 *   "looked"  a look is over: yz_camera_list_get_error() says whether it found an answer
 */
#define YZ_TYPE_CAMERA_LIST (yz_camera_list_get_type ())
G_DECLARE_FINAL_TYPE (YzCameraList, yz_camera_list, YZ, CAMERA_LIST, GObject)

/**
 * yz_camera_list_new:
 *
 * Returns: (transfer full): empty; listens at once and looks on the main context that is this
 * thread's default
 */
YzCameraList *yz_camera_list_new (void);
/* Looks again for what hangs on a cable: for machines without udev. */
void yz_camera_list_look (YzCameraList *self);
/* Looks for scanners; takes seconds. */
void yz_camera_list_look_for_scanners (YzCameraList *self);
gboolean yz_camera_list_is_looking (YzCameraList *self);
/* (nullable) why the last look of some kind found no answer */
const GError *yz_camera_list_get_error (YzCameraList *self);
/* (transfer none) (nullable) valid until the list changes */
const YzCameraInfo *yz_camera_list_find (YzCameraList *self, const char *id);

G_END_DECLS
