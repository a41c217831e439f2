/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"

G_BEGIN_DECLS

#define YZ_STEADY_GRID 20

/*
 * Decides when a page lies still, is sharp and is another page than the last one taken. Pure: fed
 * with live pages one after the other.
 */
typedef struct {
  double corners[8];
  guint still; /* pictures in a row in which the page did not move */
  gboolean armed;
  float last[YZ_STEADY_GRID * YZ_STEADY_GRID]; /* brightness of the page taken last */
  float seen[YZ_STEADY_GRID * YZ_STEADY_GRID];
  gboolean has_last;
} YzSteady;

#define YZ_STEADY_PICTURES 5

/* TRUE when this is the moment to shoot. */
gboolean yz_steady_feed (YzSteady *self, const YzPage *page);
/* The page seen now was taken: wait for another. */
void yz_steady_taken (YzSteady *self);

G_END_DECLS
