/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What a page says a field should hold: a button below the field, seen only while the field is
 * empty and may be filled in. A click, or Alt+Down in the field, takes it over. What was typed is
 * never touched.
 */

/* Binds @offer, which says nothing yet, to its field. */
void yz_field_offer_bind (GtkButton *offer, GtkEntry *field);

/* @text: what is offered from now on; @words: (nullable): what else there is to compare */
void yz_field_offer_set (GtkButton *offer, const char *text, const char *words);

/* (nullable): what is offered, seen or not */
const char *yz_field_offer_get (GtkButton *offer);

G_END_DECLS
