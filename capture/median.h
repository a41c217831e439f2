/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * yz_median_find:
 * @values: (array length=n): is put in another order
 *
 * Hoare's selection: linear on average.
 *
 * Returns: the value with as many below as above it, 0 when there is none
 */
float yz_median_find (float *values, guint n);

/**
 * yz_median_find_part:
 * @part: 0 … 1; 0.5 is the median
 *
 * Returns: the value that this part of the values lies below
 */
float yz_median_find_part (float *values, guint n, double part);

G_END_DECLS
