/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/pictures.h"

#include "capture/media-type.h"
#include "ui/ask.h"

#define KEPT ((gsize) 192 << 20) /* bytes of pixels: about ten pages as large as a view */

struct _YzPictures {
  GObject parent;
  YzDesk *desk;
  YzDarkroom *darkroom;
  GHashTable *pages;   /* key → YzPage */
  GQueue order;        /* keys, the longest unused first; owned by the table */
  gsize bytes;         /* of all pages kept */
  GHashTable *working; /* key → Work, both owned by the work itself */
};

G_DEFINE_FINAL_TYPE (YzPictures, yz_pictures, G_TYPE_OBJECT)

typedef struct {
  char *key;
  YzDevelopment development;
} Wish;

/* A picture being made, for all who asked for it meanwhile. */
typedef struct {
  YzPictures *pictures;
  Wish wish;
  GPtrArray *waiting; /* (element-type GTask) */
  GCancellable *cancellable;
} Work;

static void
yz_pictures_finalize (GObject *object)
{
  YzPictures *self = YZ_PICTURES (object);

  g_queue_clear (&self->order);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->working, g_hash_table_unref);
  g_clear_object (&self->desk);
  g_clear_object (&self->darkroom);
  G_OBJECT_CLASS (yz_pictures_parent_class)->finalize (object);
}

static void
yz_pictures_class_init (YzPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yz_pictures_finalize;
}

static void
yz_pictures_init (YzPictures *self)
{
  self->pages =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) yz_page_unref);
  self->working = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->order);
}

YzPictures *
yz_pictures_new (YzDesk *desk, YzDarkroom *darkroom)
{
  YzPictures *self = g_object_new (YZ_TYPE_PICTURES, NULL);

  self->desk = g_object_ref (desk);
  self->darkroom = g_object_ref (darkroom);
  return self;
}

YzDarkroom *
yz_pictures_get_darkroom (YzPictures *self)
{
  return self->darkroom;
}

static char *
make_key (const Wish *wish, const char *digest)
{
  g_autoptr (GString) key = g_string_new (digest);
  const YzDevelopment *wanted = &wish->development;

  g_string_append_printf (key, "/%u/%u/%u", wanted->leaf, wanted->rotation, wanted->longest);
  for (guint i = 0; wanted->has_corners && i < G_N_ELEMENTS (wanted->corners); i++)
    g_string_append_printf (key, "/%.1f", wanted->corners[i]);
  return g_string_free (g_steal_pointer (&key), FALSE);
}

static gsize
measure (const YzPage *page)
{
  gsize bytes = page->thumbnail != NULL ? g_bytes_get_size (page->thumbnail->pixels) : 0;

  return bytes + (page->picture != NULL ? g_bytes_get_size (page->picture->pixels) : 0);
}

static void
forget_oldest (YzPictures *self)
{
  const char *key = g_queue_pop_head (&self->order);

  self->bytes -= measure (g_hash_table_lookup (self->pages, key));
  g_hash_table_remove (self->pages, key);
}

static void
remember (YzPictures *self, const char *key, YzPage *page)
{
  char *own = NULL;

  if (g_hash_table_contains (self->pages, key))
    return;
  own = g_strdup (key);
  g_hash_table_insert (self->pages, own, yz_page_ref (page));
  g_queue_push_tail (&self->order, own);
  self->bytes += measure (page);
  while (self->bytes > KEPT && g_queue_get_length (&self->order) > 1)
    forget_oldest (self);
}

/* (nullable) What was shown lately; it is kept longest from now on. */
static YzPage *
recall (YzPictures *self, const char *key)
{
  YzPage *page = g_hash_table_lookup (self->pages, key);
  GList *link =
      page != NULL ? g_queue_find_custom (&self->order, key, (GCompareFunc) strcmp) : NULL;

  if (link != NULL) {
    g_queue_unlink (&self->order, link);
    g_queue_push_tail_link (&self->order, link);
  }
  return page;
}

static void
free_work (Work *work)
{
  g_free (work->wish.key);
  g_ptr_array_unref (work->waiting);
  g_object_unref (work->cancellable);
  g_object_unref (work->pictures);
  g_free (work);
}

static void
on_waiter_cancelled (GCancellable *cancellable, Work *work)
{
  for (guint i = 0; i < work->waiting->len; i++) {
    GCancellable *other = g_task_get_cancellable (g_ptr_array_index (work->waiting, i));

    if (other == NULL || !g_cancellable_is_cancelled (other))
      return; /* somebody still waits for it */
  }
  if (g_hash_table_lookup (work->pictures->working, work->wish.key) == work)
    g_hash_table_remove (work->pictures->working, work->wish.key);
  g_cancellable_cancel (work->cancellable);
}

static void
wait_for (Work *work, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_ptr_array_add (work->waiting, g_object_ref (task));
  if (cancellable != NULL)
    g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_waiter_cancelled), work);
}

/* Everybody who waits gets the same page, or the same error. */
static void
end_work (Work *work, YzPage *page, const GError *error)
{
  if (g_hash_table_lookup (work->pictures->working, work->wish.key) == work)
    g_hash_table_remove (work->pictures->working, work->wish.key);
  for (guint i = 0; i < work->waiting->len; i++) {
    GTask *task = g_ptr_array_index (work->waiting, i);
    GCancellable *cancellable = g_task_get_cancellable (task);

    if (cancellable != NULL)
      g_signal_handlers_disconnect_by_func (cancellable, on_waiter_cancelled, work);
    if (page != NULL)
      g_task_return_pointer (task, yz_page_ref (page), (GDestroyNotify) yz_page_unref);
    else
      g_task_return_error (task, g_error_copy (error));
  }
  free_work (work);
}

static void
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_darkroom_develop_finish (YZ_DARKROOM (source), result, &error);

  if (page != NULL)
    remember (work->pictures, work->wish.key, page);
  end_work (work, page, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = yz_desk_call_finish (YZ_DESK (source), result, &error);

  if (original == NULL || g_cancellable_set_error_if_cancelled (work->cancellable, &error)) {
    end_work (work, NULL, error);
    return;
  }
  yz_darkroom_develop_leaf_async (work->pictures->darkroom, original, &work->wish.development,
                                  work->cancellable, on_developed, work);
}

static Work *
begin_work (YzPictures *self, Wish *wish, const char *digest)
{
  Work *work = g_new0 (Work, 1);

  work->pictures = g_object_ref (self);
  work->wish = *wish;
  work->wish.key = g_strdup (wish->key);
  work->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  work->cancellable = g_cancellable_new ();
  g_hash_table_insert (self->working, work->wish.key, work);
  yz_ask_read (self->desk, digest, work->cancellable, on_read, work);
  return work;
}

void
yz_pictures_develop_async (YzPictures *self,
                           const YzSheet *sheet,
                           gboolean straight,
                           guint turns,
                           guint longest,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = NULL;
  Wish wish = { .development = { .what = longest > 0 ? YZ_DEVELOP_PICTURE : 0,
                                 .has_corners = straight && sheet->outlined,
                                 .rotation = (sheet->rotation + turns) % 4,
                                 .longest = longest,
                                 .leaf = yz_media_type_get_leaf (sheet->media_type) } };
  YzPage *known = NULL;
  Work *work = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sheet->corners); i++)
    wish.development.corners[i] = sheet->corners[i];
  key = make_key (&wish, sheet->digest);
  wish.key = key;
  known = recall (self, key);
  if (known != NULL) {
    g_task_return_pointer (task, yz_page_ref (known), (GDestroyNotify) yz_page_unref);
    return;
  }
  work = g_hash_table_lookup (self->working, key);
  wait_for (work != NULL ? work : begin_work (self, &wish, sheet->digest), task);
}

YzPage *
yz_pictures_develop_finish (YzPictures *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

cairo_surface_t *
yz_pictures_make_surface (YzBitmap *bitmap)
{
  static const cairo_user_data_key_t KEPT_BITMAP;
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
      (guchar *) g_bytes_get_data (bitmap->pixels, NULL), CAIRO_FORMAT_RGB24, bitmap->width,
      bitmap->height, bitmap->stride);

  cairo_surface_set_user_data (surface, &KEPT_BITMAP, yz_bitmap_ref (bitmap),
                               (cairo_destroy_func_t) yz_bitmap_unref);
  return surface;
}
