/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow-reader.h"

static GPtrArray *flows = NULL;

static const YzFlow *
flow_of (const char *code)
{
  for (guint i = 0; i < flows->len; i++) {
    const YzFlow *flow = g_ptr_array_index (flows, i);

    if (g_str_equal (flow->code, code))
      return flow;
  }
  g_assert_not_reached ();
}

static void
test_clerk (void)
{
  for (guint i = 0; i < flows->len; i++) {
    const YzFlow *flow = g_ptr_array_index (flows, i);

    for (guint k = 0; k < flow->states->len; k++) {
      const YzFlowState *state = g_ptr_array_index (flow->states, k);

      g_assert_null (yz_flow_find_step (flow, state->id, "approve", "clerk"));
      g_assert_null (yz_flow_find_step (flow, state->id, "reject", "clerk"));
      g_assert_null (yz_flow_find_step (flow, state->id, "refuse", "clerk"));
    }
  }
}

static void
test_start (void)
{
  for (guint i = 0; i < flows->len; i++)
    g_assert_cmpstr (yz_flow_get_start (g_ptr_array_index (flows, i))->id, ==, "draft");
}

/* Plays one way and returns the state it ends in. */
static const char *
play (const YzFlow *flow, const char *const *turns)
{
  const char *state = yz_flow_get_start (flow)->id;

  for (guint i = 0; turns[i] != NULL; i += 2) {
    const YzFlowStep *step = yz_flow_find_step (flow, state, turns[i], turns[i + 1]);

    g_assert_nonnull (step);
    state = step->to;
  }
  return state;
}

static void
test_ways (void)
{
  const char *const whole[] = { "submit",
                                "clerk",
                                "examine-pass",
                                "station-examiner",
                                "examine-pass",
                                "bureau-examiner",
                                "approve",
                                "bureau-leader",
                                "execute",
                                "officer",
                                "archive",
                                "clerk",
                                NULL };
  const char *const corrected[] = { "accept",           "officer",  "submit", "officer", "return",
                                    "station-examiner", "resubmit", "clerk",  NULL };
  const char *const alone[] = { "approve", "officer", NULL };

  g_assert_cmpstr (play (flow_of ("bureau"), whole), ==, "archived");
  g_assert_cmpstr (play (flow_of ("bureau"), corrected), ==, "station-examination");
  g_assert_cmpstr (play (flow_of ("spot"), alone), ==, "approved");
}

static void
test_lists (void)
{
  YzLevel level = YZ_LEVEL_WINDOW;

  for (guint i = 0; yz_role_list ()[i] != NULL; i++) {
    g_assert_true (yz_role_find (yz_role_list ()[i], &level));
    g_assert_cmpstr (yz_role_get_name (yz_role_list ()[i]), !=, yz_role_list ()[i]);
  }
  g_assert_false (yz_role_find ("mayor", NULL));
  g_assert_cmpstr (yz_role_get_name ("mayor"), ==, "mayor");
  for (YzLevel i = YZ_LEVEL_WINDOW; i <= YZ_LEVEL_PREFECTURE; i++) {
    g_assert_true (yz_level_find (yz_level_get_id (i), &level));
    g_assert_cmpint (level, ==, i);
  }
  g_assert_false (yz_level_find ("province", &level));
}

/* The table as it stands in the file, read by other means than the reader's: "state action role" →
 * the state that it leads to. */
static GHashTable *
read_table (const char *text, GHashTable *actions)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GRegex) regex = g_regex_new (
      "^\\[Step ([a-z-]+) ([a-z-]+) ([a-z -]+)\\]\\nTo=([a-z-]+)$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *from = g_match_info_fetch (match, 1);
    g_autofree char *action = g_match_info_fetch (match, 2);
    g_autofree char *roles = g_match_info_fetch (match, 3);
    g_auto (GStrv) words = g_strsplit (roles, " ", -1);

    g_hash_table_add (actions, g_strdup (action));
    for (guint i = 0; words[i] != NULL; i++)
      g_hash_table_insert (table, g_strjoin (" ", from, action, words[i], NULL),
                           g_match_info_fetch (match, 4));
  }
  return table;
}

static guint
check_state (const YzFlow *flow, const char *from, GHashTable *table, GHashTable *actions)
{
  const char *const *roles = yz_role_list ();
  GHashTableIter iter;
  gpointer action = NULL;
  guint n = 0;

  g_hash_table_iter_init (&iter, actions);
  while (g_hash_table_iter_next (&iter, &action, NULL)) {
    for (guint i = 0; roles[i] != NULL; i++, n++) {
      const YzFlowStep *step = yz_flow_find_step (flow, from, action, roles[i]);
      g_autofree char *question = g_strjoin (" ", from, (const char *) action, roles[i], NULL);

      g_assert_cmpstr (step != NULL ? step->to : NULL, ==, g_hash_table_lookup (table, question));
    }
  }
  return n;
}

static void
test_every_question (void)
{
  guint n = 0;

  for (guint i = 0; i < flows->len; i++) {
    const YzFlow *flow = g_ptr_array_index (flows, i);
    g_autoptr (GHashTable) actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr (GHashTable) table = read_table (flow->text, actions);

    g_assert_cmpuint (g_hash_table_size (table), ==, flow->steps->len);
    for (guint k = 0; k < flow->states->len; k++)
      n += check_state (flow, ((const YzFlowState *) g_ptr_array_index (flow->states, k))->id,
                        table, actions);
  }
  g_test_message ("%u questions", n);
  g_assert_cmpuint (n, >, 5000);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_build_filename (g_getenv ("YIZHAN_DATADIR"), "flows", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  flows = yz_flow_load_folders (folders, &error);
  g_assert_no_error (error);
  g_test_add_func ("/flow/clerk-cannot-decide", test_clerk);
  g_test_add_func ("/flow/every-flow-begins-with-a-draft", test_start);
  g_test_add_func ("/flow/cases-travel-their-ways", test_ways);
  g_test_add_func ("/flow/every-state-action-and-role-answers-as-the-table", test_every_question);
  g_test_add_func ("/flow/roles-and-levels-are-closed-lists", test_lists);
  result = g_test_run ();
  g_ptr_array_unref (flows);
  return result;
}
