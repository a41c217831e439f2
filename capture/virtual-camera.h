/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

/*
 * The scripted camera: for training, demonstrations and tests. It plays pictures and faults from a
 * script (capture/virtual-script.h) or shows the pictures of a folder one after the other: after
 * each shot the next page lies on the mat.
 */
#define YZ_TYPE_VIRTUAL_CAMERA (yz_virtual_camera_get_type ())
G_DECLARE_FINAL_TYPE (YzVirtualCamera, yz_virtual_camera, YZ, VIRTUAL_CAMERA, YzCamera)

YzCamera *yz_virtual_camera_new (const char *path);

G_END_DECLS
