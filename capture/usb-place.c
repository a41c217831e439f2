/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/usb-place.h"

#define ROOT "/sys/bus/usb/devices"

char *
yz_usb_place_read (const char *folder, const char *attribute)
{
  g_autofree char *path = g_build_filename (folder, attribute, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || *g_strstrip (text) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

static gboolean
is_number (const char *folder, const char *attribute, guint wanted)
{
  g_autofree char *text = yz_usb_place_read (folder, attribute);

  return text != NULL && g_ascii_strtoull (text, NULL, 10) == wanted;
}

char *
yz_usb_place_find (guint bus, guint device)
{
  g_autoptr (GDir) devices = g_dir_open (ROOT, 0, NULL);
  const char *name = NULL;

  while (devices != NULL && (name = g_dir_read_name (devices)) != NULL) {
    g_autofree char *folder = g_build_filename (ROOT, name, NULL);

    if (is_number (folder, "busnum", bus) && is_number (folder, "devnum", device))
      return g_steal_pointer (&folder);
  }
  return NULL;
}
