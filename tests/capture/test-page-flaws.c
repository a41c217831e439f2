/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-flaws.h"

#include "tests/support/scene.h"

#include <math.h>

static YzBitmap *
paint_page (guint32 paper)
{
  const YzSceneSheet sheet = { .corners = { -1, -1, 501, -1, 501, 701, -1, 701 },
                               .paper = paper,
                               .ink = 0x202020 };
  const YzScene scene = {
    .width = 500, .height = 700, .grain = 4, .fall = 0.1, .sheets = &sheet, .n_sheets = 1
  };

  return yz_scene_paint (&scene);
}

static void
paint_disc (YzBitmap *page, int x, int y, int radius, guint32 colour)
{
  for (int row = MAX (0, y - radius); row < MIN (page->height, y + radius); row++)
    for (int column = MAX (0, x - radius); column < MIN (page->width, x + radius); column++)
      if (hypot (column - x, row - y) < radius)
        ((guint32 *) yz_bitmap_get_row (page, row))[column] = colour;
}

static void
test_clean_papers_have_none (void)
{
  static const guint32 PAPERS[] = { 0xf4f4f0, 0xe0e4e0, 0xf4ead2, 0xf7ede5, 0x781e24, 0xffffff };

  for (guint i = 0; i < G_N_ELEMENTS (PAPERS); i++) {
    g_autoptr (YzBitmap) page = paint_page (PAPERS[i]);

    g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_NONE);
  }
}

static void
test_mirrored_lamp_is_glare (void)
{
  g_autoptr (YzBitmap) page = paint_page (0xd8dce0);

  paint_disc (page, 200, 300, 40, 0xffffff);
  g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_GLARE);
}

static void
test_finger_at_the_rim (void)
{
  g_autoptr (YzBitmap) page = paint_page (0xf0f0ec);

  paint_disc (page, 495, 350, 45, 0xce9e80);
  g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_FINGER);
}

/* A photograph of a face is part of the document. */
static void
test_face_within_is_no_finger (void)
{
  g_autoptr (YzBitmap) page = paint_page (0xf0f0ec);

  paint_disc (page, 250, 350, 60, 0xce9e80);
  g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_NONE);
}

/* A booklet in its cover, whole and with one side cut away. */
static void
test_coloured_border_is_no_finger (void)
{
  for (int missing = 0; missing < 2; missing++) {
    g_autoptr (YzBitmap) page = paint_page (0xf0f0ec);

    for (int y = 0; y < page->height; y++)
      for (int x = 0; x < page->width; x++)
        if (x < 14 || x >= page->width - 14 || y >= page->height - 14 || (y < 14 && !missing))
          ((guint32 *) yz_bitmap_get_row (page, y))[x] = 0xa86a50;
    g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_NONE);
  }
}

static void
test_strip_along_one_side_is_no_finger (void)
{
  for (int width = 14; width < 50; width += 12) {
    g_autoptr (YzBitmap) page = paint_page (0xf0f0ec);

    for (int y = 0; y < page->height; y++)
      for (int x = 0; x < width; x++)
        ((guint32 *) yz_bitmap_get_row (page, y))[x] = 0xa86a50;
    g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_NONE);
  }
}

/* Fingertips that hold a sheet by its side. */
static void
test_fingertips_are_seen (void)
{
  g_autoptr (YzBitmap) page = paint_page (0xf0f0ec);

  for (int k = 0; k < 3; k++)
    paint_disc (page, 498, 300 + 30 * k, 24, 0xce9e80);
  g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_FINGER);
}

static void
test_red_seal_is_neither (void)
{
  g_autoptr (YzBitmap) page = paint_page (0xf0f0ec);

  paint_disc (page, 470, 650, 60, 0xc82828);
  g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_NONE);
}

static void
test_smallest_page_is_judged (void)
{
  g_autoptr (YzBitmap) page = yz_bitmap_new_packed (3, 2);

  g_assert_cmpuint (yz_flaws_find (page), ==, YZ_VERDICT_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-flaws/clean-papers-have-none", test_clean_papers_have_none);
  g_test_add_func ("/page-flaws/mirrored-lamp-is-glare", test_mirrored_lamp_is_glare);
  g_test_add_func ("/page-flaws/finger-at-the-rim", test_finger_at_the_rim);
  g_test_add_func ("/page-flaws/fingertips-are-seen", test_fingertips_are_seen);
  g_test_add_func ("/page-flaws/coloured-border-is-no-finger", test_coloured_border_is_no_finger);
  g_test_add_func ("/page-flaws/strip-along-one-side-is-no-finger",
                   test_strip_along_one_side_is_no_finger);
  g_test_add_func ("/page-flaws/face-within-is-no-finger", test_face_within_is_no_finger);
  g_test_add_func ("/page-flaws/red-seal-is-neither", test_red_seal_is_neither);
  g_test_add_func ("/page-flaws/smallest-page-is-judged", test_smallest_page_is_judged);
  return g_test_run ();
}
