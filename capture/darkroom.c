/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-darkroom"

#include "capture/darkroom.h"

#include "capture/capture-error.h"
#include "capture/darkroom-helper.h"
#include "capture/darkroom-order.h"
#include "capture/media-type.h"
#include "capture/page-parcel.h"

#include <glib/gi18n-lib.h>

#include <signal.h>

#define PATIENCE_MS 30000          /* for one picture */
#define READING_PATIENCE_MS 180000 /* for the words of one page on a busy machine */

/* Documents need more of the system than pictures do, so they have a process of their own. */
typedef enum { PICTURES, DOCUMENTS, N_KINDS } Kind;

static const char *const *const TO_SHOW[N_KINDS] = {
  [DOCUMENTS] = (const char *const[]){ "--documents", NULL },
};
static const char *const *const TO_READ[N_KINDS] = {
  [PICTURES] = (const char *const[]){ "--read", NULL },
  [DOCUMENTS] = (const char *const[]){ "--read", "--documents", NULL },
};

/* One picture on its way through the queue. Owned by the queue, then by the worker, then by whoever
 * takes the result. */
typedef struct {
  const YzDarkroomOrder *order;
  Kind kind;
  GVariant *details;
  GBytes *original;
  GBytes *empty; /* (nullable) */
  gboolean finds, preview;
  GTask *task; /* (nullable) NULL for the blocking call */
  gpointer result;
  GError *error;
  gboolean done;
} Job;

struct _YzDarkroom {
  GObject parent_instance;
  GThread *worker;
  GMutex lock;
  GCond changed; /* a job came, a job is done, closed */
  GQueue jobs;
  GQueue previews;
  GBytes *empty;
  double across, down; /* millimetres of the mat, 0 unknown */
  gboolean closed;
  gboolean busy;
  GPid pid; /* 0 when no helper runs */
  guint patience;
  const char *const *const *arguments; /* of the helpers */
  /* The worker's alone, as the mat that the helper for pictures has learnt is: */
  YzDarkroomHelper helpers[N_KINDS];
  GBytes *learnt; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YzDarkroom, yz_darkroom, G_TYPE_OBJECT)

static void
free_job (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->original);
  g_clear_pointer (&job->empty, g_bytes_unref);
  g_clear_object (&job->task);
  g_variant_unref (job->details);
  g_clear_pointer (&job->result, job->order->free_result);
  g_clear_error (&job->error);
  g_free (job);
}

static void
set_state (YzDarkroom *self, GPid pid, gboolean busy)
{
  g_mutex_lock (&self->lock);
  self->pid = pid;
  self->busy = busy;
  g_mutex_unlock (&self->lock);
}

static void
stop_helper (YzDarkroom *self, Kind kind, gboolean at_once)
{
  if (kind == PICTURES)
    g_clear_pointer (&self->learnt, g_bytes_unref);
  set_state (self, 0, FALSE); /* first: nobody ends a process that is no longer ours */
  yz_darkroom_helper_stop (&self->helpers[kind], at_once);
}

static void
set_closed_error (GError **error)
{
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED,
                       _ ("The darkroom was closed."));
}

/* From now on closing ends the helper; FALSE when it came before. */
static gboolean
begin_work (YzDarkroom *self, GPid pid, GError **error)
{
  gboolean closed = FALSE;

  g_mutex_lock (&self->lock);
  closed = self->closed;
  self->pid = pid;
  self->busy = !closed;
  g_mutex_unlock (&self->lock);
  if (closed)
    set_closed_error (error);
  return !closed;
}

/* A helper that died while it had nothing to do is no picture's fault. */
static gboolean
ensure_helper (YzDarkroom *self, Kind kind, GError **error)
{
  YzDarkroomHelper *helper = &self->helpers[kind];

  if (yz_darkroom_helper_is_alive (helper))
    return TRUE;
  stop_helper (self, kind, TRUE);
  if (!yz_darkroom_helper_start (helper, self->arguments[kind], error))
    return FALSE;
  if (!begin_work (self, helper->pid, error) || !yz_darkroom_helper_greet (helper, error)) {
    stop_helper (self, kind, TRUE);
    return FALSE;
  }
  set_state (self, helper->pid, FALSE);
  return TRUE;
}

static YzHelperMessage *
command (YzDarkroom *self,
         YzDarkroomHelper *helper,
         const char *verb,
         GVariant *details,
         const char *answer,
         GError **error)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (details);
  YzHelperMessage *message = NULL;

  if (!begin_work (self, helper->pid, error))
    return NULL;
  message = yz_darkroom_helper_ask (helper, verb, sunk, answer, (int) self->patience, error);
  set_state (self, helper->pid, FALSE);
  return message;
}

/* A mat that cannot be read is remembered all the same, so that it is tried once. */
static gboolean
teach_mat (YzDarkroom *self, GBytes *empty, GError **error)
{
  const YzDevelopment none = { 0 };
  const gsize length = empty != NULL ? g_bytes_get_size (empty) : 0;
  YzDarkroomHelper *helper = &self->helpers[PICTURES];
  g_autoptr (YzHelperMessage) message = NULL;
  g_autoptr (GError) trouble = NULL;

  if (empty == self->learnt)
    return TRUE;
  g_clear_pointer (&self->learnt, g_bytes_unref);
  self->learnt = empty != NULL ? g_bytes_ref (empty) : NULL;
  if (empty != NULL && !yz_darkroom_helper_lay (helper, empty, NULL))
    return TRUE;
  message = command (self, helper, "mat", yz_parcel_pack_order (&none, length), "done", &trouble);
  if (message != NULL ||
      g_error_matches (trouble, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED) ||
      g_error_matches (trouble, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&trouble));
  return FALSE;
}

static gpointer
ask (YzDarkroom *self, Job *job, GError **error)
{
  g_autoptr (YzHelperMessage) message = NULL;
  YzDarkroomHelper *helper = &self->helpers[job->kind];

  if (!yz_darkroom_helper_lay (helper, job->original, error))
    return NULL;
  message = command (self, helper, job->order->verb, job->details, job->order->answer, error);
  return message != NULL ? job->order->unpack (message->details, helper->memory, error) : NULL;
}

static const char *
explain_loss (Kind kind, gboolean lost)
{
  if (kind == DOCUMENTS)
    return lost ? _ ("The PDF could not be opened safely.") : _ ("The PDF took too long to open.");
  return lost ? _ ("The picture could not be opened safely; take it again.")
              : _ ("The picture took too long to open; take it again.");
}

/* What a broken line over a picture means: the helper is ended, the next picture has a new one. */
static void
blame_picture (YzDarkroom *self, Kind kind, GError **error)
{
  const gboolean lost = g_error_matches (*error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  const gboolean late = g_error_matches (*error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);

  if (!lost && !late && !g_error_matches (*error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL))
    return;
  g_debug ("the helper is given up: %s", (*error)->message);
  stop_helper (self, kind, TRUE);
  if (!lost && !late)
    return;
  g_clear_error (error);
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
                       explain_loss (kind, lost));
}

static void
run_job (YzDarkroom *self, Job *job)
{
  GCancellable *cancellable = job->task != NULL ? g_task_get_cancellable (job->task) : NULL;

  if (g_cancellable_is_cancelled (cancellable)) {
    job->error =
        g_error_new_literal (YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED, _ ("Given up."));
    return;
  }
  if (!ensure_helper (self, job->kind, &job->error))
    return;
  if (job->finds && !teach_mat (self, job->empty, &job->error)) {
    stop_helper (self, job->kind, TRUE); /* the mat's fault; once more without it */
    g_clear_pointer (&job->empty, g_bytes_unref);
    g_clear_error (&job->error);
    if (!ensure_helper (self, job->kind, &job->error))
      return;
  }
  job->result = ask (self, job, &job->error);
  if (job->result == NULL)
    blame_picture (self, job->kind, &job->error);
}

/* That its helper was ended on closing is no fault of the picture. */
static void
explain_closing (YzDarkroom *self, Job *job)
{
  gboolean closed = FALSE;

  g_mutex_lock (&self->lock);
  closed = self->closed;
  g_mutex_unlock (&self->lock);
  if (!closed || job->result != NULL)
    return;
  g_clear_error (&job->error);
  set_closed_error (&job->error);
}

static gboolean
deliver (gpointer data)
{
  Job *job = data;

  if (job->result != NULL)
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->order->free_result);
  else
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  return G_SOURCE_REMOVE;
}

/* The last reference to a task must go where it came from, as it holds the darkroom. */
static void
hand_back (YzDarkroom *self, Job *job)
{
  GSource *source = NULL;

  if (job->task == NULL) {
    g_mutex_lock (&self->lock);
    job->done = TRUE;
    g_cond_broadcast (&self->changed);
    g_mutex_unlock (&self->lock);
    return;
  }
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, deliver, job, free_job);
  g_source_attach (source, g_task_get_context (job->task));
  g_source_unref (source);
}

/* A preview first, but not after a preview; NULL when closed. */
static Job *
wait_for_job (YzDarkroom *self, gboolean after_preview)
{
  Job *job = NULL;

  g_mutex_lock (&self->lock);
  while (!self->closed && self->jobs.length + self->previews.length == 0)
    g_cond_wait (&self->changed, &self->lock);
  if (!self->closed && self->previews.length > 0 && (!after_preview || self->jobs.length == 0))
    job = g_queue_pop_head (&self->previews);
  else if (!self->closed)
    job = g_queue_pop_head (&self->jobs);
  g_mutex_unlock (&self->lock);
  return job;
}

static void
refuse_rest (YzDarkroom *self, GQueue *queue)
{
  Job *job = NULL;

  while ((job = g_queue_pop_head (queue)) != NULL) {
    set_closed_error (&job->error);
    hand_back (self, job);
  }
}

static gpointer
run_worker (gpointer data)
{
  YzDarkroom *self = data; /* joined before it goes */
  gboolean after_preview = FALSE;
  Job *job = NULL;

  while ((job = wait_for_job (self, after_preview)) != NULL) {
    after_preview = job->preview;
    run_job (self, job);
    explain_closing (self, job);
    hand_back (self, job);
  }
  for (guint kind = 0; kind < N_KINDS; kind++)
    stop_helper (self, (Kind) kind, FALSE);
  return NULL;
}

static void
yz_darkroom_init (YzDarkroom *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->jobs);
  g_queue_init (&self->previews);
  self->patience = PATIENCE_MS;
  self->arguments = TO_SHOW;
  for (guint kind = 0; kind < N_KINDS; kind++)
    yz_darkroom_helper_init (&self->helpers[kind]);
}

static void
yz_darkroom_finalize (GObject *object)
{
  YzDarkroom *self = YZ_DARKROOM (object);

  yz_darkroom_close (self);
  g_clear_pointer (&self->empty, g_bytes_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  G_OBJECT_CLASS (yz_darkroom_parent_class)->finalize (object);
}

static void
yz_darkroom_class_init (YzDarkroomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yz_darkroom_finalize;
}

YzDarkroom *
yz_darkroom_new (void)
{
  return g_object_new (YZ_TYPE_DARKROOM, NULL);
}

YzDarkroom *
yz_darkroom_new_to_read (void)
{
  YzDarkroom *self = yz_darkroom_new ();

  self->arguments = TO_READ;
  self->patience = READING_PATIENCE_MS;
  return self;
}

void
yz_darkroom_close (YzDarkroom *self)
{
  g_return_if_fail (YZ_IS_DARKROOM (self));

  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  if (self->busy && self->pid > 0)
    kill (self->pid, SIGKILL); /* nobody waits for that picture any more */
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->worker, g_thread_join);
  refuse_rest (self, &self->previews);
  refuse_rest (self, &self->jobs);
}

void
yz_darkroom_set_empty_mat (YzDarkroom *self, GBytes *original)
{
  g_return_if_fail (YZ_IS_DARKROOM (self));

  g_mutex_lock (&self->lock);
  if (original != NULL)
    g_bytes_ref (original);
  g_clear_pointer (&self->empty, g_bytes_unref);
  self->empty = original;
  g_mutex_unlock (&self->lock);
}

void
yz_darkroom_set_span (YzDarkroom *self, double across, double down)
{
  g_return_if_fail (YZ_IS_DARKROOM (self));

  g_mutex_lock (&self->lock);
  self->across = across;
  self->down = down;
  g_mutex_unlock (&self->lock);
}

void
yz_darkroom_get_span (YzDarkroom *self, double *out_across, double *out_down)
{
  g_mutex_lock (&self->lock);
  *out_across = self->across;
  *out_down = self->down;
  g_mutex_unlock (&self->lock);
}

void
yz_darkroom_set_patience (YzDarkroom *self, guint milliseconds)
{
  g_return_if_fail (YZ_IS_DARKROOM (self));

  self->patience = milliseconds;
}

GPid
yz_darkroom_get_helper (YzDarkroom *self, gboolean *out_busy)
{
  GPid pid = 0;

  g_return_val_if_fail (YZ_IS_DARKROOM (self), 0);

  g_mutex_lock (&self->lock);
  pid = self->pid;
  if (out_busy != NULL)
    *out_busy = self->busy;
  g_mutex_unlock (&self->lock);
  return pid;
}

static Job *
create_job (const YzDarkroomOrder *order, GBytes *original, GVariant *details)
{
  Job *job = g_new0 (Job, 1);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (original, &length);

  job->order = order;
  job->kind = yz_media_type_is_document (yz_media_type_guess (data, length)) ? DOCUMENTS : PICTURES;
  job->original = g_bytes_ref (original);
  job->details = g_variant_ref_sink (details);
  job->finds = order->finds && job->kind == PICTURES;
  job->preview = order->preview;
  return job;
}

/* Takes the job, or gives it back refused when the darkroom is closed. */
static void
push_job (YzDarkroom *self, Job *job)
{
  gboolean closed = FALSE;

  g_mutex_lock (&self->lock);
  closed = self->closed;
  job->empty = self->empty != NULL ? g_bytes_ref (self->empty) : NULL;
  g_queue_push_tail (job->preview ? &self->previews : &self->jobs, job);
  if (!closed && self->worker == NULL)
    self->worker = g_thread_new ("darkroom", run_worker, self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  if (closed) {
    refuse_rest (self, &self->previews);
    refuse_rest (self, &self->jobs);
  }
}

static void
queue_job (YzDarkroom *self,
           Job *job,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, (gpointer) job->order);
  g_task_set_check_cancellable (job->task, FALSE);
  push_job (self, job);
}

static gpointer
wait_for_result (YzDarkroom *self, Job *job, GError **error)
{
  gpointer result = NULL;

  push_job (self, job);
  g_mutex_lock (&self->lock);
  while (!job->done)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
  result = g_steal_pointer (&job->result);
  if (job->error != NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  free_job (job);
  return result;
}

void
yz_darkroom_order_async (YzDarkroom *self,
                         const YzDarkroomOrder *order,
                         GBytes *original,
                         GVariant *details,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (YZ_IS_DARKROOM (self));
  g_return_if_fail (original != NULL);

  queue_job (self, create_job (order, original, details), cancellable, callback, user_data);
}

gpointer
yz_darkroom_order_finish (YzDarkroom *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gpointer
yz_darkroom_order (YzDarkroom *self,
                   const YzDarkroomOrder *order,
                   GBytes *original,
                   GVariant *details,
                   GError **error)
{
  g_return_val_if_fail (YZ_IS_DARKROOM (self), NULL);
  g_return_val_if_fail (original != NULL, NULL);

  return wait_for_result (self, create_job (order, original, details), error);
}
