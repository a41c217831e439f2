/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/helper-line.h"

G_BEGIN_DECLS

/*
 * One running yizhan-camera: the process, the line to it, and the watch over both, on a main
 * context. Its owner hears every message, then once that it is GONE (the line ended, it spoke
 * nonsense, or it stopped answering and was killed), then once that it has ENDED: the process is
 * reaped and whatever device it held is free again.
 */
typedef struct _YzCameraLink YzCameraLink;

typedef struct {
  void (*message) (YzCameraLink *link, YzHelperMessage *message, gpointer data);
  void (*gone) (YzCameraLink *link, const GError *error, gpointer data);
  void (*ended) (YzCameraLink *link, gpointer data); /* the link is freed after this */
} YzCameraLinkListener;

/**
 * yz_camera_link_start:
 * @context: where the listener is called
 * @address: the camera
 * @listener: outlives the link
 * @error: NOT_FOUND when the program cannot be started
 *
 * Returns: (nullable): valid until "ended" was called or yz_camera_link_abandon()
 */
YzCameraLink *yz_camera_link_start (GMainContext *context,
                                    const char *address,
                                    const YzCameraLinkListener *listener,
                                    gpointer data,
                                    GError **error);
/* The generation of the command, never 0. A dead line is told by "gone", not here. */
guint32 yz_camera_link_send (YzCameraLink *self, const char *verb, GVariant *details);
/* As above, with a generation that was used before: for "taken" and "cancel". */
void yz_camera_link_send_again (YzCameraLink *self,
                                guint32 generation,
                                const char *verb,
                                GVariant *details);
/* Closes the line: the helper closes the camera and ends, or is killed after some seconds. With
 * @at_once it is killed now. "gone" is not called any more, "ended" is. Idempotent. */
void yz_camera_link_end (YzCameraLink *self, gboolean at_once);
/* The same, and the listener is never called again. */
void yz_camera_link_abandon (YzCameraLink *self);
GPid yz_camera_link_get_pid (YzCameraLink *self);

G_END_DECLS
