/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/calendar.h"
#include "workflow/dossier.h"

G_BEGIN_DECLS

/*
 * Words: dates, deadlines and errors as a person would say them, in the reader's language. Pure:
 * the present moment is an argument.
 */

/* How pressing a case is; never shown by colour alone. */
typedef enum {
  YZ_URGENCY_NONE,   /* no deadline runs */
  YZ_URGENCY_CALM,   /* more than one working day */
  YZ_URGENCY_SOON,   /* today or the next working day */
  YZ_URGENCY_LATE,   /* passed */
  YZ_URGENCY_PAUSED, /* the clock stands */
} YzUrgency;

char *yz_words_date (gint64 time);       /* "Fri 14 Nov 2026" */
char *yz_words_moment (gint64 time);     /* "Fri 14 Nov 17:30" */
char *yz_words_birth (const GDate *day); /* "14 Nov 1980" */
char *yz_words_working_days (double days);
YzUrgency yz_words_get_urgency (const YzDossier *dossier, const YzCalendar *calendar, gint64 now);
const char *yz_urgency_get_icon (YzUrgency urgency);
const char *yz_urgency_get_class (YzUrgency urgency); /* style class */
char *yz_words_time_left (const YzDossier *dossier, const YzCalendar *calendar, gint64 now);
/* The same for a narrow list: "2 working days left", without the moment. */
char *yz_words_time_short (const YzDossier *dossier, const YzCalendar *calendar, gint64 now);
char *yz_words_error (const GError *error);
/* Where a sheet's picture comes from: "camera" or "import". */
/* (transfer full): a file's name as it can be read, and not longer than a line */
char *yz_words_file (const char *name);
gboolean yz_words_is_imported (const YzSheet *sheet);
const char *yz_words_origin (const char *origin);
const char *yz_words_deciding_level (const char *level); /* a matter's: "the station decides" */
const char *yz_words_relation (const char *relation);
const char *const *yz_words_list_relations (void);
/* "too blurred: hold still", or without the advice; NULL when fine */
char *yz_words_verdicts (const char *verdicts, gboolean imported);
char *yz_words_roles (const char *const *roles);
char *yz_words_pages (guint pages);

G_END_DECLS
