/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/shutter.h"

G_BEGIN_DECLS

/*
 * The importer: files become pages of a case, one import at a time. It counts the pages first and
 * asks when there are many; then each page is filed as it comes, in order. Stopping it keeps what
 * is filed. At the end it says what became of everything, and which pages the case had before.
 *
 * Signals:
 *   "changed"  it begins, asks, has filed a page, or is done
 *   "said" (const char *sentence)
 */
#define YZ_IMPORTER_MANY 50 /* pages that nobody chooses by accident */
#define YZ_TYPE_IMPORTER (yz_importer_get_type ())
G_DECLARE_FINAL_TYPE (YzImporter, yz_importer, YZ, IMPORTER, GObject)

YzImporter *yz_importer_new (YzDesk *desk, YzDarkroom *darkroom, YzShutter *shutter);

/* (element-type GFile): files and folders, for one material of one case. */
void
yz_importer_begin (YzImporter *self, const char *number, const char *material, GPtrArray *files);
/* The answer when it asks: they are meant. */
void yz_importer_go_on (YzImporter *self);
/* Stops; or answers that they are not meant. */
void yz_importer_stop (YzImporter *self);

gboolean yz_importer_is_busy (YzImporter *self); /* also while it asks */
gboolean yz_importer_is_asking (YzImporter *self);

/**
 * yz_importer_describe:
 *
 * Returns: (transfer full) (nullable): "Importing 3 of 12 …", or what it asks; NULL when idle
 */
char *yz_importer_describe (YzImporter *self);

G_END_DECLS
