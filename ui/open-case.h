/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/desk.h"

G_BEGIN_DECLS

/*
 * Everything a window shows of one case, read in one go on the desk's thread. Immutable,
 * reference-counted.
 */
typedef struct {
  YzDossier *dossier;
  YzMatter *matter;   /* (nullable) when the catalogue no longer has it */
  YzFlow *flow;       /* the version the dossier is pinned to */
  GPtrArray *steps;   /* (element-type YzFlowStep) what the signed-in person may do now */
  GPtrArray *missing; /* (element-type utf8) one sentence each */
} YzOpenCase;

YzOpenCase *yz_open_case_read (YzDesk *desk, const char *number, GError **error);
YzOpenCase *yz_open_case_ref (YzOpenCase *self);
void yz_open_case_unref (YzOpenCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzOpenCase, yz_open_case_unref)

/* The step that carries the case forward, the one that sends it back, the one that refuses it;
 * NULL when the signed-in person may not take such a step. */
const YzFlowStep *yz_open_case_get_forward (const YzOpenCase *self);
const YzFlowStep *yz_open_case_get_back (const YzOpenCase *self);
const YzFlowStep *yz_open_case_get_refusal (const YzOpenCase *self);

guint yz_open_case_count_sheets (const YzOpenCase *self, const char *material);
const YzSheet *yz_open_case_find_sheet (const YzOpenCase *self, guint id);
/* An earlier sheet with the same original, byte for byte and page for page; 0 when there is none.
 */
guint yz_open_case_find_same (const YzOpenCase *self, guint id);
/* TRUE while the form and the pages may still be changed: before and between submissions */
gboolean yz_open_case_is_editable (const YzOpenCase *self);
/**
 * yz_open_case_describe_return:
 *
 * Returns: (transfer full) (nullable): who returned the case and why, while it waits for the
 * applicant; NULL when it was not returned
 */
char *yz_open_case_describe_return (const YzOpenCase *self);

G_END_DECLS
