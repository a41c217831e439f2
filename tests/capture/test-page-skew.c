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
test_angle_to_a_tenth_of_a_degree (void)
{
  static const double ANGLES[] = { -12, -3.37, -0.2, 0, 0.2, 7.3 };

  for (gsize i = 0; i < G_N_ELEMENTS (ANGLES); i++) {
    g_autoptr (YzBitmap) page = paint_turned (ANGLES[i], 0x303030);
    double degrees = 99;

    g_assert_true (yz_skew_measure (page, &degrees));
    g_assert_cmpfloat_with_epsilon (degrees, ANGLES[i], 0.1);
  }
}

static void
test_blank_page_has_no_angle (void)
{
  g_autoptr (YzBitmap) page = paint_turned (5, 0xf0f0f0);
  double degrees = 0;

  g_assert_false (yz_skew_measure (page, &degrees));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-skew/angle-to-a-tenth-of-a-degree", test_angle_to_a_tenth_of_a_degree);
  g_test_add_func ("/page-skew/blank-page-has-no-angle", test_blank_page_has_no_angle);
  return g_test_run ();
}
