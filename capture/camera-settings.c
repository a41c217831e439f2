/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-settings.h"

#include "capture/camera-host-private.h"
#include "capture/camera-line.h"
#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>

/* A question needs a camera that is there; whoever asks too early hears so and waits for READY. */
static void
ask (YzCameraHost *self, const char *verb, GVariant *details, GTask *task)
{
  if (self->link != NULL && !self->link_gone &&
      (self->state == YZ_CAMERA_READY || self->state == YZ_CAMERA_SHOOTING)) {
    yz_camera_questions_put (self->questions, yz_camera_link_send (self->link, verb, details),
                             task);
    return;
  }
  if (details != NULL)
    g_variant_unref (g_variant_ref_sink (details));
  g_task_return_new_error (task, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST,
                           _ ("The camera is not open."));
}

void
yz_camera_host_list_modes_async (YzCameraHost *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  ask (self, "modes", NULL, task);
}

static gboolean
fail_incomplete (GError **error)
{
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                       "the answer came incompletely");
  return FALSE;
}

GStrv
yz_camera_host_list_modes_finish (YzCameraHost *self,
                                  GAsyncResult *result,
                                  char **out_current,
                                  GError **error)
{
  g_autoptr (GVariant) details = g_task_propagate_pointer (G_TASK (result), error);
  GStrv modes = NULL;
  const char *current = NULL;

  if (details == NULL)
    return NULL;
  if (!g_variant_lookup (details, "modes", "^as", &modes)) {
    fail_incomplete (error);
    return NULL;
  }
  if (out_current != NULL) {
    g_variant_lookup (details, "current", "&s", &current);
    *out_current = g_strdup (current);
  }
  return modes;
}

static void
ask_change (YzCameraHost *self, const char *verb, const char *name, const char *value, GTask *task)
{
  GVariantDict details;

  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "name", "s", name);
  if (value != NULL)
    g_variant_dict_insert (&details, "value", "s", value);
  ask (self, verb, g_variant_dict_end (&details), task);
}

void
yz_camera_host_set_mode_async (YzCameraHost *self,
                               const char *mode,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  ask_change (self, "mode", mode, NULL, task);
}

void
yz_camera_host_list_controls_async (YzCameraHost *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  ask (self, "controls", NULL, task);
}

GPtrArray *
yz_camera_host_list_controls_finish (YzCameraHost *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) details = g_task_propagate_pointer (G_TASK (result), error);
  g_autoptr (GVariant) packed = NULL;

  if (details == NULL)
    return NULL;
  packed = g_variant_lookup_value (details, "controls", NULL);
  if (packed != NULL)
    return yz_camera_line_unpack_controls (packed, error);
  fail_incomplete (error);
  return NULL;
}

void
yz_camera_host_set_control_async (YzCameraHost *self,
                                  const char *name,
                                  const char *value,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  ask_change (self, "set", name, value, task);
}

gboolean
yz_camera_host_set_finish (YzCameraHost *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) details = g_task_propagate_pointer (G_TASK (result), error);

  return details != NULL;
}
