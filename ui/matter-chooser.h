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
 * Where a case begins: the matters, found by code, pinyin initials or a part of the name, and
 * beside them the cases that this clerk began and has not handed in yet.
 *
 * Signals: "matter-chosen" (const char *code), "case-chosen" (const char *number).
 */
#define YZ_TYPE_MATTER_CHOOSER (yz_matter_chooser_get_type ())
G_DECLARE_FINAL_TYPE (YzMatterChooser, yz_matter_chooser, YZ, MATTER_CHOOSER, GtkBox)

void yz_matter_chooser_set_desk (YzMatterChooser *self, YzDesk *desk);
/* Empties the search, reads the begun cases again and takes the focus. */
void yz_matter_chooser_begin (YzMatterChooser *self);

G_END_DECLS
