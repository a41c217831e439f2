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
 * The originals a matter demands, each with its state in words and an icon.
 *
 * Signals:
 *   "chosen" (const char *material)  the clerk chose which original comes next
 *   "dropped" (guint sheet, const char *material)  a page was dragged onto another original
 *   "files-dropped" (GPtrArray *files, const char *material)  files of a file manager were
 */
#define YZ_TYPE_CHECKLIST (yz_checklist_get_type ())
G_DECLARE_FINAL_TYPE (YzChecklist, yz_checklist, YZ, CHECKLIST, GtkBox)

typedef enum {
  YZ_ITEM_MISSING,
  YZ_ITEM_CONDITIONAL, /* demanded only under its condition */
  YZ_ITEM_LATER,       /* may follow after acceptance */
  YZ_ITEM_CAPTURED,
  YZ_ITEM_IMPORTED,  /* no camera saw any of its pages */
  YZ_ITEM_DEFECTIVE, /* a page of it is blurred, blank, too dark or cut off */
  YZ_ITEM_SAVING,    /* a page of it is being captured and not yet durable */
} YzItemState;

GtkWidget *yz_checklist_new (void);
/* (nullable) @open_case clears it. The chosen material stays chosen while it exists. */
void yz_checklist_show (YzChecklist *self, YzOpenCase *open_case);
const char *yz_checklist_get_chosen (YzChecklist *self); /* (nullable) material id */
void yz_checklist_choose (YzChecklist *self, const char *material);
/* How many pages of @material are on their way; asked whenever the list is shown or advances. */
typedef guint (*YzChecklistCount) (const char *material, gpointer data);
void yz_checklist_set_pending (YzChecklist *self, YzChecklistCount count, gpointer data);
/* Something is on its way, or no longer. */
void yz_checklist_refresh (YzChecklist *self);
/* Nothing that is required without condition is missing. */
gboolean yz_checklist_is_complete (YzChecklist *self);
/* The chosen original has fewer pages than its matter says, those on their way counted. */
gboolean yz_checklist_wants_chosen (YzChecklist *self);
/* (transfer full): what the next page taken will be */
char *yz_checklist_describe_next (YzChecklist *self);
/* Goes to the next original that is still missing; FALSE when there is none. */
gboolean yz_checklist_advance (YzChecklist *self);

/* Pure: what state a material is in. */
YzItemState yz_checklist_judge (const YzOpenCase *open_case, const YzMaterial *material);

G_END_DECLS
