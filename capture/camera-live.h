/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/frame.h"
#include "capture/helper-line.h"

G_BEGIN_DECLS

/*
 * The desk's end of the live picture: the helper's memory, mapped once, and the newest frame copied
 * out of it. Older frames are dropped.
 */
typedef struct _YzCameraLive YzCameraLive;

YzCameraLive *yz_camera_live_new (void);
void yz_camera_live_free (YzCameraLive *self);
gboolean yz_camera_live_map (YzCameraLive *self, int fd, GError **error); /* PROTOCOL */
void yz_camera_live_unmap (YzCameraLive *self);
/* "previews" of the helper, untrusted; FALSE when it makes no sense. */
gboolean
yz_camera_live_copy (YzCameraLive *self, const YzHelperMessage *message, const char *device);
YzFrame *yz_camera_live_take (YzCameraLive *self); /* (transfer full) (nullable) */
void yz_camera_live_drop (YzCameraLive *self);

G_END_DECLS
