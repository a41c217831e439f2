/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/ctl-export.h"

#include "capture/media-type.h"
#include "ui/words.h"
#include "workflow/deadline.h"
#include "workflow/identity.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_persons (JsonBuilder *builder, const GPtrArray *persons)
{
  json_builder_set_member_name (builder, "persons");
  json_builder_begin_array (builder);
  for (guint i = 0; i < persons->len; i++) {
    const YzPerson *person = g_ptr_array_index (persons, i);

    json_builder_begin_object (builder);
    yz_ctl_add_string (builder, "name", person->name);
    yz_ctl_add_string (builder, "id_number", person->id_number);
    yz_ctl_add_string (builder, "relation", person->relation);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_facts (JsonBuilder *builder, GHashTable *facts)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;

  json_builder_set_member_name (builder, "facts");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &name, &value))
    yz_ctl_add_string (builder, name, value);
  json_builder_end_object (builder);
}

static void
add_sheet (JsonBuilder *builder, const YzSheet *sheet)
{
  json_builder_begin_object (builder);
  add_int (builder, "id", sheet->id);
  yz_ctl_add_string (builder, "material", sheet->material);
  add_int (builder, "position", sheet->position);
  yz_ctl_add_string (builder, "digest", sheet->digest);
  add_int (builder, "bytes", (gint64) sheet->size);
  yz_ctl_add_string (builder, "media_type", sheet->media_type);
  yz_ctl_add_time (builder, "captured_at", sheet->captured_at);
  yz_ctl_add_string (builder, "origin", sheet->origin);
  yz_ctl_add_string (builder, "device", sheet->device);
  yz_ctl_add_string (builder, "operator", sheet->operator);
  add_int (builder, "dpi", sheet->dpi);
  add_int (builder, "rotation", sheet->rotation);
  yz_ctl_add_string (builder, "verdicts", sheet->verdicts);
  json_builder_set_member_name (builder, "corners");
  if (sheet->outlined) {
    json_builder_begin_array (builder);
    for (int i = 0; i < 8; i++)
      json_builder_add_double_value (builder, sheet->corners[i]);
    json_builder_end_array (builder);
  } else {
    json_builder_add_null_value (builder);
  }
  json_builder_end_object (builder);
}

static void
add_event (JsonBuilder *builder, const YzEvent *event)
{
  json_builder_begin_object (builder);
  add_int (builder, "seq", event->seq);
  yz_ctl_add_time (builder, "at", event->at);
  yz_ctl_add_string (builder, "actor", event->actor);
  yz_ctl_add_string (builder, "role", event->role);
  yz_ctl_add_string (builder, "unit", event->unit);
  yz_ctl_add_string (builder, "action", event->action);
  yz_ctl_add_string (builder, "from", event->from);
  yz_ctl_add_string (builder, "to", event->to);
  yz_ctl_add_string (builder, "note", event->note);
  yz_ctl_add_string (builder, "basis", event->basis);
  yz_ctl_add_string (builder, "payload", event->payload);
  yz_ctl_add_string (builder, "hash", event->hash);
  json_builder_end_object (builder);
}

static void
add_events (JsonBuilder *builder, const GPtrArray *events)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < events->len; i++)
    add_event (builder, g_ptr_array_index (events, i));
  json_builder_end_array (builder);
}

static void
add_steps (JsonBuilder *builder, const GPtrArray *steps)
{
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (steps, i);

    json_builder_begin_object (builder);
    yz_ctl_add_string (builder, "action", step->action);
    yz_ctl_add_string (builder, "name", step->name);
    yz_ctl_add_string (builder, "role", step->role);
    yz_ctl_add_string (builder, "to", step->to);
    json_builder_set_member_name (builder, "reason_demanded");
    json_builder_add_boolean_value (builder, step->note);
    json_builder_set_member_name (builder, "basis_demanded");
    json_builder_add_boolean_value (builder, step->basis);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_parts (JsonBuilder *builder, const YzDossier *dossier)
{
  if (dossier->persons != NULL)
    add_persons (builder, dossier->persons);
  if (dossier->facts != NULL)
    add_facts (builder, dossier->facts);
  if (dossier->sheets != NULL) {
    json_builder_set_member_name (builder, "sheets");
    json_builder_begin_array (builder);
    for (guint i = 0; i < dossier->sheets->len; i++)
      add_sheet (builder, g_ptr_array_index (dossier->sheets, i));
    json_builder_end_array (builder);
  }
  if (dossier->events != NULL) {
    json_builder_set_member_name (builder, "events");
    add_events (builder, dossier->events);
  }
}

void
yz_ctl_add_dossier (JsonBuilder *builder, const YzDossier *dossier, const GPtrArray *steps)
{
  json_builder_begin_object (builder);
  yz_ctl_add_string (builder, "number", dossier->number);
  yz_ctl_add_string (builder, "matter", dossier->matter);
  yz_ctl_add_string (builder, "matter_name", dossier->matter_name);
  yz_ctl_add_string (builder, "flow", dossier->flow);
  add_int (builder, "flow_version", dossier->flow_version);
  yz_ctl_add_string (builder, "unit", dossier->unit);
  yz_ctl_add_string (builder, "state", dossier->state);
  yz_ctl_add_string (builder, "state_name", dossier->state_name);
  yz_ctl_add_string (builder, "level", yz_level_get_id (dossier->level));
  add_int (builder, "version", dossier->version);
  yz_ctl_add_string (builder, "applicant", dossier->applicant);
  yz_ctl_add_string (builder, "applicant_number", dossier->applicant_number);
  yz_ctl_add_time (builder, "created_at", dossier->created_at);
  yz_ctl_add_time (builder, "accepted_at", dossier->accepted_at);
  yz_ctl_add_time (builder, "stage_at", dossier->stage_at);
  yz_ctl_add_time (builder, "stage_due", dossier->stage_due);
  yz_ctl_add_time (builder, "due", dossier->due);
  yz_ctl_add_time (builder, "target", dossier->target);
  yz_ctl_add_time (builder, "decided_at", dossier->decided_at);
  json_builder_set_member_name (builder, "turnaround");
  if (dossier->turnaround >= 0)
    json_builder_add_double_value (builder, dossier->turnaround);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "overdue");
  json_builder_add_boolean_value (builder, dossier->overdue);
  add_int (builder, "n_sheets", dossier->n_sheets);
  add_parts (builder, dossier);
  if (steps != NULL)
    add_steps (builder, steps);
  json_builder_end_object (builder);
}

void
yz_ctl_print_dossier (const YzDossier *dossier, const GPtrArray *steps)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  yz_ctl_add_dossier (builder, dossier, steps);
  yz_ctl_print_json (builder);
}

void
yz_ctl_print_dossier_lines (const YzDossier *dossier, const GPtrArray *steps)
{
  g_autofree char *due = dossier->due != 0 ? yz_time_format_iso (dossier->due) : g_strdup ("-");

  g_print ("%s\t%s %s\n%s\t%s\n", dossier->number, dossier->matter, dossier->matter_name,
           dossier->state, dossier->state_name);
  g_print (_ ("due\t%s\n"), due);
  for (guint i = 0; i < dossier->persons->len; i++) {
    const YzPerson *person = g_ptr_array_index (dossier->persons, i);
    g_autofree char *masked = yz_identity_mask (person->id_number);

    g_print (_ ("person\t%s\t%s\n"), person->name, masked);
  }
  for (guint i = 0; i < dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (dossier->sheets, i);

    g_print (_ ("sheet\t%u\t%s\t%s\t%s\n"), sheet->id, sheet->material, sheet->digest,
             yz_words_origin (sheet->origin));
  }
  for (guint i = 0; i < dossier->events->len; i++) {
    const YzEvent *event = g_ptr_array_index (dossier->events, i);
    g_autofree char *at = yz_time_format_iso (event->at);

    g_print (_ ("event\t%u\t%s\t%s\t%s\t%s\n"), event->seq, at, event->actor, event->action,
             event->note != NULL ? event->note : "");
  }
  for (guint i = 0; i < steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (steps, i);

    g_print (_ ("may\t%s\t%s\n"), step->action, step->name);
  }
}

static gboolean
is_empty_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
               _ ("The folder “%s” cannot be made: %s"), path, g_strerror (errno));
  return FALSE;
}

static gboolean
write_json (const char *folder, const char *name, JsonBuilder *builder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, TRUE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return yz_ctl_write_file (path, bytes, error);
}

/* Names carry no person: place in the case, material, and the original's own type. A document has
 * several sheets and is written once, under its digest. */
static char *
name_original (const YzSheet *sheet, const char *stem)
{
  const char *suffix = yz_media_type_get_suffix (sheet->media_type);

  return g_strdup_printf (
      "%s.%s", yz_media_type_is_document (sheet->media_type) ? sheet->digest : stem, suffix);
}

static gboolean
export_sheet (YzCtl *self, const YzSheet *sheet, const char *folder, GError **error)
{
  g_autoptr (GBytes) original = yz_desk_read_original (self->desk, sheet->digest, error);
  YzDevelopment development = { .what = YZ_DEVELOP_JPEG,
                                .has_corners = sheet->outlined,
                                .rotation = sheet->rotation,
                                .leaf = yz_media_type_get_leaf (sheet->media_type) };
  g_autofree char *stem =
      g_strdup_printf ("%03u-%s-%u", sheet->id, sheet->material, sheet->position);
  g_autofree char *name = name_original (sheet, stem);
  g_autofree char *page_name = g_strdup_printf ("%s.jpg", stem);
  g_autofree char *path = g_build_filename (folder, "originals", name, NULL);
  g_autofree char *page_path = g_build_filename (folder, "pages", page_name, NULL);
  g_autoptr (YzPage) page = NULL;

  if (original == NULL)
    return FALSE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !yz_ctl_write_file (path, original, error))
    return FALSE;
  for (guint i = 0; i < 8; i++)
    development.corners[i] = sheet->corners[i];
  page = yz_darkroom_develop_leaf (yz_ctl_get_darkroom (self), original, &development, error);
  return page != NULL && yz_ctl_write_file (page_path, page->jpeg, error);
}

static gboolean
export_dossier (YzCtl *self, const YzDossier *dossier, const char *folder, GError **error)
{
  g_autofree char *originals = g_build_filename (folder, "originals", NULL);
  g_autofree char *pages = g_build_filename (folder, "pages", NULL);
  g_autoptr (JsonBuilder) whole = json_builder_new ();
  g_autoptr (JsonBuilder) events = json_builder_new ();

  if (!make_folder (originals, error) || !make_folder (pages, error))
    return FALSE;
  for (guint i = 0; i < dossier->sheets->len; i++)
    if (!export_sheet (self, g_ptr_array_index (dossier->sheets, i), folder, error))
      return FALSE;
  yz_ctl_add_dossier (whole, dossier, NULL);
  add_events (events, dossier->events);
  return write_json (folder, "events.json", events, error) &&
         write_json (folder, "dossier.json", whole, error);
}

gboolean
yz_ctl_run_export (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, NULL, NULL },
    { NULL },
  };
  const char *usage = "dossier export NUMBER --output DIR";
  g_autoptr (YzDossier) dossier = NULL;

  if (!yz_ctl_parse (usage, entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (output == NULL) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Use it so: yizhanctl %s"), usage);
    return FALSE;
  }
  if (yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  dossier = yz_desk_load (self->desk, argv[1], error);
  if (dossier == NULL)
    return FALSE;
  if (g_file_test (output, G_FILE_TEST_EXISTS) && !is_empty_folder (output)) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_REFUSED,
                 _ ("“%s” is not an empty folder; name a new one, nothing was written."), output);
    return FALSE;
  }
  if (!export_dossier (self, dossier, output, error))
    return FALSE;
  if (self->json)
    yz_ctl_print_pair ("output", output, NULL);
  else
    g_print (_ ("%s: %u originals, %u events\n"), output, dossier->sheets->len,
             dossier->events->len);
  return TRUE;
}
