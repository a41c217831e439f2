/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"
#include "ui/pictures.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The pages of a case as a row of thumbnails.
 *
 * Signals:
 *   "chosen" (guint sheet)  another page is looked at
 *   "activated" (guint sheet)  somebody clicked a page, be it another one or the same again
 *   "removed" (guint sheet)  the Delete key was pressed on a page
 *   "dropped" (guint sheet, guint onto)  somebody dragged a page onto the place of another
 */
#define YZ_TYPE_PAGE_STRIP (yz_page_strip_get_type ())
G_DECLARE_FINAL_TYPE (YzPageStrip, yz_page_strip, YZ, PAGE_STRIP, GtkBox)

void yz_page_strip_show (YzPageStrip *self, YzPictures *pictures, YzOpenCase *open_case);
/* So many pages are being saved: shown at the end until they are durable. */
void yz_page_strip_set_pending (YzPageStrip *self, guint pending);
guint yz_page_strip_get_chosen (YzPageStrip *self); /* 0: none */
void yz_page_strip_choose (YzPageStrip *self, guint sheet);
void yz_page_strip_choose_last (YzPageStrip *self);
/* By @steps forward (or back when negative); FALSE at either end. */
gboolean yz_page_strip_move (YzPageStrip *self, int steps);

/* For other widgets onto which a page may be dragged: takes the sheet out of what was dropped. */
void yz_page_strip_accept_drops (GtkWidget *widget);
guint yz_page_strip_read_drop (GtkSelectionData *selection);

G_END_DECLS
