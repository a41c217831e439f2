/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/dossier.h"

#include <string.h>

#define FREE(text) g_free ((char *) (text))

YzPerson *
yz_person_new (const char *name, const char *id_number, const char *relation)
{
  YzPerson *self = g_new0 (YzPerson, 1);

  self->name = g_strdup (name != NULL ? name : "");
  self->id_number = g_strdup (id_number != NULL ? id_number : "");
  self->relation = g_strdup (relation != NULL ? relation : "other");
  return self;
}

void
yz_person_free (YzPerson *self)
{
  FREE (self->name);
  FREE (self->id_number);
  FREE (self->relation);
  g_free (self);
}

void
yz_sheet_free (YzSheet *self)
{
  FREE (self->material);
  FREE (self->digest);
  FREE (self->media_type);
  FREE (self->origin);
  FREE (self->device);
  FREE (self->operator);
  FREE (self->verdicts);
  g_free (self);
}

void
yz_event_free (YzEvent *self)
{
  FREE (self->actor);
  FREE (self->actor_name);
  FREE (self->role);
  FREE (self->unit);
  FREE (self->action);
  FREE (self->action_name);
  FREE (self->from);
  FREE (self->to);
  FREE (self->note);
  FREE (self->basis);
  FREE (self->payload);
  FREE (self->hash);
  g_free (self);
}

static void
clear_dossier (gpointer data)
{
  YzDossier *self = data;

  FREE (self->number);
  FREE (self->matter);
  FREE (self->matter_digest);
  FREE (self->matter_name);
  FREE (self->flow);
  FREE (self->flow_digest);
  FREE (self->unit);
  FREE (self->unit_name);
  FREE (self->state);
  FREE (self->state_name);
  FREE (self->applicant);
  FREE (self->applicant_number);
  FREE (self->head);
  g_clear_pointer (&self->persons, g_ptr_array_unref);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->pauses, g_array_unref);
}

YzDossier *
yz_dossier_new (void)
{
  return g_atomic_rc_box_new0 (YzDossier);
}

YzDossier *
yz_dossier_ref (YzDossier *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
yz_dossier_unref (YzDossier *self)
{
  g_atomic_rc_box_release_full (self, clear_dossier);
}

static void
clear_unit (gpointer data)
{
  YzUnit *self = data;

  FREE (self->code);
  FREE (self->name);
  FREE (self->parent);
}

YzUnit *
yz_unit_new (const char *code, const char *name, YzLevel level, const char *parent)
{
  YzUnit *self = g_atomic_rc_box_new0 (YzUnit);

  self->code = g_strdup (code);
  self->name = g_strdup (name);
  self->level = level;
  self->parent = g_strdup (parent);
  return self;
}

YzUnit *
yz_unit_ref (YzUnit *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
yz_unit_unref (YzUnit *self)
{
  g_atomic_rc_box_release_full (self, clear_unit);
}

static void
clear_staff (gpointer data)
{
  YzStaff *self = data;

  FREE (self->login);
  FREE (self->name);
  FREE (self->unit);
  FREE (self->unit_name);
  g_strfreev ((char **) self->roles);
}

YzStaff *
yz_staff_new (const char *login,
              const char *name,
              const char *unit,
              const char *unit_name,
              const char *const *roles)
{
  YzStaff *self = g_atomic_rc_box_new0 (YzStaff);

  self->login = g_strdup (login);
  self->name = g_strdup (name);
  self->unit = g_strdup (unit);
  self->unit_name = g_strdup (unit_name);
  self->roles = (const char *const *) g_strdupv ((char **) roles);
  return self;
}

YzStaff *
yz_staff_ref (YzStaff *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
yz_staff_unref (YzStaff *self)
{
  g_atomic_rc_box_release_full (self, clear_staff);
}

gboolean
yz_staff_has_role (const YzStaff *self, const char *role)
{
  return g_strv_contains (self->roles, role);
}
