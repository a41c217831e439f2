/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/gphoto-camera-bus.h"

#include "capture/capture-error.h"
#include "capture/usb-place.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define NETWORK_MODEL "PTP/IP Camera"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CameraList, gp_list_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GPPortInfoList, gp_port_info_list_free)

/* Loading takes some 100 ms and is not safe for threads. */
static CameraAbilitiesList *
get_drivers (void)
{
  static gsize drivers = 0;

  if (g_once_init_enter (&drivers)) {
    CameraAbilitiesList *list = NULL;

    gp_abilities_list_new (&list);
    gp_abilities_list_load (list, NULL);
    g_once_init_leave (&drivers, (gsize) list);
  }
  return (CameraAbilitiesList *) drivers;
}

/* Ports are numbered anew with every plugging in: always a fresh list. */
static GPPortInfoList *
load_ports (void)
{
  GPPortInfoList *ports = NULL;

  gp_port_info_list_new (&ports);
  gp_port_info_list_load (ports);
  return ports;
}

static gboolean
set_driver (Camera *camera, const char *model)
{
  CameraAbilities abilities;
  int index = gp_abilities_list_lookup_model (get_drivers (), model);

  return index >= GP_OK &&
         gp_abilities_list_get_abilities (get_drivers (), index, &abilities) >= GP_OK &&
         gp_camera_set_abilities (camera, abilities) >= GP_OK;
}

static gboolean
set_port (Camera *camera, const char *path)
{
  g_autoptr (GPPortInfoList) ports = load_ports ();
  GPPortInfo port;
  int index = gp_port_info_list_lookup_path (ports, path);

  return index >= GP_OK && gp_port_info_list_get_info (ports, index, &port) >= GP_OK &&
         gp_camera_set_port_info (camera, port) >= GP_OK;
}

static CameraList *
detect (void)
{
  g_autoptr (GPPortInfoList) ports = load_ports ();
  CameraList *found = NULL;

  gp_list_new (&found);
  gp_abilities_list_detect (get_drivers (), ports, found, NULL);
  return found;
}

/* The library takes IPv4 numbers only. */
static char *
resolve_network (const char *address, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (address, ":", -1);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autofree char *number = NULL;
  GList *found = NULL;

  if (g_strv_length (parts) != 4) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("“%s” is not an address such as ptpip:HOST:PORT:EVENTPORT."), address);
    return NULL;
  }
  found = g_resolver_lookup_by_name_with_flags (resolver, parts[1],
                                                G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY, NULL, NULL);
  if (found == NULL) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("The network knows no camera “%s”."), parts[1]);
    return NULL;
  }
  number = g_inet_address_to_string (found->data);
  g_resolver_free_addresses (found);
  return g_strdup_printf ("ptpip:%s:%s:%s", number, parts[2], parts[3]);
}

static gboolean
attach_network (Camera *camera, const char *address, GError **error)
{
  g_autofree char *path = resolve_network (address, error);

  if (path == NULL)
    return FALSE;
  if (set_driver (camera, NETWORK_MODEL) && set_port (camera, path))
    return TRUE;
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                       _ ("libgphoto2 was installed without network cameras."));
  return FALSE;
}

static int
find_port (CameraList *found, const char *address)
{
  for (int i = 0; i < gp_list_count (found); i++) {
    const char *path = NULL;

    if (gp_list_get_value (found, i, &path) >= GP_OK && g_strcmp0 (path, address) == 0)
      return i;
  }
  return -1;
}

/* The only camera of a model: with two alike nobody can say which one is meant. */
static int
find_model (CameraList *found, const char *model)
{
  int index = -1;

  for (int i = 0; i < gp_list_count (found); i++) {
    const char *name = NULL;

    if (gp_list_get_name (found, i, &name) < GP_OK ||
        (strstr (name, model) == NULL && strstr (model, name) == NULL))
      continue;
    if (index >= 0)
      return -1;
    index = i;
  }
  return index;
}

static gboolean
attach_cable (Camera *camera, const char *address, const char *model, GError **error)
{
  g_autoptr (CameraList) found = detect ();
  int index = find_port (found, address);
  const char *name = NULL;
  const char *path = NULL;

  if (index < 0 && model != NULL)
    index = find_model (found, model);
  if (index >= 0 && gp_list_get_name (found, index, &name) >= GP_OK &&
      gp_list_get_value (found, index, &path) >= GP_OK && set_driver (camera, name) &&
      set_port (camera, path))
    return TRUE;
  if (model != NULL)
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST,
                         _ ("The camera is gone; plug it in again."));
  else
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("There is no camera at “%s”."), address);
  return FALSE;
}

gboolean
yz_gphoto_bus_attach (Camera *camera, const char *address, const char *model, GError **error)
{
  if (g_str_has_prefix (address, "ptpip:"))
    return attach_network (camera, address, error);
  return attach_cable (camera, address, model, error);
}

/* The folder of the system that describes the device at this address. */
static char *
find_folder (const char *address)
{
  guint bus = 0;
  guint device = 0;

  if (sscanf (address, "usb:%u,%u", &bus, &device) != 2) /* NOLINT(cert-err34-c) */
    return NULL;
  return yz_usb_place_find (bus, device);
}

static char *
name_socket (const char *address)
{
  g_autofree char *folder = find_folder (address);
  g_autofree char *name = folder != NULL ? g_path_get_basename (folder) : NULL;

  return name != NULL ? g_strconcat ("usb-", name, NULL) : g_strdup (address);
}

char *
yz_gphoto_bus_find_id (const char *address)
{
  g_autofree char *folder = find_folder (address);
  g_autofree char *serial = folder != NULL ? yz_usb_place_read (folder, "serial") : NULL;

  return serial != NULL ? g_steal_pointer (&serial) : name_socket (address);
}

static char *
name_place (const YzCameraInfo *info)
{
  return name_socket (info->address);
}

void
yz_gphoto_bus_list (GPtrArray *infos)
{
  g_autoptr (CameraList) found = detect ();

  for (int i = 0; i < gp_list_count (found); i++) {
    g_autofree char *id = NULL;
    const char *name = NULL;
    const char *path = NULL;

    if (gp_list_get_name (found, i, &name) < GP_OK || gp_list_get_value (found, i, &path) < GP_OK)
      continue;
    id = yz_gphoto_bus_find_id (path);
    g_ptr_array_add (infos, yz_camera_info_new (path, name, id, "gphoto", YZ_CAMERA_ROLE_MAIN,
                                                YZ_CAMERA_CAN_PREVIEW | YZ_CAMERA_CAN_CONTROLS |
                                                    YZ_CAMERA_CAN_DELETE | YZ_CAMERA_HAS_BUTTON));
  }
  yz_camera_info_tell_apart (infos, name_place);
}
