/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <handy.h>

G_BEGIN_DECLS

/*
 * What this desk's user may set; every change takes hold at once.
 */
#define YZ_TYPE_PREFERENCES (yz_preferences_get_type ())
G_DECLARE_FINAL_TYPE (YzPreferences, yz_preferences, YZ, PREFERENCES, HdyPreferencesWindow)

GtkWidget *yz_preferences_new (GtkWindow *parent);

G_END_DECLS
