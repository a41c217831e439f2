/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Asks for the reason of a step, and for its legal basis where the step demands one. What was typed
 * or ticked for a case is kept until it is forgotten, whatever is looked at in between. The keys 1
 * to 9 tick the offered reasons while nothing is typed into.
 *
 * Signals:
 *   "confirmed"  what the step demands is there
 *   "cancelled"
 *   "notice"  the one-time notice with what is chosen now is to be printed
 */
#define YZ_TYPE_REASON_FORM (yz_reason_form_get_type ())
G_DECLARE_FINAL_TYPE (YzReasonForm, yz_reason_form, YZ, REASON_FORM, GtkBox)

/* @step: one of @open_case's steps or of its flow's */
void yz_reason_form_ask (YzReasonForm *self, YzOpenCase *open_case, const YzFlowStep *step);
/* Keeps what is typed and asks for nothing any more. */
void yz_reason_form_put_away (YzReasonForm *self);
/* Drops what was typed for this step of this case: it was taken. */
void yz_reason_form_forget (YzReasonForm *self, const char *number, const char *action);
gboolean yz_reason_form_is_asking (YzReasonForm *self);
const YzFlowStep *yz_reason_form_get_step (YzReasonForm *self); /* (nullable) */
/* TRUE when nothing demanded is missing; else says what and takes the focus there. */
gboolean yz_reason_form_check (YzReasonForm *self);
/* Checks, and emits "confirmed" when all is there. */
void yz_reason_form_confirm (YzReasonForm *self);
char *yz_reason_form_read_note (YzReasonForm *self);        /* (transfer full) */
char *yz_reason_form_read_basis (YzReasonForm *self);       /* (transfer full) (nullable) */
GPtrArray *yz_reason_form_list_chosen (YzReasonForm *self); /* (transfer full), for the notice */
/* Ticks or clears the offered reason @index, from 0; FALSE when there is none. */
gboolean yz_reason_form_toggle (YzReasonForm *self, guint index);

G_END_DECLS
