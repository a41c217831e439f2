/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/matter.h"
#include "workflow/suggestion.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * One fact of an application: its label, its field, what is wrong with what was typed, and what a
 * page offers for it.
 *
 * Signals: "edited".
 */
#define YZ_TYPE_FACT_ROW (yz_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (YzFactRow, yz_fact_row, YZ, FACT_ROW, GtkBox)

/**
 * yz_fact_row_new:
 * @matter: kept as long as the row
 * @field: one of its facts
 * @value: (nullable): what the case holds
 */
GtkWidget *
yz_fact_row_new (YzMatter *matter, const YzFactField *field, const char *value, gboolean editable);

const char *yz_fact_row_get_id (YzFactRow *self);
const char *yz_fact_row_get_text (YzFactRow *self);

/**
 * yz_fact_row_offer:
 * @suggestion: what a card or booklet page says
 * @somebody_else: its holder is none of the persons of the form
 *
 * Offers the part that answers this fact: what a certificate of birth says, the address where the
 * applicants are registered now, the number of a father or mother, number and name of whoever they
 * move to. The first offer stays.
 */
void yz_fact_row_offer (YzFactRow *self, const YzSuggestion *suggestion, gboolean somebody_else);

G_END_DECLS
