/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-choice.h"

#include "tests/support/scene.h"

static YzCandidate
make_candidate (double x, double y, double width, double height, double confidence)
{
  YzCandidate candidate = {
    .quad = { { { x, y }, { x + width, y }, { x + width, y + height }, { x, y + height } } },
    .support = confidence,
    .outside = 1,
    .confidence = confidence,
  };

  for (guint i = 0; i < 4; i++) {
    candidate.side[i].from = candidate.quad.at[i];
    candidate.side[i].to = candidate.quad.at[(i + 1) % 4];
  }
  return candidate;
}

/* Chooses on a bare mat. */
static GArray *
choose (const YzCandidate *candidates, guint n)
{
  const YzScene scene = { .width = 500, .height = 400, .mat = 0x2a5a48, .grain = 5 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 500);
  g_autoptr (YzMat) mat = yz_mat_fit (planes, NULL);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (YzCandidate));

  g_array_append_vals (list, candidates, n);
  return yz_choice_make (list, mat);
}

static double
get_left (const GArray *chosen, guint i)
{
  return g_array_index (chosen, YzCandidate, i).quad.at[0].x;
}

static void
test_rather_none_than_a_guess (void)
{
  const YzCandidate candidates[] = { make_candidate (10, 10, 200, 100, 0.5) };
  g_autoptr (GArray) chosen = choose (candidates, 1);

  g_assert_cmpuint (chosen->len, ==, 0);
}

static void
test_surest_of_what_overlaps (void)
{
  const YzCandidate candidates[] = { make_candidate (10, 10, 200, 100, 0.8),
                                     make_candidate (14, 12, 200, 100, 0.95),
                                     make_candidate (300, 10, 150, 100, 0.9) };
  g_autoptr (GArray) chosen = choose (candidates, 3);

  g_assert_cmpuint (chosen->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (get_left (chosen, 0), 14, 1e-9);
  g_assert_cmpfloat_with_epsilon (get_left (chosen, 1), 300, 1e-9);
}

static void
test_sheet_outdoes_the_picture_on_it (void)
{
  const YzCandidate candidates[] = { make_candidate (10, 10, 300, 200, 0.87),
                                     make_candidate (220, 40, 60, 80, 0.98) };
  g_autoptr (GArray) chosen = choose (candidates, 2);

  g_assert_cmpuint (chosen->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (get_left (chosen, 0), 10, 1e-9);
}

/* A line around the mat must not swallow the cards on it. */
static void
test_cards_stay_though_a_line_runs_around (void)
{
  const YzCandidate candidates[] = { make_candidate (5, 5, 480, 380, 0.86),
                                     make_candidate (20, 20, 180, 110, 1.0),
                                     make_candidate (260, 20, 180, 110, 0.99) };
  g_autoptr (GArray) chosen = choose (candidates, 3);

  g_assert_cmpuint (chosen->len, ==, 2);
}

/* The larger one is only the sheet with its shadow. */
static void
test_shadow_does_not_count (void)
{
  const YzCandidate candidates[] = { make_candidate (100, 100, 200, 140, 0.97),
                                     make_candidate (95, 96, 210, 150, 0.9) };
  g_autoptr (GArray) chosen = choose (candidates, 2);

  g_assert_cmpuint (chosen->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (get_left (chosen, 0), 100, 1e-9);
}

static void
test_alike_beside_a_sure_one (void)
{
  YzCandidate candidates[] = { make_candidate (20, 20, 180, 110, 1.0),
                               make_candidate (260, 20, 176, 112, 0.5),
                               make_candidate (20, 220, 90, 112, 0.5) };
  g_autoptr (GArray) chosen = NULL;

  candidates[1].support = candidates[2].support = 1;
  chosen = choose (candidates, 3);
  g_assert_cmpuint (chosen->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (get_left (chosen, 1), 260, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-choice/rather-none-than-a-guess", test_rather_none_than_a_guess);
  g_test_add_func ("/page-choice/surest-of-what-overlaps", test_surest_of_what_overlaps);
  g_test_add_func ("/page-choice/sheet-outdoes-the-picture-on-it",
                   test_sheet_outdoes_the_picture_on_it);
  g_test_add_func ("/page-choice/cards-stay-though-a-line-runs-around",
                   test_cards_stay_though_a_line_runs_around);
  g_test_add_func ("/page-choice/shadow-does-not-count", test_shadow_does_not_count);
  g_test_add_func ("/page-choice/alike-beside-a-sure-one", test_alike_beside_a_sure_one);
  return g_test_run ();
}
