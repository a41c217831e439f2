/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "ui/open-case.h"
#include "ui/pictures.h"
#include "ui/shutter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * From paper to pages: the checklist of what is demanded, the live picture, and below it the pages
 * taken. Every key takes the page that is next on the checklist; while it is being saved the
 * next one can be laid down.
 *
 * Signals:
 *   "said" (const char *sentence)
 *   "moved" (const char *sentence)  a page was changed, and that can be taken back
 */
#define YZ_TYPE_CAPTURE_PANE (yz_capture_pane_get_type ())
G_DECLARE_FINAL_TYPE (YzCapturePane, yz_capture_pane, YZ, CAPTURE_PANE, GtkBox)

void yz_capture_pane_set_desk (YzCapturePane *self, YzDesk *desk, YzPictures *pictures);
void yz_capture_pane_set_camera (YzCapturePane *self, YzCameraHost *camera); /* (nullable) */
/* TRUE while somebody can see it: the live picture runs only then. */
void yz_capture_pane_set_shown (YzCapturePane *self, gboolean shown);

/* capture, capture-more, retake, live, automatic, rotate, corners, learn-mat, loupe, remove, undo,
 * import; (transfer none) */
GActionGroup *yz_capture_pane_get_actions (YzCapturePane *self);

/* Which case comes; nothing of the one before is shown any more. (nullable) @number */
void yz_capture_pane_set_case (YzCapturePane *self, const char *number);
/* That case, read anew. */
void yz_capture_pane_show (YzCapturePane *self, YzOpenCase *open_case);

gboolean yz_capture_pane_is_importing (YzCapturePane *self);

/* Where taken pages are on their way; (transfer none) */
YzShutter *yz_capture_pane_get_shutter (YzCapturePane *self);

G_END_DECLS
