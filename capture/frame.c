/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/frame.h"

static void
clear_frame (gpointer data)
{
  YzFrame *self = data;

  g_bytes_unref (self->bytes);
  g_free ((char *) self->media_type);
  g_free ((char *) self->name);
  g_free ((char *) self->device);
}

/**
 * yz_frame_new:
 * @bytes: exactly what the device gave; never changed afterwards
 * @media_type: "image/jpeg" or as the device names it
 * @name: (nullable): the device's file name
 * @device: model and, if known, serial
 * @shot_at: microseconds since 1970 UTC
 *
 * Returns: (transfer full): the frame
 */
YzFrame *
yz_frame_new (
    GBytes *bytes, const char *media_type, const char *name, const char *device, gint64 shot_at)
{
  YzFrame *self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_atomic_rc_box_new0 (YzFrame);
  self->bytes = g_bytes_ref (bytes);
  self->media_type = g_strdup (media_type);
  self->name = g_strdup (name);
  self->device = g_strdup (device);
  self->shot_at = shot_at;
  return self;
}

YzFrame *
yz_frame_ref (YzFrame *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
yz_frame_unref (YzFrame *self)
{
  g_atomic_rc_box_release_full (self, clear_frame);
}
