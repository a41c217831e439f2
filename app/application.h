/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The program: reads its options, opens the office over one store and shows its window. One program
 * per store and login: a second start brings the first one's window forward.
 */
#define YZ_TYPE_APPLICATION (yz_application_get_type ())
G_DECLARE_FINAL_TYPE (YzApplication, yz_application, YZ, APPLICATION, GtkApplication)

YzApplication *yz_application_new (void);

G_END_DECLS
