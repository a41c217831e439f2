/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/view-port.h"

#include <math.h>

#define assert_near(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 0.001)

static void
test_a_picture_fills_the_width (void)
{
  YzViewPort port = { 0 };

  yz_view_port_set_room (&port, 500, 300);
  yz_view_port_set_picture (&port, 1000, 2000);
  assert_near (port.scale, 0.5);
  assert_near (port.left, 0);
  assert_near (port.top, 0);
  yz_view_port_set_room (&port, 250, 300);
  assert_near (port.scale, 0.25);
}

static void
test_zoom_keeps_the_point_under_the_pointer (void)
{
  YzViewPort port = { 0 };
  double x = 0, y = 0;

  yz_view_port_set_room (&port, 500, 300);
  yz_view_port_set_picture (&port, 1000, 2000);
  yz_view_port_pan (&port, 0, 200);
  x = (120 + port.left) / port.scale;
  y = (90 + port.top) / port.scale;
  yz_view_port_zoom (&port, 2, 120, 90);
  assert_near (port.scale, 1);
  assert_near (x * port.scale - port.left, 120);
  assert_near (y * port.scale - port.top, 90);
}

static void
test_zoom_ends_at_eight_pixels_for_one (void)
{
  YzViewPort port = { 0 };

  yz_view_port_set_room (&port, 500, 300);
  yz_view_port_set_picture (&port, 1000, 2000);
  for (int i = 0; i < 40; i++)
    yz_view_port_zoom (&port, 1.5, 0, 0);
  assert_near (port.scale, 8);
}

static void
test_panning_stops_at_the_edge (void)
{
  YzViewPort port = { 0 };

  yz_view_port_set_room (&port, 500, 300);
  yz_view_port_set_picture (&port, 1000, 2000);
  g_assert_false (yz_view_port_pan (&port, 0, -10));
  g_assert_true (yz_view_port_pan (&port, 0, 5000));
  assert_near (port.top, 700);
  g_assert_false (yz_view_port_pan (&port, 0, 10));
}

static void
test_a_small_picture_stands_in_the_middle (void)
{
  YzViewPort port = { 0 };

  yz_view_port_set_room (&port, 500, 300);
  yz_view_port_set_picture (&port, 1000, 200);
  assert_near (port.top, -100);
}

static void
test_nothing_yet_is_no_division_by_nought (void)
{
  YzViewPort port = { 0 };

  yz_view_port_set_room (&port, 0, 0);
  yz_view_port_fit_width (&port);
  yz_view_port_set_picture (&port, 0, 0);
  yz_view_port_zoom (&port, 2, 0, 0);
  g_assert_true (isfinite (port.left) && isfinite (port.top) && isfinite (port.scale));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view-port/a-picture-fills-the-width", test_a_picture_fills_the_width);
  g_test_add_func ("/view-port/zoom-keeps-the-point-under-the-pointer",
                   test_zoom_keeps_the_point_under_the_pointer);
  g_test_add_func ("/view-port/zoom-ends-at-eight-pixels-for-one",
                   test_zoom_ends_at_eight_pixels_for_one);
  g_test_add_func ("/view-port/panning-stops-at-the-edge", test_panning_stops_at_the_edge);
  g_test_add_func ("/view-port/a-small-picture-stands-in-the-middle",
                   test_a_small_picture_stands_in_the_middle);
  g_test_add_func ("/view-port/nothing-yet-is-no-division-by-nought",
                   test_nothing_yet_is_no_division_by_nought);
  return g_test_run ();
}
