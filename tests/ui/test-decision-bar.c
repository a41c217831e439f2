/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/ui/made-up-case.h"
#include "ui/decision-bar.h"
#include "ui/looks.h"
#include "ui/reason-form.h"
#include "workflow/workflow-error.h"

#include <handy.h>

#define MINUTE 60000 /* a grace that no test outlives */

typedef struct {
  GtkWidget *window;
  YzDecisionBar *bar;
  YzReasonForm *form;
  GPtrArray *told; /* (element-type YzDecision) */
  GString *heard;  /* signals in their order */
} Fixture;

static void
tell (const YzDecision *decision, gpointer data)
{
  g_ptr_array_add (((Fixture *) data)->told, yz_decision_copy (decision));
}

static void
hear (Fixture *fixture, const char *what, const char *number)
{
  g_string_append_printf (fixture->heard, "%s %s;", what, number);
}

static void
on_decided (Fixture *fixture, const char *number)
{
  hear (fixture, "decided", number);
}

static void
on_undone (Fixture *fixture, const char *number)
{
  hear (fixture, "undone", number);
}

static void
on_acted (Fixture *fixture, const char *number)
{
  hear (fixture, "acted", number);
}

static void
on_refused (Fixture *fixture, const char *number)
{
  hear (fixture, "refused", number);
}

static void
find_form (GtkWidget *widget, gpointer data)
{
  YzReasonForm **found = data;

  if (YZ_IS_REASON_FORM (widget))
    *found = YZ_REASON_FORM (widget);
  else if (GTK_IS_CONTAINER (widget) && *found == NULL)
    gtk_container_forall (GTK_CONTAINER (widget), find_form, found);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (YzStaff) leader = made_up_staff_new ("leader", "bureau-leader");

  fixture->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  fixture->bar = g_object_new (YZ_TYPE_DECISION_BAR, "visible", TRUE, NULL);
  fixture->told = g_ptr_array_new_with_free_func ((GDestroyNotify) (GCallback) yz_decision_free);
  fixture->heard = g_string_new (NULL);
  yz_decision_bar_set_tell (fixture->bar, tell, fixture, MINUTE);
  yz_decision_bar_set_staff (fixture->bar, leader);
  g_signal_connect_swapped (fixture->bar, "decided", G_CALLBACK (on_decided), fixture);
  g_signal_connect_swapped (fixture->bar, "undone", G_CALLBACK (on_undone), fixture);
  g_signal_connect_swapped (fixture->bar, "acted", G_CALLBACK (on_acted), fixture);
  g_signal_connect_swapped (fixture->bar, "refused", G_CALLBACK (on_refused), fixture);
  gtk_container_add (GTK_CONTAINER (fixture->window), GTK_WIDGET (fixture->bar));
  gtk_widget_show (fixture->window);
  find_form (GTK_WIDGET (fixture->bar), &fixture->form);
  g_assert_nonnull (fixture->form);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_widget_destroy (fixture->window);
  g_ptr_array_unref (fixture->told);
  g_string_free (fixture->heard, TRUE);
}

static void
show (Fixture *fixture, const char *number, const char *missing)
{
  g_autoptr (YzOpenCase) open_case = made_up_case_new (number, "bureau-decision", "bureau-leader");

  if (missing != NULL)
    g_ptr_array_add (open_case->missing, g_strdup (missing));
  yz_decision_bar_show (fixture->bar, open_case);
}

static void
write_note (Fixture *fixture, const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), text, -1);
}

static const YzDecision *
get_told (Fixture *fixture, guint index)
{
  g_assert_cmpuint (fixture->told->len, >, index);
  return g_ptr_array_index (fixture->told, index);
}

static void
test_forward (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", NULL);
  yz_decision_bar_forward (fixture->bar);
  g_assert_cmpstr (fixture->heard->str, ==, "decided A;");
  g_assert_cmpuint (fixture->told->len, ==, 0);
  yz_decision_bar_flush (fixture->bar);
  g_assert_cmpstr (get_told (fixture, 0)->action, ==, "approve");
  g_assert_cmpuint (get_told (fixture, 0)->seen, ==, 3);
  yz_decision_bar_flush (fixture->bar);
  g_assert_cmpuint (fixture->told->len, ==, 1);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", NULL);
  yz_decision_bar_forward (fixture->bar);
  yz_decision_bar_undo (fixture->bar);
  yz_decision_bar_flush (fixture->bar);
  g_assert_cmpstr (fixture->heard->str, ==, "decided A;undone A;");
  g_assert_cmpuint (fixture->told->len, ==, 0);
}

static void
test_next (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", NULL);
  yz_decision_bar_forward (fixture->bar);
  yz_decision_bar_forward (fixture->bar); /* the same case is not decided twice */
  g_assert_cmpuint (fixture->told->len, ==, 0);
  show (fixture, "B", NULL);
  yz_decision_bar_forward (fixture->bar);
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_cmpstr (get_told (fixture, 0)->number, ==, "A");
  g_assert_cmpstr (yz_decision_bar_get_held (fixture->bar)->number, ==, "B");
}

static void
test_closing (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", NULL);
  yz_decision_bar_forward (fixture->bar);
  gtk_widget_destroy (GTK_WIDGET (fixture->bar));
  g_assert_cmpstr (get_told (fixture, 0)->number, ==, "A");
}

static void
test_incomplete (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", "The marriage certificate is missing.");
  yz_decision_bar_forward (fixture->bar);
  g_assert_null (yz_decision_bar_get_held (fixture->bar));
  g_assert_cmpstr (fixture->heard->str, ==, "");
}

static void
test_return (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", "The marriage certificate is missing.");
  yz_decision_bar_return (fixture->bar);
  g_assert_true (yz_reason_form_is_asking (fixture->form));
  g_assert_true (yz_reason_form_toggle (fixture->form, 1));
  yz_decision_bar_forward (fixture->bar);
  yz_decision_bar_flush (fixture->bar);
  g_assert_cmpstr (get_told (fixture, 0)->action, ==, "return");
  g_assert_cmpstr (get_told (fixture, 0)->note, ==,
                   "1. The marriage certificate is missing.\n2. A page is not legible.");
}

static void
test_return_without (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", NULL);
  yz_decision_bar_return (fixture->bar);
  yz_decision_bar_forward (fixture->bar);
  g_assert_null (yz_decision_bar_get_held (fixture->bar));
  g_assert_true (yz_reason_form_is_asking (fixture->form));
}

static void
test_reject (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", NULL);
  yz_decision_bar_reject (fixture->bar);
  yz_decision_bar_forward (fixture->bar);
  g_assert_null (yz_decision_bar_get_held (fixture->bar)); /* no reason */
  write_note (fixture, "Not eligible.");
  yz_decision_bar_forward (fixture->bar);
  g_assert_null (yz_decision_bar_get_held (fixture->bar)); /* no basis: it has the focus now */
  write_note (fixture, "Article 10");
  yz_decision_bar_forward (fixture->bar);
  yz_decision_bar_flush (fixture->bar);
  g_assert_cmpstr (get_told (fixture, 0)->action, ==, "reject");
  g_assert_cmpstr (get_told (fixture, 0)->note, ==, "Not eligible.");
  g_assert_cmpstr (get_told (fixture, 0)->basis, ==, "Article 10");
}

static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autofree char *note = NULL;

  show (fixture, "A", NULL);
  yz_decision_bar_reject (fixture->bar);
  write_note (fixture, "Not eligible.");
  show (fixture, "B", NULL);
  g_assert_false (yz_reason_form_is_asking (fixture->form));
  show (fixture, "A", NULL);
  yz_decision_bar_reject (fixture->bar);
  note = yz_reason_form_read_note (fixture->form);
  g_assert_cmpstr (note, ==, "Not eligible.");
}

static void
test_read_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *note = NULL;

  show (fixture, "A", NULL);
  yz_decision_bar_reject (fixture->bar);
  write_note (fixture, "Not el");
  show (fixture, "A", NULL); /* read again because something else changed */
  g_assert_true (yz_reason_form_is_asking (fixture->form));
  note = yz_reason_form_read_note (fixture->form);
  g_assert_cmpstr (note, ==, "Not el");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_STALE,
                                                  "Somebody else acted on this case.");
  g_autofree char *note = NULL;

  show (fixture, "A", NULL);
  yz_decision_bar_return (fixture->bar);
  yz_reason_form_toggle (fixture->form, 2);
  yz_decision_bar_forward (fixture->bar);
  yz_decision_bar_flush (fixture->bar);
  yz_decision_bar_answer (fixture->bar, get_told (fixture, 0), error);
  g_assert_cmpstr (fixture->heard->str, ==, "decided A;refused A;");
  g_assert_nonnull (strstr (yz_decision_bar_get_refusal (fixture->bar), "Somebody else acted"));
  yz_decision_bar_return (fixture->bar);
  note = yz_reason_form_read_note (fixture->form);
  g_assert_cmpstr (note, ==, get_told (fixture, 0)->note);
}

static void
test_acted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *note = NULL;

  show (fixture, "A", NULL);
  yz_decision_bar_return (fixture->bar);
  yz_reason_form_toggle (fixture->form, 2);
  yz_decision_bar_forward (fixture->bar);
  yz_decision_bar_flush (fixture->bar);
  yz_decision_bar_answer (fixture->bar, get_told (fixture, 0), NULL);
  g_assert_cmpstr (fixture->heard->str, ==, "decided A;acted A;");
  yz_decision_bar_return (fixture->bar);
  note = yz_reason_form_read_note (fixture->form);
  g_assert_cmpstr (note, ==, ""); /* the same case may come back: then it is another return */
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hdy_init ();
  yz_looks_init ();
#define ADD(path, call) g_test_add (path, Fixture, NULL, set_up, call, tear_down)
  ADD ("/decision-bar/nothing-is-told-before-the-grace-is-over", test_forward);
  ADD ("/decision-bar/undo-leaves-no-trace", test_undo);
  ADD ("/decision-bar/the-next-decision-tells-the-one-before", test_next);
  ADD ("/decision-bar/closing-is-no-undo", test_closing);
  ADD ("/decision-bar/an-incomplete-case-is-not-approved", test_incomplete);
  ADD ("/decision-bar/a-return-tells-everything-at-once", test_return);
  ADD ("/decision-bar/a-return-without-a-reason-is-not-taken", test_return_without);
  ADD ("/decision-bar/a-rejection-demands-reason-and-basis", test_reject);
  ADD ("/decision-bar/what-was-typed-waits-for-its-case", test_draft);
  ADD ("/decision-bar/reading-again-does-not-disturb-the-typist", test_read_again);
  ADD ("/decision-bar/a-refusal-is-said-and-loses-nothing", test_refused);
  ADD ("/decision-bar/a-taken-step-forgets-what-was-typed", test_acted);
#undef ADD
  return g_test_run ();
}
