/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/office.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Where somebody sits down: login and password; on a new store the first administrator is named
 * instead; a store that cannot be opened is explained. A practice store shows its accounts.
 *
 * Signal "signed-in" (YzStaff)
 */
#define YZ_TYPE_SIGN_IN_PAGE (yz_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (YzSignInPage, yz_sign_in_page, YZ, SIGN_IN_PAGE, GtkBox)

void yz_sign_in_page_set_office (YzSignInPage *self, YzOffice *office);
/* Empties the password and takes the focus. (nullable) @login: who sat here; (nullable) @sentence:
 * why it is asked for again. */
void yz_sign_in_page_begin (YzSignInPage *self, const char *login, const char *sentence);

G_END_DECLS
