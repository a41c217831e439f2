/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "capture/darkroom.h"
#include "workflow/desk.h"

G_BEGIN_DECLS

/*
 * The shutter: from the key to the page in the case. It takes one picture at a time, but the next
 * may be taken while those before are still being saved. A page counts as saved only when the desk
 * says that its original is durable; until then it is pending, and what goes wrong is told.
 *
 * Signals:
 *   "changed"  something is pending, or no longer
 *   "shot"     the picture is taken: the paper may be moved
 *   "page"     the device's own button took a picture: the next shot takes that one over
 *   "filed" (const char *number, const char *material, guint sheet, guint replaced)  it is durable
 *   "refused" (const char *number, const char *material, GError *)  no page was added
 *   "looked" (YzPage *)  what the darkroom found on a picture of the camera in use
 *   "unread" (const char *number, guint sheet, GError *)  it is kept, but cannot be shown
 */
#define YZ_TYPE_SHUTTER (yz_shutter_get_type ())
G_DECLARE_FINAL_TYPE (YzShutter, yz_shutter, YZ, SHUTTER, GObject)

YzShutter *yz_shutter_new (YzDesk *desk, YzDarkroom *darkroom);
void yz_shutter_set_camera (YzShutter *self, YzCameraHost *camera); /* (nullable) */
gboolean yz_shutter_is_shooting (YzShutter *self);
/* (nullable) @material: any */
guint yz_shutter_count_pending (YzShutter *self, const char *number, const char *material);

/**
 * yz_shutter_shoot:
 * @replaces: 0, or the sheet whose place the new one takes
 *
 * Takes the page that lies under the camera.
 *
 * Returns: FALSE while there is no camera or the picture before is still being taken
 */
gboolean
yz_shutter_shoot (YzShutter *self, const char *number, const char *material, guint replaces);

/**
 * yz_shutter_file_async:
 * @frame: from a file that was looked at already
 * @page: what was found on it
 *
 * Files a page that no camera took, marked as imported. Ends when its original is durable; what
 * goes wrong comes to @callback alone, "filed" to all.
 */
void yz_shutter_file_async (YzShutter *self,
                            const char *number,
                            const char *material,
                            YzFrame *frame,
                            YzPage *page,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Returns: the new sheet, 0 on error; then nothing was filed */
guint yz_shutter_file_finish (YzShutter *self, GAsyncResult *result, GError **error);

/* Looks at those pages of a case that nobody has looked at, because the desk was killed first or
 * another program filed them. */
void yz_shutter_catch_up (YzShutter *self, const YzDossier *dossier);

/**
 * yz_shutter_settle_async:
 * @number: (nullable): the case that is to be handed on
 *
 * Ends when every page of @number is in the store and was looked at, or fails with what was wrong
 * with one that was refused meanwhile. Without a number it ends when every page that was taken is
 * in the store, or was refused.
 */
void yz_shutter_settle_async (YzShutter *self,
                              const char *number,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean yz_shutter_settle_finish (YzShutter *self, GAsyncResult *result, GError **error);

G_END_DECLS
