/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <gphoto2/gphoto2.h>

G_BEGIN_DECLS

/* Pictures out of a camera, and what the library's codes mean. */

/**
 * yz_gphoto_fail:
 * @camera: (nullable): asked once more when the code alone could be a dead line as well as an
 * answer
 * @rc: a code of the library below GP_OK
 * @started: monotonic, when the failed call began
 *
 * Sets @error to the YZ_CAPTURE_ERROR that @rc means to the clerk.
 * Returns: FALSE
 */
gboolean
yz_gphoto_fail (Camera *camera, GPContext *context, int rc, gint64 started, GError **error);

/**
 * yz_gphoto_download:
 * @path: the picture on the camera
 * @deadline: monotonic microseconds; looked at between blocks of 1 MiB, because no transfer can be
 *   stopped within
 *
 * Returns: (transfer full): the file's bytes, all of them
 */
GBytes *yz_gphoto_download (Camera *camera,
                            GPContext *context,
                            const CameraFilePath *path,
                            gint64 deadline,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
