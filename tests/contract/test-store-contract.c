/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/contract/fixture.h"
#include "workflow/store-sqlite.h"
#include "workflow/workflow-error.h"

#include <glib/gstdio.h>

/*
 * What every engine promises. The engines stand in ENGINES at the end; the suite is the same for
 * each.
 */

static FixtureOpen open_engine;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture_set_up (fixture, open_engine);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_tear_down (fixture);
}

static gboolean
is_excluded (Fixture *fixture, const char *number, const YzFlowStep *step, const char *login)
{
  g_autoptr (YzDossier) dossier = YZ_STORE_CALL (fixture->store, load, number, NULL);

  for (guint i = 0; i < dossier->events->len; i++) {
    const YzEvent *event = g_ptr_array_index (dossier->events, i);

    if (g_str_equal (event->actor, login) && g_strv_contains (step->excludes, event->action))
      return TRUE;
  }
  return FALSE;
}

/* Whether the flow, read by itself, lets this be. */
static gboolean
is_lawful (Fixture *fixture,
           const YzFlow *flow,
           const char *number,
           const char *state,
           const char *action,
           const char *role,
           const char *to,
           const char *login)
{
  const YzFlowStep *step = yz_flow_find_step (flow, state, action, role);

  return step != NULL && g_str_equal (step->to, to) && !is_excluded (fixture, number, step, login);
}

static GPtrArray *
list_actions (const YzFlow *flow)
{
  GPtrArray *actions = g_ptr_array_new ();

  for (guint i = 0; i < flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (flow->steps, i);

    if (!g_ptr_array_find_with_equal_func (actions, step->action, g_str_equal, NULL))
      g_ptr_array_add (actions, (gpointer) step->action);
  }
  g_ptr_array_add (actions, (gpointer) "dance");
  return actions;
}

typedef struct {
  Fixture *fixture;
  const YzFlow *flow;
  const char *state;
  char *number; /* a case in that state; a refusal leaves it there */
  guint verdicts;
} Trial;

static void
try_target (Trial *trial, const char *action, const char *role, const char *to)
{
  Fixture *fixture = trial->fixture;
  const char *login = fixture_login (role, FALSE);
  const char *unit = fixture_unit_of (role);
  g_autoptr (GError) error = NULL;
  gboolean lawful = FALSE;
  gboolean done = FALSE;

  if (trial->number == NULL) {
    trial->number = fixture_begin (fixture, trial->flow->code);
    g_assert_true (fixture_bring (fixture, trial->number, trial->flow->code, trial->state));
  }
  lawful = is_lawful (fixture, trial->flow, trial->number, trial->state, action, role, to, login);
  done = fixture_append (fixture, trial->number, login, role, unit, 2, action, trial->state, to,
                         "reason", NULL, &error);
  g_assert_false (done);
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_STALE);
  g_clear_error (&error);
  done = fixture_append (fixture, trial->number, login, role, unit, 0, action, trial->state, to,
                         "reason", NULL, &error);
  if (done != lawful)
    g_test_message ("%s: %s by %s in %s to %s: %s", trial->flow->code, action, role, trial->state,
                    to, error != NULL ? error->message : "accepted");
  g_assert_cmpint (done, ==, lawful);
  if (done)
    g_clear_pointer (&trial->number, g_free);
  else
    g_assert_true (error->domain == YZ_WORKFLOW_ERROR);
  trial->verdicts++;
}

/* Into the state where the flow would lead, and into one where it would not. */
static void
try_action (Trial *trial, const char *action, const char *role)
{
  const YzFlowStep *step = yz_flow_find_step (trial->flow, trial->state, action, role);
  const GPtrArray *states = trial->flow->states;
  const YzFlowState *other = g_ptr_array_index (states, trial->verdicts % states->len);

  if (step == NULL || !g_str_equal (step->to, other->id))
    try_target (trial, action, role, other->id);
  if (step != NULL)
    try_target (trial, action, role, step->to);
}

static guint
try_state (Fixture *fixture, const YzFlow *flow, const char *state)
{
  g_autoptr (GPtrArray) actions = list_actions (flow);
  Trial trial = { fixture, flow, state, NULL, 0 };

  for (guint a = 0; a < actions->len; a++)
    for (guint r = 0; yz_role_list ()[r] != NULL; r++)
      try_action (&trial, g_ptr_array_index (actions, a), yz_role_list ()[r]);
  g_free (trial.number);
  return trial.verdicts;
}

static void
test_every_step (Fixture *fixture, gconstpointer data)
{
  guint verdicts = 0;

  for (guint f = 0; f < fixture->flows->len; f++) {
    const YzFlow *flow = g_ptr_array_index (fixture->flows, f);

    for (guint s = 0; s < flow->states->len; s++)
      verdicts +=
          try_state (fixture, flow, ((YzFlowState *) g_ptr_array_index (flow->states, s))->id);
  }
  g_test_message ("%u verdicts", verdicts);
  g_assert_cmpuint (verdicts, >, 5000);
}

/* Four eyes. */

static void
add_role (Fixture *fixture, const char *login, const char *unit, const char *one, const char *two)
{
  const char *const roles[] = { one, two, NULL };
  g_autoptr (YzStaff) staff = yz_staff_new (login, login, unit, NULL, roles);

  YZ_STORE_CALL (fixture->store, set_actor, "administrator");
  g_assert_true (YZ_STORE_CALL (fixture->store, add_staff, staff, "sealed", NULL));
}

static void
test_four_eyes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = fixture_begin (fixture, "bureau");
  g_autoptr (GError) error = NULL;

  add_role (fixture, "both", "B01", "bureau-examiner", "bureau-leader");
  g_assert_true (fixture_bring (fixture, number, "bureau", "bureau-examination"));
  fixture_append (fixture, number, "both", "bureau-examiner", "B01", 0, "examine-pass",
                  "bureau-examination", "bureau-decision", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (fixture_append (fixture, number, "both", "bureau-leader", "B01", 0, "approve",
                                  "bureau-decision", "approved", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FOUR_EYES);
  g_clear_error (&error);
  /* Nor by a detour over somebody else's return. */
  fixture_append (fixture, number, "bureau-leader", "bureau-leader", "B01", 0, "return",
                  "bureau-decision", "bureau-returned", "reason", NULL, &error);
  fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "resubmit", "bureau-returned",
                  "bureau-examination", NULL, NULL, &error);
  fixture_append (fixture, number, "bureau-examiner", "bureau-examiner", "B01", 0, "examine-pass",
                  "bureau-examination", "bureau-decision", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (fixture_append (fixture, number, "both", "bureau-leader", "B01", 0, "approve",
                                  "bureau-decision", "approved", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FOUR_EYES);
  g_clear_error (&error);
  fixture_append (fixture, number, "bureau-leader", "bureau-leader", "B01", 0, "approve",
                  "bureau-decision", "approved", NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  static const char *const EMPTY[] = { NULL, "", "   ", "\n\t", "\xe3\x80\x80" };
  g_autofree char *number = fixture_begin (fixture, "bureau");

  g_assert_true (fixture_bring (fixture, number, "bureau", "bureau-decision"));
  for (gsize i = 0; i < G_N_ELEMENTS (EMPTY); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (fixture_append (fixture, number, "bureau-leader", "bureau-leader", "B01", 0,
                                    "reject", "bureau-decision", "rejected", EMPTY[i], NULL,
                                    &error));
    g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOTE_MISSING);
  }
}

static void
test_incomplete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = fixture_begin (fixture, "bureau");
  g_autoptr (GError) error = NULL;

  fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "detach", "draft", "draft", NULL,
                  "{\"sheet\":1}", &error);
  g_assert_no_error (error);
  g_assert_false (fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "submit", "draft",
                                  "station-examination", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INCOMPLETE);
  g_clear_error (&error);
  fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "arrange", "draft", "draft", NULL,
                  "{\"sheet\":1,\"material\":\"booklet\",\"position\":1,\"restored\":1}", &error);
  fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "submit", "draft",
                  "station-examination", NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = fixture_begin (fixture, "bureau");
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture_bring (fixture, number, "bureau", "bureau-decision"));
  fixture_append (fixture, number, "bureau-leader", "bureau-leader", "B01", 0, "extend",
                  "bureau-decision", "bureau-decision", "reason", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (fixture_append (fixture, number, "bureau-leader.2", "bureau-leader", "B01", 0,
                                  "extend", "bureau-decision", "bureau-decision", "reason", NULL,
                                  &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
}

/* Who. */

static void
test_strangers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = fixture_begin (fixture, "bureau");
  g_autoptr (GError) error = NULL;

  /* another window; a role one does not hold; a unit one does not belong to; another's name */
  g_assert_false (fixture_append (fixture, number, "stranger", "clerk", "W02", 0, "submit", "draft",
                                  "station-examination", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (fixture_append (fixture, number, "auditor", "clerk", "W01", 0, "submit", "draft",
                                  "station-examination", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (fixture_append (fixture, number, "stranger", "clerk", "W01", 0, "submit", "draft",
                                  "station-examination", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  /* A stranger learns nothing from the refusal: the same for a stale and a right version. */
  g_assert_false (fixture_append (fixture, number, "stranger", "clerk", "W02", 1, "submit", "draft",
                                  "station-examination", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
}

static void
test_another_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = fixture_begin (fixture, "bureau");
  g_autoptr (GError) error = NULL;
  YzDraft draft = {
    .number = number,
    .seq = 3,
    .at = fixture->now,
    .actor = "clerk",
    .role = "clerk",
    .unit = "W01",
    .action = "submit",
    .from = "draft",
    .to = "station-examination",
    .payload = "{}",
  };

  YZ_STORE_CALL (fixture->store, set_actor, "auditor");
  g_assert_false (YZ_STORE_CALL (fixture->store, append, &draft, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  YZ_STORE_CALL (fixture->store, set_actor, NULL);
  g_assert_false (YZ_STORE_CALL (fixture->store, append, &draft, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
}

static void
test_clock (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = fixture_begin (fixture, "bureau");
  g_autoptr (GError) error = NULL;

  fixture->now -= G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_assert_false (fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "submit", "draft",
                                  "station-examination", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_CLOCK);
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = fixture_begin (fixture, "spot");
  g_autofree char *two = fixture_begin (fixture, "bureau");

  g_assert_cmpstr (one, ==, "W01-2025-000001");
  g_assert_cmpstr (two, ==, "W01-2025-000002");
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) damages = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *one = fixture_begin (fixture, "spot");
  g_autofree char *two = fixture_begin (fixture, "bureau");
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture_bring (fixture, two, "bureau", "archived"));
  g_assert_true (YZ_STORE_CALL (fixture->store, verify, damages, &error));
  for (guint i = 0; i < damages->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (damages, i));
  g_assert_cmpuint (damages->len, ==, 0);
}

static YzStore *
open_sqlite (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "yizhan.db", NULL);

  return yz_store_sqlite_open (path, YZ_STORE_CREATE, error);
}

#define ADD(claim, test) g_test_add ("/store/" claim, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  open_engine = open_sqlite;
  ADD ("accepts-exactly-what-the-flows-allow", test_every_step);
  ADD ("four-eyes-hold-over-detours", test_four_eyes);
  ADD ("a-refusal-needs-a-reason-that-says-something", test_reasons);
  ADD ("nothing-is-submitted-without-its-originals", test_incomplete);
  ADD ("a-total-is-extended-once", test_once);
  ADD ("strangers-are-refused-and-learn-nothing", test_strangers);
  ADD ("nobody-acts-in-another-name", test_another_name);
  ADD ("time-does-not-go-back", test_clock);
  ADD ("numbers-follow-each-other", test_numbers);
  ADD ("a-whole-store-is-found-whole", test_verify);
  return g_test_run ();
}
