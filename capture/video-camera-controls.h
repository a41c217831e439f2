/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

/* The settings of a V4L2 device: exposure, white balance, focus, rotation, whatever it offers. */

/* Adds a YzControl for each that can be shown; FALSE when the device cannot be asked. */
gboolean yz_video_controls_list (const char *device, GPtrArray *controls);
/* 0 or an errno: EINVAL for what it does not have, EBUSY or EACCES for what it does not take now */
int yz_video_controls_set (const char *device, const char *name, const char *value);

G_END_DECLS
