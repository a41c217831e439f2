/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-shaper.h"

#include "tests/support/scene.h"

#include <math.h>

/* A rectangle of width × height millimetres, seen by a lens from above and aslant. */
static void
project (double width, double height, double tilt, double turn, double focal, double out[8])
{
  static const double SIDE[4][2] = { { -0.5, -0.5 }, { 0.5, -0.5 }, { 0.5, 0.5 }, { -0.5, 0.5 } };

  for (guint i = 0; i < 4; i++) {
    const double px = SIDE[i][0] * width;
    const double py = SIDE[i][1] * height;
    const double x = px * cos (turn) - py * sin (turn);
    const double y = px * sin (turn) + py * cos (turn);
    const double z = 500 + y * sin (tilt);

    out[2 * i] = 1000 + focal * x / z;
    out[2 * i + 1] = 750 + focal * y * cos (tilt) / z;
  }
}

static void
test_ratio_survives_the_tilt (void)
{
  for (int tilt = 0; tilt <= 30; tilt += 10)
    for (int turn = -20; turn <= 20; turn += 10) {
      double corners[8];

      project (210, 297, tilt * G_PI / 180, turn * G_PI / 180, 1800, corners);
      /* Where one pair of sides stays parallel the perspective cannot tell. */
      if (tilt == 0 || turn != 0)
        g_assert_cmpfloat_with_epsilon (yz_shaper_measure_ratio (corners, 2000, 1500), 210.0 / 297,
                                        0.012);
    }
}

static void
test_papers_are_recognised (void)
{
  static const struct {
    double width, height, scale;
    YzPaper paper;
  } CASES[] = {
    { 210, 297, 0, YZ_PAPER_A4 },        { 297, 210, 0, YZ_PAPER_A4 },
    { 85.6, 54, 0, YZ_PAPER_ID_CARD },   { 105, 143, 0, YZ_PAPER_BOOKLET },
    { 148, 210, 3.6, YZ_PAPER_A5 },      { 176, 250, 3.6, YZ_PAPER_B5 },
    { 210, 297, 3.6, YZ_PAPER_A4 },      { 200, 200, 0, YZ_PAPER_UNKNOWN },
    { 100, 141, 3.6, YZ_PAPER_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    YzOutline outline = { 0 };

    project (CASES[i].width, CASES[i].height, 0, 0.05, 1800, outline.corners);
    yz_shaper_recognise (&outline, 2000, 1500, CASES[i].scale);
    g_assert_cmpstr (yz_paper_to_string (outline.paper), ==, yz_paper_to_string (CASES[i].paper));
    if (CASES[i].paper != YZ_PAPER_UNKNOWN) /* 3.6 pixels a millimetre */
      g_assert_cmpint (ABS ((int) outline.dpi - 91), <=, 1);
  }
}

static void
test_card_is_the_measure_of_the_others (void)
{
  g_autoptr (GArray) outlines = g_array_new (FALSE, TRUE, sizeof (YzOutline));
  YzOutline page = { .confidence = 1 };
  YzOutline card = { .confidence = 0.9 };

  project (148, 210, 0, 0.05, 1800, page.corners);
  project (85.6, 54, 0, 0.05, 1800, card.corners);
  g_array_append_val (outlines, page);
  yz_shaper_recognise_all (outlines, 2000, 1500, 0, 0);
  g_assert_cmpstr (yz_paper_to_string (g_array_index (outlines, YzOutline, 0).paper), ==, "a4");
  g_array_append_val (outlines, card);
  yz_shaper_recognise_all (outlines, 2000, 1500, 0, 0);
  g_assert_cmpstr (yz_paper_to_string (g_array_index (outlines, YzOutline, 0).paper), ==, "a5");
  g_assert_cmpstr (yz_paper_to_string (g_array_index (outlines, YzOutline, 1).paper), ==,
                   "id-card");
  g_assert_cmpint (ABS ((int) g_array_index (outlines, YzOutline, 0).dpi - 91), <=, 1);
}

/* 3.6 pixels a millimetre, as measured before and as a file claims. */
static void
test_the_mats_scale_tells_papers_of_one_proportion_apart (void)
{
  static const struct {
    double width, height, scale, claimed;
    const char *paper;
    guint dpi;
  } CASES[] = {
    { 148, 210, 3.6, 0, "a5", 91 },         { 210, 297, 3.6, 0, "a4", 91 },
    { 210, 297, 2.0, 0, "a4", 91 },         { 85.6, 54, 2.0, 0, "id-card", 91 }, /* raised since */
    { 148, 210, 0, 3.6, "a5", 91 },         { 148, 210, 0, 72 / 25.4, "a4", 65 },
    { 148, 210, 3.6, 72 / 25.4, "a5", 91 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GArray) outlines = g_array_new (FALSE, TRUE, sizeof (YzOutline));
    YzOutline page = { .confidence = 1 };

    project (CASES[i].width, CASES[i].height, 0, 0.05, 1800, page.corners);
    g_array_append_val (outlines, page);
    yz_shaper_recognise_all (outlines, 2000, 1500, CASES[i].scale, CASES[i].claimed);
    page = g_array_index (outlines, YzOutline, 0);
    g_assert_cmpstr (yz_paper_to_string (page.paper), ==, CASES[i].paper);
    g_assert_cmpint (ABS ((int) page.dpi - (int) CASES[i].dpi), <=, 1);
  }
}

static void
test_straightened_page_is_the_page (void)
{
  const YzSceneSheet sheet = { .corners = { 130, 70, 660, 110, 700, 480, 90, 500 },
                               .paper = 0xf0f0f0,
                               .ink = 0xf0f0f0 };
  const YzScene scene = {
    .width = 800, .height = 600, .mat = 0x204030, .sheets = &sheet, .n_sheets = 1
  };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzBitmap) page = yz_shaper_straighten (bitmap, sheet.corners, 0);
  g_autoptr (YzBitmap) small = yz_shaper_straighten (bitmap, sheet.corners, 160);

  g_assert_nonnull (page);
  for (int y = 2; y < page->height - 2; y += 7)
    for (int x = 2; x < page->width - 2; x += 7)
      g_assert_cmphex (yz_bitmap_get_row (page, y)[x], ==, 0xf0f0f0);
  g_assert_cmpint (MAX (small->width, small->height), ==, 160);
  g_assert_cmphex (yz_bitmap_get_row (small, 60)[80], ==, 0xf0f0f0);
}

static void
test_outside_the_frame_is_white (void)
{
  const YzScene scene = { .width = 100, .height = 100, .mat = 0x204030 };
  const double corners[8] = { -40, 10, 60, 10, 60, 90, -40, 90 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzBitmap) page = yz_shaper_straighten (bitmap, corners, 0);

  g_assert_cmphex (yz_bitmap_get_row (page, 40)[5], ==, 0xffffff);
  g_assert_cmphex (yz_bitmap_get_row (page, 40)[90], ==, 0x204030);
}

static void
test_senseless_corners_are_refused (void)
{
  const YzScene scene = { .width = 100, .height = 100, .mat = 0x204030 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  const double cases[][8] = {
    { 0, 0, 0, 0, 0, 0, 0, 0 },
    { 10, 10, 90, 90, 90, 10, 10, 90 },
    { 10, 10, 10, 90, 90, 90, 90, 10 },
    { 10, 10, 12, 10, 12, 12, 10, 12 },
    { 0, 0, 1e300, 0, 1e300, 1e300, 0, 1e300 },
    { NAN, 0, 90, 0, 90, 90, 0, 90 },
    { 0, 0, 100000, 0, 100000, 100000, 0, 100000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (yz_shaper_straighten (bitmap, cases[i], 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-shaper/ratio-survives-the-tilt", test_ratio_survives_the_tilt);
  g_test_add_func ("/page-shaper/papers-are-recognised", test_papers_are_recognised);
  g_test_add_func ("/page-shaper/card-is-the-measure-of-the-others",
                   test_card_is_the_measure_of_the_others);
  g_test_add_func ("/page-shaper/the-mats-scale-tells-papers-of-one-proportion-apart",
                   test_the_mats_scale_tells_papers_of_one_proportion_apart);
  g_test_add_func ("/page-shaper/straightened-page-is-the-page",
                   test_straightened_page_is_the_page);
  g_test_add_func ("/page-shaper/outside-the-frame-is-white", test_outside_the_frame_is_white);
  g_test_add_func ("/page-shaper/senseless-corners-are-refused",
                   test_senseless_corners_are_refused);
  return g_test_run ();
}
