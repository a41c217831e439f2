/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-worker"

#include "capture/camera-worker.h"

#include "capture/camera-line.h"
#include "capture/capture-error.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SLICE (50 * G_TIME_SPAN_MILLISECOND)
#define EVENT_INTERVAL (500 * G_TIME_SPAN_MILLISECOND)
#define PREVIEW_BUSY_MS 200
/* Driver calls other than a shot end by themselves well before this. */
#define CALL_LIMIT (12 * G_TIME_SPAN_SECOND)
#define SHOT_MAX_MS 300000

typedef struct {
  YzHelperMessage *message; /* NULL: end */
  GCancellable *cancellable;
} Command;

struct _YzCameraWorker {
  YzCamera *camera;
  int line;
  GThread *thread;
  GAsyncQueue *queue; /* of Command */

  GMutex lock;
  GHashTable *cancellables; /* generation → GCancellable, under the lock */
  gint64 due;               /* under the lock: when the call under way is overdue; 0 none */

  /* the thread's own */
  gboolean ended;
  gboolean gone;     /* the camera was lost and the desk knows */
  gboolean wants;    /* the desk wants live frames */
  gboolean may_send; /* it took the last one */
  guint32 preview;   /* the generation of its wish */
  gint64 last_event;
  int slot_fd;
  guint8 *slot;
};

static void
free_command (gpointer data)
{
  Command *command = data;

  g_clear_pointer (&command->message, yz_helper_message_free);
  g_clear_object (&command->cancellable);
  g_free (command);
}

static void
begin (YzCameraWorker *self, gint64 limit)
{
  g_mutex_lock (&self->lock);
  self->due = g_get_monotonic_time () + limit;
  g_mutex_unlock (&self->lock);
}

static void
end (YzCameraWorker *self)
{
  g_mutex_lock (&self->lock);
  self->due = 0;
  g_mutex_unlock (&self->lock);
}

/* A line that is gone is noticed by the thread that reads it. */
static void
send (YzCameraWorker *self, guint32 generation, const char *verb, GVariant *details, int fd)
{
  g_autoptr (GError) error = NULL;

  if (!yz_helper_send (self->line, generation, verb, details, fd, &error))
    g_debug ("%s is not sent: %s", verb, error->message);
}

static GVariant *
make_details (YzCameraWorker *self, GVariant *more)
{
  g_autoptr (GVariant) held = more != NULL ? g_variant_ref_sink (more) : NULL;
  g_autofree char *resume = yz_camera_get_resume (self->camera);
  GVariantDict details;

  g_variant_dict_init (&details, held);
  if (resume != NULL)
    g_variant_dict_insert (&details, "resume", "s", resume);
  return g_variant_dict_end (&details);
}

static void
send_done (YzCameraWorker *self, guint32 generation, GVariant *more)
{
  send (self, generation, "done", make_details (self, more), -1);
}

static void
send_failed (YzCameraWorker *self, guint32 generation, const GError *error)
{
  g_autoptr (GVariant) packed = g_variant_ref_sink (yz_helper_pack_error (error));
  GVariantDict details;

  g_variant_dict_init (&details, packed);
  g_variant_dict_insert (&details, "broken", "b", yz_camera_is_broken (self->camera));
  send (self, generation, "failed", make_details (self, g_variant_dict_end (&details)), -1);
}

static gboolean
send_shot (
    YzCameraWorker *self, guint32 generation, const char *verb, const YzShot *shot, GError **error)
{
  g_autofree char *resume = yz_camera_get_resume (self->camera);
  gsize size = 0;
  const void *data = g_bytes_get_data (shot->frame->bytes, &size);
  int fd = yz_helper_seal_bytes (data, size, error);

  if (fd < 0)
    return FALSE;
  send (self, generation, verb, yz_camera_line_pack_shot (shot, resume), fd);
  close (fd);
  return TRUE;
}

static gboolean
ensure_slot (YzCameraWorker *self, GError **error)
{
  if (self->slot != NULL)
    return TRUE;
  self->slot_fd = yz_helper_memfd_new (YZ_CAMERA_PREVIEW_MAX, error);
  if (self->slot_fd >= 0)
    self->slot = yz_helper_map (self->slot_fd, YZ_CAMERA_PREVIEW_MAX, TRUE, error);
  return self->slot != NULL;
}

static gboolean
run_open (YzCameraWorker *self, const Command *command, GError **error)
{
  const char *resume = NULL;
  gboolean opened = FALSE;

  if (yz_camera_is_broken (self->camera))
    yz_camera_close (self->camera);
  if (!yz_camera_is_open (self->camera) &&
      g_variant_lookup (command->message->details, "resume", "&s", &resume))
    yz_camera_set_resume (self->camera, resume);
  begin (self, 2 * CALL_LIMIT);
  opened = yz_camera_open (self->camera, command->cancellable, error);
  end (self);
  if (!opened || !ensure_slot (self, error))
    return FALSE;
  self->gone = FALSE;
  send (self, command->message->generation, "opened",
        make_details (self, yz_camera_info_pack (yz_camera_get_info (self->camera))),
        self->slot_fd);
  return TRUE;
}

static gboolean
run_preview (YzCameraWorker *self, const Command *command, GError **error)
{
  gboolean on = FALSE;

  g_variant_lookup (command->message->details, "on", "b", &on);
  self->preview = command->message->generation;
  self->may_send = TRUE;
  self->wants = on;
  begin (self, CALL_LIMIT);
  if (!on)
    yz_camera_stop_preview (self->camera);
  else
    self->wants = yz_camera_start_preview (self->camera, error);
  end (self);
  return self->wants == on;
}

static gboolean
run_taken (YzCameraWorker *self, const Command *command, GError **error)
{
  if (command->message->generation == self->preview)
    self->may_send = TRUE;
  return TRUE;
}

static gboolean
run_shoot (YzCameraWorker *self, const Command *command, GError **error)
{
  g_autoptr (GPtrArray) shots = NULL;
  guint32 within = 20000;

  g_variant_lookup (command->message->details, "within", "u", &within);
  within = MIN (within, SHOT_MAX_MS);
  begin (self, within * G_TIME_SPAN_MILLISECOND + CALL_LIMIT);
  shots =
      yz_camera_capture (self->camera, g_get_monotonic_time () + within * G_TIME_SPAN_MILLISECOND,
                         command->cancellable, error);
  end (self);
  for (guint i = 0; shots != NULL && i < shots->len; i++)
    if (!send_shot (self, command->message->generation, "frame", shots->pdata[i], error))
      return FALSE;
  if (shots != NULL)
    send_done (self, command->message->generation, NULL);
  return shots != NULL;
}

static gboolean
run_release (YzCameraWorker *self, const Command *command, GError **error)
{
  const char *key = NULL;
  gboolean done = FALSE;

  if (!g_variant_lookup (command->message->details, "key", "&s", &key))
    return TRUE;
  begin (self, CALL_LIMIT);
  done = yz_camera_release (self->camera, key, error);
  end (self);
  if (done)
    send_done (self, command->message->generation, NULL);
  return done;
}

static gboolean
run_modes (YzCameraWorker *self, const Command *command, GError **error)
{
  g_auto (GStrv) modes = NULL;
  g_autofree char *current = NULL;
  GVariantDict details;

  begin (self, CALL_LIMIT);
  modes = yz_camera_list_modes (self->camera, error);
  current = yz_camera_get_mode (self->camera);
  end (self);
  if (modes == NULL)
    return FALSE;
  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "modes", "^as", modes);
  if (current != NULL)
    g_variant_dict_insert (&details, "current", "s", current);
  send_done (self, command->message->generation, g_variant_dict_end (&details));
  return TRUE;
}

static gboolean
run_mode (YzCameraWorker *self, const Command *command, GError **error)
{
  const char *name = "";
  gboolean done = FALSE;

  g_variant_lookup (command->message->details, "name", "&s", &name);
  begin (self, CALL_LIMIT);
  done = yz_camera_set_mode (self->camera, name, error);
  end (self);
  if (done)
    send_done (self, command->message->generation, NULL);
  return done;
}

static gboolean
run_controls (YzCameraWorker *self, const Command *command, GError **error)
{
  g_autoptr (GPtrArray) controls = NULL;
  GVariantDict details;

  begin (self, 2 * CALL_LIMIT);
  controls = yz_camera_list_controls (self->camera, error);
  end (self);
  if (controls == NULL)
    return FALSE;
  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert_value (&details, "controls", yz_camera_line_pack_controls (controls));
  send_done (self, command->message->generation, g_variant_dict_end (&details));
  return TRUE;
}

static gboolean
run_set (YzCameraWorker *self, const Command *command, GError **error)
{
  const char *name = "";
  const char *value = "";
  gboolean done = FALSE;

  g_variant_lookup (command->message->details, "name", "&s", &name);
  g_variant_lookup (command->message->details, "value", "&s", &value);
  begin (self, 2 * CALL_LIMIT);
  done = yz_camera_set_control (self->camera, name, value, error);
  end (self);
  if (done)
    send_done (self, command->message->generation, NULL);
  return done;
}

static const struct {
  const char *verb;
  gboolean (*run) (YzCameraWorker *self, const Command *command, GError **error);
} VERBS[] = {
  { "open", run_open },   { "preview", run_preview },   { "taken", run_taken },
  { "shoot", run_shoot }, { "release", run_release },   { "modes", run_modes },
  { "mode", run_mode },   { "controls", run_controls }, { "set", run_set },
};

static void
forget_cancellable (YzCameraWorker *self, guint32 generation)
{
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->cancellables, GUINT_TO_POINTER (generation));
  g_mutex_unlock (&self->lock);
}

static void
run_command (YzCameraWorker *self, Command *command)
{
  g_autoptr (GError) error = NULL;
  const YzHelperMessage *message = command->message;
  gboolean known = FALSE;

  if (message == NULL) {
    self->ended = TRUE;
    free_command (command);
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (VERBS); i++) {
    if (!g_str_equal (VERBS[i].verb, message->verb))
      continue;
    known = TRUE;
    VERBS[i].run (self, command, &error);
  }
  if (!known)
    g_set_error (&error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL, "“%s” is no command",
                 message->verb);
  if (error != NULL)
    send_failed (self, message->generation, error);
  forget_cancellable (self, message->generation);
  free_command (command);
}

static void
report_loss (YzCameraWorker *self, const GError *error)
{
  self->gone = TRUE;
  send (self, 0, "lost", make_details (self, yz_helper_pack_error (error)), -1);
}

static void
send_preview (YzCameraWorker *self, const YzFrame *frame)
{
  gsize size = 0;
  const void *data = g_bytes_get_data (frame->bytes, &size);
  GVariantDict details;

  if (size == 0 || size > YZ_CAMERA_PREVIEW_MAX)
    return;
  memcpy (self->slot, data, size);
  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "size", "u", (guint32) size);
  g_variant_dict_insert (&details, "media-type", "s", frame->media_type);
  self->may_send = FALSE;
  send (self, self->preview, "previews", g_variant_dict_end (&details), -1);
}

static void
grab (YzCameraWorker *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFrame) frame = NULL;

  begin (self, CALL_LIMIT);
  frame = yz_camera_grab_preview (self->camera, &error);
  end (self);
  if (frame != NULL)
    send_preview (self, frame);
  if (error == NULL)
    return;
  if (g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_BUSY)) {
    yz_camera_pause (PREVIEW_BUSY_MS, G_MAXINT64, NULL, NULL);
  } else if (yz_camera_is_broken (self->camera)) {
    report_loss (self, error);
  } else {
    self->wants = FALSE;
    send_failed (self, self->preview, error);
  }
}

static void
look_for_events (YzCameraWorker *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) shot = NULL;
  YzCameraEvent event = YZ_CAMERA_EVENT_NONE;
  gboolean alive = TRUE;

  self->last_event = g_get_monotonic_time ();
  begin (self, 3 * CALL_LIMIT);
  alive = yz_camera_wait_event (self->camera, 1, &event, &shot, &error);
  end (self);
  if (shot != NULL)
    send_shot (self, 0, "page", shot, NULL);
  else if (event == YZ_CAMERA_EVENT_CONTROL_CHANGED)
    send (self, 0, "changed", NULL, -1);
  else if (!alive && yz_camera_is_broken (self->camera))
    report_loss (self, error);
}

static gpointer
run (gpointer data)
{
  YzCameraWorker *self = data;

  while (!self->ended) {
    Command *command = g_async_queue_try_pop (self->queue);
    gboolean live = yz_camera_is_open (self->camera) && !self->gone;
    gboolean grabs = live && self->wants && self->may_send;

    if (command != NULL) {
      run_command (self, command);
      continue;
    }
    if (live && (!grabs || g_get_monotonic_time () > self->last_event + EVENT_INTERVAL ||
                 yz_camera_has_news (self->camera)))
      look_for_events (self);
    if (grabs && !self->gone) {
      grab (self);
    } else {
      command = g_async_queue_timeout_pop (self->queue, SLICE);
      if (command != NULL)
        run_command (self, command);
    }
  }
  if (!yz_camera_is_broken (self->camera))
    yz_camera_close (self->camera);
  return NULL;
}

YzCameraWorker *
yz_camera_worker_new (YzCamera *camera, int line)
{
  YzCameraWorker *self = g_new0 (YzCameraWorker, 1);

  self->camera = g_object_ref (camera);
  self->line = line;
  self->slot_fd = -1;
  g_mutex_init (&self->lock);
  self->queue = g_async_queue_new_full (free_command);
  self->cancellables = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->thread = g_thread_new ("camera", run, self);
  return self;
}

void
yz_camera_worker_push (YzCameraWorker *self, YzHelperMessage *message)
{
  Command *command = g_new0 (Command, 1);

  command->message = message;
  command->cancellable = g_cancellable_new ();
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->cancellables, GUINT_TO_POINTER (message->generation),
                       g_object_ref (command->cancellable));
  g_mutex_unlock (&self->lock);
  g_async_queue_push (self->queue, command);
}

void
yz_camera_worker_cancel (YzCameraWorker *self, guint32 generation)
{
  GCancellable *cancellable = NULL;

  g_mutex_lock (&self->lock);
  cancellable = g_hash_table_lookup (self->cancellables, GUINT_TO_POINTER (generation));
  if (cancellable != NULL)
    g_object_ref (cancellable);
  g_mutex_unlock (&self->lock);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  g_clear_object (&cancellable);
}

gboolean
yz_camera_worker_is_overdue (YzCameraWorker *self)
{
  gboolean overdue = FALSE;

  g_mutex_lock (&self->lock);
  overdue = self->due != 0 && g_get_monotonic_time () > self->due;
  g_mutex_unlock (&self->lock);
  return overdue;
}

static void
cancel_all (YzCameraWorker *self)
{
  g_autoptr (GList) generations = NULL;

  g_mutex_lock (&self->lock);
  generations = g_hash_table_get_keys (self->cancellables);
  g_mutex_unlock (&self->lock);
  for (GList *item = generations; item != NULL; item = item->next)
    yz_camera_worker_cancel (self, GPOINTER_TO_UINT (item->data));
}

void
yz_camera_worker_free (YzCameraWorker *self)
{
  g_async_queue_push_front (self->queue, g_new0 (Command, 1));
  cancel_all (self);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_hash_table_unref (self->cancellables);
  g_mutex_clear (&self->lock);
  if (self->slot != NULL)
    munmap (self->slot, YZ_CAMERA_PREVIEW_MAX);
  if (self->slot_fd >= 0)
    close (self->slot_fd);
  g_object_unref (self->camera);
  g_free (self);
}
