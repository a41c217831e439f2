/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "capture/camera-list.h"

G_BEGIN_DECLS

/* Which of the window's cameras. */
typedef enum {
  YZ_RACK_MAIN, /* looks down on the mat */
  YZ_RACK_SIDE, /* a second one, for ID cards and portraits */
} YzRackRole;
#define YZ_RACK_ROLES 2

/*
 * The cameras of one window. Which camera serves as the main one and which on the side is
 * remembered by its id; both are open at once, one of them is in hand: it is shown and it shoots. A
 * camera that is plugged in again, wherever, goes on in its role.
 *
 * Signals:
 *   "camera"   another camera is in hand, or none any more
 *   "changed"  what is plugged in, or which camera has which role
 */
#define YZ_TYPE_CAMERA_RACK (yz_camera_rack_get_type ())
G_DECLARE_FINAL_TYPE (YzCameraRack, yz_camera_rack, YZ, CAMERA_RACK, GObject)

/**
 * yz_camera_rack_new:
 * @main_address: (nullable): serves as the main camera, whatever is remembered
 * @alone: no other camera is looked for: practice stays within its script
 */
YzCameraRack *yz_camera_rack_new (const char *main_address, gboolean alone);

YzCameraHost *yz_camera_rack_get_camera (YzCameraRack *self); /* (nullable) the one in hand */
const char *yz_camera_rack_get_id (YzCameraRack *self);       /* (nullable) of the one in hand */
/* (nullable) the id of the camera in this role */
const char *yz_camera_rack_get_role (YzCameraRack *self, YzRackRole role);
/* (nullable) the model of the camera in this role, once it was open */
const char *yz_camera_rack_get_model (YzCameraRack *self, YzRackRole role);
YzRackRole yz_camera_rack_get_hand (YzCameraRack *self);
gboolean yz_camera_rack_has_two (YzCameraRack *self);
YzCameraList *yz_camera_rack_get_list (YzCameraRack *self); /* (nullable) when alone */

/* Takes the other camera in hand; FALSE when there is only one. */
gboolean yz_camera_rack_switch (YzCameraRack *self);
/* Gives the role to the listed camera and remembers it; NULL: to none. A camera has one role. */
void yz_camera_rack_assign (YzCameraRack *self, YzRackRole role, const char *id);
/* Looks again, and tries a lost camera at once. The answer is "camera". */
void yz_camera_rack_look (YzCameraRack *self);
/* Ends the helpers; idempotent. */
void yz_camera_rack_close (YzCameraRack *self);

G_END_DECLS
