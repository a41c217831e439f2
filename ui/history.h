/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What happened to a case, the newest first: who, when, why. Work on the form and the pages between
 * two steps is one line.
 */
#define YZ_TYPE_HISTORY (yz_history_get_type ())
G_DECLARE_FINAL_TYPE (YzHistory, yz_history, YZ, HISTORY, GtkBox)

void yz_history_show (YzHistory *self, const YzOpenCase *open_case); /* (nullable) */

G_END_DECLS
