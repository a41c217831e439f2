/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-look.h"

G_BEGIN_DECLS

/*
 * Ears for what is plugged in and pulled out: events of udev, never polling, and no device is
 * opened. Only what may be a camera is told: V4L2 nodes, and USB devices that speak PTP or that
 * udev's rules mark for libgphoto2 or for SANE.
 */
typedef struct _YzCameraWatch YzCameraWatch;

typedef struct {
  void (*appeared) (gpointer owner, YzCameraLookKind kind); /* by which look it is found */
  /* @address as YzCameraInfo has it: "usb:001,007" or "video:/dev/video0" */
  void (*vanished) (gpointer owner, const char *address);
} YzCameraWatchListener;

/**
 * yz_camera_watch_new:
 * @listener: called on the main context that is the default of this thread; outlives the watch
 *
 * Returns: (transfer full): hears from now on; where no udev runs it hears nothing
 */
YzCameraWatch *yz_camera_watch_new (const YzCameraWatchListener *listener, gpointer owner);
void yz_camera_watch_free (YzCameraWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzCameraWatch, yz_camera_watch_free)

G_END_DECLS
