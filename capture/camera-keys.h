/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

/*
 * Under which key the device still holds each picture that we took over, until our own copy is
 * durable. It outlives helpers, so that a camera that was away is tidied up when it is back.
 */
typedef struct _YzCameraKeys YzCameraKeys;

YzCameraKeys *yz_camera_keys_new (void);
void yz_camera_keys_free (YzCameraKeys *self);
void yz_camera_keys_note (YzCameraKeys *self, const YzShot *shot);
/* Our copy is durable; a frame that is not known, or was released before, does nothing. */
void yz_camera_keys_release (YzCameraKeys *self, const YzFrame *frame);
char *yz_camera_keys_pop (YzCameraKeys *self); /* (transfer full) (nullable) the next to delete */

G_END_DECLS
