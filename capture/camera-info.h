/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a device is on the desk. */
typedef enum {
  YZ_CAMERA_ROLE_MAIN,    /* looks down on the mat */
  YZ_CAMERA_ROLE_SIDE,    /* a second head, for cards and portraits */
  YZ_CAMERA_ROLE_FLATBED, /* a scanner's glass */
  YZ_CAMERA_ROLE_FEEDER,  /* a scanner that draws sheets in */
} YzCameraRole;

typedef enum {
  YZ_CAMERA_CAN_PREVIEW = 1 << 0,
  YZ_CAMERA_CAN_MODES = 1 << 1,
  YZ_CAMERA_CAN_CONTROLS = 1 << 2,
  YZ_CAMERA_CAN_DELETE = 1 << 3, /* its copy goes after our durable save */
  YZ_CAMERA_HAS_BUTTON = 1 << 4, /* a button on the device takes a picture */
} YzCameraAbilities;

/*
 * One camera as it presents itself. Its address says where it is plugged in now and changes with
 * the port; its id (serial number, else the place in the machine) is what to remember it by.
 */
typedef struct {
  char *address;
  char *model;
  char *id;
  char *backend; /* "gphoto", "folder", "virtual", "video", "scanner" */
  YzCameraRole role;
  YzCameraAbilities abilities;
} YzCameraInfo;

/* Strings are copied. */
YzCameraInfo *yz_camera_info_new (const char *address,
                                  const char *model,
                                  const char *id,
                                  const char *backend,
                                  YzCameraRole role,
                                  YzCameraAbilities abilities);
YzCameraInfo *yz_camera_info_copy (const YzCameraInfo *self);
void yz_camera_info_free (YzCameraInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzCameraInfo, yz_camera_info_free)

/**
 * yz_camera_info_tell_apart:
 * @infos: (element-type YzCameraInfo)
 * @name_place: gives the place in the machine, (transfer full)
 *
 * Whole series of devices call themselves by one serial number: those that share their id get their
 * place for one, and what shares even that is numbered. Afterwards every id is there once.
 */
void yz_camera_info_tell_apart (GPtrArray *infos, char *(*name_place) (const YzCameraInfo *info));
/**
 * yz_camera_info_pack:
 *
 * Returns: (transfer floating): an a{sv} for the line between helper and desk
 */
GVariant *yz_camera_info_pack (const YzCameraInfo *self);
/**
 * yz_camera_info_unpack:
 * @details: from the other side, untrusted
 * @error: PROTOCOL when a part is missing or of an unknown kind
 *
 * Returns: (transfer full): the camera
 */
YzCameraInfo *yz_camera_info_unpack (GVariant *details, GError **error);
/**
 * yz_camera_info_print:
 *
 * Returns: (transfer full): one line, tab-separated, without the newline: address, id, backend,
 * role, abilities, model; a tab or other odd character within is escaped as in C
 */
char *yz_camera_info_print (const YzCameraInfo *self);

G_END_DECLS
