/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"
#include "workflow/desk.h"

#include <cairo.h>

G_BEGIN_DECLS

/*
 * Pictures: shows the sheets of a case. Reads an original through the desk (which checks its
 * digest), has it developed in the darkroom and remembers what was shown lately.
 */
#define YZ_TYPE_PICTURES (yz_pictures_get_type ())
G_DECLARE_FINAL_TYPE (YzPictures, yz_pictures, YZ, PICTURES, GObject)

YzPictures *yz_pictures_new (YzDesk *desk, YzDarkroom *darkroom);
YzDarkroom *yz_pictures_get_darkroom (YzPictures *self);

/**
 * yz_pictures_develop_async:
 * @straight: cut out along the sheet's corners; else the whole frame
 * @turns: quarter turns added to the sheet's own
 * @longest: longest side in pixels; 0 asks for the thumbnail only
 */
void yz_pictures_develop_async (YzPictures *self,
                                const YzSheet *sheet,
                                gboolean straight,
                                guint turns,
                                guint longest,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
YzPage *yz_pictures_develop_finish (YzPictures *self, GAsyncResult *result, GError **error);

/* A surface over the bitmap's own memory, which it keeps. */
cairo_surface_t *yz_pictures_make_surface (YzBitmap *bitmap);

G_END_DECLS
