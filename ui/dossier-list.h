/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/dossier-model.h"

G_BEGIN_DECLS

/*
 * A list of cases to choose from, good for 100,000. The chosen case stays chosen, and where it is,
 * when the list is filled anew.
 *
 * Signals:
 *   "chosen" (const char *number)  another case is looked at
 *   "activated" (const char *number)  Enter, or a double click
 */
#define YZ_TYPE_DOSSIER_LIST (yz_dossier_list_get_type ())
G_DECLARE_FINAL_TYPE (YzDossierList, yz_dossier_list, YZ, DOSSIER_LIST, GtkScrolledWindow)

GtkWidget *yz_dossier_list_new (void);
/* @name: what the list is called for a screen reader */
void yz_dossier_list_set_name (YzDossierList *self, const char *name);
/**
 * yz_dossier_list_show:
 * @model: (nullable): NULL empties the list
 *
 * Shows another list in one go. When the chosen case is no longer in it nothing is chosen.
 */
void yz_dossier_list_show (YzDossierList *self, YzDossierModel *model);
YzDossierModel *yz_dossier_list_get_model (YzDossierList *self); /* (nullable) */
const char *yz_dossier_list_get_chosen (YzDossierList *self);    /* (nullable) */
/* Chooses a case and brings it into sight; FALSE when it is not in the list. */
gboolean yz_dossier_list_choose (YzDossierList *self, const char *number);
gboolean yz_dossier_list_choose_row (YzDossierList *self, int row);
int yz_dossier_list_get_row (YzDossierList *self); /* -1 when nothing is chosen */
/* By @steps forward (or back when negative); FALSE at either end. */
gboolean yz_dossier_list_move (YzDossierList *self, int steps);

G_END_DECLS
