/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/ui/made-up-case.h"
#include "ui/decision-words.h"
#include "ui/words.h"

static void
assert_has (const char *text, const char *part)
{
  g_assert_nonnull (text);
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

static void
test_four_eyes (void)
{
  g_autoptr (YzOpenCase) open_case = made_up_case_new ("A", "bureau-decision", "bureau-leader");
  g_autoptr (YzStaff) clerk = made_up_staff_new ("clerk", "bureau-leader");
  g_autoptr (YzStaff) leader = made_up_staff_new ("leader", "bureau-leader");
  const YzFlowStep *approve = yz_open_case_get_forward (open_case);
  g_autofree char *own = yz_decision_words_refuse (open_case, clerk, approve);
  g_autofree char *other = yz_decision_words_refuse (open_case, leader, approve);

  g_assert_cmpstr (approve->action, ==, "approve");
  assert_has (own, "another pair of eyes");
  assert_has (own, "submit");
  g_assert_null (other);
}

static void
test_incomplete (void)
{
  g_autoptr (YzOpenCase) open_case = made_up_case_new ("A", "bureau-decision", "bureau-leader");
  g_autoptr (YzStaff) leader = made_up_staff_new ("leader", "bureau-leader");
  g_autofree char *why = NULL;
  g_autofree char *back = NULL;

  g_ptr_array_add (open_case->missing, g_strdup ("The marriage certificate is missing."));
  why = yz_decision_words_explain (open_case, leader);
  assert_has (why, "1 thing is missing");
  back = yz_decision_words_refuse (open_case, leader, yz_open_case_get_back (open_case));
  g_assert_null (back); /* it is what one does with an incomplete case */
}

static void
test_once (void)
{
  g_autoptr (YzOpenCase) open_case = made_up_case_new ("A", "bureau-decision", "bureau-leader");
  g_autoptr (YzStaff) leader = made_up_staff_new ("leader", "bureau-leader");
  const YzFlowStep *extend =
      yz_flow_find_step (open_case->flow, "bureau-decision", "extend", "bureau-leader");
  YzEvent *event = g_ptr_array_index (open_case->dossier->events, 2);
  g_autofree char *before = yz_decision_words_refuse (open_case, leader, extend);
  g_autofree char *after = NULL;

  g_assert_null (before);
  g_free ((char *) event->action);
  event->action = g_strdup ("extend");
  after = yz_decision_words_refuse (open_case, leader, extend);
  assert_has (after, "once only");
}

static void
test_turn (void)
{
  g_autoptr (YzOpenCase) open_case = made_up_case_new ("A", "bureau-decision", "auditor");
  g_autoptr (YzStaff) auditor = made_up_staff_new ("auditor", "auditor");
  g_autofree char *why = yz_decision_words_explain (open_case, auditor);

  assert_has (why, yz_role_get_name ("bureau-leader"));
  g_assert_null (strstr (why, yz_role_get_name ("clerk"))); /* who may only withdraw it */
}

static void
test_finished (void)
{
  g_autoptr (YzOpenCase) open_case = made_up_case_new ("A", "archived", "bureau-leader");
  g_autofree char *why = yz_decision_words_explain (open_case, NULL);

  assert_has (why, "finished");
}

static void
test_reasons (void)
{
  g_autoptr (YzOpenCase) open_case = made_up_case_new ("A", "bureau-decision", "bureau-leader");
  g_autoptr (GPtrArray) reasons = NULL;
  YzSheet sheet = { .id = 1, .material = "booklet", .verdicts = "blurred" };
  guint found = 0;

  g_ptr_array_add (open_case->missing, g_strdup ("The marriage certificate is missing."));
  g_ptr_array_add (open_case->dossier->sheets, &sheet);
  reasons = yz_decision_words_list_reasons (open_case, &found);
  g_ptr_array_set_size (open_case->dossier->sheets, 0);
  g_assert_cmpuint (found, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (reasons, 0), ==, "The marriage certificate is missing.");
  assert_has (g_ptr_array_index (reasons, 1), "Page 1 (booklet) must be taken again");
  g_assert_cmpuint (reasons->len, >, found);
  g_assert_cmpuint (reasons->len, <=, 9); /* as many as there are keys */
}

static void
test_join (void)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();
  g_autofree char *nothing = yz_decision_words_join (reasons, "  \n");
  g_autofree char *free_text = yz_decision_words_join (reasons, " Bring the original. ");
  g_autofree char *several = NULL;

  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (free_text, ==, "Bring the original.");
  g_ptr_array_add (reasons, (gpointer) "A page is not legible.");
  several = yz_decision_words_join (reasons, "Bring it.");
  g_assert_cmpstr (several, ==, "1. A page is not legible.\n2. Bring it.");
}

/* Nobody holds a camera over what came from a file. */
static void
test_an_imported_page_gets_no_advice (void)
{
  g_autofree char *taken = yz_words_verdicts ("blurred,same", FALSE);
  g_autofree char *imported = yz_words_verdicts ("blurred,same", TRUE);

  g_assert_cmpstr (taken, ==, "too blurred: hold still, the same page as an earlier one");
  g_assert_cmpstr (imported, ==, "too blurred, the same page as an earlier one");
  g_assert_null (yz_words_verdicts ("", FALSE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decision-words/whoever-handed-it-in-cannot-approve-it", test_four_eyes);
  g_test_add_func ("/decision-words/an-incomplete-case-goes-back-only", test_incomplete);
  g_test_add_func ("/decision-words/an-extension-is-possible-once", test_once);
  g_test_add_func ("/decision-words/says-whose-turn-it-is", test_turn);
  g_test_add_func ("/decision-words/says-that-nothing-is-left", test_finished);
  g_test_add_func ("/decision-words/offers-first-what-is-wrong-with-this-case", test_reasons);
  g_test_add_func ("/decision-words/numbers-several-reasons", test_join);
  g_test_add_func ("/decision-words/an-imported-page-gets-no-advice",
                   test_an_imported_page_gets_no_advice);
  return g_test_run ();
}
