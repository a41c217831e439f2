/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/dossier-model.h"

#define ROWS 100000
#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)
#define NOW ((gint64) 1763110800 * G_USEC_PER_SEC) /* Friday 2025-11-14, 17:00 in China */

typedef struct {
  YzCalendar *calendar;
  YzDossierModel *model;
} Fixture;

static void
free_made_up (gpointer data)
{
  YzDossier *dossier = data;

  g_free ((char *) dossier->number);
  g_free (dossier);
}

static YzDossier *
make_up (guint index)
{
  YzDossier *dossier = g_new0 (YzDossier, 1);

  dossier->number = g_strdup_printf ("W01-2025-%06u", index + 1);
  dossier->applicant = index == 0 ? "" : "王小明";
  dossier->matter_name = "夫妻投靠";
  dossier->state_name = "Examination";
  dossier->unit_name = "Window 1";
  dossier->kind = index % 3 == 2 ? YZ_STATE_PAUSED : YZ_STATE_ACTIVE;
  dossier->due = index % 3 == 1 ? NOW - 30 * HOUR : NOW + 200 * HOUR;
  dossier->turnaround = -1;
  return dossier;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new_full (ROWS, free_made_up);
  g_autofree char *path =
      g_build_filename (g_getenv ("YIZHAN_DATADIR"), "calendar", "cn.csv", NULL);
  g_autoptr (GError) error = NULL;

  fixture->calendar = yz_calendar_load (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ROWS; i++)
    g_ptr_array_add (dossiers, make_up (i));
  fixture->model = yz_dossier_model_new (dossiers, fixture->calendar, NOW);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->model);
  yz_calendar_unref (fixture->calendar);
}

static char *
read_row (Fixture *fixture, GtkTreeIter *iter, int column)
{
  char *text = NULL;

  gtk_tree_model_get (GTK_TREE_MODEL (fixture->model), iter, column, &text, -1);
  return text;
}

static void
test_walk (Fixture *fixture, gconstpointer data)
{
  GtkTreeModel *model = GTK_TREE_MODEL (fixture->model);
  GtkTreeIter iter;
  guint count = 0;

  for (gboolean any = gtk_tree_model_get_iter_first (model, &iter); any;
       any = gtk_tree_model_iter_next (model, &iter)) {
    g_assert_true (yz_dossier_model_get_at (fixture->model, &iter) ==
                   yz_dossier_model_get (fixture->model, count));
    count++;
  }
  g_assert_cmpuint (count, ==, ROWS);
  g_assert_cmpint (gtk_tree_model_iter_n_children (model, NULL), ==, ROWS);
  g_assert_cmpint (gtk_tree_model_get_flags (model), ==,
                   GTK_TREE_MODEL_LIST_ONLY | GTK_TREE_MODEL_ITERS_PERSIST);
}

static void
test_paths (Fixture *fixture, gconstpointer data)
{
  static const int SOME[] = { 0, 1, 4711, ROWS - 1 };
  GtkTreeModel *model = GTK_TREE_MODEL (fixture->model);

  for (guint i = 0; i < G_N_ELEMENTS (SOME); i++) {
    g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices (SOME[i], -1);
    g_autoptr (GtkTreePath) back = NULL;
    g_autofree char *number = NULL;
    g_autofree char *expected = g_strdup_printf ("W01-2025-%06d", SOME[i] + 1);
    GtkTreeIter iter;

    g_assert_true (gtk_tree_model_get_iter (model, &iter, path));
    back = gtk_tree_model_get_path (model, &iter);
    g_assert_cmpint (gtk_tree_path_compare (path, back), ==, 0);
    g_assert_false (gtk_tree_model_iter_has_child (model, &iter));
    number = read_row (fixture, &iter, YZ_DOSSIER_COLUMN_NUMBER);
    g_assert_cmpstr (number, ==, expected);
  }
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
  GtkTreeModel *model = GTK_TREE_MODEL (fixture->model);
  g_autoptr (GtkTreePath) beyond = gtk_tree_path_new_from_indices (ROWS, -1);
  g_autoptr (GtkTreePath) below = gtk_tree_path_new_from_indices (0, 0, -1);
  GtkTreeIter iter, child;

  g_assert_false (gtk_tree_model_get_iter (model, &iter, beyond));
  g_assert_false (gtk_tree_model_get_iter (model, &iter, below));
  g_assert_true (gtk_tree_model_iter_nth_child (model, &iter, NULL, ROWS - 1));
  g_assert_false (gtk_tree_model_iter_children (model, &child, &iter));
  g_assert_false (gtk_tree_model_iter_parent (model, &child, &iter));
  g_assert_false (gtk_tree_model_iter_next (model, &iter));
  g_assert_true (gtk_tree_model_get_iter_first (model, &iter));
  g_assert_false (gtk_tree_model_iter_previous (model, &iter));
  g_assert_null (yz_dossier_model_get (fixture->model, ROWS));
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (yz_dossier_model_find (fixture->model, "W01-2025-000001"), ==, 0);
  g_assert_cmpint (yz_dossier_model_find (fixture->model, "W01-2025-100000"), ==, ROWS - 1);
  g_assert_cmpint (yz_dossier_model_find (fixture->model, "W01-2025-100001"), ==, -1);
  g_assert_cmpint (yz_dossier_model_find (fixture->model, NULL), ==, -1);
}

static void
assert_row (Fixture *fixture, int row, int column, const char *expected)
{
  GtkTreeIter iter;
  g_autofree char *text = NULL;

  g_assert_true (gtk_tree_model_iter_nth_child (GTK_TREE_MODEL (fixture->model), &iter, NULL, row));
  text = read_row (fixture, &iter, column);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  assert_row (fixture, 0, YZ_DOSSIER_COLUMN_APPLICANT, "no name yet");
  assert_row (fixture, 0, YZ_DOSSIER_COLUMN_CLASS, "calm");
  assert_row (fixture, 1, YZ_DOSSIER_COLUMN_APPLICANT, "王小明");
  assert_row (fixture, 1, YZ_DOSSIER_COLUMN_CLASS, "late");
  assert_row (fixture, 1, YZ_DOSSIER_COLUMN_ICON, "yz-late-symbolic");
  assert_row (fixture, 1, YZ_DOSSIER_COLUMN_TIME_LEFT,
              "1 working day late (was due Thu 13 Nov 11:00)");
  assert_row (fixture, 1, YZ_DOSSIER_COLUMN_SPOKEN,
              "王小明, 夫妻投靠, 1 working day late (was due Thu 13 Nov 11:00), Examination, "
              "W01-2025-000002");
  assert_row (fixture, 2, YZ_DOSSIER_COLUMN_CLASS, "paused");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, call) g_test_add (path, Fixture, NULL, set_up, call, tear_down)
  ADD ("/dossier-model/walks-through-100000-rows", test_walk);
  ADD ("/dossier-model/an-iter-leads-to-its-row-and-back", test_paths);
  ADD ("/dossier-model/there-is-nothing-before-the-first-row-nor-after-the-last", test_ends);
  ADD ("/dossier-model/finds-a-case-by-its-number", test_find);
  ADD ("/dossier-model/says-the-time-left-with-icon-and-words", test_words);
#undef ADD
  return g_test_run ();
}
