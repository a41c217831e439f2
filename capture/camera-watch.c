/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-camera-watch"

#include "capture/camera-watch.h"

#include <gudev/gudev.h>
#include <stdio.h>
#include <string.h>

struct _YzCameraWatch {
  GUdevClient *client;
  const YzCameraWatchListener *listener;
  gpointer owner;
};

/* Image class, still image subclass: every PTP camera says so of itself. */
#define STILL_IMAGE ":0601"

static gboolean
is_whole_usb_device (GUdevDevice *device)
{
  return g_strcmp0 (g_udev_device_get_subsystem (device), "usb") == 0 &&
         g_strcmp0 (g_udev_device_get_devtype (device), "usb_device") == 0;
}

/* A device of which udev's rules say nothing at all may be anything. */
static gboolean
may_be_camera (GUdevDevice *device)
{
  const char *interfaces = g_udev_device_get_property (device, "ID_USB_INTERFACES");

  return g_udev_device_has_property (device, "ID_GPHOTO2") || interfaces == NULL ||
         strstr (interfaces, STILL_IMAGE) != NULL;
}

static gboolean
is_scanner (GUdevDevice *device)
{
  return g_strcmp0 (g_udev_device_get_property (device, "libsane_matched"), "yes") == 0;
}

static char *
make_address (GUdevDevice *device)
{
  const char *file = g_udev_device_get_device_file (device);
  guint bus = 0;
  guint number = 0;

  if (file == NULL)
    return NULL;
  if (!is_whole_usb_device (device))
    return g_strconcat ("video:", file, NULL);
  if (sscanf (file, "/dev/bus/usb/%u/%u", &bus, &number) != 2) /* NOLINT(cert-err34-c) */
    return NULL;
  return g_strdup_printf ("usb:%03u,%03u", bus, number);
}

static void
on_event (GUdevClient *client, const char *action, GUdevDevice *device, gpointer data)
{
  YzCameraWatch *self = data;
  gboolean video = g_strcmp0 (g_udev_device_get_subsystem (device), "video4linux") == 0;
  gboolean removed = g_str_equal (action, "remove");
  g_autofree char *address = NULL;

  if (!video && !is_whole_usb_device (device))
    return;
  g_debug ("%s %s", action, g_udev_device_get_sysfs_path (device));
  if (removed) {
    address = make_address (device);
    if (address != NULL)
      self->listener->vanished (self->owner, address);
  } else if (g_str_equal (action, "add")) {
    if (video)
      self->listener->appeared (self->owner, YZ_CAMERA_LOOK_VIDEO);
    else if (may_be_camera (device))
      self->listener->appeared (self->owner, YZ_CAMERA_LOOK_USB);
    if (!video && is_scanner (device))
      self->listener->appeared (self->owner, YZ_CAMERA_LOOK_SCANNERS);
  }
}

YzCameraWatch *
yz_camera_watch_new (const YzCameraWatchListener *listener, gpointer owner)
{
  static const char *const SUBSYSTEMS[] = { "usb/usb_device", "video4linux", NULL };
  YzCameraWatch *self = g_new0 (YzCameraWatch, 1);

  self->listener = listener;
  self->owner = owner;
  self->client = g_udev_client_new (SUBSYSTEMS);
  g_signal_connect (self->client, "uevent", G_CALLBACK (on_event), self);
  return self;
}

void
yz_camera_watch_free (YzCameraWatch *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_object_unref (self->client);
  g_free (self);
}
