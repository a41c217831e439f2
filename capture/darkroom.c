/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-darkroom"

#include "capture/darkroom.h"

#include "capture/capture-error.h"
#include "capture/helper-line.h"
#include "capture/page-parcel.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "yizhan-darkroom"
#define START_MS 20000    /* for the helper to say that it is ready */
#define PATIENCE_MS 30000 /* for one picture */
#define END_MS 5000       /* for the helper to end by itself */

/* One picture on its way through the queue. Owned by the queue, then by the worker, then by whoever
 * takes the result. */
typedef struct {
  GBytes *original;
  GBytes *empty; /* (nullable) */
  YzDevelopment development;
  GTask *task; /* (nullable) NULL for the blocking call */
  YzPage *page;
  GError *error;
  gboolean done;
} Job;

/* The process, as the worker sees it; no other thread touches it but for its number. */
typedef struct {
  int socket;
  int memory_fd;
  guint8 *memory;
  guint32 generation;
  GBytes *empty; /* (nullable) the mat that it has learnt */
} Helper;

struct _YzDarkroom {
  GObject parent_instance;
  GThread *worker;
  GMutex lock;
  GCond changed; /* a job came, a job is done, closed */
  GQueue jobs;
  GQueue previews;
  GBytes *empty;
  gboolean closed;
  gboolean busy;
  GPid pid; /* 0 when no helper runs */
  guint patience;
  Helper helper;
};

G_DEFINE_FINAL_TYPE (YzDarkroom, yz_darkroom, G_TYPE_OBJECT)

static void
free_job (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->original);
  g_clear_pointer (&job->empty, g_bytes_unref);
  g_clear_object (&job->task);
  g_clear_pointer (&job->page, yz_page_unref);
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
set_busy (YzDarkroom *self, gboolean busy)
{
  g_mutex_lock (&self->lock);
  self->busy = busy;
  g_mutex_unlock (&self->lock);
}

/* Reaps the helper: it ends when its line is closed, or is ended. */
static void
reap (GPid pid, gboolean at_once)
{
  const int fd = (int) syscall (SYS_pidfd_open, pid, 0);
  struct pollfd item = { .fd = fd, .events = POLLIN };
  int result = 0;

  if (fd < 0 || at_once || poll (&item, 1, END_MS) <= 0)
    kill (pid, SIGKILL);
  do
    result = waitpid (pid, NULL, 0);
  while (result < 0 && errno == EINTR);
  if (fd >= 0)
    close (fd);
}

static void
stop_helper (YzDarkroom *self, gboolean at_once)
{
  Helper *helper = &self->helper;
  GPid pid = 0;

  if (helper->socket >= 0)
    close (helper->socket);
  if (helper->memory_fd >= 0)
    close (helper->memory_fd);
  if (helper->memory != NULL)
    munmap (helper->memory, YZ_PARCEL_SIZE);
  g_clear_pointer (&helper->empty, g_bytes_unref);
  helper->socket = helper->memory_fd = -1;
  helper->memory = NULL;
  g_mutex_lock (&self->lock);
  pid = self->pid;
  self->pid = 0;
  self->busy = FALSE;
  g_mutex_unlock (&self->lock);
  if (pid > 0)
    reap (pid, at_once);
}

/* The next answer to our last order; answers to older ones are passed over. */
static YzHelperMessage *
receive_answer (Helper *helper, const char *verb, int timeout_ms, GError **error)
{
  g_autoptr (YzHelperMessage) message = NULL;

  do {
    g_clear_pointer (&message, yz_helper_message_free);
    message = yz_helper_receive (helper->socket, timeout_ms, error);
    if (message == NULL)
      return NULL;
  } while (message->generation != helper->generation);
  if (g_str_equal (message->verb, verb))
    return g_steal_pointer (&message);
  if (g_str_equal (message->verb, "failed"))
    yz_helper_unpack_error (message->details, error);
  else
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                 "the darkroom answered “%s” instead of “%s”", message->verb, verb);
  return NULL;
}

static gboolean
share_memory (Helper *helper, GError **error)
{
  g_autoptr (YzHelperMessage) message = NULL;

  helper->memory_fd = yz_helper_memfd_new (YZ_PARCEL_SIZE, error);
  if (helper->memory_fd < 0)
    return FALSE;
  helper->memory = yz_helper_map (helper->memory_fd, YZ_PARCEL_SIZE, TRUE, error);
  if (helper->memory == NULL || !yz_helper_send (helper->socket, ++helper->generation, "open", NULL,
                                                 helper->memory_fd, error))
    return FALSE;
  message = receive_answer (helper, "done", START_MS, error);
  return message != NULL;
}

static gboolean
start_helper (YzDarkroom *self, GError **error)
{
  Helper *helper = &self->helper;
  g_autoptr (YzHelperMessage) message = NULL;
  GPid pid = 0;

  if (!yz_helper_spawn (PROGRAM, NULL, &pid, &helper->socket, error))
    return FALSE;
  set_state (self, pid, FALSE);
  helper->generation = 0;
  message = receive_answer (helper, "ready", START_MS, error);
  if (message == NULL || !share_memory (helper, error)) {
    g_prefix_error (error, "starting the darkroom: ");
    stop_helper (self, TRUE);
    return FALSE;
  }
  return TRUE;
}

/* A helper that died while it had nothing to do is no picture's fault. */
static gboolean
ensure_helper (YzDarkroom *self, GError **error)
{
  struct pollfd item = { .fd = self->helper.socket, .events = POLLIN };

  if (self->helper.socket >= 0 && poll (&item, 1, 0) > 0 && (item.revents & (POLLHUP | POLLERR)))
    stop_helper (self, TRUE);
  return self->helper.socket >= 0 || start_helper (self, error);
}

static gboolean
write_bytes (Helper *helper, GBytes *bytes, GError **error)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);

  if (length > YZ_PARCEL_IN) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
                 _ ("The picture's file has more than %d MB; it is not opened."),
                 (int) (YZ_PARCEL_IN >> 20));
    return FALSE;
  }
  if (length > 0)
    memcpy (helper->memory, data, length);
  return TRUE;
}

/* A mat that cannot be read is remembered all the same, so that it is tried once. */
static gboolean
teach_mat (YzDarkroom *self, GBytes *empty, GError **error)
{
  Helper *helper = &self->helper;
  const YzDevelopment none = { 0 };
  g_autoptr (YzHelperMessage) message = NULL;
  g_autoptr (GError) trouble = NULL;

  if (empty == helper->empty)
    return TRUE;
  g_clear_pointer (&helper->empty, g_bytes_unref);
  helper->empty = empty != NULL ? g_bytes_ref (empty) : NULL;
  if (empty != NULL && !write_bytes (helper, empty, NULL))
    return TRUE;
  if (!yz_helper_send (helper->socket, ++helper->generation, "mat",
                       yz_parcel_pack_order (&none, empty != NULL ? g_bytes_get_size (empty) : 0),
                       -1, error))
    return FALSE;
  message = receive_answer (helper, "done", (int) self->patience, &trouble);
  if (message != NULL ||
      g_error_matches (trouble, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED) ||
      g_error_matches (trouble, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&trouble));
  return FALSE;
}

static YzPage *
ask (YzDarkroom *self, Job *job, GError **error)
{
  Helper *helper = &self->helper;
  g_autoptr (YzHelperMessage) message = NULL;

  if (!write_bytes (helper, job->original, error) ||
      !yz_helper_send (helper->socket, ++helper->generation, "develop",
                       yz_parcel_pack_order (&job->development, g_bytes_get_size (job->original)),
                       -1, error))
    return NULL;
  set_busy (self, TRUE);
  message = receive_answer (helper, "page", (int) self->patience, error);
  set_busy (self, FALSE);
  return message != NULL ? yz_parcel_unpack_page (message->details, helper->memory, error) : NULL;
}

/* What a broken line over a picture means: the helper is ended, the next picture has a new one. */
static void
blame_picture (YzDarkroom *self, GError **error)
{
  const gboolean lost = g_error_matches (*error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  const gboolean late = g_error_matches (*error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);

  if (!lost && !late && !g_error_matches (*error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL))
    return;
  g_debug ("the helper is given up: %s", (*error)->message);
  stop_helper (self, TRUE);
  if (!lost && !late)
    return;
  g_clear_error (error);
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
                       lost ? _ ("The picture could not be opened safely; take it again.")
                            : _ ("The picture took too long to open; take it again."));
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
  if (!ensure_helper (self, &job->error))
    return;
  if (job->development.what & YZ_DEVELOP_FIND && !teach_mat (self, job->empty, &job->error)) {
    stop_helper (self, TRUE); /* the mat's fault; once more without it */
    g_clear_pointer (&job->empty, g_bytes_unref);
    g_clear_error (&job->error);
    if (!ensure_helper (self, &job->error))
      return;
  }
  job->page = ask (self, job, &job->error);
  if (job->page == NULL)
    blame_picture (self, &job->error);
}

static gboolean
deliver (gpointer data)
{
  Job *job = data;

  if (job->page != NULL)
    g_task_return_pointer (job->task, g_steal_pointer (&job->page), (GDestroyNotify) yz_page_unref);
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
    job->error = g_error_new_literal (YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED,
                                      _ ("The darkroom was closed."));
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
    after_preview = (job->development.what & YZ_DEVELOP_PREVIEW) != 0;
    run_job (self, job);
    hand_back (self, job);
  }
  stop_helper (self, FALSE);
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
  self->helper.socket = self->helper.memory_fd = -1;
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
create_job (GBytes *original, YzDevelop what, const double *corners, guint rotation, guint longest)
{
  Job *job = g_new0 (Job, 1);

  job->original = g_bytes_ref (original);
  job->development.what = what;
  job->development.rotation = rotation;
  job->development.longest = longest;
  job->development.has_corners = corners != NULL;
  for (guint i = 0; corners != NULL && i < 8; i++)
    job->development.corners[i] = corners[i];
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
  g_queue_push_tail (job->development.what & YZ_DEVELOP_PREVIEW ? &self->previews : &self->jobs,
                     job);
  if (!closed && self->worker == NULL)
    self->worker = g_thread_new ("darkroom", run_worker, self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  if (closed) {
    refuse_rest (self, &self->previews);
    refuse_rest (self, &self->jobs);
  }
}

void
yz_darkroom_develop_async (YzDarkroom *self,
                           GBytes *original,
                           YzDevelop what,
                           const double *corners,
                           guint rotation,
                           guint longest,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Job *job = NULL;

  g_return_if_fail (YZ_IS_DARKROOM (self));
  g_return_if_fail (original != NULL);

  job = create_job (original, what, corners, rotation, longest);
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, yz_darkroom_develop_async);
  g_task_set_check_cancellable (job->task, FALSE);
  push_job (self, job);
}

YzPage *
yz_darkroom_develop_finish (YzDarkroom *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

YzPage *
yz_darkroom_develop (YzDarkroom *self,
                     GBytes *original,
                     YzDevelop what,
                     const double *corners,
                     guint rotation,
                     guint longest,
                     GError **error)
{
  Job *job = NULL;
  YzPage *page = NULL;

  g_return_val_if_fail (YZ_IS_DARKROOM (self), NULL);
  g_return_val_if_fail (original != NULL, NULL);

  job = create_job (original, what, corners, rotation, longest);
  push_job (self, job);
  g_mutex_lock (&self->lock);
  while (!job->done)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
  page = g_steal_pointer (&job->page);
  if (job->error != NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  free_job (job);
  return page;
}
