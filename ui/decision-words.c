/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/decision-words.h"

#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define MOST_REASONS 9 /* as many as there are number keys */

static gboolean
is_listed (const char *const *list, const char *word)
{
  return list != NULL && g_strv_contains (list, word);
}

/* The step this person took earlier that forbids this one: four eyes. */
static const YzEvent *
find_own_step (const YzOpenCase *open_case, const YzStaff *staff, const YzFlowStep *step)
{
  GPtrArray *events = open_case->dossier->events;

  for (guint i = 0; events != NULL && i < events->len; i++) {
    const YzEvent *event = g_ptr_array_index (events, i);

    if (g_strcmp0 (event->actor, staff->login) == 0 && is_listed (step->excludes, event->action))
      return event;
  }
  return NULL;
}

static gboolean
was_taken (const YzOpenCase *open_case, const YzFlowStep *step)
{
  GPtrArray *events = open_case->dossier->events;

  for (guint i = 0; events != NULL && i < events->len; i++) {
    const YzEvent *event = g_ptr_array_index (events, i);

    if (g_strcmp0 (event->action, step->action) == 0)
      return TRUE;
  }
  return FALSE;
}

char *
yz_decision_words_refuse (const YzOpenCase *open_case, const YzStaff *staff, const YzFlowStep *step)
{
  const YzEvent *own = staff != NULL ? find_own_step (open_case, staff, step) : NULL;
  guint missing = open_case->missing != NULL ? open_case->missing->len : 0;

  if (own != NULL) {
    g_autofree char *when = yz_words_moment (own->at);

    return g_strdup_printf (
        _ ("“%1$s” needs another pair of eyes: you took the step “%2$s” (%3$s)."), step->name,
        own->action_name, when);
  }
  if (step->once && was_taken (open_case, step))
    return g_strdup_printf (_ ("“%s” is possible once only, and was done."), step->name);
  if (step->complete && missing > 0)
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE, "“%1$s” is possible once the case is complete: %2$u thing is missing.",
            "“%1$s” is possible once the case is complete: %2$u things are missing.", missing),
        step->name, missing);
  return NULL;
}

static void
add_role (GPtrArray *names, const char *role)
{
  const char *name = yz_role_get_name (role);

  for (guint i = 0; i < names->len; i++) {
    if (g_strcmp0 (g_ptr_array_index (names, i), name) == 0)
      return;
  }
  g_ptr_array_add (names, (gpointer) name);
}

/* Whoever may carry the case on from where it is; those who may only withdraw it do not count. */
static char *
name_holders (const YzOpenCase *open_case)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; open_case->flow != NULL && i < open_case->flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (open_case->flow->steps, i);

    if (g_strcmp0 (step->from, open_case->dossier->state) == 0 &&
        (step->effect & YZ_EFFECT_WITHDRAW) == 0)
      add_role (names, step->role);
  }
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? _ (" or ") : "",
                            (const char *) g_ptr_array_index (names, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
explain_own_steps (const YzOpenCase *open_case, const YzStaff *staff)
{
  for (guint i = 0; open_case->flow != NULL && i < open_case->flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (open_case->flow->steps, i);
    char *why = NULL;

    if (g_strcmp0 (step->from, open_case->dossier->state) != 0 ||
        !yz_staff_has_role (staff, step->role))
      continue;
    why = yz_decision_words_refuse (open_case, staff, step);
    if (why != NULL)
      return why;
  }
  return NULL;
}

char *
yz_decision_words_explain (const YzOpenCase *open_case, const YzStaff *staff)
{
  const YzFlowStep *forward = yz_open_case_get_forward (open_case);
  g_autofree char *why = NULL;
  g_autofree char *holders = NULL;

  if (open_case->dossier->kind == YZ_STATE_FINAL)
    return g_strdup (_ ("This case is finished. Nothing is left to decide."));
  if (forward != NULL)
    return yz_decision_words_refuse (open_case, staff, forward);
  if (staff != NULL && (why = explain_own_steps (open_case, staff)) != NULL)
    return g_steal_pointer (&why);
  holders = name_holders (open_case);
  if (open_case->steps != NULL && open_case->steps->len > 0 && *holders == '\0')
    return NULL;
  return *holders == '\0' ? g_strdup (_ ("Nobody has to act on this case now."))
                          : g_strdup_printf (_ ("Now it is the turn of: %s."), holders);
}

static void
add_spoilt (GPtrArray *reasons, const YzOpenCase *open_case)
{
  GPtrArray *sheets = open_case->dossier->sheets;

  for (guint i = 0; sheets != NULL && i < sheets->len && reasons->len < MOST_REASONS - 3; i++) {
    const YzSheet *sheet = g_ptr_array_index (sheets, i);
    const YzMaterial *material = open_case->matter != NULL
                                     ? yz_matter_find_material (open_case->matter, sheet->material)
                                     : NULL;
    g_autofree char *wrong = yz_words_verdicts (sheet->verdicts, yz_words_is_imported (sheet));

    if (wrong != NULL)
      g_ptr_array_add (
          reasons, g_strdup_printf (_ ("Page %1$u (%2$s) must be taken again: %3$s"), i + 1,
                                    material != NULL ? material->name : sheet->material, wrong));
  }
}

GPtrArray *
yz_decision_words_list_reasons (const YzOpenCase *open_case, guint *n_found)
{
  static const char *const USUAL[] = {
    N_ ("A page is not legible."),
    N_ ("A signature or a seal is missing."),
    N_ ("The name or the citizen number differs between the originals."),
    N_ ("The facts in the form do not agree with the originals."),
    N_ ("An original has expired or was replaced by a newer one."),
  };
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0;
       open_case->missing != NULL && i < open_case->missing->len && reasons->len < MOST_REASONS - 3;
       i++)
    g_ptr_array_add (reasons, g_strdup (g_ptr_array_index (open_case->missing, i)));
  add_spoilt (reasons, open_case);
  if (n_found != NULL)
    *n_found = reasons->len;
  for (guint i = 0; i < G_N_ELEMENTS (USUAL) && reasons->len < MOST_REASONS; i++)
    g_ptr_array_add (reasons, g_strdup (_ (USUAL[i])));
  return reasons;
}

char *
yz_decision_words_join (GPtrArray *reasons, const char *free_text)
{
  g_autofree char *written = g_strstrip (g_strdup (free_text != NULL ? free_text : ""));
  g_autoptr (GString) out = g_string_new (NULL);
  guint count = reasons->len + (*written != '\0' ? 1 : 0);

  for (guint i = 0; i < count; i++) {
    const char *part = i < reasons->len ? g_ptr_array_index (reasons, i) : written;

    if (i > 0)
      g_string_append_c (out, '\n');
    if (count > 1)
      g_string_append_printf (out, "%u. ", i + 1);
    g_string_append (out, part);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
yz_decision_words_taken (const char *action_name, const char *applicant)
{
  if (applicant == NULL || *applicant == '\0')
    return g_strdup (action_name);
  /* Translators: the step that was taken, and whose case it is */
  return g_strdup_printf (_ ("%1$s: %2$s"), action_name, applicant);
}
