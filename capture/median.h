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

G_END_DECLS
