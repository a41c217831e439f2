/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-info.h"

G_BEGIN_DECLS

/*
 * One question to "yizhan-camera --list": what is plugged in? Asked without waiting, so that no
 * driver ever runs in the desk's process. A look that is not answered in ten seconds is ended.
 */
typedef struct _YzCameraLook YzCameraLook;

typedef enum {
  YZ_CAMERA_LOOK_VIDEO,    /* V4L2 nodes: as quick as a program starts */
  YZ_CAMERA_LOOK_USB,      /* PTP by cable: until libgphoto2 has loaded all its drivers */
  YZ_CAMERA_LOOK_SCANNERS, /* SANE, networks too: seconds */
} YzCameraLookKind;
#define YZ_N_CAMERA_LOOKS (YZ_CAMERA_LOOK_SCANNERS + 1)

/**
 * YzCameraLookCallback:
 * @infos: (nullable) (element-type YzCameraInfo): NULL when there is no answer
 * @error: (nullable): why there is none
 *
 * The look is freed after this.
 */
typedef void (*YzCameraLookCallback) (GPtrArray *infos, const GError *error, gpointer data);

/* Returns: (nullable): NULL when the helper cannot be started, the callback is not called then. */
YzCameraLook *yz_camera_look_start (YzCameraLookKind kind,
                                    YzCameraLookCallback callback,
                                    gpointer data,
                                    GError **error);
/* Ends it without an answer. */
void yz_camera_look_cancel (YzCameraLook *self);

G_END_DECLS
