/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-info.h"

#include "capture/capture-error.h"

static const char *const ROLES[] = { "main", "side", "flatbed", "feeder" };
static const char *const ABILITIES[] = { "preview", "modes", "controls", "delete", "button" };

YzCameraInfo *
yz_camera_info_new (const char *address,
                    const char *model,
                    const char *id,
                    const char *backend,
                    YzCameraRole role,
                    YzCameraAbilities abilities)
{
  YzCameraInfo *self = g_new0 (YzCameraInfo, 1);

  self->address = g_utf8_make_valid (address, -1);
  self->model = g_utf8_make_valid (model, -1);
  self->id = g_utf8_make_valid (id, -1);
  self->backend = g_strdup (backend);
  self->role = role;
  self->abilities = abilities;
  return self;
}

YzCameraInfo *
yz_camera_info_copy (const YzCameraInfo *self)
{
  return yz_camera_info_new (self->address, self->model, self->id, self->backend, self->role,
                             self->abilities);
}

void
yz_camera_info_free (YzCameraInfo *self)
{
  g_free (self->address);
  g_free (self->model);
  g_free (self->id);
  g_free (self->backend);
  g_free (self);
}

static gboolean
is_unique (GPtrArray *infos, const YzCameraInfo *info)
{
  for (guint i = 0; i < infos->len; i++) {
    const YzCameraInfo *other = infos->pdata[i];

    if (other != info && g_str_equal (other->id, info->id))
      return FALSE;
  }
  return TRUE;
}

/* Where even the place is one: by the order in which they are listed. */
static void
number_doubles (GPtrArray *infos)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < infos->len; i++) {
    YzCameraInfo *info = infos->pdata[i];
    g_autofree char *plain = info->id;

    info->id = g_strdup (plain);
    for (int number = 2; g_hash_table_contains (seen, info->id); number++) {
      g_free (info->id);
      info->id = g_strdup_printf ("%s#%d", plain, number);
    }
    g_hash_table_add (seen, info->id);
  }
}

void
yz_camera_info_tell_apart (GPtrArray *infos, char *(*name_place) (const YzCameraInfo *info))
{
  g_autoptr (GPtrArray) doubtful = g_ptr_array_new ();

  for (guint i = 0; i < infos->len; i++)
    if (!is_unique (infos, infos->pdata[i]))
      g_ptr_array_add (doubtful, infos->pdata[i]);
  for (guint i = 0; i < doubtful->len; i++) {
    YzCameraInfo *info = doubtful->pdata[i];
    g_autofree char *place = name_place (info);

    g_free (info->id);
    info->id = g_utf8_make_valid (place, -1);
  }
  number_doubles (infos);
}

GVariant *
yz_camera_info_pack (const YzCameraInfo *self)
{
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&details, "{sv}", "address", g_variant_new_string (self->address));
  g_variant_builder_add (&details, "{sv}", "model", g_variant_new_string (self->model));
  g_variant_builder_add (&details, "{sv}", "id", g_variant_new_string (self->id));
  g_variant_builder_add (&details, "{sv}", "backend", g_variant_new_string (self->backend));
  g_variant_builder_add (&details, "{sv}", "role", g_variant_new_uint32 (self->role));
  g_variant_builder_add (&details, "{sv}", "abilities", g_variant_new_uint32 (self->abilities));
  return g_variant_builder_end (&details);
}

YzCameraInfo *
yz_camera_info_unpack (GVariant *details, GError **error)
{
  const char *address = NULL;
  const char *model = NULL;
  const char *id = NULL;
  const char *backend = NULL;
  guint32 role = 0;
  guint32 abilities = 0;

  if (g_variant_lookup (details, "address", "&s", &address) &&
      g_variant_lookup (details, "model", "&s", &model) &&
      g_variant_lookup (details, "id", "&s", &id) &&
      g_variant_lookup (details, "backend", "&s", &backend) &&
      g_variant_lookup (details, "role", "u", &role) && role < G_N_ELEMENTS (ROLES) &&
      g_variant_lookup (details, "abilities", "u", &abilities) &&
      abilities < 1U << G_N_ELEMENTS (ABILITIES))
    return yz_camera_info_new (address, model, id, backend, role, abilities);
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                       "a camera was described incompletely");
  return NULL;
}

char *
yz_camera_info_print (const YzCameraInfo *self)
{
  g_autoptr (GString) abilities = g_string_new (NULL);
  g_autofree char *address = g_strescape (self->address, NULL);
  g_autofree char *id = g_strescape (self->id, NULL);
  g_autofree char *model = g_strescape (self->model, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ABILITIES); i++)
    if ((self->abilities & (1U << i)) != 0)
      g_string_append_printf (abilities, "%s%s", abilities->len > 0 ? "," : "", ABILITIES[i]);
  return g_strdup_printf ("%s\t%s\t%s\t%s\t%s\t%s", address, id, self->backend, ROLES[self->role],
                          abilities->str, model);
}
