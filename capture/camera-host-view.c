/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-host-private.h"

const char *
yz_camera_host_get_address (YzCameraHost *self)
{
  return self->address;
}

YzCameraState
yz_camera_host_get_state (YzCameraHost *self)
{
  return self->state;
}

const GError *
yz_camera_host_get_error (YzCameraHost *self)
{
  return self->error;
}

const YzCameraInfo *
yz_camera_host_get_info (YzCameraHost *self)
{
  return self->info;
}

const char *
yz_camera_host_get_model (YzCameraHost *self)
{
  return self->info != NULL ? self->info->model : NULL;
}

gboolean
yz_camera_host_can_preview (YzCameraHost *self)
{
  return self->info != NULL && !self->cannot_preview &&
         (self->info->abilities & YZ_CAMERA_CAN_PREVIEW) != 0;
}
