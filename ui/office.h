/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "ui/camera-rack.h"
#include "ui/pictures.h"
#include "workflow/desk.h"

G_BEGIN_DECLS

/*
 * The office: what one window works with. The desk over one store, the darkroom and its pictures,
 * and the camera; opened together and closed in order.
 *
 * Signal "camera": another camera is there, or none any more.
 */
#define YZ_TYPE_OFFICE (yz_office_get_type ())
G_DECLARE_FINAL_TYPE (YzOffice, yz_office, YZ, OFFICE, GObject)

/**
 * yz_office_new:
 * @location: the store
 * @datadir: shipped matters/, flows/, calendar/, practice/
 * @camera: (nullable): address; NULL takes the setting's, in a practice store the scripted one,
 * else the first that is plugged in
 */
YzOffice *yz_office_new (const char *location, const char *datadir, const char *camera);

/**
 * yz_office_open:
 *
 * Opens and claims the store. Fails with YZ_WORKFLOW_ERROR_NOT_FOUND when there is none yet, BUSY
 * when another window has it; may be called again then.
 */
gboolean yz_office_open (YzOffice *self, GError **error);

/* Makes the store, if there is none, and names its first administrator. */
gboolean yz_office_needs_administrator (YzOffice *self);
void yz_office_create_async (YzOffice *self,
                             const char *login,
                             const char *name,
                             const char *password,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean yz_office_create_finish (YzOffice *self, GAsyncResult *result, GError **error);

const char *yz_office_get_location (YzOffice *self);
YzDesk *yz_office_get_desk (YzOffice *self);         /* (transfer none) (nullable) until open */
YzPictures *yz_office_get_pictures (YzOffice *self); /* (transfer none) (nullable) until open */
YzCameraHost *yz_office_get_camera (YzOffice *self); /* (transfer none) (nullable) in hand */
YzCameraRack *yz_office_get_rack (YzOffice *self);   /* (transfer none) (nullable) until open */
/* Looks for a camera again; the answer is the signal. */
void yz_office_look_for_camera (YzOffice *self);
/* Where papers are written to: the practice store's own folder, else this login's documents. */
char *yz_office_get_papers_folder (YzOffice *self);

/* Cancels, closes the camera, the darkroom, then the desk; idempotent. */
void yz_office_close (YzOffice *self);

G_END_DECLS
