/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-video-button"

#include "capture/video-camera-button.h"

#include "capture/video-camera-devices.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CLASS "/sys/class/input"
#define BITS_PER_BYTE 8

struct _YzVideoButton {
  int keys;
  int head;
};

static gboolean
has_camera_key (int fd)
{
  guint8 keys[KEY_CNT / BITS_PER_BYTE] = { 0 };

  return ioctl (fd, EVIOCGBIT (EV_KEY, sizeof keys), keys) >= 0 &&
         (keys[KEY_CAMERA / BITS_PER_BYTE] & 1U << KEY_CAMERA % BITS_PER_BYTE) != 0;
}

/* Whether a keyboard hangs on the interface of the device that has the place @place. */
static gboolean
hangs_on (const char *node, const char *place)
{
  g_autofree char *link = g_build_filename (CLASS, node, "device", NULL);
  char *own = realpath (link, NULL);
  gboolean hangs = own != NULL && g_str_has_prefix (own, place) && own[strlen (place)] == '/';

  free (own);
  return hangs;
}

/* The keyboard that hangs on @place and has the camera key, open; -1: there is none. */
static int
open_keys (const char *place)
{
  g_autoptr (GDir) class = g_dir_open (CLASS, 0, NULL);
  const char *name = NULL;

  while (class != NULL && (name = g_dir_read_name (class)) != NULL) {
    g_autofree char *path = g_build_filename ("/dev/input", name, NULL);
    int fd = -1;

    if (!g_str_has_prefix (name, "event") || !hangs_on (name, place))
      continue;
    fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0 && has_camera_key (fd))
      return fd;
    if (fd < 0)
      g_debug ("%s: %s", path, g_strerror (errno));
    else
      close (fd);
  }
  return -1;
}

/* The button belongs to the interface that gives the picture; of a whole device's button, its first
 * head takes care. */
static int
find_keys (const char *device)
{
  g_autofree char *node = g_path_get_basename (device);
  g_autofree char *place = yz_video_devices_find_place (node);
  g_autofree char *whole = place != NULL ? yz_video_devices_find_whole (place) : NULL;
  int fd = place != NULL ? open_keys (place) : -1;

  if (fd < 0 && whole != NULL && g_str_has_suffix (place, ":1.0"))
    fd = open_keys (whole);
  return fd;
}

gboolean
yz_video_button_exists (const char *device)
{
  int fd = find_keys (device);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

YzVideoButton *
yz_video_button_new (const char *device)
{
  int keys = find_keys (device);
  YzVideoButton *self = NULL;

  if (keys < 0)
    return NULL;
  if (ioctl (keys, EVIOCGRAB, 1) != 0)
    g_debug ("the button is heard elsewhere too: %s", g_strerror (errno));
  self = g_new0 (YzVideoButton, 1);
  self->keys = keys;
  self->head = open (device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  return self;
}

void
yz_video_button_free (YzVideoButton *self)
{
  if (self == NULL)
    return;
  close (self->keys);
  if (self->head >= 0)
    close (self->head);
  g_free (self);
}

gboolean
yz_video_button_has_news (YzVideoButton *self)
{
  struct pollfd item = { .fd = self->keys, .events = POLLIN };

  return poll (&item, 1, 0) > 0 && (item.revents & POLLIN) != 0;
}

gboolean
yz_video_button_was_pressed (YzVideoButton *self)
{
  struct input_event event;
  gboolean pressed = FALSE;

  while (read (self->keys, &event, sizeof event) == sizeof event)
    if (event.type == EV_KEY && event.code == KEY_CAMERA && event.value == 1)
      pressed = TRUE;
  return pressed;
}
