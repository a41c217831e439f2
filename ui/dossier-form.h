/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"
#include "workflow/suggestion.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The form of an application: its persons, what the matter asks, and what the checks find while
 * one types. It keeps what was typed until somebody says it was saved.
 *
 * Signal "edited": something was typed.
 */
#define YZ_TYPE_DOSSIER_FORM (yz_dossier_form_get_type ())
G_DECLARE_FINAL_TYPE (YzDossierForm, yz_dossier_form, YZ, DOSSIER_FORM, GtkBox)

/* (nullable) @open_case empties the form. What was typed and not saved stays. */
void yz_dossier_form_show (YzDossierForm *self, YzOpenCase *open_case);
gboolean yz_dossier_form_is_empty (YzDossierForm *self); /* no person is named yet */
gboolean yz_dossier_form_is_dirty (YzDossierForm *self);
/* What was read last is in the store; typing since then keeps it dirty. */
void yz_dossier_form_set_saved (YzDossierForm *self);
GPtrArray *
yz_dossier_form_read_persons (YzDossierForm *self); /* (transfer full) (element-type YzPerson) */
GHashTable *yz_dossier_form_read_facts (YzDossierForm *self); /* (transfer full) */
/* Offers what a page of this case says about a person beside the fields it fits. (transfer none) */
void yz_dossier_form_suggest (YzDossierForm *self, const YzSuggestion *suggestion);
/* The version of the case this form was filled from. */
guint yz_dossier_form_get_seen (YzDossierForm *self);
void yz_dossier_form_set_seen (YzDossierForm *self, guint seen);
void yz_dossier_form_focus_first (YzDossierForm *self);

G_END_DECLS
