/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/office.h"

#include <handy.h>

G_BEGIN_DECLS

/*
 * The window: who sits here, the pages that this person may see, the practice banner, and what has
 * to be said across all pages. It locks when nobody is there, and leaves only when everything typed
 * and captured is in the store.
 *
 * Actions "win.": page, lock, sign-out, password, preferences, leave.
 */
#define YZ_TYPE_WINDOW (yz_window_get_type ())
G_DECLARE_FINAL_TYPE (YzWindow, yz_window, YZ, WINDOW, HdyApplicationWindow)

GtkWidget *yz_window_new (GtkApplication *application, YzOffice *office);
/* Saves what is unsaved, then destroys the window. Idempotent. */
void yz_window_leave (YzWindow *self);
/* Which page is seen; NULL while nobody sits here. */
const char *yz_window_get_page (YzWindow *self);
/* Says a sentence that passes. */
void yz_window_say (YzWindow *self, const char *sentence);

G_END_DECLS
