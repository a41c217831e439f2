/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-flattener.h"

#include "capture/page-skew.h"
#include "tests/support/scene-curve.h"
#include "tests/support/scene-set.h"

/* A page full of writing, as a scanner gives it. */
static YzBitmap *
scan_letter (void)
{
  const YzPressLay lay = { .paper = yz_scene_set_get_letter () };
  const YzScenePhoto photo = {
    .mat = YZ_SCENE_WHITE,
    .width = 1240,
    .height = 1754,
    .scale = 150 / 25.4,
    .gain = 1,
    .blur = 0.7,
    .noise = 3,
    .seed = 3,
    .shot = 3,
    .lays = &lay,
    .n_lays = 1,
  };

  return yz_scene_photo_take (&photo);
}

static void
test_bent_lines_come_out_straighter (void)
{
  g_autoptr (YzBitmap) page = scan_letter ();
  g_autoptr (YzBitmap) bent = yz_scene_curve_bend (page, 1, 0.03);
  g_autoptr (YzBitmap) flat = yz_flattener_flatten (bent);
  const double before = yz_skew_measure_straightness (bent);

  g_assert_nonnull (flat);
  g_assert_cmpfloat (before, <, 0.75 * yz_skew_measure_straightness (page));
  g_assert_cmpfloat (yz_skew_measure_straightness (flat), >, 1.25 * before);
  g_assert_cmpint (flat->width, ==, bent->width);
  g_assert_cmpint (flat->height, >=, bent->height);
}

static void
test_flat_page_stays (void)
{
  g_autoptr (YzBitmap) page = scan_letter ();
  g_autoptr (YzBitmap) flat = yz_flattener_flatten (page);

  g_assert_null (flat);
}

/* Nothing to go by: no lines, hardly a picture. */
static void
test_bare_paper_stays (void)
{
  static const int SIDES[] = { 1, 40, 900 };

  for (gsize i = 0; i < G_N_ELEMENTS (SIDES); i++) {
    g_autoptr (YzBitmap) bare = yz_bitmap_new_packed (SIDES[i], SIDES[i]);
    g_autoptr (YzBitmap) flat = NULL;

    for (int y = 0; y < SIDES[i]; y++)
      for (int x = 0; x < SIDES[i]; x++)
        ((guint32 *) yz_bitmap_get_row (bare, y))[x] = 0xf0f0f0;
    flat = yz_flattener_flatten (bare);
    g_assert_null (flat);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-flattener/bent-lines-come-out-straighter",
                   test_bent_lines_come_out_straighter);
  g_test_add_func ("/page-flattener/flat-page-stays", test_flat_page_stays);
  g_test_add_func ("/page-flattener/bare-paper-stays", test_bare_paper_stays);
  return g_test_run ();
}
