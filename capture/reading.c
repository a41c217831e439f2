/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/reading.h"

#include "capture/capture-error.h"

#define MOST_PARTS 4096
#define MOST_SIDE 100000

/* What a code may be: the names that cross the line. */
static const char *const KINDS[] = {
  "qr",      "code-128",
  "code-39", "code-93",
  "codabar", "ean-13",
  "ean-8",   "ean-2",
  "ean-5",   "upc-a",
  "upc-e",   "isbn-10",
  "isbn-13", "interleaved-2-of-5",
  "databar", "databar-expanded",
  "pdf417",  "sq-code",
  "code",
};

static void
free_part (gpointer data)
{
  YzReadingPart *part = data;

  g_free (part->text);
  g_free (part);
}

YzReading *
yz_reading_new (int width, int height)
{
  YzReading *self = g_atomic_rc_box_new0 (YzReading);

  self->width = width;
  self->height = height;
  self->lines = g_ptr_array_new_with_free_func (free_part);
  self->codes = g_ptr_array_new_with_free_func (free_part);
  return self;
}

YzReading *
yz_reading_ref (YzReading *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_reading (gpointer data)
{
  YzReading *self = data;

  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->codes);
}

void
yz_reading_unref (YzReading *self)
{
  g_atomic_rc_box_release_full (self, clear_reading);
}

/* The name as it stands in our table, so that nobody has to free it. */
static const char *
find_kind (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (kind, KINDS[i]) == 0)
      return KINDS[i];
  return KINDS[G_N_ELEMENTS (KINDS) - 1];
}

void
yz_reading_add (YzReading *self, const YzReadingPart *part)
{
  GPtrArray *parts = part->kind != NULL ? self->codes : self->lines;
  YzReadingPart *copy = NULL;

  if (part->text == NULL || *part->text == '\0' || !g_utf8_validate (part->text, -1, NULL) ||
      parts->len >= MOST_PARTS)
    return;
  copy = g_new0 (YzReadingPart, 1);
  *copy = *part;
  copy->text = g_strdup (part->text);
  copy->kind = part->kind != NULL ? find_kind (part->kind) : NULL;
  copy->width = MAX (part->width, 1);
  copy->height = MAX (part->height, 1);
  copy->confidence = CLAMP (part->confidence, 0, 1);
  g_ptr_array_add (parts, copy);
}

char *
yz_reading_get_text (const YzReading *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++) {
    const YzReadingPart *line = g_ptr_array_index (self->lines, i);

    g_string_append (text, line->text);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

/* Written without spaces: characters, and marks of the width of one. */
static gboolean
is_chinese (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN || (c >= 0x3000 && c <= 0x303f) ||
         (c >= 0xff00 && c <= 0xffef);
}

char *
yz_reading_close_up (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  GString *closed = g_string_new (NULL);
  gunichar before = 0;

  for (const char *at = stripped; *at != '\0';) {
    gboolean space = FALSE;

    for (; *at != '\0' && g_unichar_isspace (g_utf8_get_char (at)); at = g_utf8_next_char (at))
      space = TRUE;
    if (*at == '\0')
      break;
    if (space && before != 0 && !is_chinese (before) && !is_chinese (g_utf8_get_char (at)))
      g_string_append_c (closed, ' ');
    before = g_utf8_get_char (at);
    g_string_append_unichar (closed, before);
    at = g_utf8_next_char (at);
  }
  return g_string_free (closed, FALSE);
}

GVariant *
yz_reading_pack (const YzReading *self)
{
  GVariantBuilder lines;
  GVariantBuilder codes;

  g_variant_builder_init (&lines, G_VARIANT_TYPE ("a(siiiid)"));
  g_variant_builder_init (&codes, G_VARIANT_TYPE ("a(ssiiiid)"));
  for (guint i = 0; i < self->lines->len; i++) {
    const YzReadingPart *line = g_ptr_array_index (self->lines, i);

    g_variant_builder_add (&lines, "(siiiid)", line->text, line->x, line->y, line->width,
                           line->height, line->confidence);
  }
  for (guint i = 0; i < self->codes->len; i++) {
    const YzReadingPart *code = g_ptr_array_index (self->codes, i);

    g_variant_builder_add (&codes, "(ssiiiid)", code->kind, code->text, code->x, code->y,
                           code->width, code->height, code->confidence);
  }
  return g_variant_new (
      "(iiud@aya(siiiid)a(ssiiiid))", self->width, self->height, self->quarters, self->sure,
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, self->digest.cells, YZ_PAGE_DIGEST_CELLS, 1),
      &lines, &codes);
}

static gboolean
is_sound (const YzReadingPart *part)
{
  return *part->text != '\0' && ABS ((gint64) part->x) <= MOST_SIDE &&
         ABS ((gint64) part->y) <= MOST_SIDE && part->width >= 1 && part->width <= MOST_SIDE &&
         part->height >= 1 && part->height <= MOST_SIDE && part->confidence >= 0 &&
         part->confidence <= 1;
}

static gboolean
unpack_digest (YzReading *self, GVariant *packed)
{
  gsize n = 0;
  const guint8 *cells = g_variant_get_fixed_array (packed, &n, 1);

  if (n != YZ_PAGE_DIGEST_CELLS)
    return FALSE;
  memcpy (self->digest.cells, cells, n);
  return TRUE;
}

static gboolean
unpack_parts (YzReading *self, GVariant *lines, GVariant *codes)
{
  YzReadingPart part = { 0 };
  GVariantIter iter;

  if (g_variant_n_children (lines) > MOST_PARTS || g_variant_n_children (codes) > MOST_PARTS)
    return FALSE;
  g_variant_iter_init (&iter, lines);
  while (g_variant_iter_next (&iter, "(&siiiid)", &part.text, &part.x, &part.y, &part.width,
                              &part.height, &part.confidence)) {
    if (!is_sound (&part))
      return FALSE;
    yz_reading_add (self, &part);
  }
  g_variant_iter_init (&iter, codes);
  while (g_variant_iter_next (&iter, "(&s&siiiid)", &part.kind, &part.text, &part.x, &part.y,
                              &part.width, &part.height, &part.confidence)) {
    if (!is_sound (&part))
      return FALSE;
    yz_reading_add (self, &part);
  }
  return TRUE;
}

YzReading *
yz_reading_unpack (GVariant *packed, GError **error)
{
  g_autoptr (YzReading) self = yz_reading_new (0, 0);
  g_autoptr (GVariant) digest = NULL;
  g_autoptr (GVariant) lines = NULL;
  g_autoptr (GVariant) codes = NULL;
  gboolean good = g_variant_is_of_type (packed, G_VARIANT_TYPE (YZ_READING_FORM)) &&
                  g_variant_is_normal_form (packed);

  if (good) {
    g_variant_get (packed, "(iiud@ay@a(siiiid)@a(ssiiiid))", &self->width, &self->height,
                   &self->quarters, &self->sure, &digest, &lines, &codes);
    good = self->width >= 1 && self->width <= MOST_SIDE && self->height >= 1 &&
           self->height <= MOST_SIDE && self->quarters <= 3 && self->sure >= 0 && self->sure <= 1 &&
           unpack_digest (self, digest) && unpack_parts (self, lines, codes);
  }
  if (good)
    return g_steal_pointer (&self);
  g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                       "a reading of the darkroom is not of the agreed form");
  return NULL;
}
