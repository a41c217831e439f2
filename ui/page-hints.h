/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/reading.h"
#include "ui/open-case.h"
#include "workflow/suggestion.h"

G_BEGIN_DECLS

/*
 * What the pages of the open case say by themselves: they are read one after the other in the
 * background, once each, after they are saved. Nothing waits for it, and what comes of it is
 * offered, never filled in. Only that a page lies wrong side up, or is the same as an earlier one,
 * is written down with its other verdicts, and taken back when it no longer holds.
 *
 * Signals:
 *   "suggested" (YzSuggestion *, guint sheet)  a card or booklet page names somebody
 *   "pointed" (const char *number, gboolean known)  a page carries the number of another case, as
 *     the receipt does in its QR code; @known: the case is there for whoever is signed in
 *   "said" (const char *sentence)  the page lies wrong side up, or was taken before
 */
#define YZ_TYPE_PAGE_HINTS (yz_page_hints_get_type ())
G_DECLARE_FINAL_TYPE (YzPageHints, yz_page_hints, YZ, PAGE_HINTS, GObject)

YzPageHints *yz_page_hints_new (YzDesk *desk);

/* (nullable) @open_case: reads those of its pages that were not read yet; NULL stops reading. */
void yz_page_hints_show (YzPageHints *self, YzOpenCase *open_case);

/* Ends reading and its helper; what is under way ends on the main loop. The next page that is shown
 * begins anew. */
void yz_page_hints_close (YzPageHints *self);

/**
 * yz_page_hints_understand:
 * @whole: the page's words as they stand
 * @form: (nullable): the same page read as a form, which is truer on cards
 *
 * Returns: (transfer full) (nullable): whom the page names
 */
YzSuggestion *yz_page_hints_understand (const YzReading *whole, const YzReading *form);

/**
 * yz_page_hints_is_case_number:
 *
 * Returns: whether @text has the form of a case number, "YZ01-2026-000123"
 */
gboolean yz_page_hints_is_case_number (const char *text);

G_END_DECLS
