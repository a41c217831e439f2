/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/page-moves.h"
#include "ui/pictures.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The whole original of a sheet with the four corners of its page, to be put right by hand: dragged
 * with the mouse, or chosen with Tab and moved with the arrow keys (ten times as far with Shift).
 * Enter accepts, Escape leaves all as it was. The original never changes, so this can be done again
 * at any time.
 *
 * Signals:
 *   "said" (const char *sentence)  why the page was not cut out anew
 *   "closed"  it was accepted or left
 */
#define YZ_TYPE_CORNER_EDITOR (yz_corner_editor_get_type ())
G_DECLARE_FINAL_TYPE (YzCornerEditor, yz_corner_editor, YZ, CORNER_EDITOR, GtkDrawingArea)

/* A sheet without a page begins with corners a little within the picture's own. @moves takes note
 * of what was before, so that it can be taken back. */
void yz_corner_editor_edit (YzCornerEditor *self,
                            YzDesk *desk,
                            YzPictures *pictures,
                            YzPageMoves *moves,
                            const char *number,
                            const YzSheet *sheet);

G_END_DECLS
