/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-cleaner.h"

#include "tests/support/scene.h"

static const YzSceneSheet SHEET = { .corners = { -1, -1, 601, -1, 601, 801, -1, 801 },
                                    .paper = 0xe8e0d0,
                                    .ink = 0x403838 };

/* In light that falls to a third, every stroke stays black and the paper between them white. */
static void
test_bitonal_in_uneven_light (void)
{
  const YzScene even = { .width = 600, .height = 800, .sheets = &SHEET, .n_sheets = 1 };
  const YzScene uneven = {
    .width = 600, .height = 800, .fall = 0.66, .grain = 4, .sheets = &SHEET, .n_sheets = 1
  };
  g_autoptr (YzBitmap) truth = yz_scene_paint (&even);
  g_autoptr (YzBitmap) dim = yz_scene_paint (&uneven);
  g_autoptr (YzBitmap) bitonal = yz_cleaner_make_bitonal (dim);
  guint wrong = 0;

  for (int y = 0; y < 800; y++)
    for (int x = 0; x < 600; x++) {
      const guint32 pixel = yz_bitmap_get_row (bitonal, y)[x];
      const guint light = yz_bitmap_get_row (truth, y)[x] >> 8 & 255;

      g_assert_true (pixel == 0 || pixel == 0xffffff);
      wrong += (light < 0x60 && pixel != 0) || (light > 0xc0 && pixel == 0);
    }
  g_assert_cmpuint (wrong, <, 600 * 800 / 200);
}

/* Pictures of every small size, where blocks are cut and windows reach beyond the rim. */
static void
test_bitonal_of_any_size (void)
{
  for (int width = 1; width < 60; width += 7)
    for (int height = 1; height < 900; height = 3 * height + 1) {
      const YzScene scene = { .width = width, .height = height, .mat = 0xd0d0d0 };
      g_autoptr (YzBitmap) bare = yz_scene_paint (&scene);
      g_autoptr (YzBitmap) bitonal = yz_cleaner_make_bitonal (bare);

      g_assert_cmpint (bitonal->width, ==, width);
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          g_assert_cmphex (yz_bitmap_get_row (bitonal, y)[x], ==, 0xffffff);
    }
}

static void
test_grey_has_no_colour (void)
{
  const YzScene scene = { .width = 20, .height = 20, .mat = 0xff0000 };
  g_autoptr (YzBitmap) red = yz_scene_paint (&scene);
  g_autoptr (YzBitmap) grey = yz_cleaner_make_grey (red);

  g_assert_cmphex (yz_bitmap_get_row (grey, 10)[10], ==, 0x4c4c4c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-cleaner/bitonal-in-uneven-light", test_bitonal_in_uneven_light);
  g_test_add_func ("/page-cleaner/grey-has-no-colour", test_grey_has_no_colour);
  g_test_add_func ("/page-cleaner/bitonal-of-any-size", test_bitonal_of_any_size);
  return g_test_run ();
}
