/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-planes.h"

#include "tests/support/scene.h"

static void
test_shrinks_evenly (void)
{
  const YzScene scene = { .width = 1000, .height = 730, .mat = 0x204060 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 300);
  const float y = 0.299F * 0x20 + 0.587F * 0x40 + 0.114F * 0x60;

  g_assert_cmpint (planes->width, ==, 300);
  g_assert_cmpint (planes->height, ==, 219);
  g_assert_cmpfloat_with_epsilon (planes->scale_x, 1000.0 / 300, 1e-9);
  for (gsize i = 0; i < 300 * 219; i += 97) {
    g_assert_cmpfloat_with_epsilon (planes->plane[0][i], y, 0.01F);
    g_assert_cmpfloat_with_epsilon (planes->plane[1][i], 0.564F * (0x60 - y), 0.01F);
    g_assert_cmpfloat_with_epsilon (planes->plane[2][i], 0.713F * (0x20 - y), 0.01F);
  }
}

/* A step between two pixels is read halfway between them, from both kinds of source. */
static void
test_samples_between_pixels (void)
{
  g_autoptr (YzBitmap) bitmap = yz_bitmap_new_packed (2, 2);
  float whole[3];
  float beyond[3];

  for (int i = 0; i < 4; i++)
    ((guint32 *) yz_bitmap_get_row (bitmap, 0))[i] = i % 2 ? 0xffffff : 0;
  yz_planes_sample_bitmap (bitmap, 1, 1, whole);
  g_assert_cmpfloat_with_epsilon (whole[0], 127.5F, 0.1F);
  yz_planes_sample_bitmap (bitmap, 50, -3, beyond);
  g_assert_cmpfloat_with_epsilon (beyond[0], 255, 0.1F);
  g_assert_cmpfloat_with_epsilon (beyond[1], 0, 0.1F);
}

static void
test_both_sources_agree (void)
{
  const YzScene scene = { .width = 64, .height = 64, .mat = 0x406080, .fall = 0.8 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 64);
  float a[3];
  float b[3];

  for (double x = 8; x < 56; x += 1.7) {
    yz_planes_sample (planes, x, 33.3, a);
    yz_planes_sample_bitmap (bitmap, x, 33.3, b);
    for (int i = 0; i < 3; i++)
      g_assert_cmpfloat_with_epsilon (a[i], b[i], 1.0F);
  }
}

/* Well within the picture, over its rim, and beyond it. */
static void
test_line_shows_what_its_places_show (void)
{
  static const double FROM[][2] = { { 10, 20 }, { 55, 30 }, { -9, -9 }, { 63.5, 63.5 } };
  const double step[2] = { 0.7, 0.45 };
  const YzScene scene = { .width = 64, .height = 64, .mat = 0x406080, .grain = 9, .fall = 0.8 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 64);

  for (guint line = 0; line < G_N_ELEMENTS (FROM); line++) {
    float seen[20][3];

    yz_planes_sample_line (planes, FROM[line], step, 20, seen);
    for (guint k = 0; k < 20; k++) {
      float place[3];

      yz_planes_sample (planes, FROM[line][0] + k * step[0], FROM[line][1] + k * step[1], place);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpfloat_with_epsilon (seen[k][i], place[i], 1e-3F);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-planes/shrinks-evenly", test_shrinks_evenly);
  g_test_add_func ("/page-planes/samples-between-pixels", test_samples_between_pixels);
  g_test_add_func ("/page-planes/both-sources-agree", test_both_sources_agree);
  g_test_add_func ("/page-planes/line-shows-what-its-places-show",
                   test_line_shows_what_its_places_show);
  return g_test_run ();
}
