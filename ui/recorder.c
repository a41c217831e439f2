/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/recorder.h"

#include "ui/ask.h"

#define PAUSE_MS 700

struct _YzRecorder {
  GObject parent;
  YzDesk *desk;
  YzDossierForm *form;
  char *number;
  guint pause;
  gboolean recording;
  GQueue waiting; /* GTasks of flushes */
};

G_DEFINE_FINAL_TYPE (YzRecorder, yz_recorder, G_TYPE_OBJECT)

enum { RECORDED, REFUSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void record (YzRecorder *self);

static void
answer (YzRecorder *self, const GError *error)
{
  GTask *task = NULL;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL) {
    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
    g_object_unref (task);
  }
}

/* The number recorded travels along: the window may show another case by now. */
typedef struct {
  YzRecorder *self;
  char *number;
} Record;

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Record *job = data;
  g_autofree char *number = job->number;
  g_autoptr (YzRecorder) self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) dossier = yz_desk_call_finish (YZ_DESK (source), result, &error);
  gboolean same = g_strcmp0 (number, self->number) == 0;

  self->recording = FALSE;
  if (dossier == NULL) {
    g_signal_emit (self, signals[REFUSED], 0, error);
    answer (self, error);
    return;
  }
  if (same && self->form != NULL) {
    yz_dossier_form_set_saved (self->form);
    yz_dossier_form_set_seen (self->form, dossier->version);
  }
  g_signal_emit (self, signals[RECORDED], 0, dossier);
  if (same && self->form != NULL && yz_dossier_form_is_dirty (self->form))
    record (self);
  else
    answer (self, NULL);
}

static void
record (YzRecorder *self)
{
  g_autoptr (GPtrArray) persons = yz_dossier_form_read_persons (self->form);
  g_autoptr (GHashTable) facts = yz_dossier_form_read_facts (self->form);
  Record *job = g_new0 (Record, 1);

  g_clear_handle_id (&self->pause, g_source_remove);
  self->recording = TRUE;
  job->self = g_object_ref (self);
  job->number = g_strdup (self->number);
  yz_ask_record (self->desk, self->number, yz_dossier_form_get_seen (self->form), persons, facts,
                 on_recorded, job);
}

static gboolean
on_pause_over (gpointer data)
{
  YzRecorder *self = data;

  self->pause = 0;
  if (self->number != NULL && !self->recording && self->form != NULL &&
      yz_dossier_form_is_dirty (self->form))
    record (self);
  return G_SOURCE_REMOVE;
}

static void
on_edited (YzRecorder *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, on_pause_over, self);
}

void
yz_recorder_set_case (YzRecorder *self, const char *number)
{
  if (g_strcmp0 (self->number, number) == 0)
    return;
  if (self->number != NULL && self->form != NULL && yz_dossier_form_is_dirty (self->form) &&
      !self->recording)
    record (self);
  g_clear_handle_id (&self->pause, g_source_remove);
  g_free (self->number);
  self->number = g_strdup (number);
}

void
yz_recorder_flush_async (YzRecorder *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->number == NULL || self->form == NULL ||
      (!self->recording && !yz_dossier_form_is_dirty (self->form))) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  if (!self->recording)
    record (self);
}

gboolean
yz_recorder_flush_finish (YzRecorder *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

YzRecorder *
yz_recorder_new (YzDesk *desk, YzDossierForm *form)
{
  YzRecorder *self = g_object_new (YZ_TYPE_RECORDER, NULL);

  self->desk = g_object_ref (desk);
  self->form = form;
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *) &self->form);
  g_signal_connect_object (form, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  return self;
}

static void
yz_recorder_finalize (GObject *object)
{
  YzRecorder *self = YZ_RECORDER (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_weak_pointer (&self->form);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_object (&self->desk);
  g_free (self->number);
  G_OBJECT_CLASS (yz_recorder_parent_class)->finalize (object);
}

static void
yz_recorder_class_init (YzRecorderClass *klass)
{
  GType type = YZ_TYPE_RECORDER;

  G_OBJECT_CLASS (klass)->finalize = yz_recorder_finalize;
  signals[RECORDED] = g_signal_new ("recorded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
yz_recorder_init (YzRecorder *self)
{
  g_queue_init (&self->waiting);
}
