/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "ui/pictures.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The counter: one case from its beginning to its submission. Left what is demanded, in the middle
 * what the camera sees and the pages taken, right the form. Nothing here is modal, and nothing
 * waits: while a page is being saved the next can be taken.
 *
 * Actions: new, capture, capture-more, retake, live, automatic, rotate, remove, undo, import,
 * notice, submit.
 *
 * Signal "said" (const char *sentence): to be shown for a moment.
 */
#define YZ_TYPE_COUNTER_PAGE (yz_counter_page_get_type ())
G_DECLARE_FINAL_TYPE (YzCounterPage, yz_counter_page, YZ, COUNTER_PAGE, GtkBox)

/* (nullable) @camera */
GtkWidget *yz_counter_page_new (YzDesk *desk, YzPictures *pictures, YzCameraHost *camera);
GActionGroup *yz_counter_page_get_actions (YzCounterPage *self); /* (transfer none) */
void yz_counter_page_set_shown (YzCounterPage *self, gboolean shown);
void yz_counter_page_set_camera (YzCounterPage *self, YzCameraHost *camera); /* (nullable) */

/* Under which store the open case is remembered, and where papers are written to. Returns to the
 * case that this person had open. */
void yz_counter_page_set_place (YzCounterPage *self, const char *location, const char *papers);
void yz_counter_page_open (YzCounterPage *self, const char *number);
const char *yz_counter_page_get_number (YzCounterPage *self); /* (nullable) */

/* Ends when everything typed and captured is in the store; fails with why it is not. */
void yz_counter_page_settle_async (YzCounterPage *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean yz_counter_page_settle_finish (YzCounterPage *self, GAsyncResult *result, GError **error);

G_END_DECLS
