/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/deadline.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* The first line is a time, the rest a calendar: whatever can be read can be counted on. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  char *rest = strchr (text, '\n');
  g_autoptr (YzCalendar) calendar = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = 0;

  if (rest == NULL)
    return 0;
  *rest++ = '\0';
  if (yz_time_parse_iso (text, &start, NULL)) {
    g_autofree char *iso = yz_time_format_iso (start);
    gint64 again = 0;

    g_assert_true (yz_time_parse_iso (iso, &again, NULL));
    g_assert_true (again <= start && start - again < G_TIME_SPAN_SECOND);
  }
  calendar = yz_calendar_parse (rest, strlen (rest), &error);
  g_assert_true ((calendar == NULL) == (error != NULL));
  if (calendar != NULL) {
    YzDeadline deadline = yz_deadline_compute (calendar, start, 7, NULL, 0, YZ_CLOSING_DEFAULT);

    g_assert_true (deadline.at > start);
    g_assert_true (yz_deadline_elapsed (calendar, start, deadline.at, NULL, 0) >= 6.5);
    g_assert_true (yz_deadline_days_left (calendar, start, deadline.at) == 7);
    g_assert_true (yz_calendar_get_first_year (calendar) <= yz_calendar_get_last_year (calendar));
  }
  return 0;
}
