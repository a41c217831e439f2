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
 * The matters as they were loaded, to be read: what they demand, on which sources they rest, and
 * the diagram of the way they take. They are changed in their files, not here.
 */
#define YZ_TYPE_MATTER_PANEL (yz_matter_panel_get_type ())
G_DECLARE_FINAL_TYPE (YzMatterPanel, yz_matter_panel, YZ, MATTER_PANEL, GtkBox)

void yz_matter_panel_set_desk (YzMatterPanel *self, YzDesk *desk);

G_END_DECLS
