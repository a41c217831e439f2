/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-questions.h"

struct _YzCameraQuestions {
  GHashTable *tasks; /* generation → GTask */
};

YzCameraQuestions *
yz_camera_questions_new (void)
{
  YzCameraQuestions *self = g_new0 (YzCameraQuestions, 1);

  self->tasks = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  return self;
}

void
yz_camera_questions_free (YzCameraQuestions *self)
{
  g_hash_table_unref (self->tasks);
  g_free (self);
}

void
yz_camera_questions_put (YzCameraQuestions *self, guint32 generation, GTask *task)
{
  g_hash_table_insert (self->tasks, GUINT_TO_POINTER (generation), g_object_ref (task));
}

static GTask *
take (YzCameraQuestions *self, guint32 generation)
{
  gpointer task = NULL;

  g_hash_table_steal_extended (self->tasks, GUINT_TO_POINTER (generation), NULL, &task);
  return task;
}

gboolean
yz_camera_questions_answer (YzCameraQuestions *self, guint32 generation, GVariant *details)
{
  g_autoptr (GTask) task = take (self, generation);

  if (task == NULL)
    return FALSE;
  g_task_return_pointer (task, g_variant_ref (details), (GDestroyNotify) g_variant_unref);
  return TRUE;
}

gboolean
yz_camera_questions_fail (YzCameraQuestions *self, guint32 generation, const GError *error)
{
  g_autoptr (GTask) task = take (self, generation);

  if (task == NULL)
    return FALSE;
  g_task_return_error (task, g_error_copy (error));
  return TRUE;
}

void
yz_camera_questions_fail_all (YzCameraQuestions *self, const GError *error)
{
  g_autoptr (GHashTable) all = g_steal_pointer (&self->tasks);
  GHashTableIter iter;
  gpointer task = NULL;

  /* Whoever asks again from its callback asks anew. */
  self->tasks = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &task))
    g_task_return_error (task, g_error_copy (error));
}
