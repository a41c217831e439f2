/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-mask.h"

static void
fill_box (YzMask *mask, int x0, int y0, int x1, int y1, guint8 value)
{
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      mask->bits[y * mask->width + x] = value;
}

static guint
count_set (const YzMask *mask)
{
  guint n = 0;

  for (int i = 0; i < mask->width * mask->height; i++)
    n += mask->bits[i];
  return n;
}

static void
test_spread_and_wither_are_squares (void)
{
  g_autoptr (YzMask) mask = yz_mask_new (40, 30);

  fill_box (mask, 10, 10, 20, 16, 1);
  yz_mask_spread (mask, 2);
  g_assert_cmpuint (count_set (mask), ==, 14 * 10);
  yz_mask_wither (mask, 2);
  g_assert_cmpuint (count_set (mask), ==, 10 * 6);
  yz_mask_wither (mask, 3);
  g_assert_cmpuint (count_set (mask), ==, 0);
  fill_box (mask, 0, 0, 40, 30, 1);
  yz_mask_wither (mask, 5); /* outside the picture counts as set */
  g_assert_cmpuint (count_set (mask), ==, 40 * 30);
}

static void
test_flood_fills_what_is_fenced_in (void)
{
  g_autoptr (YzMask) mask = yz_mask_new (40, 30);

  fill_box (mask, 10, 10, 30, 20, 1);
  fill_box (mask, 11, 11, 29, 19, 0);
  fill_box (mask, 2, 2, 2 + 1, 20, 1); /* a line that fences nothing in */
  yz_mask_flood (mask);
  g_assert_cmpuint (count_set (mask), ==, 200 + 18);
  mask->bits[10 * 40 + 15] = 0;
  fill_box (mask, 11, 11, 29, 19, 0);
  yz_mask_flood (mask); /* through the gap */
  g_assert_cmpuint (count_set (mask), ==, 200 - 18 * 8 - 1 + 18);
}

static void
test_shapes_are_told_apart (void)
{
  g_autoptr (YzMask) mask = yz_mask_new (60, 40);
  g_autoptr (GPtrArray) shapes = NULL;
  const YzShape *shape = NULL;

  fill_box (mask, 5, 5, 25, 15, 1);
  fill_box (mask, 10, 8, 14, 12, 0); /* a hole changes nothing */
  fill_box (mask, 30, 20, 60, 40, 1);
  fill_box (mask, 1, 30, 4, 33, 1); /* too small */
  shapes = yz_mask_list_shapes (mask, 50);
  g_assert_cmpuint (shapes->len, ==, 2);
  shape = g_ptr_array_index (shapes, 0);
  g_assert_cmpfloat_with_epsilon (shape->area, 200, 1e-6);
  g_assert_cmpfloat_with_epsilon (shape->solid, 1, 1e-6);
  g_assert_cmpuint (shape->hull->len, ==, 4);
  g_assert_false (shape->touches_rim);
  g_assert_true (((const YzShape *) g_ptr_array_index (shapes, 1))->touches_rim);
}

/* The hull of a slanting shape goes around its outermost pixels, the corners of each counted. */
static void
test_hull_goes_around_every_pixel (void)
{
  g_autoptr (YzMask) mask = yz_mask_new (60, 40);
  g_autoptr (GPtrArray) shapes = NULL;
  const YzShape *shape = NULL;

  fill_box (mask, 10, 5, 30, 6, 1);
  fill_box (mask, 5, 6, 20, 7, 1);
  fill_box (mask, 12, 7, 40, 8, 1);
  shapes = yz_mask_list_shapes (mask, 20);
  g_assert_cmpuint (shapes->len, ==, 1);
  shape = g_ptr_array_index (shapes, 0);
  g_assert_cmpuint (shape->hull->len, ==, 7);
  g_assert_cmpfloat_with_epsilon (shape->area, 89, 1e-6);
  g_assert_cmpfloat_with_epsilon (shape->solid, 63 / 89.0, 1e-6);
}

static void
test_histogram_splits_between_two_heaps (void)
{
  float values[200];
  float threshold = 0;

  for (int i = 0; i < 200; i++)
    values[i] = (float) (i < 120 ? 2 + i % 3 : 30 + i % 5);
  threshold = yz_mask_split_histogram (values, 200, 40);
  g_assert_cmpfloat (threshold, >=, 4);
  g_assert_cmpfloat (threshold, <, 30);
}

static void
test_copy_is_its_own (void)
{
  g_autoptr (YzMask) mask = yz_mask_new (7, 5);
  g_autoptr (YzMask) copy = NULL;

  fill_box (mask, 1, 1, 4, 4, 1);
  copy = yz_mask_copy (mask);
  yz_mask_invert (copy);
  g_assert_cmpuint (count_set (mask), ==, 9);
  g_assert_cmpuint (count_set (copy), ==, 7 * 5 - 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-mask/spread-and-wither-are-squares", test_spread_and_wither_are_squares);
  g_test_add_func ("/page-mask/flood-fills-what-is-fenced-in", test_flood_fills_what_is_fenced_in);
  g_test_add_func ("/page-mask/shapes-are-told-apart", test_shapes_are_told_apart);
  g_test_add_func ("/page-mask/hull-goes-around-every-pixel", test_hull_goes_around_every_pixel);
  g_test_add_func ("/page-mask/histogram-splits-between-two-heaps",
                   test_histogram_splits_between_two_heaps);
  g_test_add_func ("/page-mask/copy-is-its-own", test_copy_is_its_own);
  return g_test_run ();
}
