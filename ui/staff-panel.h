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
 * Who works here, in which roles and where; a colleague is added below the list.
 *
 * Signal "said" (const char *sentence).
 */
#define YZ_TYPE_STAFF_PANEL (yz_staff_panel_get_type ())
G_DECLARE_FINAL_TYPE (YzStaffPanel, yz_staff_panel, YZ, STAFF_PANEL, GtkBox)

void yz_staff_panel_set_desk (YzStaffPanel *self, YzDesk *desk);
void yz_staff_panel_refresh (YzStaffPanel *self);

G_END_DECLS
