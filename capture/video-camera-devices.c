/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/video-camera-devices.h"

#include "capture/usb-place.h"
#include "capture/video-camera-button.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CLASS "/sys/class/video4linux"

char *
yz_video_devices_find_place (const char *node)
{
  g_autofree char *link = g_build_filename (CLASS, node, "device", NULL);
  char *place = realpath (link, NULL);
  char *own = g_strdup (place);

  free (place);
  return own;
}

/* Metadata nodes and encoders look like cameras by their name alone. */
static gboolean
gives_pictures (const char *device, struct v4l2_capability *out_capability)
{
  int fd = open (device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  gboolean gives = FALSE;

  if (fd < 0)
    return FALSE;
  if (ioctl (fd, VIDIOC_QUERYCAP, out_capability) == 0) {
    guint32 can = (out_capability->capabilities & V4L2_CAP_DEVICE_CAPS) != 0
                      ? out_capability->device_caps
                      : out_capability->capabilities;

    gives = (can & V4L2_CAP_VIDEO_CAPTURE) != 0 && (can & V4L2_CAP_STREAMING) != 0;
  }
  close (fd);
  return gives;
}

char *
yz_video_devices_find_whole (const char *place)
{
  g_autofree char *name = g_path_get_basename (place);

  return strchr (name, ':') != NULL ? g_path_get_dirname (place) : g_strdup (place);
}

/* The serial number, else the socket; then which interface and which node of the device this is. */
static char *
make_id (const char *node, gboolean by_socket)
{
  g_autofree char *place = yz_video_devices_find_place (node);
  g_autofree char *folder = g_build_filename (CLASS, node, NULL);
  g_autofree char *index = yz_usb_place_read (folder, "index");
  g_autofree char *device = place != NULL ? yz_video_devices_find_whole (place) : g_strdup (node);
  g_autofree char *serial = by_socket ? NULL : yz_usb_place_read (device, "serial");
  g_autofree char *socket = g_path_get_basename (device);
  const char *interface = place != NULL ? strrchr (place, ':') : NULL;

  return g_strdup_printf ("%s%s/%s", serial != NULL ? serial : socket,
                          interface != NULL ? interface : "", index != NULL ? index : "0");
}

YzCameraInfo *
yz_video_devices_describe (const char *device)
{
  g_autofree char *node = g_path_get_basename (device);
  g_autofree char *address = g_strconcat ("video:", device, NULL);
  g_autofree char *id = NULL;
  struct v4l2_capability capability = { 0 };
  char card[sizeof capability.card + 1] = { 0 };
  YzCameraAbilities can = YZ_CAMERA_CAN_PREVIEW | YZ_CAMERA_CAN_MODES | YZ_CAMERA_CAN_CONTROLS;

  if (!gives_pictures (device, &capability))
    return NULL;
  memcpy (card, capability.card, sizeof capability.card);
  id = make_id (node, FALSE);
  if (yz_video_button_exists (device))
    can |= YZ_CAMERA_HAS_BUTTON;
  return yz_camera_info_new (address, *card != '\0' ? card : node, id, "video", YZ_CAMERA_ROLE_MAIN,
                             can);
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  return strverscmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_nodes (void)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) class = g_dir_open (CLASS, 0, NULL);
  const char *name = NULL;

  while (class != NULL && (name = g_dir_read_name (class)) != NULL)
    if (g_str_has_prefix (name, "video"))
      g_ptr_array_add (nodes, g_strdup (name));
  g_ptr_array_sort (nodes, compare_nodes);
  return nodes;
}

static char *
name_place (const YzCameraInfo *info)
{
  g_autofree char *node = g_path_get_basename (info->address);

  return make_id (node, TRUE);
}

void
yz_video_devices_list (GPtrArray *infos)
{
  g_autoptr (GPtrArray) nodes = list_nodes ();
  g_autoptr (GHashTable) wholes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < nodes->len; i++) {
    g_autofree char *device = g_build_filename ("/dev", nodes->pdata[i], NULL);
    YzCameraInfo *info = yz_video_devices_describe (device);
    g_autofree char *place = info != NULL ? yz_video_devices_find_place (nodes->pdata[i]) : NULL;

    if (info == NULL)
      continue;
    if (place != NULL && !g_hash_table_add (wholes, yz_video_devices_find_whole (place)))
      info->role = YZ_CAMERA_ROLE_SIDE;
    g_ptr_array_add (infos, info);
  }
  yz_camera_info_tell_apart (infos, name_place);
}
