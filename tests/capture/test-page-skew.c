/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-skew.h"

#include "tests/support/scene.h"

#include <math.h>

/* A sheet of text turned by some degrees about the picture's middle. */
static YzBitmap *
paint_turned (double degrees, guint32 ink)
{
  const double c = cos (degrees * G_PI / 180);
  const double s = sin (degrees * G_PI / 180);
  const double half[8] = { -330, -450, 330, -450, 330, 450, -330, 450 };
  YzSceneSheet sheet = { .paper = 0xf0f0f0, .ink = ink };
  const YzScene scene = {
    .width = 900, .height = 1100, .mat = 0xf0f0f0, .sheets = &sheet, .n_sheets = 1
  };

  for (guint i = 0; i < 8; i += 2) {
    sheet.corners[i] = 450 + half[i] * c - half[i + 1] * s;
    sheet.corners[i + 1] = 550 + half[i] * s + half[i + 1] * c;
  }
  return yz_scene_paint (&scene);
}

static void
test_angle_to_a_thirtieth_of_a_degree (void)
{
  static const double ANGLES[] = { -12, -3.37, -0.2, 0, 0.2, 7.3 };

  for (gsize i = 0; i < G_N_ELEMENTS (ANGLES); i++) {
    g_autoptr (YzBitmap) page = paint_turned (ANGLES[i], 0x303030);
    double degrees = 99;

    g_assert_true (yz_skew_measure (page, &degrees));
    g_assert_cmpfloat_with_epsilon (degrees, ANGLES[i], 0.033);
  }
}

static void
test_blank_page_has_no_angle (void)
{
  g_autoptr (YzBitmap) page = paint_turned (5, 0xf0f0f0);
  double degrees = 0;

  g_assert_false (yz_skew_measure (page, &degrees));
}

/* Noise has edges everywhere and runs along no angle. */
static void
test_noise_has_no_angle (void)
{
  const YzScene scene = { .width = 900, .height = 1100, .mat = 0x808080, .grain = 60 };
  g_autoptr (YzBitmap) noise = yz_scene_paint (&scene);
  double degrees = 0;

  g_assert_false (yz_skew_measure (noise, &degrees));
}

static void
test_small_pictures_have_no_angle (void)
{
  for (int side = 1; side < 200; side += 31) {
    const YzScene scene = { .width = side, .height = 200 - side, .mat = 0x808080, .grain = 60 };
    g_autoptr (YzBitmap) small = yz_scene_paint (&scene);
    double degrees = 0;

    g_assert_false (yz_skew_measure (small, &degrees));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-skew/angle-to-a-thirtieth-of-a-degree",
                   test_angle_to_a_thirtieth_of_a_degree);
  g_test_add_func ("/page-skew/blank-page-has-no-angle", test_blank_page_has_no_angle);
  g_test_add_func ("/page-skew/noise-has-no-angle", test_noise_has_no_angle);
  g_test_add_func ("/page-skew/small-pictures-have-no-angle", test_small_pictures_have_no_angle);
  return g_test_run ();
}
