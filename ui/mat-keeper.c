/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/mat-keeper.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SURE_CARD 0.8 /* confidence of an identity card that the mat is measured by */
#define AGREEING 0.03 /* by which two measures may differ, as part of them */
#define ALIKE 3       /* levels by which a still picture's pixels differ on the average */

/* Millimetres of the mat that a picture shows; 0 unknown. */
typedef struct {
  double across, down;
} Span;

struct _YzMatKeeper {
  char *folder;
  YzDarkroom *darkroom;
  char *id;
  gboolean known;
  Span span;
  Span hint;        /* by the last card alone */
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
make_path (const YzMatKeeper *self, const char *ending)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->id, -1);
  g_autofree char *name = g_strconcat (digest, ending, NULL);

  return g_build_filename (self->folder, name, NULL);
}

static gboolean
keep (const YzMatKeeper *self, const char *ending, const char *data, gsize length, GError **error)
{
  g_autofree char *path = make_path (self, ending);

  if (g_mkdir_with_parents (self->folder, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s: %s",
                 self->folder, g_strerror (errno));
    return FALSE;
  }
  return g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600,
                                   error);
}

static void
take_span (YzMatKeeper *self, const Span *span)
{
  self->span = *span;
  self->hint = (Span){ 0 };
  yz_darkroom_set_span (self->darkroom, span->across, span->down);
}

/* "across down", in millimetres; what makes no sense is as good as nothing. */
static Span
read_span (const YzMatKeeper *self)
{
  g_autofree char *path = make_path (self, ".span");
  g_autofree char *text = NULL;
  Span span = { 0 };
  char *rest = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return span;
  span.across = g_ascii_strtod (text, &rest);
  span.down = g_ascii_strtod (rest, NULL);
  if (!(span.across >= 10 && span.across < 10000 && span.down >= 10 && span.down < 10000))
    span = (Span){ 0 };
  return span;
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
  Span span = { 0 };
  gsize length = 0;

  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  forget_watching (self);
  if (id != NULL)
    span = read_span (self);
  take_span (self, &span);
  path = id != NULL ? make_path (self, ".mat") : NULL;
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
  const Span unknown = { 0 };
  g_autofree char *measured = NULL;
  gsize length = 0;
  const char *data = g_bytes_get_data (picture, &length);

  if (self->id == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no camera");
    return FALSE;
  }
  forget_watching (self);
  self->known = TRUE;
  yz_darkroom_set_empty_mat (self->darkroom, picture);
  take_span (self, &unknown);
  measured = make_path (self, ".span");
  g_unlink (measured);
  return keep (self, ".mat", data, length, error);
}

/* By the surest card; nothing when there is none. */
static Span
measure (const YzPage *page)
{
  double confidence = SURE_CARD;
  Span span = { 0 };

  for (guint i = 0; i < page->outlines->len; i++) {
    const YzOutline *outline = &g_array_index (page->outlines, YzOutline, i);

    if (outline->paper != YZ_PAPER_ID_CARD || outline->dpi == 0 || outline->confidence < confidence)
      continue;
    confidence = outline->confidence;
    span.across = page->width * 25.4 / outline->dpi;
    span.down = page->height * 25.4 / outline->dpi;
  }
  return span;
}

static gboolean
agree (const Span *one, const Span *other)
{
  return fabs (one->across - other->across) <= AGREEING * one->across &&
         fabs (one->down - other->down) <= AGREEING * one->down;
}

gboolean
yz_mat_keeper_measure (YzMatKeeper *self, const YzPage *page)
{
  const Span seen = measure (page);
  char across[G_ASCII_DTOSTR_BUF_SIZE], down[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (self->id == NULL || seen.across <= 0 || agree (&self->span, &seen))
    return FALSE;
  if (!agree (&self->hint, &seen)) {
    self->hint = seen;
    return FALSE;
  }
  take_span (self, &seen);
  text = g_strdup_printf ("%s %s\n", g_ascii_formatd (across, sizeof across, "%.2f", seen.across),
                          g_ascii_formatd (down, sizeof down, "%.2f", seen.down));
  if (!keep (self, ".span", text, strlen (text), &error))
    g_debug ("the measure of the mat is not kept: %s", error->message);
  return TRUE;
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
