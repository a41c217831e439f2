/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/ui/made-up-store.h"
#include "ui/ask.h"
#include "ui/page-moves.h"

#define MATTER "B08"

typedef struct {
  char *folder;
  YzDesk *desk;
  YzPageMoves *moves;
  YzDossier *dossier; /* as it was read last */
  guint sheet;
  guint undone;
} Pages;

static const YzSheet *
read_sheet (Pages *pages)
{
  g_autofree char *number = g_strdup (pages->dossier->number);
  g_autoptr (GError) error = NULL;

  yz_dossier_unref (pages->dossier);
  pages->dossier = yz_desk_load (pages->desk, number, &error);
  g_assert_no_error (error);
  return g_ptr_array_index (pages->dossier->sheets, 0);
}

static void
outline (Pages *pages, double left, const char *verdicts)
{
  g_autoptr (GError) error = NULL;
  YzSheet sheet = { .id = pages->sheet,
                    .outlined = TRUE,
                    .corners = { left, 10, 900, 10, 900, 700, left, 700 },
                    .confidence = 0.9,
                    .dpi = 300,
                    .verdicts = verdicts };

  yz_desk_outline (pages->desk, pages->dossier->number, &sheet, &error);
  g_assert_no_error (error);
}

static void
on_undone (Pages *pages)
{
  pages->undone++;
}

static void
set_up (Pages *pages, gconstpointer data)
{
  g_autoptr (GPtrArray) persons = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = g_bytes_new_static ("\xff\xd8\xff", 3);
  g_autoptr (YzMatter) matter = NULL;
  const YzMaterial *material = NULL;

  pages->desk = made_up_store_new (&pages->folder);
  pages->dossier = yz_desk_new_dossier (pages->desk, MATTER, persons, &error);
  g_assert_no_error (error);
  matter = yz_desk_get_matter (pages->desk, MATTER);
  material = g_ptr_array_index (matter->materials, 0);
  pages->sheet =
      made_up_store_add_page (pages->desk, pages->dossier->number, material->id, picture);
  pages->moves = yz_page_moves_new (pages->desk);
  yz_page_moves_set_case (pages->moves, pages->dossier->number);
  g_signal_connect_swapped (pages->moves, "undone", G_CALLBACK (on_undone), pages);
  outline (pages, 20, "blurred");
}

static void
tear_down (Pages *pages, gconstpointer data)
{
  g_assert_finalize_object (pages->moves);
  yz_desk_close (pages->desk);
  g_object_unref (pages->desk);
  made_up_store_remove (pages->folder);
  yz_dossier_unref (pages->dossier);
  g_free (pages->folder);
}

static void
undo (Pages *pages)
{
  const guint before = pages->undone;

  g_assert_true (yz_page_moves_can_undo (pages->moves));
  yz_page_moves_undo (pages->moves);
  while (pages->undone == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_cut_is_taken_back (Pages *pages, gconstpointer data)
{
  const YzSheet *sheet = read_sheet (pages);

  yz_page_moves_prepare_cut (pages->moves, sheet);
  g_assert_false (yz_page_moves_can_undo (pages->moves));
  outline (pages, 44, "");
  yz_page_moves_note_cut (pages->moves, pages->sheet);
  undo (pages);
  sheet = read_sheet (pages);
  g_assert_cmpfloat_with_epsilon (sheet->corners[0], 20, 0.01);
  g_assert_cmpfloat_with_epsilon (sheet->confidence, 0.9, 0.001);
  g_assert_cmpuint (sheet->dpi, ==, 300);
  g_assert_cmpstr (sheet->verdicts, ==, "blurred");
  g_assert_false (yz_page_moves_can_undo (pages->moves));
}

static void
test_a_cut_of_another_page_is_none_of_ours (Pages *pages, gconstpointer data)
{
  yz_page_moves_note_cut (pages->moves, pages->sheet);
  g_assert_false (yz_page_moves_can_undo (pages->moves));
  yz_page_moves_prepare_cut (pages->moves, read_sheet (pages));
  yz_page_moves_note_cut (pages->moves, pages->sheet + 1);
  g_assert_false (yz_page_moves_can_undo (pages->moves));
  yz_page_moves_set_case (pages->moves, NULL);
  yz_page_moves_note_cut (pages->moves, pages->sheet);
  g_assert_false (yz_page_moves_can_undo (pages->moves));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/page-moves/" name, Pages, NULL, set_up, func, tear_down)
  ADD ("a-cut-is-taken-back", test_a_cut_is_taken_back);
  ADD ("a-cut-of-another-page-is-none-of-ours", test_a_cut_of_another_page_is_none_of_ours);
  return g_test_run ();
}
