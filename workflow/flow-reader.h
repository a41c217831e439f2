/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/flow.h"

G_BEGIN_DECLS

/*
 * Reads definition files: key files with a [Flow] group, a [State ID] and an [Action ID] group for
 * each of these, and one [Step STATE ACTION ROLE…] group per answer.
 */

/* Findings of the load-time checks, for an administrator: file, line and a sentence each. */
typedef struct {
  guint line; /* 1-based, 0 when the whole file is meant */
  char *sentence;
} YzFlowFinding;

/**
 * yz_flow_parse:
 * @code: the flow's code, the file's stem
 * @findings: (out) (optional) (transfer full) (element-type YzFlowFinding): everything wrong
 *
 * Reads a definition and refuses one that breaks a rule; the error names the first finding.
 */
YzFlow *yz_flow_parse (
    const char *code, const char *text, gsize length, GPtrArray **findings, GError **error);
GPtrArray *yz_flow_load_folders (const char *const *folders, GError **error);

/* The diagram, SVG text. */
char *yz_flow_draw (const YzFlow *self);

G_END_DECLS
