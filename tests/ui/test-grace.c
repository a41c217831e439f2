/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/grace.h"

#define GUARD 10 /* seconds until a test gives up waiting */

typedef struct {
  YzGrace *grace;
  GPtrArray *final; /* (element-type utf8) numbers, in the order they became final */
  gboolean late;
} Fixture;

static void
on_final (Fixture *fixture, const YzDecision *decision)
{
  g_ptr_array_add (fixture->final, g_strdup (decision->number));
}

static void
set_up (Fixture *fixture, gconstpointer milliseconds)
{
  fixture->grace = yz_grace_new (GPOINTER_TO_UINT (milliseconds));
  fixture->final = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (fixture->grace, "final", G_CALLBACK (on_final), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->grace);
  g_ptr_array_unref (fixture->final);
}

static void
hold (Fixture *fixture, const char *number)
{
  YzDecision decision = { .number = (char *) number, .action = (char *) "approve", .seen = 7 };

  yz_grace_hold (fixture->grace, yz_decision_copy (&decision));
}

static gboolean
on_guard (gpointer data)
{
  ((Fixture *) data)->late = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
test_by_itself (Fixture *fixture, gconstpointer data)
{
  guint guard = g_timeout_add_seconds (GUARD, on_guard, fixture);

  hold (fixture, "A");
  g_assert_cmpuint (fixture->final->len, ==, 0);
  while (fixture->final->len == 0 && !fixture->late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
  g_assert_cmpuint (fixture->final->len, ==, 1);
  g_assert_null (yz_grace_get_held (fixture->grace));
  g_assert_null (yz_grace_undo (fixture->grace));
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (YzDecision) decision = NULL;

  hold (fixture, "A");
  g_assert_cmpstr (yz_grace_get_held (fixture->grace)->number, ==, "A");
  g_assert_cmpfloat (yz_grace_get_progress (fixture->grace), <, 1);
  decision = yz_grace_undo (fixture->grace);
  g_assert_cmpstr (decision->number, ==, "A");
  g_assert_cmpuint (decision->seen, ==, 7);
  yz_grace_flush (fixture->grace);
  g_assert_cmpuint (fixture->final->len, ==, 0);
}

static void
test_next (Fixture *fixture, gconstpointer data)
{
  hold (fixture, "A");
  hold (fixture, "B");
  g_assert_cmpuint (fixture->final->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->final, 0), ==, "A");
  g_assert_cmpstr (yz_grace_get_held (fixture->grace)->number, ==, "B");
  yz_grace_flush (fixture->grace);
}

static void
test_flush (Fixture *fixture, gconstpointer data)
{
  hold (fixture, "A");
  yz_grace_flush (fixture->grace);
  yz_grace_flush (fixture->grace);
  g_assert_cmpuint (fixture->final->len, ==, 1);
  g_assert_null (yz_grace_get_held (fixture->grace));
}

static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  hold (fixture, "A");
  g_clear_object (&fixture->grace);
  g_assert_cmpuint (fixture->final->len, ==, 0);
  fixture->grace = yz_grace_new (1);
}

int
main (int argc, char **argv)
{
  gconstpointer minute = GUINT_TO_POINTER (60000);
  gconstpointer moment = GUINT_TO_POINTER (1);

  g_test_init (&argc, &argv, NULL);
#define ADD(path, time, call) g_test_add (path, Fixture, time, set_up, call, tear_down)
  ADD ("/grace/a-decision-becomes-final-by-itself", moment, test_by_itself);
  ADD ("/grace/what-is-taken-back-never-becomes-final", minute, test_undo);
  ADD ("/grace/the-next-decision-makes-the-one-before-final", minute, test_next);
  ADD ("/grace/a-flush-makes-it-final-once", minute, test_flush);
  ADD ("/grace/without-a-flush-nothing-is-sent", minute, test_let_go);
#undef ADD
  return g_test_run ();
}
