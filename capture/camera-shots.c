/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-shots.h"

#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>

typedef struct {
  YzCameraShots *shots;
  GTask *task; /* NULL: the caller has its answer */
  gint64 deadline;
  GSource *timer;
  GSource *cancel;
  guint32 generation;
  GQueue frames; /* of YzFrame */
} Shot;

struct _YzCameraShots {
  GMainContext *context;
  const YzCameraShotsListener *listener;
  gpointer owner;
  Shot *current;   /* with the helper */
  GQueue *waiting; /* of Shot */
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
free_shot (Shot *shot)
{
  clear_source (&shot->timer);
  clear_source (&shot->cancel);
  g_clear_object (&shot->task);
  g_queue_clear_full (&shot->frames, (GDestroyNotify) yz_frame_unref);
  g_free (shot);
}

static void
answer (Shot *shot, YzFrame *frame, const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&shot->task);

  clear_source (&shot->timer);
  clear_source (&shot->cancel);
  if (task == NULL)
    return;
  if (frame != NULL)
    g_task_return_pointer (task, yz_frame_ref (frame), (GDestroyNotify) yz_frame_unref);
  else
    g_task_return_error (task, g_error_copy (error));
}

static void
drop_waiting (YzCameraShots *self, Shot *shot, const GError *error)
{
  g_queue_remove (self->waiting, shot);
  answer (shot, NULL, error);
  free_shot (shot);
}

static gboolean
on_overdue (gpointer data)
{
  Shot *shot = data;
  YzCameraShots *self = shot->shots;
  g_autoptr (GError) error =
      g_error_new_literal (YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT,
                           _ ("The camera did not answer in time; try again."));

  if (shot != self->current)
    drop_waiting (self, shot, error);
  else
    self->listener->overdue (self->owner, error);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Shot *shot = data;
  YzCameraShots *self = shot->shots;
  g_autoptr (GError) error = g_error_new_literal (YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED,
                                                  _ ("The capture was cancelled."));

  if (shot != self->current) {
    drop_waiting (self, shot, error);
    return G_SOURCE_REMOVE;
  }
  self->listener->cancelled (self->owner, shot->generation);
  answer (shot, NULL, error);
  return G_SOURCE_REMOVE;
}

YzCameraShots *
yz_camera_shots_new (GMainContext *context, const YzCameraShotsListener *listener, gpointer owner)
{
  YzCameraShots *self = g_new0 (YzCameraShots, 1);

  self->context = g_main_context_ref (context);
  self->listener = listener;
  self->owner = owner;
  self->waiting = g_queue_new ();
  return self;
}

void
yz_camera_shots_free (YzCameraShots *self)
{
  g_clear_pointer (&self->current, free_shot);
  g_queue_free_full (self->waiting, (GDestroyNotify) free_shot);
  g_main_context_unref (self->context);
  g_free (self);
}

void
yz_camera_shots_push (YzCameraShots *self, GTask *task, guint milliseconds)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Shot *shot = g_new0 (Shot, 1);

  shot->shots = self;
  shot->task = g_object_ref (task);
  shot->deadline = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  shot->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (shot->timer, on_overdue, shot, NULL);
  g_source_attach (shot->timer, self->context);
  if (cancellable != NULL) {
    shot->cancel = g_cancellable_source_new (cancellable);
    g_source_set_callback (shot->cancel, G_SOURCE_FUNC (on_cancelled), shot, NULL);
    g_source_attach (shot->cancel, self->context);
  }
  g_queue_push_tail (self->waiting, shot);
}

gboolean
yz_camera_shots_begin (YzCameraShots *self, guint *out_rest_ms)
{
  gint64 rest = 0;

  if (self->current != NULL || g_queue_is_empty (self->waiting))
    return FALSE;
  self->current = g_queue_pop_head (self->waiting);
  rest = (self->current->deadline - g_get_monotonic_time ()) / 1000;
  *out_rest_ms = (guint) MAX (rest, 0);
  return TRUE;
}

void
yz_camera_shots_set_generation (YzCameraShots *self, guint32 generation)
{
  self->current->generation = generation;
}

gboolean
yz_camera_shots_is_current (YzCameraShots *self, guint32 generation)
{
  return self->current != NULL && self->current->generation == generation;
}

gboolean
yz_camera_shots_is_busy (YzCameraShots *self)
{
  return self->current != NULL;
}

gboolean
yz_camera_shots_is_wanted (YzCameraShots *self)
{
  return self->current != NULL && self->current->task != NULL;
}

void
yz_camera_shots_add (YzCameraShots *self, YzFrame *frame)
{
  g_queue_push_tail (&self->current->frames, yz_frame_ref (frame));
}

void
yz_camera_shots_end (YzCameraShots *self, GQueue *extras, const GError *error)
{
  g_autoptr (GError) none = g_error_new_literal (YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                                                 _ ("The camera gave no picture; try again."));
  Shot *shot = g_steal_pointer (&self->current);
  g_autoptr (YzFrame) first = NULL;
  YzFrame *more = NULL;

  if (shot == NULL)
    return;
  if (error == NULL && shot->task != NULL) {
    first = g_queue_pop_head (&shot->frames);
    while ((more = g_queue_pop_head (&shot->frames)) != NULL)
      g_queue_push_tail (extras, more);
  }
  answer (shot, first, error != NULL ? error : none);
  free_shot (shot);
}

void
yz_camera_shots_fail_waiting (YzCameraShots *self, const GError *error)
{
  g_autoptr (GQueue) all = g_steal_pointer (&self->waiting);
  Shot *shot = NULL;

  /* Whoever asks again from its callback waits anew. */
  self->waiting = g_queue_new ();
  while ((shot = g_queue_pop_head (all)) != NULL) {
    answer (shot, NULL, error);
    free_shot (shot);
  }
}
