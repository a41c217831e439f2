/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "capture/camera.h"

G_BEGIN_DECLS

/*
 * The settings of a camera as the desk asks for them: modes (resolution and format) and controls
 * (exposure, white balance, focus …). Questions go to the helper one after the other and never hold
 * the desk up; a camera that is not READY answers LOST at once, one that goes meanwhile LOST then.
 * What a setting may not be is refused by the helper with UNSUPPORTED, whoever asks.
 */

void yz_camera_host_list_modes_async (YzCameraHost *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/**
 * yz_camera_host_list_modes_finish:
 * @out_current: (out) (optional) (nullable): the mode of the next shot, where the driver knows it
 *
 * Returns: (transfer full): names for yz_camera_host_set_mode_async(); empty when there is one only
 */
GStrv yz_camera_host_list_modes_finish (YzCameraHost *self,
                                        GAsyncResult *result,
                                        char **out_current,
                                        GError **error);
void yz_camera_host_set_mode_async (YzCameraHost *self,
                                    const char *mode,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

void yz_camera_host_list_controls_async (YzCameraHost *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* (transfer full) (element-type YzControl) */
GPtrArray *
yz_camera_host_list_controls_finish (YzCameraHost *self, GAsyncResult *result, GError **error);
void yz_camera_host_set_control_async (YzCameraHost *self,
                                       const char *name,
                                       const char *value,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* Of a mode or a control. */
gboolean yz_camera_host_set_finish (YzCameraHost *self, GAsyncResult *result, GError **error);

G_END_DECLS
