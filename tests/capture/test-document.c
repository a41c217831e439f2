/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/document.h"

#include "capture/capture-error.h"
#include "tests/support/made-pdf.h"
#include "tests/support/scene.h"

#include <signal.h>

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.89

static YzDarkroom *darkroom; /* of all tests: starting one takes longer than its work */

static YzPage *
develop (GBytes *original, guint leaf, YzDevelop what)
{
  const YzDevelopment development = { .what = what, .leaf = leaf };
  g_autoptr (GError) error = NULL;
  YzPage *page = yz_darkroom_develop_leaf (darkroom, original, &development, &error);

  g_assert_no_error (error);
  return page;
}

static void
test_leaves_are_counted_in_the_darkroom (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (12, 300, 400);

  g_assert_cmpuint (yz_document_count (darkroom, pdf, NULL), ==, 12);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  *(guint *) data = yz_document_count_finish (YZ_DARKROOM (source), result, NULL);
}

static void
test_count_comes_back_on_the_main_loop (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (3, 300, 400);
  guint leaves = 0;

  yz_document_count_async (darkroom, pdf, NULL, on_counted, &leaves);
  while (leaves == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (leaves, ==, 3);
}

static void
test_leaf_is_a_whole_page (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (2, A4_WIDTH, A4_HEIGHT);
  g_autoptr (YzPage) page = develop (pdf, 2, YZ_DEVELOP_FIND | YZ_DEVELOP_PICTURE);

  g_assert_true (page->found);
  g_assert_cmpfloat_with_epsilon (page->corners[0], 0, 0.01);
  g_assert_cmpfloat_with_epsilon (page->corners[4], page->width, 0.01);
  g_assert_cmpfloat_with_epsilon (page->corners[5], page->height, 0.01);
  g_assert_cmpint (page->paper, ==, YZ_PAPER_A4);
  g_assert_cmpuint (page->dpi, ==, 300);
  g_assert_cmpuint (page->verdicts, ==, YZ_VERDICT_NONE);
  g_assert_cmpint (page->picture->width, ==, page->width);
}

static void
test_scan_is_as_fine_as_its_picture (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_scan (100, 1);
  g_autoptr (YzPage) page = develop (pdf, 1, YZ_DEVELOP_FIND);

  g_assert_cmpfloat_with_epsilon (page->dpi, 100, 1);
}

static void
test_part_of_a_leaf_can_be_cut_out (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (1, A4_WIDTH, A4_HEIGHT);
  /* As large as a card, where the leaf is white. */
  const double width = 85.6 / 25.4 * 300;
  const double height = 54 / 25.4 * 300;
  const YzDevelopment development = { .has_corners = TRUE,
                                      .leaf = 1,
                                      .corners = { 500, 1000, 500 + width, 1000, 500 + width,
                                                   1000 + height, 500, 1000 + height } };
  g_autoptr (YzPage) page = yz_darkroom_develop_leaf (darkroom, pdf, &development, NULL);

  g_assert_nonnull (page);
  g_assert_cmpint (page->paper, ==, YZ_PAPER_ID_CARD);
  g_assert_cmpuint (page->dpi, ==, 300);
  g_assert_cmpuint (page->verdicts, ==, YZ_VERDICT_BLANK);
}

static void
test_foreign_fonts_are_drawn_behind_locked_doors (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_foreign_fonts ();
  const YzDevelopment development = { .what = YZ_DEVELOP_FIND, .leaf = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page = yz_darkroom_develop_leaf (darkroom, pdf, &development, &error);

  if (g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED)) {
    g_test_skip ("this kernel has no Landlock: such leaves are refused");
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (page->verdicts, ==, YZ_VERDICT_NONE);
}

static void
test_hostile_document_costs_no_picture (void)
{
  static const char NOTHING[] = "%PDF-1.7\nnothing of the kind";
  const YzScene scene = { .width = 640, .height = 480, .mat = 0x225442, .grain = 5 };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (1, 300, 400);
  g_autoptr (GBytes) nothing = g_bytes_new_static (NOTHING, sizeof NOTHING - 1);
  g_autoptr (YzPage) first = develop (jpeg, 0, YZ_DEVELOP_FIND);
  const GPid pictures = yz_darkroom_get_helper (darkroom, NULL);
  g_autoptr (YzPage) leaf = develop (pdf, 1, YZ_DEVELOP_FIND);
  const GPid documents = yz_darkroom_get_helper (darkroom, NULL);
  g_autoptr (YzPage) second = NULL;
  g_autoptr (YzPage) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pictures, !=, documents);
  g_assert_cmpuint (yz_document_count (darkroom, nothing, &error), ==, 0);
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
  g_assert_cmpint (kill (documents, SIGKILL), ==, 0);
  second = develop (jpeg, 0, YZ_DEVELOP_FIND);
  g_assert_cmpint (yz_darkroom_get_helper (darkroom, NULL), ==, pictures);
  again = develop (pdf, 1, YZ_DEVELOP_FIND);
  g_assert_nonnull (again);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  darkroom = yz_darkroom_new ();
  g_test_add_func ("/document/leaves-are-counted-in-the-darkroom",
                   test_leaves_are_counted_in_the_darkroom);
  g_test_add_func ("/document/count-comes-back-on-the-main-loop",
                   test_count_comes_back_on_the_main_loop);
  g_test_add_func ("/document/leaf-is-a-whole-page", test_leaf_is_a_whole_page);
  g_test_add_func ("/document/scan-is-as-fine-as-its-picture", test_scan_is_as_fine_as_its_picture);
  g_test_add_func ("/document/part-of-a-leaf-can-be-cut-out", test_part_of_a_leaf_can_be_cut_out);
  g_test_add_func ("/document/foreign-fonts-are-drawn-behind-locked-doors",
                   test_foreign_fonts_are_drawn_behind_locked_doors);
  g_test_add_func ("/document/hostile-document-costs-no-picture",
                   test_hostile_document_costs_no_picture);
  result = g_test_run ();
  yz_darkroom_close (darkroom);
  g_assert_finalize_object (darkroom);
  return result;
}
