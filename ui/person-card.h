/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/dossier.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * One person of an application: who they are to it, name and citizen number, and what the number
 * says about them.
 *
 * Signals: "edited", "removed".
 */
#define YZ_TYPE_PERSON_CARD (yz_person_card_get_type ())
G_DECLARE_FINAL_TYPE (YzPersonCard, yz_person_card, YZ, PERSON_CARD, GtkBox)

GtkWidget *yz_person_card_new (const YzPerson *person);
YzPerson *
yz_person_card_read (YzPersonCard *self); /* (transfer full), yz_person_card_free_person */
void yz_person_card_free_person (gpointer person);
void yz_person_card_set_removable (YzPersonCard *self, gboolean removable);
void yz_person_card_focus (YzPersonCard *self); /* into the name */
void yz_person_card_set_editable (YzPersonCard *self, gboolean editable);

/**
 * yz_person_card_offer:
 * @name: (nullable): what a page says the name is
 * @number: (nullable): the citizen number on that page, its check character being right
 *
 * Shows each beside its field while the field is empty; a click, or Alt+Down in the field, takes it
 * over. What was typed is never touched.
 *
 * Returns: FALSE when this is another person, or nothing is left to say about this one
 */
gboolean yz_person_card_offer (YzPersonCard *self, const char *name, const char *number);

G_END_DECLS
