/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Whether all is well: the calendar that deadlines are counted in, the store, the cameras.
 */
#define YZ_TYPE_HEALTH_PANEL (yz_health_panel_get_type ())
G_DECLARE_FINAL_TYPE (YzHealthPanel, yz_health_panel, YZ, HEALTH_PANEL, GtkBox)

void yz_health_panel_set_desk (YzHealthPanel *self, YzDesk *desk);
void yz_health_panel_refresh (YzHealthPanel *self);

G_END_DECLS
