/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/median.h"

float
yz_median_find_part (float *values, guint n, double part)
{
  const glong middle = MIN ((glong) (part * n), (glong) n - 1);
  glong low = 0;
  glong high = (glong) n - 1;

  while (low < high) {
    const float pivot = values[middle];
    glong i = low;
    glong j = high;

    while (i <= j) {
      while (values[i] < pivot)
        i++;
      while (pivot < values[j])
        j--;
      if (i <= j) {
        const float keep = values[i];

        values[i++] = values[j];
        values[j--] = keep;
      }
    }
    if (j < middle)
      low = i;
    if (middle < i)
      high = j;
  }
  return n > 0 ? values[middle] : 0;
}

float
yz_median_find (float *values, guint n)
{
  return yz_median_find_part (values, n, 0.5);
}
