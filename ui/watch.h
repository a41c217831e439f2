/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Notices that nobody is there: no key, click or movement in any window of the program for as long
 * as the setting says.
 *
 * Signal "idle": comes again every minute until somebody moves or the watch ends.
 */
#define YZ_TYPE_WATCH (yz_watch_get_type ())
G_DECLARE_FINAL_TYPE (YzWatch, yz_watch, YZ, WATCH, GObject)

YzWatch *yz_watch_new (void);
void yz_watch_begin (YzWatch *self);
void yz_watch_end (YzWatch *self);

G_END_DECLS
