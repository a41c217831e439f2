/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-mat.h"
#include "capture/page-side.h"

G_BEGIN_DECLS

/*
 * A quadrilateral that may be a document, with its sides as they were found, and how sure it is.
 */
typedef struct {
  YzQuad quad;
  YzSide side[4];
  double support;    /* of its weakest side, 0 … 1 */
  double outside;    /* how much mat lies along the side that has least of it, 0 … 1 */
  double confidence; /* 0 … 1 */
} YzCandidate;

/* What candidates are judged by. */
typedef struct {
  const YzMat *mat;
  const YzMat *rest;      /* (nullable) the distances from the nearer of two surfaces */
  const YzPlanes *planes; /* (nullable) the small picture, and ... */
  const YzPlanes *empty;  /* (nullable) ... the empty mat as the same camera saw it */
} YzGround;

/* How a candidate's true sides are looked for; see yz_side_refine(). */
typedef struct {
  double pixels; /* how far they may be away */
  double step;
  guint n_profiles;     /* along each side */
  double least_support; /* of the four sides together: with less the candidate is given up */
} YzCandidateReach;

/**
 * yz_candidate_refine:
 * @candidate: its quad is set, in pixels of the source
 *
 * Moves the sides onto their steps and the corners to where the sides meet.
 *
 * Returns: FALSE, the quad unchanged, when what comes out is no document's shape any more, or when
 * its sides find too little support
 */
gboolean yz_candidate_refine (YzCandidate *candidate,
                              const YzSideSource *source,
                              const YzCandidateReach *reach);

/**
 * yz_candidate_judge:
 * @candidate: refined on the small picture; support, outside and confidence are set
 *
 * Wants edges along the sides that part two colours and are not on the empty mat already, mat
 * outside, not mat inside; a side beyond the frame costs, and is believed only where paper runs out
 * of it. Where the same paper lies on both shores of a side it is but a part that is seen.
 */
void yz_candidate_judge (YzCandidate *candidate, const YzGround *ground);

/* Whether it is a shadow on the mat that lies just within the sides. */
gboolean yz_candidate_lies_on_shadow (const YzQuad *quad, const YzMat *mat);

G_END_DECLS
