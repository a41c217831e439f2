/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-live.h"

#include "capture/camera.h"

#include <sys/mman.h>

struct _YzCameraLive {
  const guint8 *memory; /* read-only; the helper writes there */
  YzFrame *newest;
};

YzCameraLive *
yz_camera_live_new (void)
{
  return g_new0 (YzCameraLive, 1);
}

void
yz_camera_live_free (YzCameraLive *self)
{
  yz_camera_live_unmap (self);
  g_clear_pointer (&self->newest, yz_frame_unref);
  g_free (self);
}

gboolean
yz_camera_live_map (YzCameraLive *self, int fd, GError **error)
{
  yz_camera_live_unmap (self);
  self->memory = yz_helper_map (fd, YZ_CAMERA_PREVIEW_MAX, FALSE, error);
  return self->memory != NULL;
}

void
yz_camera_live_unmap (YzCameraLive *self)
{
  if (self->memory != NULL)
    munmap ((void *) self->memory, YZ_CAMERA_PREVIEW_MAX);
  self->memory = NULL;
}

gboolean
yz_camera_live_copy (YzCameraLive *self, const YzHelperMessage *message, const char *device)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *media_type = NULL;
  guint32 size = 0;

  if (self->memory == NULL || !g_variant_lookup (message->details, "size", "u", &size) ||
      !g_variant_lookup (message->details, "media-type", "&s", &media_type) || size == 0 ||
      size > YZ_CAMERA_PREVIEW_MAX)
    return FALSE;
  bytes = g_bytes_new (self->memory, size);
  g_clear_pointer (&self->newest, yz_frame_unref);
  self->newest = yz_frame_new (bytes, media_type, NULL, device, g_get_real_time ());
  return TRUE;
}

YzFrame *
yz_camera_live_take (YzCameraLive *self)
{
  return g_steal_pointer (&self->newest);
}

void
yz_camera_live_drop (YzCameraLive *self)
{
  g_clear_pointer (&self->newest, yz_frame_unref);
}
