/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/desk-private.h"
#include "workflow/digest.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_TRIES 64 /* other desks at one case at the same moment */

char *
yz_desk_keep (YzDesk *self, GBytes *original, GError **error)
{
  return yz_vault_keep (self->vault, original, error);
}

GBytes *
yz_desk_read_original (YzDesk *self, const char *digest, GError **error)
{
  return yz_vault_read (self->vault, digest, error);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text != NULL ? text : "");
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

/* Corners to a hundredth of a pixel: more is noise, and text must be the same everywhere. */
static void
add_outline (JsonBuilder *builder, const YzSheet *sheet)
{
  if (sheet->outlined) {
    json_builder_set_member_name (builder, "outline");
    json_builder_begin_array (builder);
    for (gsize i = 0; i < G_N_ELEMENTS (sheet->corners); i++)
      json_builder_add_double_value (builder, round (sheet->corners[i] * 100) / 100);
    json_builder_end_array (builder);
  }
  json_builder_set_member_name (builder, "confidence");
  json_builder_add_double_value (builder, round (sheet->confidence * 1000) / 1000);
  add_number (builder, "dpi", sheet->dpi);
  add_number (builder, "rotation", sheet->rotation % 4);
  add_text (builder, "verdicts", sheet->verdicts);
}

static gboolean
is_text (const char *text)
{
  return text == NULL || g_utf8_validate (text, -1, NULL);
}

static const YzMaterial *
find_material (YzDesk *self, const YzDossier *dossier, const char *wanted, GError **error)
{
  const YzMatter *matter = yz_desk_find_matter (self, dossier);
  const YzMaterial *material = matter != NULL ? yz_matter_find_material (matter, wanted) : NULL;

  if (material == NULL)
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                 _ ("The matter “%s” asks for no original called “%s”."), dossier->matter, wanted);
  return material;
}

/* The next number inside the dossier: detached pages keep theirs. */
static guint
next_sheet (const YzDossier *dossier)
{
  guint last = 0;

  for (guint i = 0; i < dossier->events->len; i++)
    if (g_str_equal (((YzEvent *) g_ptr_array_index (dossier->events, i))->action, "attach"))
      last++;
  return last + 1;
}

static guint
next_position (const YzDossier *dossier, const char *material)
{
  guint last = 0;

  for (guint i = 0; i < dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (dossier->sheets, i);

    if (g_str_equal (sheet->material, material))
      last = MAX (last, sheet->position);
  }
  return last + 1;
}

static gboolean
check_sheet (YzDesk *self, const YzSheet *sheet, GError **error)
{
  if (sheet->digest == NULL || !yz_vault_has (self->vault, sheet->digest)) {
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                         _ ("The original is not in the vault; take the page again."));
    return FALSE;
  }
  if (is_text (sheet->device) && is_text (sheet->media_type) && is_text (sheet->verdicts))
    return TRUE;
  g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                       _ ("What the camera says about the page is not valid text."));
  return FALSE;
}

/* What is added to a page decides nothing, and nobody has to look anew because another desk was at
 * the same case in between: it is tried again upon what that one left. */
static gboolean
is_overtaken (guint *tries, GError **trouble)
{
  if (!g_error_matches (*trouble, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_STALE) ||
      ++*tries >= MOST_TRIES)
    return FALSE;
  g_clear_error (trouble);
  return TRUE;
}

static guint
attach_once (YzDesk *self, const char *number, const YzSheet *sheet, GError **error)
{
  g_autoptr (YzDossier) dossier = yz_desk_load (self, number, error);
  const YzMaterial *material = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint id = 0;

  if (dossier == NULL || !check_sheet (self, sheet, error))
    return 0;
  material = find_material (self, dossier, sheet->material, error);
  if (material == NULL)
    return 0;
  id = next_sheet (dossier);
  json_builder_begin_object (builder);
  add_number (builder, "sheet", id);
  add_text (builder, "material", material->id);
  add_number (builder, "position", next_position (dossier, material->id));
  add_text (builder, "digest", sheet->digest);
  add_number (builder, "size", (gint64) sheet->size);
  add_text (builder, "media_type", sheet->media_type);
  add_number (builder, "captured_at", sheet->captured_at);
  add_text (builder, "origin", sheet->origin);
  add_text (builder, "device", sheet->device);
  add_outline (builder, sheet);
  json_builder_end_object (builder);
  return yz_desk_append_counter (self, dossier, "attach", NULL, builder, error) ? id : 0;
}

guint
yz_desk_attach (YzDesk *self, const char *number, const YzSheet *sheet, GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (GError) trouble = NULL;
  guint tries = 0;
  guint id = 0;

  do
    id = attach_once (self, number, sheet, &trouble);
  while (id == 0 && is_overtaken (&tries, &trouble));
  if (id == 0)
    g_propagate_error (error, g_steal_pointer (&trouble));
  return id;
}

static gboolean
outline_once (YzDesk *self, const char *number, const YzSheet *sheet, GError **error)
{
  g_autoptr (YzDossier) dossier = yz_desk_load (self, number, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (dossier == NULL)
    return FALSE;
  json_builder_begin_object (builder);
  add_number (builder, "sheet", sheet->id);
  add_outline (builder, sheet);
  json_builder_end_object (builder);
  return yz_desk_append_counter (self, dossier, "outline", NULL, builder, error);
}

gboolean
yz_desk_outline (YzDesk *self, const char *number, const YzSheet *sheet, GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (GError) trouble = NULL;
  guint tries = 0;
  gboolean done = FALSE;

  do
    done = outline_once (self, number, sheet, &trouble);
  while (!done && is_overtaken (&tries, &trouble));
  if (!done)
    g_propagate_error (error, g_steal_pointer (&trouble));
  return done;
}

gboolean
yz_desk_detach (YzDesk *self, const char *number, guint sheet, const char *reason, GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (YzDossier) dossier = yz_desk_load (self, number, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (dossier == NULL)
    return FALSE;
  json_builder_begin_object (builder);
  add_number (builder, "sheet", sheet);
  json_builder_end_object (builder);
  return yz_desk_append_counter (self, dossier, "detach", reason, builder, error);
}

static gboolean
is_attached (const YzDossier *dossier, guint sheet)
{
  for (guint i = 0; i < dossier->sheets->len; i++)
    if (((YzSheet *) g_ptr_array_index (dossier->sheets, i))->id == sheet)
      return TRUE;
  return FALSE;
}

gboolean
yz_desk_arrange (YzDesk *self,
                 const char *number,
                 guint sheet,
                 const char *material,
                 guint position,
                 GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (YzDossier) dossier = yz_desk_load (self, number, error);
  const YzMaterial *found = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (dossier == NULL)
    return FALSE;
  found = find_material (self, dossier, material, error);
  if (found == NULL)
    return FALSE;
  json_builder_begin_object (builder);
  add_number (builder, "sheet", sheet);
  add_text (builder, "material", found->id);
  add_number (builder, "position", MAX (position, 1));
  if (!is_attached (dossier, sheet))
    add_number (builder, "restored", 1);
  json_builder_end_object (builder);
  return yz_desk_append_counter (self, dossier, "arrange", NULL, builder, error);
}
