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
 * What else may be done with a case: the steps that have no button of their own, each with the
 * reason why it cannot be taken, and the papers to be printed.
 *
 * Signals: "step-chosen" (const char *action), "paper-chosen" (int, a YzPaperKind).
 */
#define YZ_TYPE_STEP_MENU (yz_step_menu_get_type ())
G_DECLARE_FINAL_TYPE (YzStepMenu, yz_step_menu, YZ, STEP_MENU, GtkMenuButton)

/**
 * yz_step_menu_show:
 * @elsewhere: (array length=n_elsewhere): steps with a button of their own, entries may be NULL
 *
 * Fills the menu; hides the button when there is nothing in it.
 */
void yz_step_menu_show (YzStepMenu *self,
                        const YzOpenCase *open_case,
                        const YzStaff *staff,
                        const YzFlowStep *const *elsewhere,
                        guint n_elsewhere);

G_END_DECLS
