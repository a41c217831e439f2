/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"

G_BEGIN_DECLS

/*
 * What is done to the pages of one case, and how each of it is taken back: removing, turning,
 * cutting out anew, moving to another place or original, adding and taking again. Every move is an
 * event of the desk, and so is taking it back.
 *
 * Signals:
 *   "moved" (const char *sentence)  done, and may be taken back
 *   "undone" (const char *sentence)
 *   "refused" (GError *)
 *   "changed"  there is something to take back, or no longer
 */
#define YZ_TYPE_PAGE_MOVES (yz_page_moves_get_type ())
G_DECLARE_FINAL_TYPE (YzPageMoves, yz_page_moves, YZ, PAGE_MOVES, GObject)

YzPageMoves *yz_page_moves_new (YzDesk *desk);
/* (nullable) @number: another case; what was done to the one before stays done. */
void yz_page_moves_set_case (YzPageMoves *self, const char *number);
void yz_page_moves_remove (YzPageMoves *self, const YzSheet *sheet);
void
yz_page_moves_place (YzPageMoves *self, const YzSheet *sheet, const char *material, guint position);
/* A page was dropped onto another one, or under another original. */
void yz_page_moves_drop (YzPageMoves *self, const YzOpenCase *open_case, guint sheet, guint onto);
void yz_page_moves_drop_under (YzPageMoves *self,
                               const YzOpenCase *open_case,
                               guint sheet,
                               const char *material);
void yz_page_moves_turn (YzPageMoves *self, const YzSheet *sheet);
/* The page is about to be cut out anew: what its outline was before. */
void yz_page_moves_prepare_cut (YzPageMoves *self, const YzSheet *before);
/* … and so it was. */
void yz_page_moves_note_cut (YzPageMoves *self, guint sheet);
/* A page was added; (nullable) @replaced: in whose place. */
void yz_page_moves_note_added (YzPageMoves *self, guint sheet, const YzSheet *replaced);
gboolean yz_page_moves_can_undo (YzPageMoves *self);
void yz_page_moves_undo (YzPageMoves *self);

G_END_DECLS
