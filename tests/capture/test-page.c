/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page.h"

static void
test_verdicts_survive_their_names (void)
{
  for (guint verdicts = 0; verdicts < 512; verdicts++) {
    g_autofree char *text = yz_verdict_to_string ((YzVerdict) verdicts);

    g_assert_cmpuint (yz_verdict_from_string (text), ==, verdicts);
  }
  g_assert_cmpuint (yz_verdict_from_string (NULL), ==, YZ_VERDICT_NONE);
  g_assert_cmpuint (yz_verdict_from_string ("dark, haunted ,blank"), ==,
                    YZ_VERDICT_DARK | YZ_VERDICT_BLANK);
}

static void
test_papers_survive_their_names (void)
{
  for (guint paper = 0; paper <= YZ_PAPER_BOOKLET; paper++)
    g_assert_cmpuint (yz_paper_from_string (yz_paper_to_string ((YzPaper) paper)), ==, paper);
  g_assert_cmpuint (yz_paper_from_string ("papyrus"), ==, YZ_PAPER_UNKNOWN);
  g_assert_cmpstr (yz_paper_to_string ((YzPaper) 99), ==, "unknown");
}

static void
test_surest_document_is_the_page (void)
{
  g_autoptr (YzPage) page = yz_page_new ();
  const YzOutline outlines[] = {
    { .corners = { 1, 1, 2, 1, 2, 2, 1, 2 }, .confidence = 0.7, .paper = YZ_PAPER_A4, .dpi = 200 },
    { .corners = { 5, 1, 6, 1, 6, 2, 5, 2 }, .confidence = 0.9, .paper = YZ_PAPER_ID_CARD },
  };
  GArray *found = g_array_new (FALSE, TRUE, sizeof (YzOutline));

  g_assert_false (page->found);
  g_array_append_vals (found, outlines, G_N_ELEMENTS (outlines));
  yz_page_take_outlines (page, found);
  g_assert_true (page->found);
  g_assert_cmpuint (page->outlines->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (page->corners[0], 5, 1e-9);
  g_assert_cmpfloat_with_epsilon (page->confidence, 0.9, 1e-9);
  g_assert_cmpuint (page->paper, ==, YZ_PAPER_ID_CARD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/verdicts-survive-their-names", test_verdicts_survive_their_names);
  g_test_add_func ("/page/papers-survive-their-names", test_papers_survive_their_names);
  g_test_add_func ("/page/surest-document-is-the-page", test_surest_document_is_the_page);
  return g_test_run ();
}
