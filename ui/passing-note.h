/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A sentence that passes: it slides in over the foot of a page, stays long enough to be read, and
 * goes by itself. It may carry one button, to take back or to look at what it speaks of.
 *
 * Signal "pressed": the button was.
 */
#define YZ_TYPE_PASSING_NOTE (yz_passing_note_get_type ())
G_DECLARE_FINAL_TYPE (YzPassingNote, yz_passing_note, YZ, PASSING_NOTE, GtkBin)

GtkWidget *yz_passing_note_new (void);
/* (nullable) @button: its label. A newer sentence takes the place of the one before. */
void yz_passing_note_say (YzPassingNote *self, const char *sentence, const char *button);
void yz_passing_note_hide (YzPassingNote *self);

G_END_DECLS
