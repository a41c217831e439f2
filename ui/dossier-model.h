/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/calendar.h"
#include "workflow/dossier.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The desk's list of cases as a flat tree model. It never changes: another list is another model,
 * so that a view takes 100,000 cases in one go. Words are made only for the rows that are asked
 * for.
 */
#define YZ_TYPE_DOSSIER_MODEL (yz_dossier_model_get_type ())
G_DECLARE_FINAL_TYPE (YzDossierModel, yz_dossier_model, YZ, DOSSIER_MODEL, GObject)

enum {
  YZ_DOSSIER_COLUMN_NUMBER,
  YZ_DOSSIER_COLUMN_APPLICANT,
  YZ_DOSSIER_COLUMN_MATTER,
  YZ_DOSSIER_COLUMN_STATE,
  YZ_DOSSIER_COLUMN_UNIT,
  YZ_DOSSIER_COLUMN_TIME_LEFT, /* in words */
  YZ_DOSSIER_COLUMN_ICON,
  YZ_DOSSIER_COLUMN_CLASS,  /* style class of the urgency */
  YZ_DOSSIER_COLUMN_SPOKEN, /* everything in one sentence, for a screen reader */
  YZ_DOSSIER_N_COLUMNS,
};

/**
 * yz_dossier_model_new:
 * @dossiers: (element-type YzDossier): kept, never changed afterwards
 * @calendar: the working days
 * @now: microseconds since 1970 UTC, from which time left is counted
 */
YzDossierModel *yz_dossier_model_new (GPtrArray *dossiers, YzCalendar *calendar, gint64 now);
guint yz_dossier_model_get_length (YzDossierModel *self);
/* (nullable) when there is no such row */
const YzDossier *yz_dossier_model_get (YzDossierModel *self, guint index);
const YzDossier *yz_dossier_model_get_at (YzDossierModel *self, GtkTreeIter *iter);
/* The row of a case, -1 when it is not in the list. */
int yz_dossier_model_find (YzDossierModel *self, const char *number);
/* The moment from which time left is counted, and the days it is counted in. */
gint64 yz_dossier_model_get_now (YzDossierModel *self);
const YzCalendar *yz_dossier_model_get_calendar (YzDossierModel *self);

G_END_DECLS
