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
 * The administrator's rooms: staff, units, matters, and whether calendar, store and cameras are
 * well.
 *
 * Action: refresh.
 *
 * Signal "said" (const char *sentence): to be shown for a moment.
 */
#define YZ_TYPE_ADMIN_PAGE (yz_admin_page_get_type ())
G_DECLARE_FINAL_TYPE (YzAdminPage, yz_admin_page, YZ, ADMIN_PAGE, GtkBox)

GtkWidget *yz_admin_page_new (YzDesk *desk);
GActionGroup *yz_admin_page_get_actions (YzAdminPage *self); /* (transfer none) */
void yz_admin_page_set_shown (YzAdminPage *self, gboolean shown);
/* Goes to a room: "staff", "units", "matters" or "health". */
void yz_admin_page_show_room (YzAdminPage *self, const char *room);

G_END_DECLS
