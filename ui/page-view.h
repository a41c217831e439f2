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
 * The large picture of one sheet: fit width, zoom, pan, turn, original or straightened. Plain keys
 * (+ - 0 R O and arrows) work while it has the focus.
 */
#define YZ_TYPE_PAGE_VIEW (yz_page_view_get_type ())
G_DECLARE_FINAL_TYPE (YzPageView, yz_page_view, YZ, PAGE_VIEW, GtkDrawingArea)

void yz_page_view_show_sheet (YzPageView *self, YzPictures *pictures, const YzSheet *sheet);
/* Develops a sheet that will be asked for next, so that it then appears at once. */
void yz_page_view_prefetch (YzPageView *self,
                            YzPictures *pictures,
                            const YzSheet *sheet,
                            GCancellable *cancellable);
void yz_page_view_clear (YzPageView *self, const char *sentence);
void yz_page_view_zoom (YzPageView *self, double factor);
void yz_page_view_fit (YzPageView *self);
void yz_page_view_turn (YzPageView *self);
void yz_page_view_set_straight (YzPageView *self, gboolean straight);
gboolean yz_page_view_get_straight (YzPageView *self);

G_END_DECLS
