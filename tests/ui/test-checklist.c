/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/checklist.h"

#include "tests/ui/made-up-store.h"
#include "ui/looks.h"

#include <handy.h>

/* A collective household: an application of one page, premises and card of two each. */
#define MATTER "H04"
#define ONE_PAGE "application"
#define TWO_PAGES "manager-card"

typedef struct {
  char *folder;
  YzDesk *desk;
  YzChecklist *checklist;
  YzOpenCase *open_case;
  char *number;
  guint pending;
} Counter;

static guint
count_pending (const char *material, gpointer data)
{
  return ((Counter *) data)->pending;
}

static void
set_up (Counter *counter, gconstpointer data)
{
  counter->desk = made_up_store_new (&counter->folder);
  counter->number = made_up_store_begin_case (counter->desk, MATTER);
  counter->checklist = g_object_ref_sink (YZ_CHECKLIST (yz_checklist_new ()));
  yz_checklist_set_pending (counter->checklist, count_pending, counter);
}

static void
tear_down (Counter *counter, gconstpointer data)
{
  gtk_widget_destroy (GTK_WIDGET (counter->checklist));
  g_assert_finalize_object (counter->checklist);
  g_clear_pointer (&counter->open_case, yz_open_case_unref);
  yz_desk_close (counter->desk);
  g_object_unref (counter->desk);
  made_up_store_remove (counter->folder);
  g_free (counter->folder);
  g_free (counter->number);
}

static void
file (Counter *counter, const char *material, const char *origin, const char *verdicts)
{
  g_autoptr (GBytes) picture = g_bytes_new_static ("\xff\xd8\xff", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = yz_desk_keep (counter->desk, picture, &error);
  const YzSheet sheet = { .material = material,
                          .digest = digest,
                          .size = 3,
                          .media_type = "image/jpeg",
                          .captured_at = 1,
                          .origin = origin,
                          .device = "a",
                          .verdicts = verdicts };

  g_assert_no_error (error);
  yz_desk_attach (counter->desk, counter->number, &sheet, &error);
  g_assert_no_error (error);
}

static void
show (Counter *counter)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&counter->open_case, yz_open_case_unref);
  counter->open_case = yz_open_case_read (counter->desk, counter->number, &error);
  g_assert_no_error (error);
  yz_checklist_show (counter->checklist, counter->open_case);
}

static YzItemState
judge (Counter *counter, const char *material)
{
  return yz_checklist_judge (counter->open_case,
                             yz_matter_find_material (counter->open_case->matter, material));
}

static void
test_only_what_no_camera_saw_is_called_imported (Counter *counter, gconstpointer data)
{
  file (counter, TWO_PAGES, "import", "");
  show (counter);
  g_assert_cmpint (judge (counter, TWO_PAGES), ==, YZ_ITEM_IMPORTED);
  g_assert_cmpint (judge (counter, ONE_PAGE), ==, YZ_ITEM_MISSING);
  file (counter, TWO_PAGES, "camera", "");
  show (counter);
  g_assert_cmpint (judge (counter, TWO_PAGES), ==, YZ_ITEM_CAPTURED);
}

static void
test_what_cannot_be_read_wholly_is_to_be_looked_at (Counter *counter, gconstpointer data)
{
  file (counter, ONE_PAGE, "camera", data);
  show (counter);
  g_assert_cmpint (judge (counter, ONE_PAGE), ==, YZ_ITEM_DEFECTIVE);
}

static void
test_hands_free_takes_every_page_of_an_original (Counter *counter, gconstpointer data)
{
  show (counter);
  yz_checklist_choose (counter->checklist, TWO_PAGES);
  g_assert_true (yz_checklist_wants_chosen (counter->checklist));
  counter->pending = 1;
  g_assert_true (yz_checklist_wants_chosen (counter->checklist)); /* the other side meanwhile */
  counter->pending = 2;
  g_assert_false (yz_checklist_wants_chosen (counter->checklist));
  counter->pending = 0;
  file (counter, TWO_PAGES, "camera", "");
  show (counter);
  g_assert_true (yz_checklist_wants_chosen (counter->checklist));
  file (counter, TWO_PAGES, "camera", "blurred");
  show (counter);
  g_assert_false (yz_checklist_wants_chosen (counter->checklist)); /* F4 takes it again */
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hdy_init ();
  yz_looks_init ();
#define ADD(name, data, func)                                                                      \
  g_test_add ("/checklist/" name, Counter, data, set_up, func, tear_down)
  ADD ("only-what-no-camera-saw-is-called-imported", NULL,
       test_only_what_no_camera_saw_is_called_imported);
  ADD ("what-is-blurred-is-to-be-looked-at", "blurred",
       test_what_cannot_be_read_wholly_is_to_be_looked_at);
  ADD ("what-is-cut-off-is-to-be-looked-at", "cut-off",
       test_what_cannot_be_read_wholly_is_to_be_looked_at);
  ADD ("what-is-too-dark-is-to-be-looked-at", "dark",
       test_what_cannot_be_read_wholly_is_to_be_looked_at);
  ADD ("hands-free-takes-every-page-of-an-original", NULL,
       test_hands_free_takes_every_page_of_an_original);
#undef ADD
  return g_test_run ();
}
