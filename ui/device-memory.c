/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-device-memory"

#include "ui/device-memory.h"

#include "capture/camera-settings.h"

#include <string.h>

#define MODE "mode"
#define CONTROL "control "

static char *
make_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "yizhan", "devices.ini", NULL);
}

static GKeyFile *
load (void)
{
  GKeyFile *file = g_key_file_new ();
  g_autofree char *path = make_path ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

static void
store (GKeyFile *file)
{
  g_autofree char *path = make_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_key_file_save_to_file (file, path, &error))
    g_debug ("%s is not written: %s", path, error != NULL ? error->message : "no folder");
}

/* Names of groups may hold neither brackets nor odd characters. */
static char *
make_group (const char *id)
{
  return g_uri_escape_string (id, "/:. ", FALSE);
}

static char *
make_key (const char *name)
{
  g_autofree char *escaped = name != NULL ? g_uri_escape_string (name, NULL, FALSE) : NULL;

  return escaped != NULL ? g_strconcat (CONTROL, escaped, NULL) : g_strdup (MODE);
}

void
yz_device_memory_keep (const char *id, const char *name, const char *value)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *group = make_group (id);
  g_autofree char *key = make_key (name);

  g_key_file_set_string (file, group, key, value);
  store (file);
}

void
yz_device_memory_apply (const char *id, YzCameraHost *camera)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *group = make_group (id);
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  /* In the order in which they were set: an automatic may have to go before what it rules. */
  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++) {
    g_autofree char *value = g_key_file_get_string (file, group, keys[i], NULL);
    g_autofree char *name = g_str_has_prefix (keys[i], CONTROL)
                                ? g_uri_unescape_string (keys[i] + strlen (CONTROL), NULL)
                                : NULL;

    if (value != NULL && name != NULL)
      yz_camera_host_set_control_async (camera, name, value, NULL, NULL, NULL);
    else if (value != NULL && g_str_equal (keys[i], MODE))
      yz_camera_host_set_mode_async (camera, value, NULL, NULL, NULL);
  }
}

void
yz_device_memory_forget (const char *id)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *group = make_group (id);

  if (g_key_file_remove_group (file, group, NULL))
    store (file);
}

gboolean
yz_device_memory_knows (const char *id)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *group = make_group (id);

  return g_key_file_has_group (file, group);
}
