/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-candidate.h"

G_BEGIN_DECLS

/**
 * yz_choice_make:
 * @candidates: of YzCandidate, judged; they are put in order, the surest first
 *
 * Of all that may be documents, those that are: the surest first; what overlaps a surer one is the
 * same document, or printed on it; a document outdoes the boxes and pictures within it.
 *
 * Returns: (transfer full): of YzCandidate; empty rather than a guess
 */
GArray *yz_choice_make (GArray *candidates, const YzMat *mat);

G_END_DECLS
