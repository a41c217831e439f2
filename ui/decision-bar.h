/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/grace.h"
#include "ui/open-case.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Where a case is decided: on, back or no, and what else the flow allows. A decision may be taken
 * back for five seconds; only then is the desk told. What the desk refuses is said beside the bar,
 * and what was typed for it is still there.
 *
 * Signals:
 *   "decided" (const char *number)  taken, not yet told: on to the next case
 *   "undone" (const char *number)   taken back: show the case again
 *   "acted" (const char *number)    the desk has it
 *   "refused" (const char *number)  the desk did not take it: the case is still to be decided
 *   "wanted" (const char *number)   somebody wants to see this case
 */
#define YZ_TYPE_DECISION_BAR (yz_decision_bar_get_type ())
G_DECLARE_FINAL_TYPE (YzDecisionBar, yz_decision_bar, YZ, DECISION_BAR, GtkBox)

/* How a decision reaches the desk; the answer comes to yz_decision_bar_answer(). */
typedef void (*YzDecisionTell) (const YzDecision *decision, gpointer data);

/* Decisions go to @desk, and the bar knows who sits there. */
void yz_decision_bar_set_desk (YzDecisionBar *self, YzDesk *desk);
/* For tests: @tell instead of the desk, and another time for taking back. */
void
yz_decision_bar_set_tell (YzDecisionBar *self, YzDecisionTell tell, gpointer data, guint grace);
/* How long a decision may be taken back, in milliseconds, from the next one on. */
void yz_decision_bar_set_grace (YzDecisionBar *self, guint milliseconds);
void yz_decision_bar_answer (YzDecisionBar *self, const YzDecision *decision, const GError *error);
void yz_decision_bar_set_staff (YzDecisionBar *self, YzStaff *staff); /* (nullable) */

/* (nullable) @open_case: NULL while no case is looked at. A form that is being filled in stays. */
void yz_decision_bar_show (YzDecisionBar *self, YzOpenCase *open_case);
/* Carries the case forward; while a reason is asked for, confirms that instead. */
void yz_decision_bar_forward (YzDecisionBar *self);
void yz_decision_bar_return (YzDecisionBar *self);
void yz_decision_bar_reject (YzDecisionBar *self);
/* Any step of the case by its action's id. */
void yz_decision_bar_step (YzDecisionBar *self, const char *action);
void yz_decision_bar_undo (YzDecisionBar *self);
void yz_decision_bar_flush (YzDecisionBar *self);
const YzDecision *yz_decision_bar_get_held (YzDecisionBar *self); /* (nullable) */
/* What stands beside the bar after a refusal; "" when nothing. */
const char *yz_decision_bar_get_refusal (YzDecisionBar *self);

G_END_DECLS
