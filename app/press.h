/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/press-photo.h"

G_BEGIN_DECLS

/*
 * The press makes photographs of practice documents, for training, demonstration and tests. What
 * it writes depends on the seed alone.
 */
typedef struct {
  guint32 seed;
  int width; /* pixels, of a landscape picture; portrait papers take them the other way round */
  int height;
  int mat; /* a YzPressMat, or -1 to change it from picture to picture */
} YzPressOptions;

/**
 * yz_press_print:
 * @folder: made when it is not there
 * @set: "practice" (one document a picture), "several" (cards side by side), "mats" (nothing on the
 *   mat)
 * @options: the seed and the size
 *
 * Writes 01-household-booklet.jpg and so on, and corners.csv with the true corners in pixels.
 *
 * Returns: FALSE when the set is unknown or the folder cannot be written
 */
gboolean
yz_press_print (const char *folder, const char *set, const YzPressOptions *options, GError **error);

G_END_DECLS
