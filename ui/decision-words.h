/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"

G_BEGIN_DECLS

/*
 * What a decision bar says: why a step cannot be taken, which reasons are offered for a return, and
 * how the chosen ones become one text. Pure.
 */

/**
 * yz_decision_words_refuse:
 * @staff: (nullable): who sits here
 * @step: one of the flow's steps from the case's state
 *
 * Returns: (transfer full) (nullable): why @staff cannot take this step now; NULL when it can be
 */
char *yz_decision_words_refuse (const YzOpenCase *open_case,
                                const YzStaff *staff,
                                const YzFlowStep *step);

/**
 * yz_decision_words_explain:
 *
 * Returns: (transfer full) (nullable): with whom the case is and what it waits for, when @staff
 * cannot carry it forward; NULL when nothing is to be explained
 */
char *yz_decision_words_explain (const YzOpenCase *open_case, const YzStaff *staff);

/* The reasons offered for a return: first what is missing or spoilt in this case, then what is
 * often wrong. @n_found (out): how many of them were found in the case itself. (element-type utf8)
 * (transfer full) */
GPtrArray *yz_decision_words_list_reasons (const YzOpenCase *open_case, guint *n_found);

/* One text from the chosen reasons, numbered when there are several, and what was written freely.
 * (transfer full), empty when there is nothing. */
char *yz_decision_words_join (GPtrArray *reasons, const char *free_text);

/* "Approved: Wang Xiaoming": what may still be taken back. (transfer full) */
char *yz_decision_words_taken (const char *action_name, const char *applicant);

G_END_DECLS
