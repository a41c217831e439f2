/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/pictures.h"

#include "ui/ask.h"

#define KEPT ((gsize) 192 << 20) /* bytes of pixels: about ten pages as large as a view */

struct _YzPictures {
  GObject parent;
  YzDesk *desk;
  YzDarkroom *darkroom;
  GHashTable *pages; /* key → YzPage */
  GQueue order;      /* keys, the longest unused first; owned by the table */
  gsize bytes;       /* of all pages kept */
};

G_DEFINE_FINAL_TYPE (YzPictures, yz_pictures, G_TYPE_OBJECT)

typedef struct {
  char *key;
  gboolean outlined;
  double corners[8];
  guint rotation;
  guint longest;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *self = data;

  g_free (self->key);
  g_free (self);
}

static void
yz_pictures_finalize (GObject *object)
{
  YzPictures *self = YZ_PICTURES (object);

  g_queue_clear (&self->order);
  g_clear_pointer (&self->pages, g_hash_table_unref);
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

  g_string_append_printf (key, "/%u/%u", wish->rotation, wish->longest);
  for (guint i = 0; wish->outlined && i < G_N_ELEMENTS (wish->corners); i++)
    g_string_append_printf (key, "/%.1f", wish->corners[i]);
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
on_developed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_darkroom_develop_finish (YZ_DARKROOM (source), result, &error);
  Wish *wish = g_task_get_task_data (task);

  if (page == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  remember (g_task_get_source_object (task), wish->key, page);
  g_task_return_pointer (task, g_steal_pointer (&page), (GDestroyNotify) yz_page_unref);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) original = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzPictures *self = g_task_get_source_object (task);
  Wish *wish = g_task_get_task_data (task);

  if (original == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (g_task_return_error_if_cancelled (task))
    return;
  yz_darkroom_develop_async (self->darkroom, original, wish->longest > 0 ? YZ_DEVELOP_PICTURE : 0,
                             wish->outlined ? wish->corners : NULL, wish->rotation, wish->longest,
                             g_task_get_cancellable (task), on_developed, g_object_ref (task));
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
  Wish *wish = g_new0 (Wish, 1);
  YzPage *known = NULL;

  wish->outlined = straight && sheet->outlined;
  for (guint i = 0; i < G_N_ELEMENTS (wish->corners); i++)
    wish->corners[i] = sheet->corners[i];
  wish->rotation = (sheet->rotation + turns) % 4;
  wish->longest = longest;
  wish->key = make_key (wish, sheet->digest);
  g_task_set_task_data (task, wish, free_wish);

  known = recall (self, wish->key);
  if (known != NULL)
    g_task_return_pointer (task, yz_page_ref (known), (GDestroyNotify) yz_page_unref);
  else
    yz_ask_read (self->desk, sheet->digest, cancellable, on_read, g_object_ref (task));
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
