/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/intake.h"

#include "capture/capture-error.h"
#include "capture/media-type.h"
#include "ui/ask.h"
#include "ui/page-demand.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

guint
yz_intake_attach (YzDesk *desk,
                  const char *number,
                  const char *material,
                  YzFrame *frame,
                  const char *origin,
                  GError **error)
{
  g_autofree char *digest = yz_desk_keep (desk, frame->bytes, error);
  YzSheet sheet = {
    .material = material,
    .digest = digest,
    .size = g_bytes_get_size (frame->bytes),
    .media_type = frame->media_type,
    .captured_at = frame->shot_at,
    .origin = origin,
    .device = frame->device,
    .verdicts = "",
  };

  return digest == NULL ? 0 : yz_desk_attach (desk, number, &sheet, error);
}

/* (nullable) */
static const YzSheet *
find_sheet (const YzDossier *dossier, guint id)
{
  for (guint i = 0; dossier != NULL && i < dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (dossier->sheets, i);

    if (sheet->id == id)
      return sheet;
  }
  return NULL;
}

/* What its material demands of the page; how the clerk turned it stays. Nothing is added when the
 * case cannot be read just now. */
static YzVerdict
judge_demand (YzDesk *desk, const char *number, guint id, const YzPage *page, guint *out_rotation)
{
  g_autoptr (YzDossier) dossier = yz_desk_load (desk, number, NULL);
  g_autoptr (YzMatter) matter = dossier != NULL ? yz_desk_get_case_matter (desk, dossier) : NULL;
  const YzSheet *sheet = find_sheet (dossier, id);

  if (matter == NULL || sheet == NULL)
    return YZ_VERDICT_NONE;
  *out_rotation = sheet->rotation;
  return yz_page_demand_judge (yz_matter_find_material (matter, sheet->material), page);
}

gboolean
yz_intake_outline (YzDesk *desk, const char *number, guint id, const YzPage *page, GError **error)
{
  guint rotation = 0;
  const YzVerdict demand = judge_demand (desk, number, id, page, &rotation);
  g_autofree char *verdicts = yz_verdict_to_string (page->verdicts | demand);
  YzSheet sheet = {
    .id = id,
    .outlined = page->found,
    .confidence = page->confidence,
    .dpi = page->dpi,
    .rotation = rotation,
    .verdicts = verdicts,
  };

  for (gsize i = 0; page->found && i < G_N_ELEMENTS (sheet.corners); i++)
    sheet.corners[i] = page->corners[i];
  return yz_desk_outline (desk, number, &sheet, error);
}

/* What travels to the desk's thread. */
typedef struct {
  char *number;
  char *material;
  char *origin;
  YzFrame *frame;
  guint replaces;
  guint id;
  YzPage *page;
  YzVerdict said, asked;
} Job;

static void
free_job (gpointer data)
{
  Job *self = data;

  g_free (self->number);
  g_free (self->material);
  g_free (self->origin);
  g_clear_pointer (&self->frame, yz_frame_unref);
  g_clear_pointer (&self->page, yz_page_unref);
  g_free (self);
}

static Job *
new_job (const char *number, YzFrame *frame)
{
  Job *self = g_new0 (Job, 1);

  self->number = g_strdup (number);
  self->frame = frame != NULL ? yz_frame_ref (frame) : NULL;
  return self;
}

static guint
find_position (YzDesk *desk, const char *number, guint id)
{
  g_autoptr (YzDossier) dossier = yz_desk_load (desk, number, NULL);
  const YzSheet *sheet = find_sheet (dossier, id);

  return sheet != NULL ? sheet->position : 0;
}

/* The new page is safe in the case before the old one leaves it. */
static gboolean
take_place (YzDesk *desk, const Job *job, guint id, GError **error)
{
  guint position = find_position (desk, job->number, job->replaces);

  if (position == 0)
    return TRUE; /* the old one left meanwhile: the new one stays at the end */
  return yz_desk_detach (desk, job->number, job->replaces, _ ("Taken again"), error) &&
         yz_desk_arrange (desk, job->number, id, job->material, position, error);
}

static gpointer
run_attach (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  guint id = yz_intake_attach (desk, job->number, job->material, job->frame, job->origin, error);

  if (id != 0 && job->replaces != 0 && !take_place (desk, job, id, error))
    return NULL;
  return GUINT_TO_POINTER (id);
}

void
yz_intake_attach_async (YzDesk *desk,
                        const char *number,
                        const char *material,
                        YzFrame *frame,
                        const char *origin,
                        guint replaces,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Job *job = new_job (number, frame);

  job->material = g_strdup (material);
  job->origin = g_strdup (origin);
  job->replaces = replaces;
  yz_desk_call_async (desk, run_attach, job, free_job, NULL, NULL, callback, user_data);
}

guint
yz_intake_attach_finish (YzDesk *desk, GAsyncResult *result, GError **error)
{
  return GPOINTER_TO_UINT (yz_desk_call_finish (desk, result, error));
}

static gpointer
run_outline (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return GINT_TO_POINTER (yz_intake_outline (desk, job->number, job->id, job->page, error));
}

static gpointer
run_judge (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  g_autoptr (YzDossier) dossier = yz_desk_load (desk, job->number, error);
  const YzSheet *sheet = find_sheet (dossier, job->id);
  g_autofree char *verdicts = NULL;
  YzSheet judged;

  if (sheet == NULL || sheet->detached)
    return GINT_TO_POINTER (dossier != NULL); /* it left meanwhile */
  verdicts =
      yz_verdict_to_string ((yz_verdict_from_string (sheet->verdicts) & ~job->asked) | job->said);
  judged = *sheet;
  judged.verdicts = verdicts;
  return GINT_TO_POINTER (g_str_equal (verdicts, sheet->verdicts) ||
                          yz_desk_outline (desk, job->number, &judged, error));
}

void
yz_intake_judge_async (YzDesk *desk,
                       const char *number,
                       guint id,
                       YzVerdict asked,
                       YzVerdict said,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Job *job = new_job (number, NULL);

  job->id = id;
  job->asked = asked;
  job->said = said & asked;
  yz_desk_call_async (desk, run_judge, job, free_job, NULL, NULL, callback, user_data);
}

gboolean
yz_intake_judge_finish (YzDesk *desk, GAsyncResult *result, GError **error)
{
  return yz_desk_call_finish (desk, result, error) != NULL;
}

static void
free_page (gpointer page)
{
  yz_page_unref (page);
}

static void
on_outlined (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (yz_desk_call_finish (YZ_DESK (source), result, &error) == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, yz_page_ref (g_task_get_task_data (task)), free_page);
}

/* Writes down what was found; the task, which it takes, carries it to whoever waits. */
static void
write_down (YzDesk *desk, Job *job, GTask *task)
{
  g_task_set_task_data (task, yz_page_ref (job->page), free_page);
  yz_desk_call_async (desk, run_outline, job, free_job, NULL, NULL, on_outlined, task);
}

static void
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_darkroom_develop_finish (YZ_DARKROOM (source), result, &error);
  Job *seen = g_task_get_task_data (task);
  Job *job = NULL;

  if (page == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  job = new_job (seen->number, seen->frame);
  job->id = seen->id;
  job->page = g_steal_pointer (&page);
  write_down (g_task_get_source_object (task), job, g_object_ref (task));
}

void
yz_intake_develop_async (YzDesk *desk,
                         YzDarkroom *darkroom,
                         const char *number,
                         guint id,
                         YzFrame *frame,
                         gboolean elsewhere,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  const YzDevelopment development = { .what =
                                          YZ_DEVELOP_FIND | (elsewhere ? YZ_DEVELOP_ELSEWHERE : 0),
                                      .leaf = yz_media_type_get_leaf (frame->media_type) };
  g_autoptr (GTask) task = g_task_new (desk, NULL, callback, user_data);
  Job *job = new_job (number, frame);

  job->id = id;
  g_task_set_task_data (task, job, free_job);
  yz_darkroom_develop_leaf_async (darkroom, frame->bytes, &development, NULL, on_developed,
                                  g_object_ref (task));
}

void
yz_intake_outline_async (YzDesk *desk,
                         const char *number,
                         guint id,
                         YzPage *page,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (desk, NULL, callback, user_data);
  Job *job = new_job (number, NULL);

  job->id = id;
  job->page = yz_page_ref (page);
  write_down (desk, job, task);
}

/* A redoing under way. */
typedef struct {
  YzDarkroom *darkroom;
  YzDevelopment development;
  GTask *task; /* of yz_intake_develop_async()'s kind */
} Redo;

static void
free_redo (gpointer data)
{
  Redo *redo = data;

  g_object_unref (redo->darkroom);
  g_object_unref (redo->task);
  g_free (redo);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Redo, free_redo)

static void
on_original_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Redo) redo = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = yz_desk_call_finish (YZ_DESK (source), result, &error);

  if (original == NULL)
    g_task_return_error (redo->task, g_steal_pointer (&error));
  else
    yz_darkroom_develop_leaf_async (redo->darkroom, original, &redo->development, NULL,
                                    on_developed, g_object_ref (redo->task));
}

void
yz_intake_redo_async (YzDesk *desk,
                      YzDarkroom *darkroom,
                      const char *number,
                      guint id,
                      const char *digest,
                      const YzDevelopment *cut,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Redo *redo = g_new0 (Redo, 1);
  Job *job = new_job (number, NULL);

  job->id = id;
  redo->darkroom = g_object_ref (darkroom);
  redo->development = *cut;
  redo->task = g_task_new (desk, NULL, callback, user_data);
  g_task_set_task_data (redo->task, job, free_job);
  yz_ask_read (desk, digest, NULL, on_original_read, redo);
}

YzPage *
yz_intake_develop_finish (YzDesk *desk, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

YzFrame *
yz_intake_make_frame (GBytes *bytes, const char *name, guint leaf, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *media_type = yz_media_type_guess (data, length);
  g_autofree char *shown = yz_words_file (name);
  g_autofree char *one = NULL;

  if (media_type == NULL) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 _ ("“%s” is neither a JPEG or PNG picture nor a PDF; nothing was filed."), shown);
    return NULL;
  }
  if (yz_media_type_is_document (media_type))
    one = yz_media_type_name_leaf (MAX (leaf, 1));
  return yz_frame_new (bytes, one != NULL ? one : media_type, shown, shown, g_get_real_time ());
}
