/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/desk-private.h"
#include "workflow/flow-reader.h"
#include "workflow/identity.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Payloads. */

char *
yz_desk_payload_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
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

static GDate
china_day (gint64 time)
{
  g_autofree char *iso = yz_time_format_iso (time);
  GDate day = { 0 };

  g_date_set_dmy (&day, (GDateDay) g_ascii_strtoull (iso + 8, NULL, 10),
                  (GDateMonth) g_ascii_strtoull (iso + 5, NULL, 10),
                  (GDateYear) g_ascii_strtoull (iso, NULL, 10));
  return day;
}

/* A number that is right is kept as the rules write it; anything else as it was typed: the form
 * saves while one types, and submitting checks again. */
static char *
normalise_number (const char *typed, gint64 now)
{
  GDate today = china_day (now);
  YzIdentity identity = { 0 };
  g_autofree char *stripped = g_strstrip (g_strdup (typed != NULL ? typed : ""));

  if (*stripped != '\0' && yz_identity_check (stripped, &today, &identity, NULL))
    return g_strdup (identity.number);
  return g_steal_pointer (&stripped);
}

static void
add_persons (JsonBuilder *builder, const GPtrArray *persons, gint64 now)
{
  json_builder_set_member_name (builder, "persons");
  json_builder_begin_array (builder);
  for (guint i = 0; i < persons->len; i++) {
    const YzPerson *person = g_ptr_array_index (persons, i);
    g_autofree char *name = g_strstrip (g_strdup (person->name != NULL ? person->name : ""));
    g_autofree char *number = normalise_number (person->id_number, now);

    json_builder_begin_object (builder);
    add_text (builder, "name", name);
    add_text (builder, "id_number", number);
    add_text (builder, "relation", person->relation != NULL ? person->relation : "other");
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_facts (JsonBuilder *builder, GHashTable *facts)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (facts), (GCompareFunc) strcmp);

  json_builder_set_member_name (builder, "facts");
  json_builder_begin_object (builder);
  for (GList *at = keys; at != NULL; at = at->next)
    add_text (builder, at->data, g_hash_table_lookup (facts, at->data));
  json_builder_end_object (builder);
}

/* The counter. */

static gboolean
check_persons (const GPtrArray *persons, gint64 now, GError **error)
{
  GDate today = china_day (now);

  for (guint i = 0; i < persons->len; i++) {
    const YzPerson *person = g_ptr_array_index (persons, i);
    YzIdentity identity = { 0 };

    if (!g_utf8_validate (person->name, -1, NULL) ||
        !g_utf8_validate (person->id_number, -1, NULL)) {
      g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                           _ ("A name or number is not valid text."));
      return FALSE;
    }
    if (*person->id_number != '\0' &&
        !yz_identity_check (person->id_number, &today, &identity, error)) {
      g_prefix_error (error, "%s: ", person->name);
      return FALSE;
    }
  }
  return TRUE;
}

/* The flow's start, and the digests that the case is pinned to. */
static const YzFlow *
find_new_flow (YzDesk *self, const YzMatter *matter, GError **error)
{
  for (guint i = 0; matter->flow != NULL && i < self->flows->len; i++) {
    const YzFlow *flow = g_ptr_array_index (self->flows, i);

    if (g_str_equal (flow->code, matter->flow))
      return flow;
  }
  if (matter->flow == NULL)
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                 _ ("“%s” is a reason for a move; begin the case with the matter of its scope."),
                 matter->name);
  else
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                 _ ("The matter “%s” follows the flow “%s”, which is not loaded."), matter->code,
                 matter->flow);
  return NULL;
}

static char *
make_creation (YzDesk *self,
               const YzMatter *matter,
               const YzFlow *flow,
               guint year,
               const GPtrArray *persons,
               gint64 now)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "unit", self->staff->unit);
  add_number (builder, "year", year);
  add_text (builder, "matter", matter->code);
  add_text (builder, "matter_digest", g_hash_table_lookup (self->matter_digests, matter->code));
  add_text (builder, "flow", flow->code);
  add_text (builder, "flow_digest", g_hash_table_lookup (self->flow_digests, flow->code));
  add_persons (builder, persons, now);
  json_builder_end_object (builder);
  return yz_desk_payload_text (builder);
}

static gboolean
create_case (YzDesk *self,
             const YzMatter *matter,
             const char *role,
             const GPtrArray *persons,
             YzDraft *draft,
             GError **error)
{
  const YzFlow *flow = find_new_flow (self, matter, error);
  gint64 now = YZ_STORE_CALL (self->store, get_now);
  GDate today = china_day (now);
  g_autofree char *payload = NULL;

  if (flow == NULL ||
      !YZ_STORE_CALL (self->store, publish_flow, flow,
                      g_hash_table_lookup (self->flow_digests, flow->code), error) ||
      !YZ_STORE_CALL (self->store, publish_matter, matter,
                      g_hash_table_lookup (self->matter_digests, matter->code), error))
    return FALSE;
  payload = make_creation (self, matter, flow, g_date_get_year (&today), persons, now);
  draft->seq = 1;
  draft->at = now;
  draft->year = g_date_get_year (&today);
  draft->actor = self->staff->login;
  draft->role = role;
  draft->unit = self->staff->unit;
  draft->action = "create";
  draft->to = yz_flow_get_start (flow)->id;
  draft->payload = payload;
  return yz_desk_append (self, draft, error);
}

YzDossier *
yz_desk_new_dossier (YzDesk *self, const char *matter, GPtrArray *persons, GError **error)
{
  YZ_DESK_LOCK (self);
  const char *role = yz_desk_require_counter (self, error);
  g_autoptr (YzMatter) found = NULL;
  YzDraft draft = { 0 };
  YzDossier *dossier = NULL;

  if (role == NULL)
    return NULL;
  found = yz_desk_get_matter (self, matter);
  if (found == NULL) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                 _ ("There is no matter “%s”."), matter);
    return NULL;
  }
  if (!check_persons (persons, YZ_STORE_CALL (self->store, get_now), error) ||
      !create_case (self, found, role, persons, &draft, error))
    return NULL;
  dossier = yz_desk_load (self, draft.number, error);
  g_free (draft.number);
  return dossier;
}

gboolean
yz_desk_append_counter (YzDesk *self,
                        const YzDossier *dossier,
                        const char *action,
                        const char *note,
                        JsonBuilder *payload,
                        GError **error)
{
  const char *role = yz_desk_require_counter (self, error);
  g_autofree char *text = yz_desk_payload_text (payload);
  YzDraft draft = {
    .number = (char *) dossier->number,
    .seq = dossier->version + 1,
    .at = YZ_STORE_CALL (self->store, get_now),
    .role = role,
    .action = action,
    .from = dossier->state,
    .to = dossier->state,
    .note = note,
    .payload = text,
  };

  if (role == NULL)
    return FALSE;
  draft.actor = self->staff->login;
  draft.unit = self->staff->unit;
  return yz_desk_append (self, &draft, error);
}

YzDossier *
yz_desk_record (YzDesk *self,
                const char *number,
                guint seen,
                GPtrArray *persons,
                GHashTable *facts,
                GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (YzDossier) dossier = yz_desk_load (self, number, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (dossier == NULL)
    return NULL;
  if (seen != 0 && seen != dossier->version) {
    yz_store_refuse (error, "stale");
    return NULL;
  }
  json_builder_begin_object (builder);
  add_persons (builder, persons, YZ_STORE_CALL (self->store, get_now));
  add_facts (builder, facts);
  json_builder_end_object (builder);
  if (!yz_desk_append_counter (self, dossier, "record", NULL, builder, error))
    return NULL;
  return yz_desk_load (self, number, error);
}

/* The way. */

gboolean
yz_desk_is_within (YzDesk *self, const char *unit)
{
  g_autoptr (GPtrArray) units = YZ_STORE_CALL (self->store, list_units, NULL);
  const char *at = unit;

  for (guint depth = 0; units != NULL && at != NULL && depth < 8; depth++) {
    const char *above = NULL;

    if (g_str_equal (at, self->staff->unit))
      return TRUE;
    for (guint i = 0; i < units->len; i++) {
      const YzUnit *one = g_ptr_array_index (units, i);

      if (g_str_equal (one->code, at))
        above = one->parent;
    }
    at = above;
  }
  return FALSE;
}

/* What was done in the case, and by whom. */
static gboolean
has_deed (const YzDossier *dossier, const char *action, const char *actor)
{
  for (guint i = 0; i < dossier->events->len; i++) {
    const YzEvent *event = g_ptr_array_index (dossier->events, i);

    if (g_str_equal (event->action, action) && (actor == NULL || g_str_equal (event->actor, actor)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_open_to (const YzFlowStep *step, const YzDossier *dossier, const YzStaff *staff)
{
  YzLevel level = YZ_LEVEL_WINDOW;

  if (!g_str_equal (step->from, dossier->state) || !yz_staff_has_role (staff, step->role) ||
      !yz_role_find (step->role, &level))
    return FALSE;
  if (level == YZ_LEVEL_WINDOW && !g_str_equal (staff->unit, dossier->unit))
    return FALSE;
  if (step->once && has_deed (dossier, step->action, NULL))
    return FALSE;
  for (guint i = 0; step->excludes != NULL && step->excludes[i] != NULL; i++)
    if (has_deed (dossier, step->excludes[i], staff->login))
      return FALSE;
  return TRUE;
}

static gboolean
is_listed (const GPtrArray *steps, const char *action)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_str_equal (((YzFlowStep *) g_ptr_array_index (steps, i))->action, action))
      return TRUE;
  return FALSE;
}

/**
 * yz_desk_list_steps:
 *
 * Returns: (transfer container) (element-type YzFlowStep): what the signed-in person may do with
 *   this case now, each action once, in the flow's order: roles, unit, four eyes and steps that are
 *   taken once are all considered
 */
GPtrArray *
yz_desk_list_steps (YzDesk *self, YzDossier *dossier)
{
  YZ_DESK_LOCK (self);
  GPtrArray *steps = g_ptr_array_new ();
  YzFlow *flow = yz_desk_find_flow (self, dossier, NULL);
  g_autoptr (YzDossier) whole = NULL;

  if (flow == NULL || self->staff == NULL || !yz_desk_is_within (self, dossier->unit))
    return steps;
  whole = dossier->events != NULL ? yz_dossier_ref (dossier)
                                  : YZ_STORE_CALL (self->store, load, dossier->number, NULL);
  for (guint i = 0; whole != NULL && i < flow->steps->len; i++) {
    YzFlowStep *step = g_ptr_array_index (flow->steps, i);

    if (is_open_to (step, whole, self->staff) && !is_listed (steps, step->action))
      g_ptr_array_add (steps, step);
  }
  return steps;
}

static gboolean
has_sheet (const YzDossier *dossier, const char *material)
{
  for (guint i = 0; i < dossier->sheets->len; i++)
    if (g_str_equal (((YzSheet *) g_ptr_array_index (dossier->sheets, i))->material, material))
      return TRUE;
  return FALSE;
}

static void
list_missing_persons (YzDesk *self, const YzDossier *dossier, GPtrArray *missing)
{
  GDate today = china_day (YZ_STORE_CALL (self->store, get_now));

  if (dossier->persons->len == 0)
    g_ptr_array_add (missing, g_strdup (_ ("No person is recorded yet.")));
  for (guint i = 0; i < dossier->persons->len; i++) {
    const YzPerson *person = g_ptr_array_index (dossier->persons, i);
    g_autoptr (GError) wrong = NULL;
    YzIdentity identity = { 0 };

    if (*person->name == '\0')
      g_ptr_array_add (missing, g_strdup (_ ("A person's name is missing.")));
    else if (*person->id_number != '\0' &&
             !yz_identity_check (person->id_number, &today, &identity, &wrong))
      g_ptr_array_add (missing, g_strdup_printf ("%s: %s", person->name, wrong->message));
  }
}

GPtrArray *
yz_desk_list_missing (YzDesk *self, YzDossier *dossier)
{
  YZ_DESK_LOCK (self);
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);
  const YzMatter *matter = yz_desk_find_matter (self, dossier);

  list_missing_persons (self, dossier, missing);
  if (matter == NULL)
    return missing;
  for (guint i = 0; i < matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (matter->materials, i);

    if (material->required && !material->later && !has_sheet (dossier, material->id))
      g_ptr_array_add (missing,
                       g_strdup_printf (_ ("The original of “%s” is missing."), material->name));
  }
  for (guint i = 0; i < matter->facts->len; i++) {
    const YzFactField *field = g_ptr_array_index (matter->facts, i);
    const char *value = g_hash_table_lookup (dossier->facts, field->id);

    if (field->required && (value == NULL || *value == '\0'))
      g_ptr_array_add (missing, g_strdup_printf (_ ("“%s” is not filled in."), field->label));
  }
  return missing;
}

/* The step as a role of hers that may take it; else one that the store refuses with its reason. */
static const YzFlowStep *
choose_step (YzDesk *self, const YzFlow *flow, const YzDossier *dossier, const char *action)
{
  for (guint i = 0; i < flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (flow->steps, i);

    if (g_str_equal (step->action, action) && is_open_to (step, dossier, self->staff))
      return step;
  }
  for (guint i = 0; self->staff->roles[i] != NULL; i++) {
    const YzFlowStep *step =
        yz_flow_find_step (flow, dossier->state, action, self->staff->roles[i]);

    if (step != NULL)
      return step;
  }
  return NULL;
}

static gboolean
refuse_missing (YzDesk *self, YzDossier *dossier, const YzFlowStep *step, GError **error)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *text = NULL;

  if (!step->complete)
    return FALSE;
  missing = yz_desk_list_missing (self, dossier);
  if (missing->len == 0)
    return FALSE;
  g_ptr_array_add (missing, NULL);
  text = g_strjoinv (" ", (char **) missing->pdata);
  g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INCOMPLETE, text);
  return TRUE;
}

static gboolean
take_step (YzDesk *self,
           YzDossier *dossier,
           const char *action,
           const char *note,
           const char *basis,
           GError **error)
{
  YzFlow *flow = yz_desk_find_flow (self, dossier, error);
  const YzFlowStep *step = flow != NULL ? choose_step (self, flow, dossier, action) : NULL;
  gint64 now = YZ_STORE_CALL (self->store, get_now);
  g_autofree char *payload = NULL;
  YzDraft draft = { 0 };

  if (flow == NULL)
    return FALSE;
  if (step == NULL) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED,
                 _ ("“%s” is no step that you may take while the case is in “%s”."),
                 yz_desk_name_action (flow, action), dossier->state_name);
    return FALSE;
  }
  if (refuse_missing (self, dossier, step, error))
    return FALSE;
  payload = yz_desk_make_step_payload (self, flow, dossier, step, now);
  draft = (YzDraft){
    .number = (char *) dossier->number,
    .seq = dossier->version + 1,
    .at = now,
    .actor = self->staff->login,
    .role = step->role,
    .unit = self->staff->unit,
    .action = action,
    .from = dossier->state,
    .to = step->to,
    .note = note,
    .basis = basis,
    .payload = payload,
  };
  return yz_desk_append (self, &draft, error);
}

YzDossier *
yz_desk_act (YzDesk *self,
             const char *number,
             guint seen,
             const char *action,
             const char *note,
             const char *basis,
             GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (YzDossier) dossier = NULL;

  if (yz_desk_require_staff (self, error) == NULL)
    return NULL;
  dossier = yz_desk_load (self, number, error);
  if (dossier == NULL)
    return NULL;
  if (seen != 0 && seen != dossier->version) {
    yz_store_refuse (error, "stale");
    return NULL;
  }
  if (!take_step (self, dossier, action, note, basis, error))
    return NULL;
  return yz_desk_load (self, number, error);
}
