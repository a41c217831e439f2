/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The cases that wait for the signed-in person, most urgent first, with filters and a search. What
 * is chosen stays chosen when the list is read again.
 *
 * Signals:
 *   "chosen" (const char *number)  another case is to be looked at
 *   "activated" (const char *number)  Enter on a case: on to its originals
 *   "filled"  the list was read anew
 */
#define YZ_TYPE_INBOX (yz_inbox_get_type ())
G_DECLARE_FINAL_TYPE (YzInbox, yz_inbox, YZ, INBOX, GtkBox)

typedef enum {
  YZ_INBOX_TO_DO, /* what the signed-in person may act on */
  YZ_INBOX_LATE,  /* open and overdue, everybody's */
  YZ_INBOX_OPEN,  /* open, everybody's */
} YzInboxScope;

void yz_inbox_set_desk (YzInbox *self, YzDesk *desk);
void yz_inbox_refresh (YzInbox *self);
/* A case that is decided but may still be taken back is not in the list meanwhile; taken back, it
 * is there again. */
void yz_inbox_hide (YzInbox *self, const char *number);
void yz_inbox_unhide (YzInbox *self, const char *number);
/* The desk has the decision: from the next reading on the case is shown wherever it belongs. */
void yz_inbox_settle (YzInbox *self, const char *number);
void yz_inbox_set_scope (YzInbox *self, YzInboxScope scope);
void yz_inbox_focus_search (YzInbox *self);

guint yz_inbox_get_length (YzInbox *self);
const char *yz_inbox_get_chosen (YzInbox *self); /* (nullable) */
int yz_inbox_get_row (YzInbox *self);            /* -1 when nothing is chosen */
gboolean yz_inbox_choose (YzInbox *self, const char *number);
gboolean yz_inbox_choose_row (YzInbox *self, int row);
gboolean yz_inbox_move (YzInbox *self, int steps);
/* (nullable) The case @steps away from the chosen one, without going there. */
const char *yz_inbox_peek (YzInbox *self, int steps);

G_END_DECLS
