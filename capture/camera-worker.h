/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"
#include "capture/helper-line.h"

G_BEGIN_DECLS

/*
 * The one thread in yizhan-camera that calls the driver. Commands (capture/camera-line.h) queue up
 * in front of it; between them it brings live frames or looks for events in slices of at most 50
 * ms.
 */
typedef struct _YzCameraWorker YzCameraWorker;

/* @line: answers go here; must outlive the worker. Takes a reference to @camera. */
YzCameraWorker *yz_camera_worker_new (YzCamera *camera, int line);
void yz_camera_worker_push (YzCameraWorker *self, YzHelperMessage *message); /* takes it */
void yz_camera_worker_cancel (YzCameraWorker *self, guint32 generation);
/* A driver call runs longer than any of its own time limits allows. */
gboolean yz_camera_worker_is_overdue (YzCameraWorker *self);
/* Leaves live view, closes the camera, ends the thread. May block as long as the driver does. */
void yz_camera_worker_free (YzCameraWorker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzCameraWorker, yz_camera_worker_free)

G_END_DECLS
