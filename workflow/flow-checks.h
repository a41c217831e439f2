/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/flow.h"

G_BEGIN_DECLS

/*
 * The load-time checks: whether a flow, taken as a whole, lets every case come to a lawful end. The
 * reader has already seen to it that each line makes sense by itself.
 */
typedef struct {
  const YzFlow *flow;
  gboolean decides_alone;   /* whoever accepts may decide, on the spot only */
  guint flow_line;          /* of the [Flow] group */
  guint total_line;         /* of the promised total */
  const guint *state_lines; /* one per state */
  const guint *step_lines;  /* one per step */
  GPtrArray *findings;      /* (element-type YzFlowFinding): what is wrong is added here */
} YzFlowPlan;

#define YZ_FLOW_MAX_STATES 64

void yz_flow_check (const YzFlowPlan *plan);

G_END_DECLS
