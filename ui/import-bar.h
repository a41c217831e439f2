/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/importer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The import bar: where files come in. Chooses them, or their folder, takes those that are dropped,
 * and while they are imported says how far it is and lets it be stopped. Hidden when idle.
 *
 * Signals:
 *   "chosen" (GPtrArray *files, NULL)  of which material is for its owner to say, who begins
 *     with yz_import_bar_begin()
 *   "said" (const char *sentence)
 */
#define YZ_TYPE_IMPORT_BAR (yz_import_bar_get_type ())
G_DECLARE_FINAL_TYPE (YzImportBar, yz_import_bar, YZ, IMPORT_BAR, GtkBox)

void yz_import_bar_set_importer (YzImportBar *self, YzImporter *importer);
/* "import", "import-folder" and "stop-import" */
void yz_import_bar_add_actions (YzImportBar *self, GActionMap *map);
/* From now on files may be dropped onto this widget while "import" is enabled. After the actions.
 */
void yz_import_bar_take_drops (YzImportBar *self, GtkWidget *widget);
void
yz_import_bar_begin (YzImportBar *self, const char *number, const char *material, GPtrArray *files);
gboolean yz_import_bar_is_busy (YzImportBar *self);
void yz_import_bar_stop (YzImportBar *self);

G_END_DECLS
