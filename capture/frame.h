/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A frame: the bytes exactly as the device gave them. Immutable, reference-counted; read its
 * fields.
 */
typedef struct {
  GBytes *bytes;
  const char *media_type; /* as the device names it: "image/jpeg", "image/png" */
  const char *name;       /* (nullable) the device's file name */
  const char *device;     /* model and, if known, serial */
  gint64 shot_at;         /* microseconds since 1970 UTC, this machine's clock */
} YzFrame;

YzFrame *yz_frame_new (
    GBytes *bytes, const char *media_type, const char *name, const char *device, gint64 shot_at);
YzFrame *yz_frame_ref (YzFrame *self);
void yz_frame_unref (YzFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzFrame, yz_frame_unref)

G_END_DECLS
