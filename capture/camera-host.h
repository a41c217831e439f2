/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-info.h"
#include "capture/frame.h"

G_BEGIN_DECLS

/*
 * The desk's face of one camera. The driver lives in a helper process, yizhan-camera, which this
 * object starts, watches and restarts; the main loop never waits for a driver.
 *
 * Addresses: "ptpip:HOST:PORT:EVENTPORT", "usb:BUS,DEVICE", "folder:DIRECTORY", "virtual:SCRIPT" or
 * "virtual:FOLDER".
 *
 * Signals, on the main context:
 *   "preview"  a newer preview frame is there: yz_camera_host_get_preview()
 *   "state"    the state changed: yz_camera_host_get_state()
 *   "page"     the device's own button took a picture: yz_camera_host_take_page()
 *   "settings" a setting was changed at the device itself: camera-settings.h asks for them
 */
#define YZ_TYPE_CAMERA_HOST (yz_camera_host_get_type ())
G_DECLARE_FINAL_TYPE (YzCameraHost, yz_camera_host, YZ, CAMERA_HOST, GObject)

typedef enum {
  YZ_CAMERA_CLOSED,
  YZ_CAMERA_OPENING,
  YZ_CAMERA_READY,
  YZ_CAMERA_SHOOTING,
  YZ_CAMERA_LOST, /* gone or helper died; it keeps trying to come back by itself */
} YzCameraState;

YzCameraHost *yz_camera_host_new (const char *address);
const char *yz_camera_host_get_address (YzCameraHost *self);
/**
 * yz_camera_host_move:
 * @address: where the same camera is plugged in now, told by its list
 *
 * The next helper looks there; a camera that was lost is tried at once.
 */
void yz_camera_host_move (YzCameraHost *self, const char *address);
YzCameraState yz_camera_host_get_state (YzCameraHost *self);
const GError *yz_camera_host_get_error (YzCameraHost *self);      /* (nullable) why it is LOST */
const char *yz_camera_host_get_model (YzCameraHost *self);        /* (nullable) until READY */
const YzCameraInfo *yz_camera_host_get_info (YzCameraHost *self); /* (nullable) until READY */
gboolean yz_camera_host_can_preview (YzCameraHost *self);

/* Starts the helper and opens the camera; done through "state". Idempotent. */
void yz_camera_host_open (YzCameraHost *self);
/* Ends the helper; idempotent; calls under way end with CANCELLED. */
void yz_camera_host_close (YzCameraHost *self);

/* Live picture: survives shots and restarts until stopped. Slow readers get the newest frame only.
 */
void yz_camera_host_start_preview (YzCameraHost *self);
void yz_camera_host_stop_preview (YzCameraHost *self);
YzFrame *yz_camera_host_get_preview (
    YzCameraHost *self); /* (transfer full) (nullable) takes the newest frame */

/* One original. Ends within the deadline of 30 s with a frame or a YZ_CAPTURE_ERROR. Not READY yet:
 * it waits for opening first. The picture stays on the camera until yz_camera_host_release(). */
void yz_camera_host_shoot_async (YzCameraHost *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
YzFrame *yz_camera_host_shoot_finish (YzCameraHost *self, GAsyncResult *result, GError **error);
/* The original is durable on our side: the camera may delete its copy. */
void yz_camera_host_release (YzCameraHost *self, YzFrame *frame);

/* (transfer full) (nullable) the oldest picture from the device's own button; an original like any
 * other */
YzFrame *yz_camera_host_take_page (YzCameraHost *self);

/* After closing: the helper has ended and the device is free. */
gboolean yz_camera_host_is_quiet (YzCameraHost *self);

/* For programs without a main loop of their own: open, shoot, close; blocks, spins a private
 * context. */
YzFrame *yz_camera_host_shoot_once (const char *address, GError **error);

/* What is plugged in: blocking, ten seconds at most; asks the helper "yizhan-camera --list" so that
 * no driver loads here. (element-type YzCameraInfo) */
GPtrArray *yz_camera_host_list (GError **error);

G_END_DECLS
