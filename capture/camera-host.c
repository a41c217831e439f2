/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-camera-host"

#include "capture/camera-host.h"

#include "capture/camera-host-private.h"
#include "capture/camera-line.h"
#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>

/* A shot ends within this for the caller; the driver gets less, so that its own words arrive first.
 */
#define SHOT_MS 30000
#define DRIVER_MARGIN_MS 4000
#define BACKOFF_MIN_MS 250
#define BACKOFF_MAX_MS 2000
/* libgphoto2 loses memory with each failed opening: after so many a fresh helper tries. */
#define FAILURES_MAX 10
/* A camera that was open for so long is no part of a chain of failures. */
#define STEADY (5 * G_TIME_SPAN_SECOND)

enum { PREVIEW, STATE, PAGE, SETTINGS, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YzCameraHost, yz_camera_host, G_TYPE_OBJECT)

static void start_link (YzCameraHost *self);
static void start_next_shot (YzCameraHost *self);

static void
stop_restart (YzCameraHost *self)
{
  if (self->restart != NULL)
    g_source_destroy (self->restart);
  g_clear_pointer (&self->restart, g_source_unref);
}

static void
set_state (YzCameraHost *self, YzCameraState state, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  if (self->state == state && state != YZ_CAMERA_LOST)
    return;
  self->state = state;
  g_signal_emit (self, signals[STATE], 0);
}

/* Opens the camera where the last helper left off. */
static void
send_open (YzCameraHost *self)
{
  GVariant *resume = self->resume != NULL ? g_variant_new_string (self->resume) : NULL;

  self->opening =
      yz_camera_link_send (self->link, "open", yz_camera_line_pack_one ("resume", resume));
}

static gboolean
on_restart (gpointer data)
{
  YzCameraHost *self = data;

  stop_restart (self);
  self->link == NULL ? start_link (self) : send_open (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_restart (YzCameraHost *self)
{
  if (self->restart != NULL || !self->wants_open)
    return;
  self->restart = g_timeout_source_new (self->backoff_ms);
  g_source_set_callback (self->restart, on_restart, self, NULL);
  g_source_attach (self->restart, self->context);
  self->backoff_ms = CLAMP (self->backoff_ms * 2, BACKOFF_MIN_MS, BACKOFF_MAX_MS);
}

/* The helper or the camera behind it is of no more use. */
static void
lose (YzCameraHost *self, const GError *error, gboolean at_once)
{
  gboolean opening = self->opening != 0;

  self->link_gone = TRUE;
  self->opening = 0;
  if (self->opened_at != 0 && g_get_monotonic_time () > self->opened_at + STEADY)
    self->backoff_ms = 0;
  self->opened_at = 0;
  yz_camera_live_unmap (self->live);
  if (self->link != NULL)
    yz_camera_link_end (self->link, at_once);
  yz_camera_questions_fail_all (self->questions, error);
  if (self->wants_open)
    set_state (self, YZ_CAMERA_LOST, error);
  yz_camera_shots_end (self->shots, self->extras, error);
  /* A helper that cannot even open its camera will not do better for those who wait. */
  if (opening)
    yz_camera_shots_fail_waiting (self->shots, error);
}

static void
remember_resume (YzCameraHost *self, GVariant *details)
{
  const char *resume = NULL;

  if (g_variant_lookup (details, "resume", "&s", &resume)) {
    g_free (self->resume);
    self->resume = g_strdup (resume);
  }
}

static YzFrame *
take_shot (YzCameraHost *self, YzHelperMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) shot = yz_camera_line_unpack_shot (message, &error);

  if (shot == NULL) {
    lose (self, error, TRUE);
    return NULL;
  }
  yz_camera_keys_note (self->keys, shot);
  return yz_frame_ref (shot->frame);
}

static void
send_preview_wish (YzCameraHost *self)
{
  if (self->link_gone || self->state < YZ_CAMERA_READY || self->state == YZ_CAMERA_LOST)
    return;
  self->preview_generation = yz_camera_link_send (
      self->link, "preview",
      yz_camera_line_pack_one ("on", g_variant_new_boolean (self->wants_preview)));
}

static void
send_releases (YzCameraHost *self)
{
  char *key = NULL;

  if (self->link_gone || (self->state != YZ_CAMERA_READY && self->state != YZ_CAMERA_SHOOTING))
    return;
  while ((key = yz_camera_keys_pop (self->keys)) != NULL)
    yz_camera_link_send (self->link, "release",
                         yz_camera_line_pack_one ("key", g_variant_new_take_string (key)));
}

static void
on_opened (YzCameraHost *self, YzHelperMessage *message)
{
  g_autoptr (GError) error = NULL;
  YzCameraInfo *info = yz_camera_info_unpack (message->details, &error);

  if (info == NULL || !yz_camera_live_map (self->live, message->fd, &error)) {
    g_clear_pointer (&info, yz_camera_info_free);
    lose (self, error, TRUE);
    return;
  }
  g_clear_pointer (&self->info, yz_camera_info_free);
  self->info = info;
  self->opening = 0;
  self->opened_at = g_get_monotonic_time ();
  self->cannot_preview = FALSE;
  remember_resume (self, message->details);
  set_state (self, YZ_CAMERA_READY, NULL);
  if (self->wants_preview)
    send_preview_wish (self);
  send_releases (self);
  start_next_shot (self);
}

static void
on_open_failed (YzCameraHost *self, const GError *error)
{
  self->opening = 0;
  set_state (self, YZ_CAMERA_LOST, error);
  /* A busy camera becomes free; whoever waits has patience until its own deadline. */
  if (!g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_BUSY))
    yz_camera_shots_fail_waiting (self->shots, error);
  if (self->link != NULL && ++self->failures % FAILURES_MAX == 0)
    lose (self, error, TRUE);
  else
    schedule_restart (self);
}

/* The helper is free for the next shot; the caller of this one is answered last, for it may come
 * back at once. */
static void
end_shot (YzCameraHost *self, const GError *error)
{
  set_state (self, YZ_CAMERA_READY, NULL);
  yz_camera_shots_end (self->shots, self->extras, error);
  start_next_shot (self);
}

static void
on_failed (YzCameraHost *self, YzHelperMessage *message)
{
  g_autoptr (GError) error = NULL;
  gboolean broken = FALSE;

  yz_helper_unpack_error (message->details, &error);
  remember_resume (self, message->details);
  g_variant_lookup (message->details, "broken", "b", &broken);
  if (message->generation == self->opening)
    on_open_failed (self, error);
  else if (broken)
    lose (self, error, FALSE);
  else if (yz_camera_questions_fail (self->questions, message->generation, error))
    return;
  else if (yz_camera_shots_is_current (self->shots, message->generation))
    end_shot (self, error);
  else if (message->generation == self->preview_generation)
    self->cannot_preview = TRUE;
}

static void
on_frame (YzCameraHost *self, YzHelperMessage *message)
{
  g_autoptr (YzFrame) frame = NULL;

  /* A late picture that nobody waits for stays on the camera. */
  if (!yz_camera_shots_is_current (self->shots, message->generation) ||
      !yz_camera_shots_is_wanted (self->shots))
    return;
  frame = take_shot (self, message);
  if (frame != NULL)
    yz_camera_shots_add (self->shots, frame);
}

static void
on_done (YzCameraHost *self, YzHelperMessage *message)
{
  remember_resume (self, message->details);
  if (yz_camera_shots_is_current (self->shots, message->generation))
    end_shot (self, NULL);
  else
    yz_camera_questions_answer (self->questions, message->generation, message->details);
}

/* Something that is set at the device itself. */
static void
on_changed (YzCameraHost *self, YzHelperMessage *message)
{
  g_signal_emit (self, signals[SETTINGS], 0);
}

static void
on_preview (YzCameraHost *self, YzHelperMessage *message)
{
  if (message->generation != self->preview_generation || !self->wants_preview ||
      !yz_camera_live_copy (self->live, message, yz_camera_host_get_model (self)))
    return;
  yz_camera_link_send_again (self->link, message->generation, "taken", NULL);
  g_signal_emit (self, signals[PREVIEW], 0);
}

static void
on_page (YzCameraHost *self, YzHelperMessage *message)
{
  YzFrame *frame = take_shot (self, message);

  if (frame == NULL)
    return;
  remember_resume (self, message->details);
  g_queue_push_tail (self->pages, frame);
  g_signal_emit (self, signals[PAGE], 0);
}

static void
on_lost (YzCameraHost *self, YzHelperMessage *message)
{
  g_autoptr (GError) error = NULL;

  yz_helper_unpack_error (message->details, &error);
  remember_resume (self, message->details);
  lose (self, error, FALSE);
}

static const struct {
  const char *verb;
  void (*run) (YzCameraHost *self, YzHelperMessage *message);
} MESSAGES[] = {
  { "opened", on_opened },    { "failed", on_failed },   { "frame", on_frame },
  { "done", on_done },        { "page", on_page },       { "lost", on_lost },
  { "previews", on_preview }, { "changed", on_changed },
};

static void
on_message (YzCameraLink *link, YzHelperMessage *message, gpointer data)
{
  g_autoptr (YzCameraHost) self = g_object_ref (data);

  if (link != self->link || self->link_gone)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (MESSAGES); i++)
    if (g_str_equal (MESSAGES[i].verb, message->verb))
      MESSAGES[i].run (self, message);
}

static void
on_gone (YzCameraLink *link, const GError *error, gpointer data)
{
  g_autoptr (YzCameraHost) self = g_object_ref (data);

  if (link == self->link && !self->link_gone)
    lose (self, error, TRUE);
}

static void
on_ended (YzCameraLink *link, gpointer data)
{
  g_autoptr (YzCameraHost) self = g_object_ref (data);

  if (link != self->link)
    return;
  self->link = NULL;
  schedule_restart (self);
}

static const YzCameraLinkListener LISTENER = { on_message, on_gone, on_ended };

static void
start_link (YzCameraHost *self)
{
  g_autoptr (GError) error = NULL;

  self->link = yz_camera_link_start (self->context, self->address, &LISTENER, self, &error);
  if (self->link == NULL) {
    on_open_failed (self, error);
    return;
  }
  self->link_gone = FALSE;
  send_open (self);
}

static void
start_next_shot (YzCameraHost *self)
{
  guint rest = 0;
  GVariant *within = NULL;

  if (self->state != YZ_CAMERA_READY || self->link_gone ||
      !yz_camera_shots_begin (self->shots, &rest))
    return;
  within = g_variant_new_uint32 (rest > DRIVER_MARGIN_MS ? rest - DRIVER_MARGIN_MS : 0);
  yz_camera_shots_set_generation (
      self->shots,
      yz_camera_link_send (self->link, "shoot", yz_camera_line_pack_one ("within", within)));
  set_state (self, YZ_CAMERA_SHOOTING, NULL);
}

static void
on_shot_overdue (gpointer data, const GError *error)
{
  g_autoptr (YzCameraHost) self = g_object_ref (data);

  lose (self, error, TRUE);
}

static void
on_shot_cancelled (gpointer data, guint32 generation)
{
  YzCameraHost *self = data;

  yz_camera_link_send_again (self->link, generation, "cancel", NULL);
}

static const YzCameraShotsListener SHOTS_LISTENER = { on_shot_overdue, on_shot_cancelled };

YzCameraHost *
yz_camera_host_new (const char *address)
{
  YzCameraHost *self = g_object_new (YZ_TYPE_CAMERA_HOST, NULL);

  self->address = g_strdup (address);
  return self;
}

void
yz_camera_host_move (YzCameraHost *self, const char *address)
{
  gboolean moved = !g_str_equal (self->address, address);
  char *copy = g_strdup (address);

  g_free (self->address);
  self->address = copy;
  if (self->state != YZ_CAMERA_LOST || !self->wants_open)
    return;
  /* A helper that looks at the old place is of no use any more. */
  if (moved && self->link != NULL && !self->link_gone) {
    g_autoptr (GError) error = g_error_copy (self->error);

    stop_restart (self);
    lose (self, error, FALSE);
    self->backoff_ms = 0;
    return; /* on_ended() goes on */
  }
  self->backoff_ms = 0;
  if (self->restart != NULL)
    on_restart (self);
}

void
yz_camera_host_open (YzCameraHost *self)
{
  if (self->wants_open)
    return;
  self->wants_open = TRUE;
  self->backoff_ms = 0;
  set_state (self, YZ_CAMERA_OPENING, NULL);
  /* An earlier helper may still be closing the camera; on_ended() goes on then. */
  if (self->link == NULL)
    start_link (self);
}

void
yz_camera_host_close (YzCameraHost *self)
{
  g_autoptr (GError) error = g_error_new_literal (YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED,
                                                  _ ("The camera was closed."));

  g_object_ref (self);
  self->wants_open = FALSE;
  stop_restart (self);
  lose (self, error, FALSE);
  yz_camera_shots_fail_waiting (self->shots, error);
  yz_camera_live_drop (self->live);
  set_state (self, YZ_CAMERA_CLOSED, NULL);
  g_object_unref (self);
}

static void
wish_for_preview (YzCameraHost *self, gboolean wanted)
{
  if (self->wants_preview == wanted)
    return;
  self->wants_preview = wanted;
  yz_camera_live_drop (self->live);
  send_preview_wish (self);
}

void
yz_camera_host_start_preview (YzCameraHost *self)
{
  wish_for_preview (self, TRUE);
}

void
yz_camera_host_stop_preview (YzCameraHost *self)
{
  wish_for_preview (self, FALSE);
}

YzFrame *
yz_camera_host_get_preview (YzCameraHost *self)
{
  return yz_camera_live_take (self->live);
}

void
yz_camera_host_shoot_async (YzCameraHost *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  YzFrame *extra = g_queue_pop_head (self->extras);

  g_task_set_source_tag (task, yz_camera_host_shoot_async);
  g_task_set_check_cancellable (task, FALSE);
  if (extra != NULL) {
    g_task_return_pointer (task, extra, (GDestroyNotify) yz_frame_unref);
    return;
  }
  if (!self->wants_open) {
    g_task_return_new_error (task, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST,
                             _ ("The camera is not open."));
    return;
  }
  yz_camera_shots_push (self->shots, task, SHOT_MS);
  if (self->restart != NULL && self->state == YZ_CAMERA_LOST)
    on_restart (self); /* somebody waits: do not idle until the next try */
  start_next_shot (self);
}

YzFrame *
yz_camera_host_shoot_finish (YzCameraHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
yz_camera_host_release (YzCameraHost *self, YzFrame *frame)
{
  yz_camera_keys_release (self->keys, frame);
  send_releases (self);
}

YzFrame *
yz_camera_host_take_page (YzCameraHost *self)
{
  return g_queue_pop_head (self->pages);
}

gboolean
yz_camera_host_is_quiet (YzCameraHost *self)
{
  return self->link == NULL && !self->wants_open;
}

static void
yz_camera_host_dispose (GObject *object)
{
  YzCameraHost *self = YZ_CAMERA_HOST (object);

  if (self->wants_open)
    yz_camera_host_close (self);
  if (self->link != NULL)
    yz_camera_link_abandon (self->link);
  self->link = NULL;
  stop_restart (self);
  G_OBJECT_CLASS (yz_camera_host_parent_class)->dispose (object);
}

static void
yz_camera_host_finalize (GObject *object)
{
  YzCameraHost *self = YZ_CAMERA_HOST (object);

  yz_camera_live_free (self->live);
  yz_camera_shots_free (self->shots);
  g_queue_free_full (self->extras, (GDestroyNotify) yz_frame_unref);
  g_queue_free_full (self->pages, (GDestroyNotify) yz_frame_unref);
  yz_camera_keys_free (self->keys);
  yz_camera_questions_free (self->questions);
  g_clear_pointer (&self->info, yz_camera_info_free);
  g_clear_error (&self->error);
  g_free (self->resume);
  g_free (self->address);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (yz_camera_host_parent_class)->finalize (object);
}

static void
yz_camera_host_class_init (YzCameraHostClass *class)
{
  static const char *const NAMES[] = { "preview", "state", "page", "settings" };

  G_OBJECT_CLASS (class)->dispose = yz_camera_host_dispose;
  G_OBJECT_CLASS (class)->finalize = yz_camera_host_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (NAMES[i], YZ_TYPE_CAMERA_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
yz_camera_host_init (YzCameraHost *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->shots = yz_camera_shots_new (self->context, &SHOTS_LISTENER, self);
  self->extras = g_queue_new ();
  self->pages = g_queue_new ();
  self->live = yz_camera_live_new ();
  self->keys = yz_camera_keys_new ();
  self->questions = yz_camera_questions_new ();
}
