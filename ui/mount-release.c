/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/mount-release.h"

#include <stdio.h>
#include <string.h>

#define SCHEME "gphoto2://"

gboolean
yz_mount_release_matches (const char *address, const char *root_uri, const char *unix_device)
{
  g_autofree char *root = root_uri != NULL ? g_uri_unescape_string (root_uri, NULL) : NULL;
  g_autofree char *bracketed = g_strdup_printf (SCHEME "[%s]", address);
  guint bus = 0;
  guint device = 0;
  guint other_bus = 0;
  guint other_device = 0;

  if (sscanf (address, "usb:%u,%u", &bus, &device) != 2) /* NOLINT(cert-err34-c) */
    return FALSE;
  if (unix_device != NULL && sscanf (unix_device, "/dev/bus/usb/%u/%u", /* NOLINT(cert-err34-c) */
                                     &other_bus, &other_device) == 2)
    return bus == other_bus && device == other_device;
  return root != NULL && g_str_has_prefix (root, bracketed);
}

static gboolean
holds (GMount *mount, const char *address)
{
  g_autoptr (GFile) root = g_mount_get_root (mount);
  g_autoptr (GVolume) volume = g_mount_get_volume (mount);
  g_autofree char *uri = g_file_get_uri (root);
  g_autofree char *device =
      volume != NULL ? g_volume_get_identifier (volume, G_VOLUME_IDENTIFIER_KIND_UNIX_DEVICE)
                     : NULL;

  return yz_mount_release_matches (address, uri, device);
}

GMount *
yz_mount_release_find (const char *address)
{
  g_autoptr (GVolumeMonitor) monitor = g_volume_monitor_get ();
  GList *mounts = g_volume_monitor_get_mounts (monitor);
  GMount *found = NULL;

  for (GList *item = mounts; item != NULL && found == NULL; item = item->next)
    if (holds (item->data, address))
      found = g_object_ref (item->data);
  g_list_free_full (mounts, g_object_unref);
  return found;
}

void
yz_mount_release_async (GMount *mount, GAsyncReadyCallback callback, gpointer user_data)
{
  g_mount_unmount_with_operation (mount, G_MOUNT_UNMOUNT_NONE, NULL, NULL, callback, user_data);
}

gboolean
yz_mount_release_finish (GMount *mount, GAsyncResult *result, GError **error)
{
  return g_mount_unmount_with_operation_finish (mount, result, error);
}
