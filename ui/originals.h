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
 * The originals of a case to be read: one page, or two side by side, with their strip. In two pages
 * the left one stays where it was while one goes on in the right one: the card beside the booklet.
 * The page that comes next is developed beforehand.
 */
#define YZ_TYPE_ORIGINALS (yz_originals_get_type ())
G_DECLARE_FINAL_TYPE (YzOriginals, yz_originals, YZ, ORIGINALS, GtkBox)

/* (nullable) @open_case: NULL empties it. The page looked at stays while it is there. */
void yz_originals_show (YzOriginals *self, YzPictures *pictures, YzOpenCase *open_case);
/* Develops the first page of a case that comes next. */
void yz_originals_prefetch (YzOriginals *self, YzPictures *pictures, const YzOpenCase *open_case);
gboolean yz_originals_move (YzOriginals *self, int steps); /* FALSE at either end */
guint yz_originals_get_place (YzOriginals *self); /* of the page looked at, from 1; 0: none */
void yz_originals_zoom (YzOriginals *self, double factor);
void yz_originals_fit (YzOriginals *self);
void yz_originals_turn (YzOriginals *self);
void yz_originals_set_whole (YzOriginals *self, gboolean whole); /* as the camera took it */
gboolean yz_originals_get_whole (YzOriginals *self);
void yz_originals_set_two (YzOriginals *self, gboolean two);
gboolean yz_originals_get_two (YzOriginals *self);
void yz_originals_focus (YzOriginals *self);

G_END_DECLS
