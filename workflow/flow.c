/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const struct { const char *id, *name; YzLevel level; } ROLES[] = {
  { "clerk",            N_ ("Window clerk"),      YZ_LEVEL_WINDOW },
  { "officer",          N_ ("Window officer"),    YZ_LEVEL_WINDOW },
  { "station-examiner", N_ ("Station examiner"),  YZ_LEVEL_STATION },
  { "station-leader",   N_ ("Station leader"),    YZ_LEVEL_STATION },
  { "bureau-examiner",  N_ ("Bureau examiner"),   YZ_LEVEL_BUREAU },
  { "bureau-leader",    N_ ("Bureau leader"),     YZ_LEVEL_BUREAU },
  { "supervisor",       N_ ("Supervisor"),        YZ_LEVEL_BUREAU },
  { "administrator",    N_ ("Administrator"),     YZ_LEVEL_BUREAU },
  { "auditor",          N_ ("Auditor"),           YZ_LEVEL_BUREAU },
};
static const struct { const char *id, *name; } LEVELS[] = {
  [YZ_LEVEL_WINDOW]     = { "window",     N_ ("Window") },
  [YZ_LEVEL_STATION]    = { "station",    N_ ("Police station") },
  [YZ_LEVEL_BUREAU]     = { "bureau",     N_ ("County bureau") },
  [YZ_LEVEL_PREFECTURE] = { "prefecture", N_ ("Prefecture bureau") },
};
/* clang-format on */

static void
free_state (gpointer data)
{
  YzFlowState *state = data;

  g_free ((char *) state->id);
  g_free ((char *) state->name);
  g_free (state);
}

static void
free_step (gpointer data)
{
  YzFlowStep *step = data;

  g_free ((char *) step->from);
  g_free ((char *) step->action);
  g_free ((char *) step->name);
  g_free ((char *) step->role);
  g_free ((char *) step->to);
  g_strfreev ((char **) step->excludes);
  g_free (step);
}

static void
clear_flow (gpointer data)
{
  YzFlow *self = data;

  g_free ((char *) self->code);
  g_free ((char *) self->name);
  g_free ((char *) self->text);
  g_ptr_array_unref (self->states);
  g_ptr_array_unref (self->steps);
}

/**
 * yz_flow_new:
 * @code: the flow's code, "bureau"
 *
 * An empty flow for the reader to fill; its fields are owned by it and freed with g_free(). Whoever
 * hands it on stops writing to it.
 *
 * Returns: (transfer full): the flow
 */
YzFlow *
yz_flow_new (const char *code)
{
  YzFlow *self = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  self = g_atomic_rc_box_new0 (YzFlow);
  self->code = g_strdup (code);
  self->states = g_ptr_array_new_with_free_func (free_state);
  self->steps = g_ptr_array_new_with_free_func (free_step);
  return self;
}

YzFlow *
yz_flow_ref (YzFlow *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
yz_flow_unref (YzFlow *self)
{
  g_atomic_rc_box_release_full (self, clear_flow);
}

/**
 * yz_flow_get_state:
 * @id: a state's id
 *
 * Returns: (transfer none) (nullable): the state, owned by the flow
 */
const YzFlowState *
yz_flow_get_state (const YzFlow *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->states->len; i++) {
    const YzFlowState *state = g_ptr_array_index (self->states, i);

    if (g_str_equal (state->id, id))
      return state;
  }
  return NULL;
}

/**
 * yz_flow_get_start:
 *
 * Returns: (transfer none) (nullable): where a case begins; never NULL in a flow that was read
 */
const YzFlowState *
yz_flow_get_start (const YzFlow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->states->len; i++) {
    const YzFlowState *state = g_ptr_array_index (self->states, i);

    if (state->kind == YZ_STATE_START)
      return state;
  }
  return NULL;
}

/**
 * yz_flow_find_step:
 * @from: the state the case is in
 * @action: what somebody wants to do
 * @role: a role that this person holds
 *
 * The one answer to the question "may this role do that here, and what follows".
 *
 * Returns: (transfer none) (nullable): the step, or NULL when the flow has none
 */
const YzFlowStep *
yz_flow_find_step (const YzFlow *self, const char *from, const char *action, const char *role)
{
  g_return_val_if_fail (self != NULL && from != NULL && action != NULL && role != NULL, NULL);

  for (guint i = 0; i < self->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (self->steps, i);

    if (g_str_equal (step->from, from) && g_str_equal (step->action, action) &&
        g_str_equal (step->role, role))
      return step;
  }
  return NULL;
}

/**
 * yz_role_list:
 *
 * Returns: (transfer none) (array zero-terminated=1): the closed list of role ids, from the window
 *   upwards
 */
const char *const *
yz_role_list (void)
{
  static const char *const ids[] = {
    "clerk",         "officer",    "station-examiner", "station-leader", "bureau-examiner",
    "bureau-leader", "supervisor", "administrator",    "auditor",        NULL,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (ids) == G_N_ELEMENTS (ROLES) + 1);
  return ids;
}

/**
 * yz_role_get_name:
 *
 * Returns: the role in the reader's language; an unknown role as it is written
 */
const char *
yz_role_get_name (const char *role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROLES); i++) {
    if (g_strcmp0 (ROLES[i].id, role) == 0)
      return _ (ROLES[i].name);
  }
  return role;
}

/**
 * yz_role_find:
 * @out_level: (out) (optional): the level at which the role works
 *
 * Returns: whether the closed list has this role
 */
gboolean
yz_role_find (const char *role, YzLevel *out_level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROLES); i++) {
    if (g_strcmp0 (ROLES[i].id, role) != 0)
      continue;
    if (out_level != NULL)
      *out_level = ROLES[i].level;
    return TRUE;
  }
  return FALSE;
}

const char *
yz_level_get_id (YzLevel level)
{
  g_return_val_if_fail ((gsize) level < G_N_ELEMENTS (LEVELS), "window");
  return LEVELS[level].id;
}

/**
 * yz_level_get_name:
 *
 * Returns: the level in the reader's language
 */
const char *
yz_level_get_name (YzLevel level)
{
  g_return_val_if_fail ((gsize) level < G_N_ELEMENTS (LEVELS), "");
  return _ (LEVELS[level].name);
}

/**
 * yz_level_find:
 * @id: "window", "station", "bureau" or "prefecture"
 * @out_level: (out): the level
 *
 * Returns: whether there is such a level
 */
gboolean
yz_level_find (const char *id, YzLevel *out_level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (LEVELS); i++) {
    if (g_strcmp0 (LEVELS[i].id, id) == 0) {
      *out_level = (YzLevel) i;
      return TRUE;
    }
  }
  return FALSE;
}
