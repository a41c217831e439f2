/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-quad.h"

G_BEGIN_DECLS

/* A picture of a folder with the true corners of what lies on it. */
typedef struct {
  char *file;
  GArray *pages; /* of YzQuad; none on an empty mat */
} YzCornerEntry;

/**
 * yz_corner_list_read:
 * @folder: where the pictures are
 * @list: (nullable): CSV with the columns file, tlx, tly, trx, try, brx, bry, blx, bly in pixels,
 *   in any order, others between them; FOLDER/corners.csv unless given
 *
 * A line without corners is an empty mat, and so is a picture of the folder that the list does not
 * name.
 *
 * Returns: (transfer full) (element-type YzCornerEntry) (nullable): the pictures
 */
GPtrArray *yz_corner_list_read (const char *folder, const char *list, GError **error);

G_END_DECLS
