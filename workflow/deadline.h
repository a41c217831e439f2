/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/calendar.h"

G_BEGIN_DECLS

/*
 * Deadlines: counted in working days of the official calendar, start day excluded, ending at
 * closing time, pauses taken out. Times are microseconds since 1970 UTC, days are China's (UTC+8).
 * Pure: no clock is read here.
 */

#define YZ_CLOSING_DEFAULT (17 * 60 + 30) /* minutes after midnight, China time */

typedef struct {
  gint64 from;
  gint64 to; /* 0: still open */
} YzPause;

typedef struct {
  gint64 at;            /* 0 while a pause is open */
  gboolean provisional; /* crosses into a year whose calendar is not loaded */
} YzDeadline;

YzDeadline yz_deadline_compute (const YzCalendar *calendar,
                                gint64 start,
                                guint limit,
                                const YzPause *pauses,
                                gsize n_pauses,
                                guint closing);

/* Whole working days between two instants, pauses out: the turnaround of a case; and the days left
 * until @deadline seen from @now, negative when late. */
double yz_deadline_elapsed (
    const YzCalendar *calendar, gint64 start, gint64 end, const YzPause *pauses, gsize n_pauses);
int yz_deadline_days_left (const YzCalendar *calendar, gint64 now, gint64 deadline);

gboolean yz_time_parse_iso (const char *text, gint64 *out_time, GError **error);
char *yz_time_format_iso (gint64 time); /* "2026-03-11T17:30:00+08:00" */

G_END_DECLS
