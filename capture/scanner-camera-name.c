/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/scanner-camera-name.h"

#include "capture/usb-place.h"

#include <stdio.h>
#include <string.h>

#define ON_BUS ":libusb:"

/* The folder of the scanner in the system; NULL when the name is of another kind. */
static char *
find_folder (const char *device, char **out_backend)
{
  const char *numbers = strstr (device, ON_BUS);
  guint bus = 0;
  guint number = 0;

  if (numbers == NULL ||
      sscanf (numbers, ON_BUS "%u:%u", &bus, &number) != 2) /* NOLINT(cert-err34-c) */
    return NULL;
  *out_backend = g_strndup (device, (gsize) (numbers - device));
  return yz_usb_place_find (bus, number);
}

char *
yz_scanner_name_find_id (const char *device)
{
  g_autofree char *backend = NULL;
  g_autofree char *folder = find_folder (device, &backend);
  g_autofree char *vendor = folder != NULL ? yz_usb_place_read (folder, "idVendor") : NULL;
  g_autofree char *product = folder != NULL ? yz_usb_place_read (folder, "idProduct") : NULL;
  g_autofree char *serial = folder != NULL ? yz_usb_place_read (folder, "serial") : NULL;

  if (vendor == NULL || product == NULL)
    return g_strconcat ("scan:", device, NULL);
  return g_strdup_printf ("scan:%s:usb:%s:%s%s%s", backend, vendor, product,
                          serial != NULL ? ":" : "", serial != NULL ? serial : "");
}

char *
yz_scanner_name_find_place (const char *device)
{
  g_autofree char *backend = NULL;
  g_autofree char *folder = find_folder (device, &backend);
  g_autofree char *socket = folder != NULL ? g_path_get_basename (folder) : NULL;

  if (socket == NULL)
    return g_strconcat ("scan:", device, NULL);
  return g_strdup_printf ("scan:%s:usb-%s", backend, socket);
}
