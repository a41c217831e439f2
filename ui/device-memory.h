/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"

G_BEGIN_DECLS

/*
 * What was set at each camera, kept in a file of this login's own by the camera's id, so that a
 * camera is as it was whenever and wherever it is plugged in. Only what somebody set here is kept:
 * the rest stays as the device has it.
 */

/* @name NULL: the mode. On disk when this returns. */
void yz_device_memory_keep (const char *id, const char *name, const char *value);
/* Sets all that is kept at a camera that just became READY; what it refuses is left. */
void yz_device_memory_apply (const char *id, YzCameraHost *camera);
/* The device keeps what it has until it is plugged in again. */
void yz_device_memory_forget (const char *id);
gboolean yz_device_memory_knows (const char *id);

G_END_DECLS
