/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/median.h"

static void
test_agrees_with_counting (void)
{
  GRand *rand = g_rand_new_with_seed (3);

  for (guint n = 1; n < 200; n++) {
    g_autofree float *values = g_new (float, n);
    float median = 0;
    guint below = 0;
    guint above = 0;

    for (guint i = 0; i < n; i++)
      values[i] = (float) g_rand_int_range (rand, 0, n % 3 ? 10 : 1000);
    median = yz_median_find (values, n);
    for (guint i = 0; i < n; i++) {
      below += values[i] < median;
      above += values[i] > median;
    }
    g_assert_cmpuint (below, <=, n / 2);
    g_assert_cmpuint (above, <=, n - 1 - n / 2);
  }
  g_rand_free (rand);
}

static void
test_nothing_is_zero (void)
{
  float values[] = { 5, 1, 4, 2, 3 };

  g_assert_cmpfloat_with_epsilon (yz_median_find (NULL, 0), 0, 1e-9F);
  g_assert_cmpfloat_with_epsilon (yz_median_find_part (values, 5, 0), 1, 1e-9F);
  g_assert_cmpfloat_with_epsilon (yz_median_find_part (values, 5, 1), 5, 1e-9F);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/median/agrees-with-counting", test_agrees_with_counting);
  g_test_add_func ("/median/nothing-is-zero", test_nothing_is_zero);
  return g_test_run ();
}
