/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/pictures.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Where cases are examined and decided: the inbox, the originals, what is known, and the decision
 * bar. Everything is read here; only the decision is written.
 *
 * Actions: approve (on, or confirm what is asked), return, reject, undo, next-case, previous-case,
 * next-page, previous-page, zoom-in, zoom-out, fit, turn, whole, two-pages, search, refresh.
 *
 * Signal "said" (const char *sentence): to be shown for a moment.
 */
#define YZ_TYPE_REVIEW_PAGE (yz_review_page_get_type ())
G_DECLARE_FINAL_TYPE (YzReviewPage, yz_review_page, YZ, REVIEW_PAGE, GtkBox)

GtkWidget *yz_review_page_new (YzDesk *desk, YzPictures *pictures);
/* Shows a case, whether or not it is in the inbox. */
void yz_review_page_open (YzReviewPage *self, const char *number);
GActionGroup *yz_review_page_get_actions (YzReviewPage *self); /* (transfer none) */
/* TRUE reads everything anew. FALSE makes a decision that could still be taken back final: call it
 * before somebody signs out and before the window closes. */
void yz_review_page_set_shown (YzReviewPage *self, gboolean shown);
const char *yz_review_page_get_number (YzReviewPage *self); /* (nullable) the case looked at */

G_END_DECLS
