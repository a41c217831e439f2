/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/ui/made-up-case.h"

#include "workflow/flow-reader.h"

static YzFlow *
load_flow (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("YIZHAN_DATADIR"), "flows", "bureau.flow", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  YzFlow *flow = NULL;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  flow = yz_flow_parse ("bureau", text, length, NULL, &error);
  g_assert_no_error (error);
  return flow;
}

static void
add_event (
    YzDossier *dossier, const char *actor, const char *action, const char *from, const char *to)
{
  YzEvent *event = g_new0 (YzEvent, 1);

  event->seq = ++dossier->version;
  event->at = G_GINT64_CONSTANT (1763110800) * G_USEC_PER_SEC;
  event->actor = g_strdup (actor);
  event->actor_name = g_strdup (actor);
  event->action = g_strdup (action);
  event->action_name = g_strdup (action);
  event->from = g_strdup (from);
  event->to = g_strdup (to);
  g_ptr_array_add (dossier->events, event);
}

static void
free_event (gpointer data)
{
  YzEvent *event = data;

  g_free ((char *) event->actor);
  g_free ((char *) event->actor_name);
  g_free ((char *) event->action);
  g_free ((char *) event->action_name);
  g_free ((char *) event->from);
  g_free ((char *) event->to);
  g_free (event);
}

static YzDossier *
make_dossier (const char *number, const YzFlowState *state)
{
  YzDossier *dossier = yz_dossier_new ();

  dossier->number = g_strdup (number);
  dossier->applicant = g_strdup ("王小明");
  dossier->matter = g_strdup ("M20");
  dossier->matter_name = g_strdup ("夫妻投靠");
  dossier->unit = g_strdup ("W01");
  dossier->unit_name = g_strdup ("Window 1");
  dossier->flow = g_strdup ("bureau");
  dossier->state = g_strdup (state->id);
  dossier->state_name = g_strdup (state->name);
  dossier->kind = state->kind;
  dossier->turnaround = -1;
  dossier->sheets = g_ptr_array_new ();
  dossier->persons = g_ptr_array_new ();
  dossier->events = g_ptr_array_new_with_free_func (free_event);
  add_event (dossier, "clerk", "create", "", "draft");
  add_event (dossier, "clerk", "submit", "draft", "station-examination");
  add_event (dossier, "examiner", "examine-pass", "station-examination", "bureau-examination");
  return dossier;
}

YzOpenCase *
made_up_case_new (const char *number, const char *state, const char *role)
{
  YzOpenCase *open_case = g_atomic_rc_box_new0 (YzOpenCase);

  open_case->flow = load_flow ();
  open_case->dossier = make_dossier (number, yz_flow_get_state (open_case->flow, state));
  open_case->missing = g_ptr_array_new_with_free_func (g_free);
  open_case->steps = g_ptr_array_new ();
  for (guint i = 0; i < open_case->flow->steps->len; i++) {
    YzFlowStep *step = g_ptr_array_index (open_case->flow->steps, i);

    if (g_strcmp0 (step->from, state) == 0 && g_strcmp0 (step->role, role) == 0)
      g_ptr_array_add (open_case->steps, step);
  }
  return open_case;
}

YzStaff *
made_up_staff_new (const char *login, const char *role)
{
  const char *const roles[] = { role, NULL };

  return yz_staff_new (login, login, "B01", "Bureau", roles);
}
