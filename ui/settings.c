/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-settings"
#define G_SETTINGS_ENABLE_BACKEND

#include "ui/settings.h"

#include <gio/gsettingsbackend.h>

#define SCHEMA "cn.yizhan.Yizhan"

static GSettings *settings = NULL;

/* Where no settings service is installed GLib would remember nothing: a file of our own then. */
static GSettingsBackend *
choose_backend (void)
{
  GSettingsBackend *backend = g_settings_backend_get_default ();
  g_autofree char *path = NULL;

  if (g_getenv ("GSETTINGS_BACKEND") != NULL ||
      g_strcmp0 (G_OBJECT_TYPE_NAME (backend), "GMemorySettingsBackend") != 0)
    return backend;
  g_object_unref (backend);
  path = g_build_filename (g_get_user_config_dir (), "yizhan", "settings.ini", NULL);
  return g_keyfile_settings_backend_new (path, "/cn/yizhan/Yizhan/", "settings");
}

void
yz_settings_start (const char *schemadir)
{
  GSettingsSchemaSource *known = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsBackend) backend = NULL;

  if (settings != NULL)
    return;
  if (known != NULL)
    schema = g_settings_schema_source_lookup (known, SCHEMA, TRUE);
  if (schema == NULL && schemadir != NULL) {
    g_autoptr (GSettingsSchemaSource) own =
        g_settings_schema_source_new_from_directory (schemadir, known, TRUE, NULL);

    schema = own != NULL ? g_settings_schema_source_lookup (own, SCHEMA, FALSE) : NULL;
  }
  if (schema == NULL) {
    g_debug ("no schema %s: settings have their built-in values", SCHEMA);
    return;
  }
  backend = choose_backend ();
  settings = g_settings_new_full (schema, backend, NULL);
}

GSettings *
yz_settings_get (void)
{
  return settings;
}

char *
yz_settings_get_camera (void)
{
  return settings != NULL ? g_settings_get_string (settings, "camera") : g_strdup ("");
}

guint
yz_settings_get_idle_minutes (void)
{
  return settings != NULL ? g_settings_get_uint (settings, "idle-minutes") : 15;
}

YzReceiptSetting
yz_settings_get_receipt (void)
{
  return settings != NULL ? (YzReceiptSetting) g_settings_get_enum (settings, "receipt")
                          : YZ_RECEIPT_PDF;
}

gboolean
yz_settings_get_auto_capture (void)
{
  return settings != NULL && g_settings_get_boolean (settings, "auto-capture");
}

void
yz_settings_set_auto_capture (gboolean on)
{
  if (settings != NULL)
    g_settings_set_boolean (settings, "auto-capture", on);
}

char *
yz_settings_get_last_login (void)
{
  return settings != NULL ? g_settings_get_string (settings, "last-login") : g_strdup ("");
}

void
yz_settings_set_last_login (const char *login)
{
  if (settings != NULL)
    g_settings_set_string (settings, "last-login", login);
}

static char *
make_key (const char *location, const char *login)
{
  return g_strdup_printf ("%s %s", login, location);
}

char *
yz_settings_get_last_case (const char *location, const char *login)
{
  g_autofree char *key = make_key (location, login);
  g_autoptr (GVariant) cases = NULL;
  char *number = NULL;

  if (settings == NULL)
    return NULL;
  cases = g_settings_get_value (settings, "last-cases");
  return g_variant_lookup (cases, key, "s", &number) ? number : NULL;
}

void
yz_settings_set_last_case (const char *location, const char *login, const char *number)
{
  g_autofree char *key = make_key (location, login);
  g_autoptr (GVariant) cases = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *known = NULL, *value = NULL;

  if (settings == NULL)
    return;
  cases = g_settings_get_value (settings, "last-cases");
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, cases);
  while (g_variant_iter_next (&iter, "{&s&s}", &known, &value)) {
    if (g_strcmp0 (known, key) != 0)
      g_variant_builder_add (&builder, "{ss}", known, value);
  }
  if (number != NULL)
    g_variant_builder_add (&builder, "{ss}", key, number);
  g_settings_set_value (settings, "last-cases", g_variant_builder_end (&builder));
  g_settings_sync ();
}
