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
 * The bureau, its stations and their windows; a unit is added below the list.
 *
 * Signal "said" (const char *sentence).
 */
#define YZ_TYPE_UNIT_PANEL (yz_unit_panel_get_type ())
G_DECLARE_FINAL_TYPE (YzUnitPanel, yz_unit_panel, YZ, UNIT_PANEL, GtkBox)

void yz_unit_panel_set_desk (YzUnitPanel *self, YzDesk *desk);
void yz_unit_panel_refresh (YzUnitPanel *self);

G_END_DECLS
