/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-whitener.h"

#include "tests/support/scene.h"

static const YzSceneSheet SHEETS[] = {
  { .corners = { 400, 600, 470, 600, 470, 670, 400, 670 }, .paper = 0xc82830, .ink = 0xc82830 },
  { .corners = { 100, 650, 170, 650, 170, 690, 100, 690 }, .paper = 0x3050b0, .ink = 0x3050b0 },
  { .corners = { -1, -1, 601, -1, 601, 801, -1, 801 }, .paper = 0xe8dcc0, .ink = 0x403838 },
};

/* Yellowed paper in light that falls to a half. */
static YzBitmap *
paint (void)
{
  const YzScene scene = {
    .width = 600, .height = 800, .fall = 0.5, .grain = 3, .sheets = SHEETS, .n_sheets = 3
  };

  return yz_scene_paint (&scene);
}

static guint
get_part (const YzBitmap *bitmap, int x, int y, guint i)
{
  return yz_bitmap_get_row (bitmap, y)[x] >> (16 - 8 * i) & 255;
}

static void
test_paper_is_white_from_rim_to_rim (void)
{
  g_autoptr (YzBitmap) page = paint ();
  g_autoptr (YzBitmap) clean = yz_whitener_keep_red (page);

  for (int x = 5; x < 600; x += 10)
    for (int y = 5; y < 60; y += 10)
      for (guint i = 0; i < 3; i++)
        g_assert_cmpuint (get_part (clean, x, y, i), >=, 250);
}

static void
test_writing_is_dark_and_grey (void)
{
  g_autoptr (YzBitmap) page = paint ();
  g_autoptr (YzBitmap) clean = yz_whitener_keep_red (page);
  guint dark = 0;
  guint ink = 0;

  for (int y = 80; y < 600; y++)
    for (int x = 70; x < 530; x++) {
      const double light = 1 - 0.5 * x / 600;

      if (get_part (page, x, y, 1) > 80 * light)
        continue;
      ink++;
      dark +=
          get_part (clean, x, y, 0) < 60 && get_part (clean, x, y, 0) == get_part (clean, x, y, 2);
    }
  g_assert_cmpuint (ink, >, 5000);
  g_assert_cmpuint (dark, >, ink * 98 / 100);
}

static void
test_red_stays_and_other_colours_go (void)
{
  g_autoptr (YzBitmap) page = paint ();
  g_autoptr (YzBitmap) clean = yz_whitener_keep_red (page);

  for (int k = 8; k < 32; k += 8) {
    g_assert_cmpuint (get_part (clean, 400 + k, 600 + k, 0), >, 180);
    g_assert_cmpuint (get_part (clean, 400 + k, 600 + k, 1), <, 40);
    g_assert_cmpuint (get_part (clean, 100 + k, 650 + k, 0), ==,
                      get_part (clean, 100 + k, 650 + k, 2));
  }
}

static void
test_pictures_of_any_size (void)
{
  for (int width = 1; width < 40; width += 6)
    for (int height = 1; height < 800; height = 3 * height + 1) {
      const YzScene scene = { .width = width, .height = height, .mat = 0xc8c0b0 };
      g_autoptr (YzBitmap) bare = yz_scene_paint (&scene);
      g_autoptr (YzBitmap) clean = yz_whitener_keep_red (bare);

      g_assert_cmphex (yz_bitmap_get_row (clean, height / 2)[width / 2], ==, 0xffffff);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-whitener/paper-is-white-from-rim-to-rim",
                   test_paper_is_white_from_rim_to_rim);
  g_test_add_func ("/page-whitener/writing-is-dark-and-grey", test_writing_is_dark_and_grey);
  g_test_add_func ("/page-whitener/red-stays-and-other-colours-go",
                   test_red_stays_and_other_colours_go);
  g_test_add_func ("/page-whitener/pictures-of-any-size", test_pictures_of_any_size);
  return g_test_run ();
}
