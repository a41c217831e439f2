/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-line.h"

#include "capture/capture-error.h"

#define CONTROL_TYPE "(usssbasddd)"
#define CONTROLS_TYPE ("a" CONTROL_TYPE)

/* A GVariant string must be UTF-8; what a device says need not be. */
static void
add_text (GVariantBuilder *details, const char *name, const char *text)
{
  if (text != NULL)
    g_variant_builder_add (details, "{sv}", name,
                           g_variant_new_take_string (g_utf8_make_valid (text, -1)));
}

GVariant *
yz_camera_line_pack_one (const char *name, GVariant *value)
{
  GVariantDict details;

  g_variant_dict_init (&details, NULL);
  if (value != NULL)
    g_variant_dict_insert_value (&details, name, value);
  return g_variant_dict_end (&details);
}

GVariant *
yz_camera_line_pack_shot (const YzShot *shot, const char *resume)
{
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  add_text (&details, "media-type", shot->frame->media_type);
  add_text (&details, "name", shot->frame->name);
  add_text (&details, "device", shot->frame->device);
  add_text (&details, "key", shot->key);
  add_text (&details, "resume", resume);
  g_variant_builder_add (&details, "{sv}", "shot-at", g_variant_new_int64 (shot->frame->shot_at));
  return g_variant_builder_end (&details);
}

YzShot *
yz_camera_line_unpack_shot (const YzHelperMessage *message, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzFrame) frame = NULL;
  const char *media_type = NULL;
  const char *name = NULL;
  const char *device = NULL;
  const char *key = NULL;
  gint64 shot_at = 0;

  if (message->fd < 0 || !g_variant_lookup (message->details, "media-type", "&s", &media_type) ||
      !g_variant_lookup (message->details, "device", "&s", &device) ||
      !g_variant_lookup (message->details, "shot-at", "x", &shot_at)) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         "a picture came incompletely");
    return NULL;
  }
  g_variant_lookup (message->details, "name", "&s", &name);
  g_variant_lookup (message->details, "key", "&s", &key);
  bytes = yz_helper_map_bytes (message->fd, YZ_CAMERA_ORIGINAL_MAX, error);
  if (bytes == NULL)
    return NULL;
  frame = yz_frame_new (bytes, media_type, name, device, shot_at);
  return yz_shot_new (frame, key);
}

GVariant *
yz_camera_line_pack_controls (GPtrArray *controls)
{
  GVariantBuilder packed;

  g_variant_builder_init (&packed, G_VARIANT_TYPE (CONTROLS_TYPE));
  for (guint i = 0; i < controls->len; i++) {
    const YzControl *control = controls->pdata[i];
    const char *const none[] = { NULL };

    g_variant_builder_add (
        &packed, "(usssb@asddd)", (guint32) control->kind, control->name, control->label,
        control->value, control->writable,
        g_variant_new_strv (
            control->choices != NULL ? (const char *const *) control->choices : none, -1),
        control->minimum, control->maximum, control->step);
  }
  return g_variant_builder_end (&packed);
}

GPtrArray *
yz_camera_line_unpack_controls (GVariant *packed, GError **error)
{
  g_autoptr (GPtrArray) controls =
      g_ptr_array_new_with_free_func ((GDestroyNotify) yz_control_free);
  GVariantIter iter;
  YzControl control = { 0 };
  guint32 kind = 0;

  if (!g_variant_is_of_type (packed, G_VARIANT_TYPE (CONTROLS_TYPE))) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         "the settings came in an unknown form");
    return NULL;
  }
  g_variant_iter_init (&iter, packed);
  while (g_variant_iter_next (&iter, "(usssb^asddd)", &kind, &control.name, &control.label,
                              &control.value, &control.writable, &control.choices, &control.minimum,
                              &control.maximum, &control.step)) {
    control.kind = MIN (kind, YZ_CONTROL_STRING);
    g_ptr_array_add (controls, g_memdup2 (&control, sizeof control));
  }
  return g_steal_pointer (&controls);
}
