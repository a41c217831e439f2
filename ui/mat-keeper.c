/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/mat-keeper.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#define ALIKE 3 /* levels by which a still picture's pixels differ on the average */

struct _YzMatKeeper {
  char *folder;
  YzDarkroom *darkroom;
  char *id;
  gboolean known;
  guint empty;      /* pictures in a row that showed nothing */
  YzBitmap *before; /* (nullable) the one before, small */
};

YzMatKeeper *
yz_mat_keeper_new (const char *folder, YzDarkroom *darkroom)
{
  YzMatKeeper *self = g_new0 (YzMatKeeper, 1);

  self->folder = g_strdup (folder);
  self->darkroom = g_object_ref (darkroom);
  return self;
}

void
yz_mat_keeper_free (YzMatKeeper *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->before, yz_bitmap_unref);
  g_object_unref (self->darkroom);
  g_free (self->folder);
  g_free (self->id);
  g_free (self);
}

/* Ids hold slashes and colons: the file is named by their digest. */
static char *
make_path (const YzMatKeeper *self)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->id, -1);
  g_autofree char *name = g_strconcat (digest, ".mat", NULL);

  return g_build_filename (self->folder, name, NULL);
}

static void
forget_watching (YzMatKeeper *self)
{
  self->empty = 0;
  g_clear_pointer (&self->before, yz_bitmap_unref);
}

void
yz_mat_keeper_set_camera (YzMatKeeper *self, const char *id)
{
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GBytes) picture = NULL;
  gsize length = 0;

  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  forget_watching (self);
  path = id != NULL ? make_path (self) : NULL;
  if (path != NULL && g_file_get_contents (path, &data, &length, NULL))
    picture = g_bytes_new_take (g_steal_pointer (&data), length);
  self->known = picture != NULL;
  yz_darkroom_set_empty_mat (self->darkroom, picture);
}

gboolean
yz_mat_keeper_knows (const YzMatKeeper *self)
{
  return self->known;
}

gboolean
yz_mat_keeper_learn (YzMatKeeper *self, GBytes *picture, GError **error)
{
  g_autofree char *path = NULL;
  gsize length = 0;
  const char *data = g_bytes_get_data (picture, &length);

  if (self->id == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no camera");
    return FALSE;
  }
  forget_watching (self);
  self->known = TRUE;
  yz_darkroom_set_empty_mat (self->darkroom, picture);
  path = make_path (self);
  if (g_mkdir_with_parents (self->folder, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s: %s",
                 self->folder, g_strerror (errno));
    return FALSE;
  }
  return g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600,
                                   error);
}

/* Mean difference of two small pictures, in levels of green. */
static gboolean
is_alike (const YzBitmap *a, const YzBitmap *b)
{
  guint64 sum = 0;

  if (a->width != b->width || a->height != b->height)
    return FALSE;
  for (int y = 0; y < a->height; y++) {
    const guint32 *p = yz_bitmap_get_row (a, y);
    const guint32 *q = yz_bitmap_get_row (b, y);

    for (int x = 0; x < a->width; x++)
      sum += (guint64) abs ((int) (p[x] >> 8 & 255) - (int) (q[x] >> 8 & 255));
  }
  return sum <= (guint64) ALIKE * (guint64) a->width * (guint64) a->height;
}

gboolean
yz_mat_keeper_watch (YzMatKeeper *self, const YzPage *page)
{
  const gboolean still =
      page->thumbnail != NULL && self->before != NULL && is_alike (page->thumbnail, self->before);

  if (self->known || self->id == NULL)
    return FALSE;
  self->empty = still && !page->found && page->sharpness <= 0 ? self->empty + 1 : 0;
  g_clear_pointer (&self->before, yz_bitmap_unref);
  self->before = page->thumbnail != NULL ? yz_bitmap_ref (page->thumbnail) : NULL;
  return self->empty >= YZ_MAT_KEEPER_PICTURES;
}
