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
 * Where the signed-in person changes the password.
 */
#define YZ_TYPE_PASSWORD_DIALOG (yz_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YzPasswordDialog, yz_password_dialog, YZ, PASSWORD_DIALOG, GtkDialog)

GtkWidget *yz_password_dialog_new (GtkWindow *parent, YzDesk *desk);

G_END_DECLS
