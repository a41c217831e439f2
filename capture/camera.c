/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera.h"

#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  YzCameraInfo *info; /* while open */
  gboolean previewing;
  gboolean broken;
  int running; /* atomic: a call is under way */
} YzCameraPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (YzCamera, yz_camera, G_TYPE_OBJECT)

#define PRIVATE(self) ((YzCameraPrivate *) yz_camera_get_instance_private (self))

YzShot *
yz_shot_new (YzFrame *frame, const char *key)
{
  YzShot *self = g_new0 (YzShot, 1);

  self->frame = yz_frame_ref (frame);
  self->key = g_strdup (key);
  return self;
}

void
yz_shot_free (YzShot *self)
{
  yz_frame_unref (self->frame);
  g_free (self->key);
  g_free (self);
}

YzControl *
yz_control_new (YzControlKind kind, const char *name, const char *label, const char *value)
{
  YzControl *self = g_new0 (YzControl, 1);

  self->kind = kind;
  self->name = g_strdup (name);
  self->label = g_strdup (label);
  self->value = g_strdup (value);
  self->writable = TRUE;
  return self;
}

void
yz_control_free (YzControl *self)
{
  g_free (self->name);
  g_free (self->label);
  g_free (self->value);
  g_strfreev (self->choices);
  g_free (self);
}

static gboolean
refuse (GError **error, YzCaptureError code, const char *sentence)
{
  g_set_error_literal (error, YZ_CAPTURE_ERROR, (int) code, sentence);
  return FALSE;
}

/* The door to every call: one at a time, and only on an open camera that can do it. */
static gboolean
enter (YzCamera *self, gboolean needs_open, gboolean is_able, GError **error)
{
  YzCameraPrivate *own = PRIVATE (self);

  if (!g_atomic_int_compare_and_exchange (&own->running, 0, 1))
    return refuse (error, YZ_CAPTURE_ERROR_BUSY,
                   _ ("The camera is doing something else; try again in a moment."));
  if (needs_open && own->info == NULL) {
    g_atomic_int_set (&own->running, 0);
    return refuse (error, YZ_CAPTURE_ERROR_LOST, _ ("The camera is not open."));
  }
  if (!is_able) {
    g_atomic_int_set (&own->running, 0);
    return refuse (error, YZ_CAPTURE_ERROR_UNSUPPORTED, _ ("This camera cannot do that."));
  }
  return TRUE;
}

static void
leave (YzCamera *self)
{
  g_atomic_int_set (&PRIVATE (self)->running, 0);
}

/* Leaves with what a driver reported; some errors mean that the session is of no more use. */
static void
leave_with (YzCamera *self, const GError *reported, GError **error)
{
  if (g_error_matches (reported, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST) ||
      g_error_matches (reported, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT) ||
      g_error_matches (reported, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL))
    PRIVATE (self)->broken = TRUE;
  if (reported != NULL)
    g_propagate_error (error, g_error_copy (reported));
  leave (self);
}

gboolean
yz_camera_open (YzCamera *self, GCancellable *cancellable, GError **error)
{
  YzCameraPrivate *own = PRIVATE (self);

  if (!enter (self, FALSE, TRUE, error))
    return FALSE;
  own->broken = FALSE;
  if (own->info == NULL)
    own->info = YZ_CAMERA_GET_CLASS (self)->open (self, cancellable, error);
  leave (self);
  return own->info != NULL;
}

void
yz_camera_close (YzCamera *self)
{
  YzCameraPrivate *own = PRIVATE (self);

  if (!enter (self, TRUE, TRUE, NULL))
    return;
  if (own->previewing && YZ_CAMERA_GET_CLASS (self)->stop_preview != NULL)
    YZ_CAMERA_GET_CLASS (self)->stop_preview (self);
  own->previewing = FALSE;
  own->broken = FALSE;
  YZ_CAMERA_GET_CLASS (self)->close (self);
  g_clear_pointer (&own->info, yz_camera_info_free);
  leave (self);
}

gboolean
yz_camera_is_open (YzCamera *self)
{
  return PRIVATE (self)->info != NULL;
}

gboolean
yz_camera_is_broken (YzCamera *self)
{
  return PRIVATE (self)->broken;
}

const YzCameraInfo *
yz_camera_get_info (YzCamera *self)
{
  return PRIVATE (self)->info;
}

GStrv
yz_camera_list_modes (YzCamera *self, GError **error)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  GStrv modes = NULL;

  if (!enter (self, TRUE, TRUE, error))
    return NULL;
  modes = class->list_modes != NULL ? class->list_modes (self, error) : g_new0 (char *, 1);
  leave (self);
  return modes;
}

gboolean
yz_camera_set_mode (YzCamera *self, const char *mode, GError **error)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  gboolean done = FALSE;

  if (!enter (self, TRUE, class->set_mode != NULL, error))
    return FALSE;
  done = class->set_mode != NULL && class->set_mode (self, mode, error);
  leave (self);
  return done;
}

char *
yz_camera_get_mode (YzCamera *self)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  char *mode = NULL;

  if (class->get_mode == NULL || !enter (self, TRUE, TRUE, NULL))
    return NULL;
  mode = class->get_mode (self);
  leave (self);
  return mode;
}

static gboolean
can_preview (YzCamera *self)
{
  YzCameraPrivate *own = PRIVATE (self);

  return own->info == NULL || (own->info->abilities & YZ_CAMERA_CAN_PREVIEW) != 0;
}

gboolean
yz_camera_start_preview (YzCamera *self, GError **error)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  YzCameraPrivate *own = PRIVATE (self);

  if (!enter (self, TRUE, can_preview (self), error))
    return FALSE;
  if (!own->previewing)
    own->previewing = class->start_preview == NULL || class->start_preview (self, error);
  leave (self);
  return own->previewing;
}

void
yz_camera_stop_preview (YzCamera *self)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  YzCameraPrivate *own = PRIVATE (self);

  if (!enter (self, TRUE, TRUE, NULL))
    return;
  if (own->previewing && class->stop_preview != NULL)
    class->stop_preview (self);
  own->previewing = FALSE;
  leave (self);
}

gboolean
yz_camera_is_previewing (YzCamera *self)
{
  return PRIVATE (self)->previewing;
}

YzFrame *
yz_camera_grab_preview (YzCamera *self, GError **error)
{
  g_autoptr (GError) reported = NULL;
  YzFrame *frame = NULL;

  if (!enter (self, TRUE, PRIVATE (self)->previewing, error))
    return NULL;
  frame = YZ_CAMERA_GET_CLASS (self)->grab_preview (self, &reported);
  leave_with (self, reported, error);
  return frame;
}

GPtrArray *
yz_camera_capture (YzCamera *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) reported = NULL;
  GPtrArray *shots = NULL;

  if (!enter (self, TRUE, TRUE, error))
    return NULL;
  if (g_cancellable_is_cancelled (cancellable))
    refuse (&reported, YZ_CAPTURE_ERROR_CANCELLED, _ ("The capture was cancelled."));
  else
    shots = YZ_CAMERA_GET_CLASS (self)->capture (self, deadline, cancellable, &reported);
  leave_with (self, reported, error);
  return shots;
}

gboolean
yz_camera_release (YzCamera *self, const char *key, GError **error)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  gboolean done = FALSE;

  if (!enter (self, TRUE, class->release != NULL, error))
    return FALSE;
  done = class->release != NULL && class->release (self, key, error);
  leave (self);
  return done;
}

GPtrArray *
yz_camera_list_controls (YzCamera *self, GError **error)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  GPtrArray *controls = NULL;

  if (!enter (self, TRUE, TRUE, error))
    return NULL;
  controls = class->list_controls != NULL
                 ? class->list_controls (self, error)
                 : g_ptr_array_new_with_free_func ((GDestroyNotify) yz_control_free);
  leave (self);
  return controls;
}

static const YzControl *
find_control (GPtrArray *controls, const char *name, GError **error)
{
  for (guint i = 0; i < controls->len; i++) {
    const YzControl *control = controls->pdata[i];

    if (g_str_equal (control->name, name))
      return control;
  }
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
               _ ("This camera has no setting “%s”."), name);
  return NULL;
}

char *
yz_camera_get_control (YzCamera *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) controls = yz_camera_list_controls (self, error);
  const YzControl *control = controls != NULL ? find_control (controls, name, error) : NULL;

  return control != NULL ? g_strdup (control->value) : NULL;
}

static gboolean
is_within (const YzControl *control, const char *value)
{
  char *end = NULL;
  double number = g_ascii_strtod (value, &end);

  return end != value && *end == '\0' && isfinite (number) && number >= control->minimum &&
         number <= control->maximum;
}

static gboolean
does_fit (const YzControl *control, const char *value)
{
  switch (control->kind) {
  case YZ_CONTROL_RANGE:
    return is_within (control, value);
  case YZ_CONTROL_ENUM:
    return control->choices != NULL &&
           g_strv_contains ((const char *const *) control->choices, value);
  case YZ_CONTROL_BOOL:
    return g_str_equal (value, "true") || g_str_equal (value, "false");
  case YZ_CONTROL_STRING:
  default:
    return strlen (value) < 256;
  }
}

gboolean
yz_camera_set_control (YzCamera *self, const char *name, const char *value, GError **error)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  g_autoptr (GPtrArray) controls = yz_camera_list_controls (self, error);
  const YzControl *control = controls != NULL ? find_control (controls, name, error) : NULL;
  gboolean done = FALSE;

  if (control == NULL)
    return FALSE;
  if (!control->writable || !does_fit (control, value)) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 _ ("The setting “%s” cannot be “%s”."), name, value);
    return FALSE;
  }
  if (!enter (self, TRUE, class->set_control != NULL, error))
    return FALSE;
  done = class->set_control != NULL && class->set_control (self, name, value, error);
  leave (self);
  return done;
}

gboolean
yz_camera_wait_event (
    YzCamera *self, int timeout_ms, YzCameraEvent *out_event, YzShot **out_shot, GError **error)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);
  g_autoptr (GError) reported = NULL;
  gboolean alive = TRUE;

  *out_event = YZ_CAMERA_EVENT_NONE;
  *out_shot = NULL;
  if (!enter (self, TRUE, TRUE, error))
    return FALSE;
  if (class->wait_event != NULL)
    alive = class->wait_event (self, CLAMP (timeout_ms, 0, 50), out_event, out_shot, &reported);
  leave_with (self, reported, error);
  return alive;
}

gboolean
yz_camera_has_news (YzCamera *self)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);

  return class->has_news != NULL && PRIVATE (self)->info != NULL && class->has_news (self);
}

char *
yz_camera_get_resume (YzCamera *self)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);

  return class->get_resume != NULL ? class->get_resume (self) : NULL;
}

void
yz_camera_set_resume (YzCamera *self, const char *resume)
{
  YzCameraClass *class = YZ_CAMERA_GET_CLASS (self);

  g_return_if_fail (!yz_camera_is_open (self));
  if (class->set_resume != NULL && resume != NULL)
    class->set_resume (self, resume);
}

gboolean
yz_camera_pause (guint milliseconds, gint64 deadline, GCancellable *cancellable, GError **error)
{
  const gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  GPollFD item = { .fd = -1 };
  gboolean watched = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &item);
  gint64 now = 0;

  while ((now = g_get_monotonic_time ()) < MIN (end, deadline) &&
         !g_cancellable_is_cancelled (cancellable))
    g_poll (&item, watched ? 1 : 0, (int) ((MIN (end, deadline) - now + 999) / 1000));
  if (watched)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    return refuse (error, YZ_CAPTURE_ERROR_CANCELLED, _ ("The capture was cancelled."));
  if (end > deadline)
    return refuse (error, YZ_CAPTURE_ERROR_TIMEOUT,
                   _ ("The camera did not answer in time; try again."));
  return TRUE;
}

const char *
yz_camera_guess_media_type (const guint8 *data, gsize length)
{
  if (length > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (length > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  return NULL;
}

static void
yz_camera_finalize (GObject *object)
{
  g_clear_pointer (&PRIVATE (YZ_CAMERA (object))->info, yz_camera_info_free);
  G_OBJECT_CLASS (yz_camera_parent_class)->finalize (object);
}

static void
yz_camera_class_init (YzCameraClass *class)
{
  G_OBJECT_CLASS (class)->finalize = yz_camera_finalize;
}

static void
yz_camera_init (YzCamera *self)
{
}
