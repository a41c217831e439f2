/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"
#include "capture/page-digest.h"

G_BEGIN_DECLS

/*
 * Decides when a page lies still, is sharp and is another page than the last one taken. Pure: fed
 * with live pages one after the other.
 */
typedef struct {
  double corners[8];
  guint still; /* pictures in a row in which the page did not move */
  gboolean armed;
  YzPageDigest last; /* of the page taken last */
  gboolean has_last;
  YzPageDigest seen; /* of the page that is to be taken now */
} YzSteady;

#define YZ_STEADY_PICTURES 5

/* TRUE when this is the moment to shoot. */
gboolean yz_steady_feed (YzSteady *self, const YzPage *page);
/* The page seen now was taken: wait for another. */
void yz_steady_taken (YzSteady *self);

G_END_DECLS
