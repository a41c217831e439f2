/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Looks: templates, style sheet and icons of this folder. Called once after GTK is there, before
 * the first widget is made. */
void yz_looks_init (void);

G_END_DECLS
