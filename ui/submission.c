/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/submission.h"

#include "ui/ask.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>

#define MOST_TRIES 16 /* pages of a case that are outlined while it is handed in */

/* One errand to the desk: save, wait for the pages, read, hand on, read again. */
typedef struct {
  YzDesk *desk;
  YzShutter *shutter; /* (nullable) */
  char *number;
  gboolean submit;
  gboolean submitted;
  char *state; /* in which it was found first */
  guint tries;
} Errand;

static void
free_errand (gpointer data)
{
  Errand *self = data;

  g_object_unref (self->desk);
  g_clear_object (&self->shutter);
  g_free (self->number);
  g_free (self->state);
  g_free (self);
}

static void on_read (GObject *source, GAsyncResult *result, gpointer data);

static void
on_acted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) dossier = yz_desk_call_finish (YZ_DESK (source), result, &error);
  Errand *errand = g_task_get_task_data (task);

  if (dossier == NULL && g_error_matches (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_STALE) &&
      ++errand->tries < MOST_TRIES) {
    /* A page was outlined or judged in between: the case is looked through once more. */
    yz_ask_open_case (errand->desk, errand->number, NULL, on_read, g_object_ref (task));
    return;
  }
  if (dossier == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  errand->submitted = TRUE;
  yz_ask_open_case (errand->desk, errand->number, NULL, on_read, g_object_ref (task));
}

/* One missing thing is named, the others are counted: the form lists them all. */
static GError *
make_incomplete (GPtrArray *missing)
{
  const char *first = g_ptr_array_index (missing, 0);
  guint more = missing->len - 1;

  if (more == 0)
    return g_error_new (YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INCOMPLETE,
                        _ ("Not submitted yet. %s"), first);
  return g_error_new (YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INCOMPLETE,
                      g_dngettext (GETTEXT_PACKAGE, "Not submitted yet. %1$s (and %2$u more)",
                                   "Not submitted yet. %1$s (and %2$u more)", more),
                      first, more);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzOpenCase) open_case = yz_desk_call_finish (YZ_DESK (source), result, &error);
  Errand *errand = g_task_get_task_data (task);
  const YzFlowStep *forward = NULL;

  if (open_case == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (!errand->submit || errand->submitted) {
    g_task_return_pointer (task, g_steal_pointer (&open_case), (GDestroyNotify) yz_open_case_unref);
    return;
  }
  forward = yz_open_case_get_forward (open_case);
  if (errand->state == NULL)
    errand->state = g_strdup (open_case->dossier->state);
  if (open_case->missing != NULL && open_case->missing->len > 0)
    g_task_return_error (task, make_incomplete (open_case->missing));
  else if (forward == NULL || !g_str_equal (errand->state, open_case->dossier->state))
    g_task_return_new_error (task, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED, "%s",
                             _ ("This case cannot be handed on from here."));
  else
    yz_ask_act (errand->desk, errand->number, open_case->dossier->version, forward->action, NULL,
                NULL, on_acted, g_object_ref (task));
}

static void
on_pages_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Errand *errand = g_task_get_task_data (task);

  if (!yz_shutter_settle_finish (YZ_SHUTTER (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    yz_ask_open_case (errand->desk, errand->number, NULL, on_read, g_object_ref (task));
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Errand *errand = g_task_get_task_data (task);

  if (!yz_recorder_flush_finish (YZ_RECORDER (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (errand->shutter != NULL)
    yz_shutter_settle_async (errand->shutter, errand->number, on_pages_settled,
                             g_object_ref (task));
  else
    yz_ask_open_case (errand->desk, errand->number, NULL, on_read, g_object_ref (task));
}

static void
begin (YzDesk *desk,
       YzRecorder *recorder,
       YzShutter *shutter,
       const char *number,
       gboolean submit,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (recorder, NULL, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->desk = g_object_ref (desk);
  errand->shutter = shutter != NULL ? g_object_ref (shutter) : NULL;
  errand->number = g_strdup (number);
  errand->submit = submit;
  g_task_set_task_data (task, errand, free_errand);
  yz_recorder_flush_async (recorder, on_flushed, g_object_ref (task));
}

void
yz_submission_read_async (YzDesk *desk,
                          YzRecorder *recorder,
                          const char *number,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  begin (desk, recorder, NULL, number, FALSE, callback, user_data);
}

void
yz_submission_run_async (YzDesk *desk,
                         YzRecorder *recorder,
                         YzShutter *shutter,
                         const char *number,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  begin (desk, recorder, shutter, number, TRUE, callback, user_data);
}

YzOpenCase *
yz_submission_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_all_filed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, yz_shutter_settle_finish (YZ_SHUTTER (source), result, NULL));
}

/* The form is recorded; then the pages. The task carries the shutter meanwhile. */
static void
on_form_recorded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!yz_recorder_flush_finish (YZ_RECORDER (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    yz_shutter_settle_async (g_task_get_task_data (task), NULL, on_all_filed, g_object_ref (task));
}

void
yz_submission_settle_async (YzRecorder *recorder, YzShutter *shutter, GTask *task)
{
  g_task_set_task_data (task, g_object_ref (shutter), g_object_unref);
  yz_recorder_flush_async (recorder, on_form_recorded, task);
}
