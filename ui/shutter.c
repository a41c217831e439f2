/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/shutter.h"

#include "ui/ask.h"
#include "ui/intake.h"

struct _YzShutter {
  GObject parent;
  YzDesk *desk;
  YzDarkroom *darkroom;
  YzCameraHost *camera;
  GPtrArray *jobs;  /* of Job, not owned: each ends by itself */
  GHashTable *seen; /* "number/sheet" of every page that was looked at, or is being */
  gboolean shooting;
  GQueue settling; /* GTasks that wait until nothing is under way: in one case, or in any */
};

G_DEFINE_FINAL_TYPE (YzShutter, yz_shutter, G_TYPE_OBJECT)

enum { CHANGED, SHOT, PAGE, FILED, REFUSED, UNREAD, LOOKED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* One page on its way. */
typedef struct {
  YzShutter *self;
  char *number;
  char *material;
  char *origin;
  char *media_type; /* of one that was filed before */
  guint replaces;
  guint sheet;
  YzCameraHost *camera; /* NULL for a file */
  YzFrame *frame;
  YzPage *page; /* (nullable) what is known of it already */
  GTask *task;  /* (nullable) who waits until it is filed */
  gboolean filed;
} Job;

static Job *
begin (YzShutter *self, const char *number, const char *material, const char *origin)
{
  Job *job = g_new0 (Job, 1);

  job->self = g_object_ref (self);
  job->number = g_strdup (number);
  job->material = g_strdup (material);
  job->origin = g_strdup (origin);
  g_ptr_array_add (self->jobs, job);
  return job;
}

/* Who hands a case on waits until its pages are looked at; who leaves, until all are filed. */
static gboolean
is_settled (YzShutter *self, const char *number)
{
  for (guint i = 0; i < self->jobs->len; i++) {
    const Job *job = g_ptr_array_index (self->jobs, i);

    if (number != NULL ? g_str_equal (job->number, number) : !job->filed)
      return FALSE;
  }
  return TRUE;
}

static void
answer_settling (YzShutter *self)
{
  for (GList *at = self->settling.head; at != NULL;) {
    GList *next = at->next;

    if (is_settled (self, g_task_get_task_data (at->data))) {
      g_autoptr (GTask) task = at->data;

      g_queue_delete_link (&self->settling, at);
      g_task_return_boolean (task, TRUE);
    }
    at = next;
  }
}

/* Nobody hands a case on from which a page was refused meanwhile. */
static void
refuse_settling (YzShutter *self, const char *number, const GError *error)
{
  for (GList *at = self->settling.head; at != NULL;) {
    GList *next = at->next;

    if (g_strcmp0 (number, g_task_get_task_data (at->data)) == 0) {
      g_autoptr (GTask) task = at->data;

      g_queue_delete_link (&self->settling, at);
      g_task_return_error (task, g_error_copy (error));
    }
    at = next;
  }
}

static void
end (Job *job)
{
  g_autoptr (YzShutter) self = g_object_ref (job->self);

  g_ptr_array_remove (self->jobs, job);
  g_clear_object (&job->camera);
  g_clear_pointer (&job->frame, yz_frame_unref);
  g_clear_pointer (&job->page, yz_page_unref);
  g_clear_object (&job->task);
  g_free (job->number);
  g_free (job->material);
  g_free (job->origin);
  g_free (job->media_type);
  g_object_unref (job->self);
  g_free (job);
  g_signal_emit (self, signals[CHANGED], 0);
  answer_settling (self);
}

static void
refuse (Job *job, const GError *error)
{
  if (job->task != NULL)
    g_task_return_error (job->task, g_error_copy (error));
  else
    g_signal_emit (job->self, signals[REFUSED], 0, job->number, job->material, error);
  refuse_settling (job->self, job->number, error);
  end (job);
}

static void
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = NULL;

  page = yz_intake_develop_finish (YZ_DESK (source), result, &error);
  if (page == NULL)
    g_signal_emit (job->self, signals[UNREAD], 0, job->number, job->sheet, error);
  else if (job->camera != NULL && job->camera == job->self->camera)
    g_signal_emit (job->self, signals[LOOKED], 0, page);
  end (job);
}

/* Returns: FALSE when it was looked at before. */
static gboolean
note_seen (YzShutter *self, const char *number, guint sheet)
{
  return g_hash_table_add (self->seen, g_strdup_printf ("%s/%u", number, sheet));
}

static void
on_attached (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  YzShutter *self = job->self;
  g_autoptr (GError) error = NULL;

  job->sheet = yz_intake_attach_finish (YZ_DESK (source), result, &error);
  if (job->sheet == 0) {
    refuse (job, error);
    return;
  }
  if (job->camera != NULL)
    yz_camera_host_release (job->camera, job->frame);
  g_signal_emit (self, signals[FILED], 0, job->number, job->material, job->sheet, job->replaces);
  if (job->task != NULL)
    g_task_return_int (job->task, (gssize) job->sheet);
  job->filed = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  answer_settling (self);
  if (!note_seen (self, job->number, job->sheet))
    end (job); /* the case was shown with it already */
  else if (job->page != NULL)
    yz_intake_outline_async (self->desk, job->number, job->sheet, job->page, on_developed, job);
  else
    yz_intake_develop_async (self->desk, self->darkroom, job->number, job->sheet, job->frame, FALSE,
                             on_developed, job);
}

static void
attach (Job *job)
{
  yz_intake_attach_async (job->self->desk, job->number, job->material, job->frame, job->origin,
                          job->replaces, on_attached, job);
}

static void
on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  job->frame = yz_camera_host_shoot_finish (YZ_CAMERA_HOST (source), result, &error);
  job->self->shooting = FALSE;
  if (job->frame == NULL) {
    refuse (job, error);
    return;
  }
  g_signal_emit (job->self, signals[SHOT], 0);
  attach (job);
}

gboolean
yz_shutter_shoot (YzShutter *self, const char *number, const char *material, guint replaces)
{
  Job *job = NULL;

  if (self->camera == NULL || self->shooting)
    return FALSE;
  job = begin (self, number, material, "camera");
  job->replaces = replaces;
  job->camera = g_object_ref (self->camera);
  /* What the device's own button took lies there already. */
  job->frame = replaces == 0 ? yz_camera_host_take_page (self->camera) : NULL;
  if (job->frame != NULL) {
    g_signal_emit (self, signals[SHOT], 0);
    g_signal_emit (self, signals[CHANGED], 0);
    attach (job);
    return TRUE;
  }
  self->shooting = TRUE;
  yz_camera_host_shoot_async (job->camera, NULL, on_shot, job);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
yz_shutter_file_async (YzShutter *self,
                       const char *number,
                       const char *material,
                       YzFrame *frame,
                       YzPage *page,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Job *job = begin (self, number, material, "import");

  job->frame = yz_frame_ref (frame);
  job->page = yz_page_ref (page);
  job->task = g_task_new (self, NULL, callback, user_data);
  g_signal_emit (self, signals[CHANGED], 0);
  attach (job);
}

guint
yz_shutter_file_finish (YzShutter *self, GAsyncResult *result, GError **error)
{
  const gssize sheet = g_task_propagate_int (G_TASK (result), error);

  return sheet > 0 ? (guint) sheet : 0;
}

guint
yz_shutter_count_pending (YzShutter *self, const char *number, const char *material)
{
  guint count = 0;

  for (guint i = 0; i < self->jobs->len; i++) {
    const Job *job = g_ptr_array_index (self->jobs, i);

    if (g_strcmp0 (job->number, number) == 0 && !job->filed && job->replaces == 0 &&
        (material == NULL || g_strcmp0 (job->material, material) == 0))
      count++;
  }
  return count;
}

static void
on_original (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  YzShutter *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = yz_desk_call_finish (YZ_DESK (source), result, &error);

  if (original == NULL) {
    g_signal_emit (self, signals[UNREAD], 0, job->number, job->sheet, error);
    end (job);
    return;
  }
  job->frame = yz_frame_new (original, job->media_type, NULL, "", 0);
  yz_intake_develop_async (self->desk, self->darkroom, job->number, job->sheet, job->frame, TRUE,
                           on_developed, job);
}

void
yz_shutter_catch_up (YzShutter *self, const YzDossier *dossier)
{
  for (guint i = 0; i < dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (dossier->sheets, i);
    Job *job = NULL;

    if (sheet->detached || sheet->outlined || *sheet->verdicts != '\0' ||
        !note_seen (self, dossier->number, sheet->id))
      continue;
    job = begin (self, dossier->number, sheet->material, sheet->origin);
    job->sheet = sheet->id;
    job->filed = TRUE;
    job->media_type = g_strdup (sheet->media_type);
    yz_ask_read (self->desk, sheet->digest, NULL, on_original, job);
  }
}

void
yz_shutter_settle_async (YzShutter *self,
                         const char *number,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (number), g_free);
  g_queue_push_tail (&self->settling, task);
  answer_settling (self);
}

gboolean
yz_shutter_settle_finish (YzShutter *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
yz_shutter_is_shooting (YzShutter *self)
{
  return self->shooting;
}

static void
on_page (YzShutter *self)
{
  g_signal_emit (self, signals[PAGE], 0);
}

void
yz_shutter_set_camera (YzShutter *self, YzCameraHost *camera)
{
  if (self->camera != NULL)
    g_signal_handlers_disconnect_by_func (self->camera, on_page, self);
  g_set_object (&self->camera, camera);
  if (camera != NULL)
    g_signal_connect_object (camera, "page", G_CALLBACK (on_page), self, G_CONNECT_SWAPPED);
}

YzShutter *
yz_shutter_new (YzDesk *desk, YzDarkroom *darkroom)
{
  YzShutter *self = g_object_new (YZ_TYPE_SHUTTER, NULL);

  self->desk = g_object_ref (desk);
  self->darkroom = g_object_ref (darkroom);
  return self;
}

static void
yz_shutter_finalize (GObject *object)
{
  YzShutter *self = YZ_SHUTTER (object);

  g_queue_clear_full (&self->settling, g_object_unref);
  g_ptr_array_unref (self->jobs);
  g_hash_table_unref (self->seen);
  g_clear_object (&self->camera);
  g_clear_object (&self->darkroom);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_shutter_parent_class)->finalize (object);
}

static void
yz_shutter_class_init (YzShutterClass *klass)
{
  GType type = YZ_TYPE_SHUTTER;

  G_OBJECT_CLASS (klass)->finalize = yz_shutter_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOT] =
      g_signal_new ("shot", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PAGE] =
      g_signal_new ("page", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILED] = g_signal_new ("filed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_UINT);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_ERROR);
  signals[UNREAD] = g_signal_new ("unread", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_ERROR);
  signals[LOOKED] = g_signal_new ("looked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
yz_shutter_init (YzShutter *self)
{
  g_queue_init (&self->settling);
  self->jobs = g_ptr_array_new ();
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
