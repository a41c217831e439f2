/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/import-queue.h"

#include "capture/document.h"
#include "capture/media-type.h"
#include "ui/intake.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define HEAD 1024                     /* bytes that tell the kind of a file */
#define LARGEST ((goffset) 256 << 20) /* bytes; more is not even fetched from disk */
#define AT_ONCE 500                   /* names of a folder */
#define LOOKED_AT                                                                                  \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE                                \
                                 "," G_FILE_ATTRIBUTE_STANDARD_SIZE                                \
                                 "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN

/* One page to come. */
typedef struct {
  GFile *file;
  guint leaf; /* of a document, 0 for a picture */
} Unit;

struct _YzImportQueue {
  GObject parent;
  YzDarkroom *darkroom;
  GPtrArray *files; /* of GFile, those of a folder in its place */
  guint surveyed;   /* files */
  GPtrArray *units; /* of Unit */
  guint done;
  GPtrArray *refused; /* of utf8 */
  /* The document whose leaves are being handed out: */
  GFile *open;
  GBytes *bytes;
};

G_DEFINE_FINAL_TYPE (YzImportQueue, yz_import_queue, G_TYPE_OBJECT)

static void
free_unit (gpointer data)
{
  Unit *unit = data;

  g_object_unref (unit->file);
  g_free (unit);
}

static void
add_unit (YzImportQueue *self, GFile *file, guint leaf)
{
  Unit *unit = g_new0 (Unit, 1);

  unit->file = g_object_ref (file);
  unit->leaf = leaf;
  g_ptr_array_add (self->units, unit);
}

static void
set_aside (YzImportQueue *self, GFile *file, guint leaf, const char *why)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = yz_words_file (base);

  if (strstr (why, name) != NULL)
    g_ptr_array_add (self->refused, g_strdup (why)); /* it is named already */
  else if (leaf > 0)
    g_ptr_array_add (self->refused, g_strdup_printf (_ ("“%s”, page %u: %s"), name, leaf, why));
  else
    g_ptr_array_add (self->refused, g_strdup_printf (_ ("“%s”: %s"), name, why));
}

/* The task comes back when it was cancelled, and is spent. */
static gboolean
give_up (GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    return FALSE;
  g_object_unref (task);
  return TRUE;
}

static void survey (YzImportQueue *self, GTask *task);

static void
survey_next (YzImportQueue *self, GTask *task)
{
  self->surveyed++;
  survey (self, task);
}

static void
refuse_surveyed (YzImportQueue *self, GTask *task, const GError *error)
{
  set_aside (self, g_ptr_array_index (self->files, self->surveyed), 0, error->message);
  survey_next (self, task);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  YzImportQueue *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  const guint leaves = yz_document_count_finish (YZ_DARKROOM (source), result, &error);

  if (give_up (task))
    return;
  if (leaves == 0) {
    refuse_surveyed (self, task, error);
    return;
  }
  for (guint leaf = 1; leaf <= leaves; leaf++)
    add_unit (self, g_ptr_array_index (self->files, self->surveyed), leaf);
  survey_next (self, task);
}

static void
on_document_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  YzImportQueue *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (give_up (task))
    return;
  if (bytes == NULL)
    refuse_surveyed (self, task, error);
  else
    yz_document_count_async (self->darkroom, bytes, g_task_get_cancellable (task), on_counted,
                             task);
}

static gboolean
wants_more (const char *contents, goffset size, gpointer data)
{
  return size < HEAD;
}

static void
on_head_read (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  YzImportQueue *self = g_task_get_source_object (task);
  GFile *file = G_FILE (source);
  g_autofree char *head = NULL;
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzFrame) frame = NULL;
  gsize length = 0;

  if (!g_file_load_partial_contents_finish (file, result, &head, &length, NULL, &error)) {
    if (!give_up (task))
      refuse_surveyed (self, task, error);
    return;
  }
  if (give_up (task))
    return;
  bytes = g_bytes_new (head, length);
  frame = yz_intake_make_frame (bytes, name, 0, &error);
  if (frame == NULL) {
    refuse_surveyed (self, task, error);
    return;
  }
  if (yz_media_type_is_document (frame->media_type)) {
    g_file_load_bytes_async (file, g_task_get_cancellable (task), on_document_loaded, task);
    return;
  }
  add_unit (self, file, 0);
  survey_next (self, task);
}

static gboolean
is_wanted (GFileInfo *info)
{
  static const char *const SUFFIXES[] = { ".jpg", ".jpeg", ".png", ".pdf" };
  g_autofree char *name = g_ascii_strdown (g_file_info_get_name (info), -1);

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_is_hidden (info))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
    if (g_str_has_suffix (name, SUFFIXES[i]))
      return TRUE;
  return FALSE;
}

/* As a person counts: page 9 before page 10. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *first = g_file_get_basename (*(GFile *const *) a);
  g_autofree char *second = g_file_get_basename (*(GFile *const *) b);
  g_autofree char *first_shown = g_filename_display_name (first);
  g_autofree char *second_shown = g_filename_display_name (second);
  g_autofree char *first_key = g_utf8_collate_key_for_filename (first_shown, -1);
  g_autofree char *second_key = g_utf8_collate_key_for_filename (second_shown, -1);

  return strcmp (first_key, second_key);
}

/* They come next, before the files that were named after their folder. */
static void
put_next (YzImportQueue *self, GPtrArray *found)
{
  const guint next = self->surveyed + 1;
  const guint after = self->files->len - next;
  gpointer *place = NULL;

  g_ptr_array_set_size (self->files, (int) (self->files->len + found->len));
  place = self->files->pdata + next;
  memmove (place + found->len, place, after * sizeof *place);
  for (guint i = 0; i < found->len; i++)
    place[i] = g_object_ref (g_ptr_array_index (found, i));
}

static void
on_names (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  YzImportQueue *self = g_task_get_source_object (task);
  GFileEnumerator *names = G_FILE_ENUMERATOR (source);
  GFile *folder = g_file_enumerator_get_container (names);
  GPtrArray *found = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autolist (GFileInfo) infos = g_file_enumerator_next_files_finish (names, result, &error);

  if (give_up (task))
    return;
  for (GList *at = infos; at != NULL; at = at->next)
    if (is_wanted (at->data))
      g_ptr_array_add (found, g_file_get_child (folder, g_file_info_get_name (at->data)));
  if (infos != NULL) {
    g_file_enumerator_next_files_async (names, AT_ONCE, G_PRIORITY_DEFAULT,
                                        g_task_get_cancellable (task), on_names, task);
    return;
  }
  if (error != NULL)
    set_aside (self, folder, 0, error->message);
  else if (found->len == 0)
    set_aside (self, folder, 0, _ ("There are no pictures or PDFs in this folder."));
  g_ptr_array_sort (found, compare_names);
  put_next (self, found);
  survey_next (self, task);
}

static void
on_folder_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  YzImportQueue *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileEnumerator) names =
      g_file_enumerate_children_finish (G_FILE (source), result, &error);

  if (give_up (task))
    return;
  if (names == NULL) {
    refuse_surveyed (self, task, error);
    return;
  }
  g_task_set_task_data (task, g_ptr_array_new_with_free_func (g_object_unref),
                        (GDestroyNotify) g_ptr_array_unref);
  g_file_enumerator_next_files_async (names, AT_ONCE, G_PRIORITY_DEFAULT,
                                      g_task_get_cancellable (task), on_names, task);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  YzImportQueue *self = g_task_get_source_object (task);
  GFile *file = G_FILE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, &error);

  if (give_up (task))
    return;
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY) {
    g_file_enumerate_children_async (file, LOOKED_AT, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), on_folder_opened, task);
    return;
  }
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                         _ ("It is not a file that holds a page."));
  else if (info != NULL && g_file_info_get_size (info) > LARGEST)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                         _ ("The file is too large to be a page."));
  if (error != NULL)
    refuse_surveyed (self, task, error);
  else
    g_file_load_partial_contents_async (file, g_task_get_cancellable (task), wants_more,
                                        on_head_read, task);
}

/* Takes the task. */
static void
survey (YzImportQueue *self, GTask *task)
{
  GFile *file = NULL;

  if (give_up (task))
    return;
  for (; self->surveyed < self->files->len; self->surveyed++) {
    file = g_ptr_array_index (self->files, self->surveyed);
    if (g_file_is_native (file)) {
      g_file_query_info_async (file, LOOKED_AT, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                               g_task_get_cancellable (task), on_asked, task);
      return;
    }
    set_aside (self, file, 0,
               _ ("It does not lie on this computer; save it here first, then add it."));
  }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

void
yz_import_queue_survey_async (YzImportQueue *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  survey (self, task);
}

gboolean
yz_import_queue_survey_finish (YzImportQueue *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What one call for the next page finds. */
typedef struct {
  YzFrame *frame;
  YzPage *page;
} Found;

static void
free_found (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->frame, yz_frame_unref);
  g_clear_pointer (&found->page, yz_page_unref);
  g_free (found);
}

static void fetch (YzImportQueue *self, GTask *task);

static void
refuse_unit (YzImportQueue *self, GTask *task, const GError *error)
{
  const Unit *unit = g_ptr_array_index (self->units, self->done);

  set_aside (self, unit->file, unit->leaf, error->message);
  self->done++;
  fetch (self, task);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  YzImportQueue *self = g_task_get_source_object (task);
  Found *found = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_darkroom_develop_finish (YZ_DARKROOM (source), result, &error);

  if (give_up (task))
    return;
  if (page == NULL) {
    refuse_unit (self, task, error);
    return;
  }
  self->done++;
  found->page = g_steal_pointer (&page);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* FALSE when the file is no longer what it was surveyed as: then it is set aside. */
static gboolean
look (YzImportQueue *self, const Unit *unit, GTask *task)
{
  const YzDevelopment development = { .what = YZ_DEVELOP_FIND | YZ_DEVELOP_ELSEWHERE,
                                      .leaf = unit->leaf };
  Found *found = g_task_get_task_data (task);
  g_autofree char *name = g_file_get_basename (unit->file);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&found->frame, yz_frame_unref);
  found->frame = yz_intake_make_frame (self->bytes, name, unit->leaf, &error);
  if (found->frame == NULL) {
    set_aside (self, unit->file, unit->leaf, error->message);
    self->done++;
    return FALSE;
  }
  yz_darkroom_develop_leaf_async (self->darkroom, self->bytes, &development,
                                  g_task_get_cancellable (task), on_looked, task);
  return TRUE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  YzImportQueue *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (give_up (task))
    return;
  if (bytes == NULL) {
    refuse_unit (self, task, error);
    return;
  }
  self->bytes = g_steal_pointer (&bytes);
  self->open = G_FILE (g_object_ref (source));
  fetch (self, task);
}

/* Takes the task. A document is fetched once for all its leaves. */
static void
fetch (YzImportQueue *self, GTask *task)
{
  if (give_up (task))
    return;
  for (;;) {
    const Unit *unit =
        self->done < self->units->len ? g_ptr_array_index (self->units, self->done) : NULL;

    if (unit != NULL && unit->file == self->open) {
      if (look (self, unit, task))
        return;
      continue;
    }
    g_clear_object (&self->open);
    g_clear_pointer (&self->bytes, g_bytes_unref);
    if (unit != NULL) {
      g_file_load_bytes_async (unit->file, g_task_get_cancellable (task), on_loaded, task);
      return;
    }
    g_task_return_boolean (task, FALSE);
    g_object_unref (task);
    return;
  }
}

void
yz_import_queue_next_async (YzImportQueue *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_new0 (Found, 1), free_found);
  fetch (self, task);
}

YzFrame *
yz_import_queue_next_finish (YzImportQueue *self,
                             GAsyncResult *result,
                             YzPage **out_page,
                             GError **error)
{
  Found *found = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  *out_page = g_steal_pointer (&found->page);
  return g_steal_pointer (&found->frame);
}

guint
yz_import_queue_get_total (YzImportQueue *self)
{
  return self->units->len;
}

guint
yz_import_queue_get_done (YzImportQueue *self)
{
  return self->done;
}

const GPtrArray *
yz_import_queue_get_refused (YzImportQueue *self)
{
  return self->refused;
}

YzImportQueue *
yz_import_queue_new (YzDarkroom *darkroom, GPtrArray *files)
{
  YzImportQueue *self = g_object_new (YZ_TYPE_IMPORT_QUEUE, NULL);

  self->darkroom = g_object_ref (darkroom);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->files, g_object_ref (g_ptr_array_index (files, i)));
  return self;
}

static void
yz_import_queue_finalize (GObject *object)
{
  YzImportQueue *self = YZ_IMPORT_QUEUE (object);

  g_clear_object (&self->open);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->units);
  g_ptr_array_unref (self->refused);
  g_object_unref (self->darkroom);
  G_OBJECT_CLASS (yz_import_queue_parent_class)->finalize (object);
}

static void
yz_import_queue_class_init (YzImportQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yz_import_queue_finalize;
}

static void
yz_import_queue_init (YzImportQueue *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->units = g_ptr_array_new_with_free_func (free_unit);
  self->refused = g_ptr_array_new_with_free_func (g_free);
}
