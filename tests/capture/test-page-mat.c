/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-mat.h"

#include "tests/support/scene.h"

static const YzSceneSheet SHEET = { .corners = { 100, 60, 300, 60, 300, 240, 100, 240 },
                                    .paper = 0xf0f0f0,
                                    .ink = 0xf0f0f0 };

static float
get_far (const YzMat *mat, int x, int y)
{
  return mat->far[(gsize) y * (gsize) mat->width + (gsize) x];
}

static void
test_paper_is_far_from_a_mat_in_uneven_light (void)
{
  const YzScene scene = { .width = 400,
                          .height = 300,
                          .mat = 0x2a5a48,
                          .grain = 4,
                          .fall = 0.5,
                          .sheets = &SHEET,
                          .n_sheets = 1 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 400);
  g_autoptr (YzMat) mat = yz_mat_fit (planes, NULL);

  g_assert_cmpfloat (get_far (mat, 200, 150), >, 15);
  g_assert_cmpfloat (get_far (mat, 50, 150), <, 4);
  g_assert_cmpfloat (get_far (mat, 350, 20), <, 4);
  g_assert_cmpfloat (mat->held, >, 0.9);
  g_assert_null (yz_mat_fit_rest (mat, planes, NULL));
}

/* A third of the rim is paper: the mat is still the mat. */
static void
test_paper_on_the_rim_is_no_mat (void)
{
  const YzSceneSheet sheet = { .corners = { -50, -50, 280, -50, 280, 170, -50, 170 },
                               .paper = 0xf0f0f0,
                               .ink = 0xf0f0f0 };
  const YzScene scene = {
    .width = 400, .height = 300, .mat = 0x303030, .grain = 3, .sheets = &sheet, .n_sheets = 1
  };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 400);
  g_autoptr (YzMat) mat = yz_mat_fit (planes, NULL);
  g_autoptr (YzMat) rest = yz_mat_fit_rest (mat, planes, NULL);

  g_assert_cmpfloat (get_far (mat, 100, 100), >, 15);
  g_assert_cmpfloat (get_far (mat, 350, 250), <, 4);
  g_assert_nonnull (rest);
  g_assert_cmpfloat (get_far (rest, 10, 10), <, 4);
}

/* The mat's own pattern cancels out against its picture, though the light has changed. */
static void
test_stored_mat_hides_its_pattern (void)
{
  static const YzSceneSheet STRIPES[] = {
    { .corners = { 20, 20, 380, 20, 380, 60, 20, 60 }, .paper = 0x707070, .ink = 0x707070 },
    { .corners = { 20, 200, 380, 200, 380, 260, 20, 260 }, .paper = 0x707070, .ink = 0x707070 },
  };
  YzScene scene = {
    .width = 400, .height = 300, .mat = 0x505050, .grain = 3, .sheets = STRIPES, .n_sheets = 2
  };
  g_autoptr (YzBitmap) empty = yz_scene_paint (&scene);
  g_autoptr (YzBitmap) now = NULL;
  g_autoptr (YzPlanes) empty_planes = yz_planes_new (empty, 400);
  g_autoptr (YzPlanes) planes = NULL;
  g_autoptr (YzMat) mat = NULL;
  g_autoptr (YzMat) blind = NULL;

  scene.fall = 0.1;
  now = yz_scene_paint (&scene);
  planes = yz_planes_new (now, 400);
  mat = yz_mat_fit (planes, empty_planes);
  blind = yz_mat_fit (planes, NULL);
  g_assert_cmpfloat (get_far (mat, 200, 40), <, 4);
  g_assert_cmpfloat (get_far (mat, 200, 230), <, 4);
  g_assert_cmpfloat (get_far (blind, 200, 230), >, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-mat/paper-is-far-from-a-mat-in-uneven-light",
                   test_paper_is_far_from_a_mat_in_uneven_light);
  g_test_add_func ("/page-mat/paper-on-the-rim-is-no-mat", test_paper_on_the_rim_is_no_mat);
  g_test_add_func ("/page-mat/stored-mat-hides-its-pattern", test_stored_mat_hides_its_pattern);
  return g_test_run ();
}
