/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/desk-private.h"
#include "workflow/flow-reader.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const struct { const char *id, *name; } ACTIONS[] = {
  { "create",  N_ ("Begun") },
  { "record",  N_ ("Recorded") },
  { "attach",  N_ ("Page added") },
  { "outline", N_ ("Page outlined") },
  { "detach",  N_ ("Page taken out") },
  { "arrange", N_ ("Page moved") },
};
/* clang-format on */

/* Flows. */

YzFlow *
yz_desk_find_flow (YzDesk *self, const YzDossier *dossier, GError **error)
{
  g_autofree char *key = g_strconcat (dossier->flow, " ", dossier->flow_digest, NULL);
  YzFlow *flow = g_hash_table_lookup (self->pinned, key);
  g_autofree char *text = NULL;

  if (flow != NULL)
    return flow;
  text = YZ_STORE_CALL (self->store, load_flow, dossier->flow, dossier->flow_digest, error);
  if (text == NULL)
    return NULL;
  flow = yz_flow_parse (dossier->flow, text, strlen (text), NULL, error);
  if (flow != NULL)
    g_hash_table_insert (self->pinned, g_steal_pointer (&key), flow);
  return flow;
}

YzFlow *
yz_desk_get_flow (YzDesk *self, YzDossier *dossier)
{
  YZ_DESK_LOCK (self);
  YzFlow *flow = yz_desk_find_flow (self, dossier, NULL);

  return flow != NULL ? yz_flow_ref (flow) : NULL;
}

YzMatter *
yz_desk_find_matter (YzDesk *self, const YzDossier *dossier)
{
  g_autofree char *key = g_strconcat (dossier->matter, " ", dossier->matter_digest, NULL);
  YzMatter *matter = g_hash_table_lookup (self->pinned_matters, key);
  g_autofree char *text = NULL;

  if (matter != NULL)
    return matter;
  if (g_strcmp0 (g_hash_table_lookup (self->matter_digests, dossier->matter),
                 dossier->matter_digest) == 0) {
    matter = yz_desk_get_matter (self, dossier->matter);
  } else {
    text = YZ_STORE_CALL (self->store, load_matter, dossier->matter, dossier->matter_digest, NULL);
    matter = text != NULL ? yz_matter_parse (dossier->matter, text, strlen (text), NULL) : NULL;
  }
  if (matter != NULL)
    g_hash_table_insert (self->pinned_matters, g_steal_pointer (&key), matter);
  return matter;
}

YzMatter *
yz_desk_get_case_matter (YzDesk *self, YzDossier *dossier)
{
  YZ_DESK_LOCK (self);
  YzMatter *matter = yz_desk_find_matter (self, dossier);

  return matter != NULL ? yz_matter_ref (matter) : NULL;
}

/* Names in the reader's language. */

const char *
yz_desk_name_action (const YzFlow *flow, const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    if (g_str_equal (ACTIONS[i].id, action))
      return _ (ACTIONS[i].name);
  for (guint i = 0; flow != NULL && i < flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (flow->steps, i);

    if (g_str_equal (step->action, action))
      return step->name;
  }
  return action;
}

void
yz_desk_name (YzDesk *self, YzDossier *dossier)
{
  YzFlow *flow = yz_desk_find_flow (self, dossier, NULL);
  const YzFlowState *state = flow != NULL ? yz_flow_get_state (flow, dossier->state) : NULL;
  const YzMatter *matter = yz_desk_find_matter (self, dossier);
  gint64 now = YZ_STORE_CALL (self->store, get_now);

  dossier->state_name = g_strdup (state != NULL ? state->name : dossier->state);
  dossier->matter_name = g_strdup (matter != NULL ? matter->name : dossier->matter);
  dossier->overdue = (dossier->kind == YZ_STATE_ACTIVE || dossier->kind == YZ_STATE_PAUSED) &&
                     dossier->due != 0 && dossier->due < now;
  for (guint i = 0; dossier->events != NULL && i < dossier->events->len; i++) {
    YzEvent *event = g_ptr_array_index (dossier->events, i);

    event->action_name = g_strdup (yz_desk_name_action (flow, event->action));
  }
}

/* Reading. */

YzDossier *
yz_desk_load (YzDesk *self, const char *number, GError **error)
{
  YZ_DESK_LOCK (self);
  YzDossier *dossier = NULL;

  if (yz_desk_require_staff (self, error) == NULL)
    return NULL;
  dossier = YZ_STORE_CALL (self->store, load, number, error);
  if (dossier == NULL)
    return NULL;
  if (!yz_desk_is_within (self, dossier->unit)) {
    yz_dossier_unref (dossier);
    yz_store_refuse (error, "unit");
    return NULL;
  }
  yz_desk_name (self, dossier);
  return dossier;
}

GPtrArray *
yz_desk_list (YzDesk *self, const YzDossierFilter *filter, GError **error)
{
  YZ_DESK_LOCK (self);
  YzStaff *staff = yz_desk_require_staff (self, error);
  YzStoreQuery query = { filter };
  GPtrArray *dossiers = NULL;

  if (staff == NULL)
    return NULL;
  query.actor = staff->login;
  query.unit = staff->unit;
  query.now = YZ_STORE_CALL (self->store, get_now);
  dossiers = YZ_STORE_CALL (self->store, list, &query, error);
  for (guint i = 0; dossiers != NULL && i < dossiers->len; i++)
    yz_desk_name (self, g_ptr_array_index (dossiers, i));
  return dossiers;
}

YzFigures *
yz_desk_load_figures (YzDesk *self, GError **error)
{
  YZ_DESK_LOCK (self);
  YzStaff *staff = yz_desk_require_staff (self, error);
  YzStoreQuery query = { NULL };

  if (staff == NULL)
    return NULL;
  query.actor = staff->login;
  query.unit = staff->unit;
  query.now = YZ_STORE_CALL (self->store, get_now);
  return YZ_STORE_CALL (self->store, figures, &query, error);
}

GPtrArray *
yz_desk_verify (YzDesk *self, GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (GPtrArray) damages = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) digests = NULL;

  if (!YZ_STORE_CALL (self->store, verify, damages, error))
    return NULL;
  digests = YZ_STORE_CALL (self->store, list_digests, error);
  if (digests == NULL)
    return NULL;
  for (guint i = 0; i < digests->len; i++) {
    g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (digests, i), " ", 2);
    g_autoptr (GError) wrong = NULL;
    g_autoptr (GBytes) bytes = yz_vault_read (self->vault, parts[0], &wrong);

    if (bytes == NULL)
      g_ptr_array_add (damages, g_strdup_printf ("%s: %s", parts[1], wrong->message));
  }
  return g_steal_pointer (&damages);
}
