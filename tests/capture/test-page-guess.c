/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-guess.h"

#include "capture/page-lines.h"
#include "tests/support/scene.h"

static double
find_best (const GArray *quads, const YzSceneSheet *sheet)
{
  YzQuad truth;
  double best = 0;

  for (guint i = 0; i < 4; i++)
    truth.at[i] = (YzPoint){ sheet->corners[2 * i], sheet->corners[2 * i + 1] };
  for (guint i = 0; i < quads->len; i++)
    best = MAX (best, yz_quad_overlap (&truth, &g_array_index (quads, YzQuad, i), NULL));
  return best;
}

static void
test_guesses_every_sheet (void)
{
  static const YzSceneSheet SHEETS[] = {
    { .corners = { 40, 50, 220, 42, 228, 170, 45, 176 }, .paper = 0xf0f0e0, .ink = 0x303030 },
    { .corners = { 270, 60, 440, 66, 436, 190, 266, 180 }, .paper = 0x206020, .ink = 0x206020 },
    { .corners = { 150, 230, 330, 230, 330, 350, 150, 350 }, .paper = 0x101010, .ink = 0x101010 },
  };
  const YzScene scene = { .width = 500,
                          .height = 400,
                          .mat = 0x707478,
                          .grain = 4,
                          .fall = 0.2,
                          .sheets = SHEETS,
                          .n_sheets = 3 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 500);
  g_autoptr (YzMat) mat = yz_mat_fit (planes, NULL);
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (YzQuad));

  yz_guess_from_mat (mat, quads);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (find_best (quads, &SHEETS[i]), >, 0.95);
}

static void
test_guesses_white_on_white (void)
{
  const YzSceneSheet sheet = { .corners = { 80, 60, 420, 72, 410, 330, 70, 320 },
                               .paper = 0xd6d6d6,
                               .ink = 0xd6d6d6 };
  const YzScene scene = {
    .width = 500, .height = 400, .mat = 0xcccccc, .grain = 1, .sheets = &sheet, .n_sheets = 1
  };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 500);
  g_autoptr (YzMat) mat = yz_mat_fit (planes, NULL);
  g_autofree float *slope = yz_lines_measure_slope (planes);
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (YzQuad));

  yz_guess_from_edges (mat, slope, quads);
  g_assert_cmpfloat (find_best (quads, &sheet), >, 0.9);
}

/* An arm from the rim bends the shape of what lies there; the page's own sides still show. */
static void
test_border_shows_the_page_behind_an_arm (void)
{
  static const YzSceneSheet SHEETS[] = {
    { .corners = { 200, -10, 300, -10, 290, 180, 215, 180 }, .paper = 0xb08060, .ink = 0xb08060 },
    { .corners = { 90, 120, 410, 130, 400, 350, 95, 345 }, .paper = 0xe8e8e0, .ink = 0x303030 },
  };
  const YzScene scene = {
    .width = 500, .height = 400, .mat = 0x2a5a48, .grain = 3, .sheets = SHEETS, .n_sheets = 2
  };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 500);
  g_autoptr (YzMat) mat = yz_mat_fit (planes, NULL);
  g_autofree float *slope = yz_lines_measure_slope (planes);
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (YzQuad));

  yz_guess_from_border (mat, planes, slope, quads);
  g_assert_cmpfloat (find_best (quads, &SHEETS[1]), >, 0.93);
}

/* A card of the mat's colour with a shadow all around. */
static void
test_guesses_what_a_shadow_encloses (void)
{
  static const YzSceneSheet SHEETS[] = {
    { .corners = { 100, 80, 420, 80, 420, 300, 100, 300 }, .paper = 0xcccccc, .ink = 0xcccccc },
    { .corners = { 84, 64, 436, 64, 436, 316, 84, 316 }, .paper = 0xa0a0a0, .ink = 0xa0a0a0 },
  };
  const YzScene scene = {
    .width = 500, .height = 400, .mat = 0xcccccc, .grain = 1, .sheets = SHEETS, .n_sheets = 2
  };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 500);
  g_autoptr (YzMat) mat = yz_mat_fit (planes, NULL);
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (YzQuad));

  yz_guess_from_mat (mat, quads);
  g_assert_cmpfloat (find_best (quads, &SHEETS[0]), >, 0.95);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-guess/guesses-every-sheet", test_guesses_every_sheet);
  g_test_add_func ("/page-guess/guesses-white-on-white", test_guesses_white_on_white);
  g_test_add_func ("/page-guess/border-shows-the-page-behind-an-arm",
                   test_border_shows_the_page_behind_an_arm);
  g_test_add_func ("/page-guess/guesses-what-a-shadow-encloses",
                   test_guesses_what_a_shadow_encloses);
  return g_test_run ();
}
