/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-checker.h"

#include "tests/support/scene.h"

static YzBitmap *
paint_page (int width, int height, guint32 paper, guint32 ink, int grain)
{
  const YzSceneSheet sheet = { .corners = { -1, -1, width + 1, -1, width + 1, height + 1, -1,
                                            height + 1 },
                               .paper = paper,
                               .ink = ink };
  const YzScene scene = {
    .width = width, .height = height, .grain = grain, .fall = 0.15, .sheets = &sheet, .n_sheets = 1
  };

  return yz_scene_paint (&scene);
}

static void
test_sharp_text_has_no_fault (void)
{
  g_autoptr (YzBitmap) page = paint_page (700, 1000, 0xf0f0f0, 0x303030, 4);
  double sharpness = 0;

  g_assert_cmpuint (yz_checker_judge (page, &sharpness), ==, YZ_VERDICT_NONE);
  g_assert_cmpfloat (sharpness, >, 0.7);
}

static void
test_blur_is_blurred (void)
{
  g_autoptr (YzBitmap) page = paint_page (700, 1000, 0xf0f0f0, 0x303030, 2);
  g_autoptr (YzBitmap) soft = yz_scene_blur (page, 2);
  g_autoptr (YzBitmap) mush = yz_scene_blur (soft, 3);
  double sharpness[3];

  yz_checker_judge (page, &sharpness[0]);
  yz_checker_judge (soft, &sharpness[1]);
  g_assert_cmpuint (yz_checker_judge (mush, &sharpness[2]), ==, YZ_VERDICT_BLURRED);
  g_assert_cmpfloat (sharpness[0], >, sharpness[1]);
  g_assert_cmpfloat (sharpness[1], >, sharpness[2]);
}

/* The same page, once with twice the pixels: the same sharpness. */
static void
test_resolution_does_not_matter (void)
{
  g_autoptr (YzBitmap) page = paint_page (1400, 2000, 0xf0f0f0, 0x303030, 0);
  g_autoptr (YzBitmap) soft = yz_scene_blur (page, 4);
  g_autoptr (YzBitmap) half = yz_bitmap_shrink (soft, 1000);

  g_assert_cmpfloat_with_epsilon (yz_checker_measure_sharpness (soft),
                                  yz_checker_measure_sharpness (half), 0.02);
}

static void
test_contrast_does_not_matter (void)
{
  g_autoptr (YzBitmap) black = paint_page (700, 1000, 0xf0f0f0, 0x101010, 0);
  g_autoptr (YzBitmap) grey = paint_page (700, 1000, 0xf0f0f0, 0x909090, 0);

  g_assert_cmpfloat_with_epsilon (yz_checker_measure_sharpness (black),
                                  yz_checker_measure_sharpness (grey), 0.12);
}

static void
test_blank_is_blank_and_not_blurred (void)
{
  g_autoptr (YzBitmap) page = paint_page (700, 1000, 0xf0f0f0, 0xf0f0f0, 6);
  double sharpness = 1;

  g_assert_cmpuint (yz_checker_judge (page, &sharpness), ==, YZ_VERDICT_BLANK);
  g_assert_cmpfloat (sharpness, <, 0.01);
}

static void
test_dark_is_dark (void)
{
  g_autoptr (YzBitmap) page = paint_page (700, 1000, 0x404040, 0x080808, 2);
  double sharpness = 0;

  g_assert_true (yz_checker_judge (page, &sharpness) & YZ_VERDICT_DARK);
}

static void
test_cut_off_at_the_edge (void)
{
  const double within[8] = { 10, 10, 900, 10, 900, 700, 10, 700 };
  const double out[8] = { 10, 10, 1005, 10, 900, 700, 10, 700 };
  const double on[8] = { 10, 1, 900, 10, 900, 700, 10, 700 };

  g_assert_false (yz_checker_is_cut_off (within, 1000, 800));
  g_assert_true (yz_checker_is_cut_off (out, 1000, 800));
  g_assert_true (yz_checker_is_cut_off (on, 1000, 800));
}

static void
test_smallest_page_is_judged (void)
{
  g_autoptr (YzBitmap) page = paint_page (1, 1, 0xf0f0f0, 0xf0f0f0, 0);
  double sharpness = 1;

  g_assert_cmpuint (yz_checker_judge (page, &sharpness), ==, YZ_VERDICT_BLANK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-checker/sharp-text-has-no-fault", test_sharp_text_has_no_fault);
  g_test_add_func ("/page-checker/blur-is-blurred", test_blur_is_blurred);
  g_test_add_func ("/page-checker/resolution-does-not-matter", test_resolution_does_not_matter);
  g_test_add_func ("/page-checker/contrast-does-not-matter", test_contrast_does_not_matter);
  g_test_add_func ("/page-checker/blank-is-blank-and-not-blurred",
                   test_blank_is_blank_and_not_blurred);
  g_test_add_func ("/page-checker/dark-is-dark", test_dark_is_dark);
  g_test_add_func ("/page-checker/cut-off-at-the-edge", test_cut_off_at_the_edge);
  g_test_add_func ("/page-checker/smallest-page-is-judged", test_smallest_page_is_judged);
  return g_test_run ();
}
