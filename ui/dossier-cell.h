/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/dossier-model.h"

G_BEGIN_DECLS

/*
 * How a case looks in a list: two lines, the applicant and the matter, and the time left with its
 * icon and colour. All cells of a list have the same height.
 */
#define YZ_TYPE_DOSSIER_CELL (yz_dossier_cell_get_type ())
G_DECLARE_FINAL_TYPE (YzDossierCell, yz_dossier_cell, YZ, DOSSIER_CELL, GtkCellRendererText)

GtkCellRenderer *yz_dossier_cell_new (void);
/* For gtk_tree_view_column_set_cell_data_func(); the model is a YzDossierModel. */
void yz_dossier_cell_fill (GtkTreeViewColumn *column,
                           GtkCellRenderer *cell,
                           GtkTreeModel *model,
                           GtkTreeIter *iter,
                           gpointer data);

G_END_DECLS
