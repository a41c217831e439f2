/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-quad.h"

#include <math.h>

static GArray *
make_points (const double *xy, guint n)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (YzPoint));

  for (guint i = 0; i < n; i++) {
    const YzPoint point = { xy[2 * i], xy[2 * i + 1] };

    g_array_append_val (points, point);
  }
  return points;
}

static void
assert_corner (const YzQuad *quad, guint i, double x, double y, double slack)
{
  g_assert_cmpfloat_with_epsilon (quad->at[i].x, x, slack);
  g_assert_cmpfloat_with_epsilon (quad->at[i].y, y, slack);
}

static void
test_hull_is_clockwise_and_lean (void)
{
  const double xy[] = { 0, 0, 5, 0, 10, 0, 10, 10, 0, 10, 3, 4, 7, 8, 0, 5 };
  g_autoptr (GArray) points = make_points (xy, 8);
  g_autoptr (GArray) hull = yz_hull_from_points (points);

  g_assert_cmpuint (hull->len, ==, 4);
  g_assert_cmpfloat_with_epsilon (yz_hull_measure (hull), 100, 1e-9);
}

static void
test_order_of_points_does_not_matter (void)
{
  const double rows[] = { 3, 0, 6, 0, 1, 1, 8, 1, 0, 2, 9, 2, 2, 5, 7, 5 };
  const double mixed[] = { 9, 2, 2, 5, 3, 0, 8, 1, 7, 5, 0, 2, 6, 0, 1, 1 };
  g_autoptr (GArray) in_rows = make_points (rows, 8);
  g_autoptr (GArray) in_disorder = make_points (mixed, 8);
  g_autoptr (GArray) hull = yz_hull_from_points (in_rows);
  g_autoptr (GArray) other = yz_hull_from_points (in_disorder);

  g_assert_cmpuint (hull->len, ==, other->len);
  g_assert_cmpmem (hull->data, hull->len * sizeof (YzPoint), other->data,
                   other->len * sizeof (YzPoint));
  g_assert_cmpfloat (yz_hull_measure (hull), >, 0);
}

/* A card: the corners come back though the hull has none. */
static void
test_rounded_corners_come_back (void)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (YzPoint));
  g_autoptr (GArray) hull = NULL;
  YzQuad quad;

  for (int i = 0; i < 360; i += 3) {
    const double a = i * G_PI / 180;
    const YzPoint point = { 100 + (cos (a) > 0 ? 60 : -60) + 12 * cos (a),
                            80 + (sin (a) > 0 ? 40 : -40) + 12 * sin (a) };

    g_array_append_val (points, point);
  }
  hull = yz_hull_from_points (points);
  g_assert_true (yz_quad_enclose (hull, 200, 160, FALSE, &quad));
  yz_quad_start_top_left (&quad);
  assert_corner (&quad, 0, 28, 28, 1);
  assert_corner (&quad, 2, 172, 132, 1);
}

/* The frame cuts a corner off; it is found outside. */
static void
test_corner_beyond_the_frame (void)
{
  const double xy[] = { 20, 20, 80, 20, 100, 30, 100, 70, 25, 80 };
  g_autoptr (GArray) points = make_points (xy, 5);
  g_autoptr (GArray) hull = NULL;
  const double cut[] = { 100, 40, 100, 90, 60, 100, 10, 100, 20, 20 };
  YzQuad quad;

  hull = yz_hull_from_points (points);
  g_assert_true (yz_quad_enclose (hull, 100, 100, FALSE, &quad));
  g_clear_pointer (&hull, g_array_unref);
  g_clear_pointer (&points, g_array_unref);
  points = make_points (cut, 5);
  hull = yz_hull_from_points (points);
  g_assert_false (yz_quad_enclose (hull, 100, 100, TRUE, &quad)); /* too few sides are left */
}

static void
test_overlap (void)
{
  const YzQuad a = { { { 0, 0 }, { 10, 0 }, { 10, 10 }, { 0, 10 } } };
  const YzQuad b = { { { 5, 0 }, { 15, 0 }, { 15, 10 }, { 5, 10 } } };
  const YzQuad inner = { { { 2, 2 }, { 4, 2 }, { 4, 4 }, { 2, 4 } } };
  const YzQuad away = { { { 20, 0 }, { 30, 0 }, { 30, 10 }, { 20, 10 } } };
  double inside = 0;

  g_assert_cmpfloat_with_epsilon (yz_quad_overlap (&a, &b, &inside), 50.0 / 150, 1e-9);
  g_assert_cmpfloat_with_epsilon (inside, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (yz_quad_overlap (&a, &a, NULL), 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (yz_quad_overlap (&a, &inner, &inside), 0.04, 1e-9);
  g_assert_cmpfloat_with_epsilon (inside, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (yz_quad_overlap (&a, &away, NULL), 0, 1e-9);
}

static void
test_soundness (void)
{
  const YzQuad good = { { { 0, 0 }, { 10, 1 }, { 9, 10 }, { 0, 8 } } };
  const YzQuad backwards = { { { 0, 0 }, { 0, 8 }, { 9, 10 }, { 10, 1 } } };
  const YzQuad bow = { { { 0, 0 }, { 10, 10 }, { 10, 0 }, { 0, 10 } } };
  const YzQuad flat = { { { 0, 0 }, { 10, 0 }, { 20, 0 }, { 30, 0 } } };
  const YzQuad sharp = { { { 0, 0 }, { 100, 0 }, { 60, 5 }, { 40, 5 } } };

  g_assert_true (yz_quad_is_sound (&good, 35));
  g_assert_false (yz_quad_is_sound (&backwards, 35));
  g_assert_false (yz_quad_is_sound (&bow, 35));
  g_assert_false (yz_quad_is_sound (&flat, 35));
  g_assert_false (yz_quad_is_sound (&sharp, 35));
  g_assert_true (yz_quad_contains (&good, 5, 5));
  g_assert_false (yz_quad_contains (&good, 11, 5));
}

static void
test_first_side_points_right (void)
{
  for (int degrees = -44; degrees <= 44; degrees += 4)
    for (guint shift = 0; shift < 4; shift++) {
      const double a = degrees * G_PI / 180;
      const double xy[] = { -20, -10, 20, -10, 20, 10, -20, 10 };
      YzQuad quad;

      for (guint i = 0; i < 4; i++) {
        const guint k = 2 * ((i + shift) % 4);

        quad.at[i].x = xy[k] * cos (a) - xy[k + 1] * sin (a);
        quad.at[i].y = xy[k] * sin (a) + xy[k + 1] * cos (a);
      }
      yz_quad_start_top_left (&quad);
      assert_corner (&quad, 0, -20 * cos (a) + 10 * sin (a), -20 * sin (a) - 10 * cos (a), 1e-9);
    }
}

static void
test_shrinking_moves_every_side (void)
{
  const YzQuad quad = { { { 0, 0 }, { 40, 0 }, { 40, 20 }, { 0, 20 } } };
  YzQuad small = quad;

  g_assert_true (yz_quad_shrink (&quad, 3, &small));
  assert_corner (&small, 0, 3, 3, 1e-9);
  assert_corner (&small, 2, 37, 17, 1e-9);
  g_assert_false (yz_quad_shrink (&quad, 11, &small));
  assert_corner (&small, 0, 3, 3, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-quad/hull-is-clockwise-and-lean", test_hull_is_clockwise_and_lean);
  g_test_add_func ("/page-quad/order-of-points-does-not-matter",
                   test_order_of_points_does_not_matter);
  g_test_add_func ("/page-quad/rounded-corners-come-back", test_rounded_corners_come_back);
  g_test_add_func ("/page-quad/corner-beyond-the-frame", test_corner_beyond_the_frame);
  g_test_add_func ("/page-quad/overlap", test_overlap);
  g_test_add_func ("/page-quad/soundness", test_soundness);
  g_test_add_func ("/page-quad/first-side-points-right", test_first_side_points_right);
  g_test_add_func ("/page-quad/shrinking-moves-every-side", test_shrinking_moves_every_side);
  return g_test_run ();
}
