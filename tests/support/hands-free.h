/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What auto-capture made of a number of pages. */
typedef struct {
  guint pages;
  guint taken;
  guint twice;  /* of those taken: a page that had been taken before */
  guint unfit;  /* of those taken: moving, blurred or under a hand */
  guint missed; /* pages that were not taken at all */
} YzHandsFree;

/**
 * yz_hands_free_play:
 * @n: pages that come and go under the camera (tests/support/scene-play.h)
 * @longest: side of the live pictures, pixels
 *
 * Plays them through the darkroom's eyes and the auto-capture, as the viewfinder does.
 */
YzHandsFree yz_hands_free_play (guint32 seed, guint n, int longest);

G_END_DECLS
