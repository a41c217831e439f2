/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/ui/made-up-store.h"
#include "ui/ask.h"
#include "ui/dossier-form.h"
#include "ui/looks.h"
#include "ui/submission.h"

#include <handy.h>

#define OUTLINES 4 /* one after the other, always one before the step is taken */

typedef struct {
  YzDesk *desk;
  char *number;
  guint left; /* outlines that are still to come */
  gboolean done;
  YzOpenCase *submitted;
  GError *error;
} Counter;

static void
outline_again (GObject *source, GAsyncResult *result, gpointer data)
{
  Counter *counter = data;
  YzSheet sheet = { .id = 1, .verdicts = counter->left % 2 ? "blurred" : "" };

  if (counter->left == 0)
    return;
  counter->left--;
  yz_ask_outline (counter->desk, counter->number, &sheet, outline_again, counter);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer data)
{
  Counter *counter = data;

  counter->submitted = yz_submission_finish (result, &counter->error);
  counter->done = TRUE;
}

static void
test_a_page_outlined_meanwhile_stops_nothing (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GBytes) picture = g_bytes_new_static ("\xff\xd8\xff", 3);
  Counter counter = { .desk = made_up_store_new (&folder), .left = OUTLINES };
  YzDossierForm *form = g_object_ref_sink (g_object_new (YZ_TYPE_DOSSIER_FORM, NULL));
  g_autoptr (YzRecorder) recorder = yz_recorder_new (counter.desk, form);

  counter.number = made_up_store_open_case (counter.desk, 1, picture);
  yz_submission_run_async (counter.desk, recorder, NULL, counter.number, on_submitted, &counter);
  outline_again (NULL, NULL, &counter);
  while (!counter.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (counter.error);
  g_assert_nonnull (counter.submitted);
  g_assert_cmpstr (counter.submitted->dossier->state, ==, "station-examination");
  yz_open_case_unref (counter.submitted);
  g_clear_object (&recorder);
  gtk_widget_destroy (GTK_WIDGET (form));
  g_object_unref (form);
  yz_desk_close (counter.desk);
  g_object_unref (counter.desk);
  made_up_store_remove (folder);
  g_free (counter.number);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hdy_init ();
  yz_looks_init ();
  g_test_add_func ("/submission/a-page-outlined-meanwhile-stops-nothing",
                   test_a_page_outlined_meanwhile_stops_nothing);
  return g_test_run ();
}
