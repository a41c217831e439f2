/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What a list can be narrowed to: what occurs in it, by name, each with how often it does.
 */

/* (transfer full): a table for yz_choices_count() */
GHashTable *yz_choices_new (void);

/* One more of them. @id, and @name (nullable) to show in its place, outlive the table. */
void yz_choices_count (GHashTable *table, const char *id, const char *name);

/**
 * yz_choices_fill:
 * @everything: the first choice's words; its id is ""
 * @active: (nullable): the id to choose; when it does not occur everything is chosen
 *
 * Puts the choices into @combo in place of those before.
 */
void yz_choices_fill (GtkComboBoxText *combo,
                      GHashTable *table,
                      const char *everything,
                      const char *active);

G_END_DECLS
