/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/open-case.h"

#include <glib/gi18n-lib.h>

static void
clear_open_case (gpointer data)
{
  YzOpenCase *self = data;

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->flow, yz_flow_unref);
  g_clear_pointer (&self->matter, yz_matter_unref);
  g_clear_pointer (&self->dossier, yz_dossier_unref);
}

/**
 * yz_open_case_read:
 * @desk: called on the desk's thread
 * @number: the dossier's
 *
 * Returns: (transfer full) (nullable): the case as it stands
 */
YzOpenCase *
yz_open_case_read (YzDesk *desk, const char *number, GError **error)
{
  g_autoptr (YzDossier) dossier = yz_desk_load (desk, number, error);
  YzOpenCase *self = NULL;

  if (dossier == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (YzOpenCase);
  self->matter = yz_desk_get_case_matter (desk, dossier);
  self->flow = yz_desk_get_flow (desk, dossier);
  self->steps = yz_desk_list_steps (desk, dossier);
  self->missing = yz_desk_list_missing (desk, dossier);
  self->dossier = g_steal_pointer (&dossier);
  return self;
}

YzOpenCase *
yz_open_case_ref (YzOpenCase *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
yz_open_case_unref (YzOpenCase *self)
{
  g_atomic_rc_box_release_full (self, clear_open_case);
}

static const YzFlowStep *
find_step (const YzOpenCase *self, gboolean (*fits) (const YzFlowStep *))
{
  for (guint i = 0; self->steps != NULL && i < self->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (self->steps, i);

    if (fits (step))
      return step;
  }
  return NULL;
}

static gboolean
is_back (const YzFlowStep *step)
{
  return (step->effect & YZ_EFFECT_RETURN) != 0;
}

static gboolean
is_refusal (const YzFlowStep *step)
{
  return (step->effect & YZ_EFFECT_REJECT) != 0;
}

static gboolean
is_aside (const YzFlowStep *step)
{
  return (step->effect & (YZ_EFFECT_WITHDRAW | YZ_EFFECT_EXTEND)) != 0 || is_back (step) ||
         is_refusal (step);
}

static gboolean
is_decision (const YzFlowStep *step)
{
  return !is_aside (step) && (step->effect & (YZ_EFFECT_APPROVE | YZ_EFFECT_ACCEPT)) != 0;
}

static gboolean
is_plain_forward (const YzFlowStep *step)
{
  return !is_aside (step) && !step->note;
}

/* At the counter forward means: out of the window's hands, to whoever examines or decides. */
static const YzFlowStep *
find_handing_on (const YzOpenCase *self)
{
  for (guint i = 0; self->steps != NULL && i < self->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (self->steps, i);
    const YzFlowState *to = yz_flow_get_state (self->flow, step->to);

    if (is_plain_forward (step) && to != NULL && to->level > self->dossier->level)
      return step;
  }
  return NULL;
}

const YzFlowStep *
yz_open_case_get_forward (const YzOpenCase *self)
{
  const YzFlowStep *step = yz_open_case_is_editable (self) ? find_handing_on (self) : NULL;

  if (step == NULL)
    step = find_step (self, is_decision);
  return step != NULL ? step : find_step (self, is_plain_forward);
}

const YzFlowStep *
yz_open_case_get_back (const YzOpenCase *self)
{
  return find_step (self, is_back);
}

const YzFlowStep *
yz_open_case_get_refusal (const YzOpenCase *self)
{
  return find_step (self, is_refusal);
}

guint
yz_open_case_count_sheets (const YzOpenCase *self, const char *material)
{
  guint count = 0;

  for (guint i = 0; i < self->dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (self->dossier->sheets, i);

    if (g_strcmp0 (sheet->material, material) == 0)
      count++;
  }
  return count;
}

const YzSheet *
yz_open_case_find_sheet (const YzOpenCase *self, guint id)
{
  for (guint i = 0; i < self->dossier->sheets->len; i++) {
    const YzSheet *sheet = g_ptr_array_index (self->dossier->sheets, i);

    if (sheet->id == id)
      return sheet;
  }
  return NULL;
}

guint
yz_open_case_find_same (const YzOpenCase *self, guint id)
{
  const YzSheet *sheet = yz_open_case_find_sheet (self, id);
  guint same = 0;

  for (guint i = 0; sheet != NULL && i < self->dossier->sheets->len; i++) {
    const YzSheet *other = g_ptr_array_index (self->dossier->sheets, i);

    if (other->id < id && (same == 0 || other->id < same) && !other->detached &&
        g_str_equal (other->digest, sheet->digest) &&
        g_str_equal (other->media_type, sheet->media_type))
      same = other->id;
  }
  return same;
}

gboolean
yz_open_case_is_editable (const YzOpenCase *self)
{
  return self->dossier->kind == YZ_STATE_START || self->dossier->kind == YZ_STATE_PAUSED;
}

char *
yz_open_case_describe_return (const YzOpenCase *self)
{
  const YzDossier *dossier = self->dossier;
  char *text = NULL;

  for (guint i = 0; dossier->kind == YZ_STATE_PAUSED && i < dossier->events->len; i++) {
    const YzEvent *event = g_ptr_array_index (dossier->events, i);

    if (event->note == NULL || *event->note == '\0' || g_strcmp0 (event->to, dossier->state) != 0 ||
        g_strcmp0 (event->from, event->to) == 0)
      continue;
    g_free (text);
    text = g_strdup_printf (_ ("%1$s returned this case: %2$s"), event->actor_name, event->note);
  }
  return text;
}
