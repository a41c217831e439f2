/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/frame.h"

G_BEGIN_DECLS

/*
 * Those who wait for a picture, in their order. At most one shot is with the helper; each caller
 * gets exactly one answer, no later than its deadline, also when the helper still works on a shot
 * that nobody waits for any more.
 */
typedef struct _YzCameraShots YzCameraShots;

typedef struct {
  void (*overdue) (gpointer owner, const GError *error);  /* the shot with the helper */
  void (*cancelled) (gpointer owner, guint32 generation); /* its caller gave up */
} YzCameraShotsListener;

/* @owner: not referenced; each task's source object is expected to keep it alive. */
YzCameraShots *
yz_camera_shots_new (GMainContext *context, const YzCameraShotsListener *listener, gpointer owner);
void yz_camera_shots_free (YzCameraShots *self); /* only when nobody waits */

/* @milliseconds: until the caller is told TIMEOUT. The task returns a YzFrame. */
void yz_camera_shots_push (YzCameraShots *self, GTask *task, guint milliseconds);
/**
 * yz_camera_shots_begin:
 * @out_rest_ms: (out): what is left of its time
 *
 * Returns: FALSE when nobody waits or a shot is with the helper; else the next shot is now
 */
gboolean yz_camera_shots_begin (YzCameraShots *self, guint *out_rest_ms);
void yz_camera_shots_set_generation (YzCameraShots *self, guint32 generation);
gboolean yz_camera_shots_is_current (YzCameraShots *self, guint32 generation);
gboolean yz_camera_shots_is_busy (YzCameraShots *self); /* a shot is with the helper */
/* Somebody still waits for the shot with the helper. */
gboolean yz_camera_shots_is_wanted (YzCameraShots *self);
void yz_camera_shots_add (YzCameraShots *self, YzFrame *frame);
/**
 * yz_camera_shots_end:
 * @extras: (element-type YzFrame): gets the frames after the first
 * @error: (nullable): NULL answers with the first frame, or with PROTOCOL when there is none
 *
 * Ends the shot with the helper. The caller may come back in here: do this last.
 */
void yz_camera_shots_end (YzCameraShots *self, GQueue *extras, const GError *error);
/* Ends all that wait, not the one with the helper. */
void yz_camera_shots_fail_waiting (YzCameraShots *self, const GError *error);

G_END_DECLS
