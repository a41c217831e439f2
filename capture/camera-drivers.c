/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-drivers.h"

#include "capture/capture-error.h"
#include "capture/folder-camera.h"
#include "capture/gphoto-camera.h"
#include "capture/scanner-camera.h"
#include "capture/video-camera-devices.h"
#include "capture/video-camera.h"
#include "capture/virtual-camera.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  const char *prefix;
  YzCamera *(*make) (const char *rest);
  gboolean whole; /* the driver wants the prefix too */
} DRIVERS[] = {
  { "ptpip:", yz_gphoto_camera_new, TRUE },   { "usb:", yz_gphoto_camera_new, TRUE },
  { "folder:", yz_folder_camera_new, FALSE }, { "video:", yz_video_camera_new, FALSE },
  { "scan:", yz_scanner_camera_new, FALSE },  { "virtual:", yz_virtual_camera_new, FALSE },
};

YzCamera *
yz_camera_drivers_make (const char *address, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (DRIVERS); i++) {
    gsize length = strlen (DRIVERS[i].prefix);

    if (g_str_has_prefix (address, DRIVERS[i].prefix) && address[length] != '\0')
      return DRIVERS[i].make (DRIVERS[i].whole ? address : address + length);
  }
  g_set_error (
      error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
      _ ("“%s” is not the address of a camera; they begin with ptpip:, usb:, video:, scan:, "
         "folder: or virtual:."),
      address);
  return NULL;
}

void
yz_camera_drivers_list (YzDrivers drivers,
                        void (*found) (const YzCameraInfo *info, gpointer data),
                        gpointer data)
{
  /* The slowest comes last. */
  static const struct {
    YzDrivers kind;
    void (*list) (GPtrArray *infos);
  } LISTS[] = {
    { YZ_DRIVERS_VIDEO, yz_video_devices_list },
    { YZ_DRIVERS_USB, yz_gphoto_camera_list },
    { YZ_DRIVERS_SCANNERS, yz_scanner_camera_list },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (LISTS); i++) {
    g_autoptr (GPtrArray) infos =
        g_ptr_array_new_with_free_func ((GDestroyNotify) yz_camera_info_free);

    if ((drivers & LISTS[i].kind) != 0)
      LISTS[i].list (infos);
    for (guint k = 0; k < infos->len; k++)
      found (infos->pdata[k], data);
  }
}
