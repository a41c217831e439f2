/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/deadline.h"

#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Days are numbered as GDate numbers them: 1 is the first of January of the year 1. */
#define EPOCH_DAY 719163
#define LAST_DAY 3652059 /* 9999-12-31 */
#define CHINA_OFFSET (8 * G_TIME_SPAN_HOUR)
#define MAX_LIMIT 10000 /* working days, some forty years */

/* The day in China on which an instant falls. */
static guint32
day_of (gint64 time)
{
  gint64 local = time + (time > G_MAXINT64 - CHINA_OFFSET ? 0 : CHINA_OFFSET);
  gint64 day = local / G_TIME_SPAN_DAY - (local % G_TIME_SPAN_DAY < 0 ? 1 : 0);

  return (guint32) CLAMP (day + EPOCH_DAY, 1, LAST_DAY);
}

static gint64
time_of (guint32 day, guint minutes)
{
  return ((gint64) day - EPOCH_DAY) * G_TIME_SPAN_DAY + minutes * G_TIME_SPAN_MINUTE - CHINA_OFFSET;
}

static gboolean
is_working (const YzCalendar *calendar, guint32 day, gboolean *provisional)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  if (provisional != NULL && !yz_calendar_has_year (calendar, g_date_get_year (&date)))
    *provisional = TRUE;
  return yz_calendar_is_working_day (calendar, &date);
}

/* The last day that a pause takes out if it takes @day out too, otherwise 0. */
static guint32
paused_until (guint32 day, gint64 now, const YzPause *pauses, gsize n_pauses)
{
  guint32 until = 0;

  for (gsize i = 0; i < n_pauses; i++) {
    guint32 last = day_of (pauses[i].to != 0 ? pauses[i].to : now);

    if (day_of (pauses[i].from) < day && day <= last)
      until = MAX (until, last);
  }
  return until;
}

/* The pause that runs when @day closes, if it began on that day. */
static const YzPause *
find_pause_over (gint64 closing, const YzPause *pauses, gsize n_pauses)
{
  for (gsize i = 0; i < n_pauses; i++) {
    if (pauses[i].from < closing && pauses[i].to > closing)
      return &pauses[i];
  }
  return NULL;
}

/* The @count-th working day after @day that no pause takes out. */
static guint32
count_on (const YzCalendar *calendar,
          guint32 day,
          guint count,
          const YzPause *pauses,
          gsize n_pauses,
          gboolean *provisional)
{
  while (count > 0) {
    guint32 until = paused_until (++day, 0, pauses, n_pauses);

    if (until != 0)
      day = until;
    else if (is_working (calendar, day, provisional))
      count--;
  }
  return day;
}

/**
 * yz_deadline_compute:
 * @calendar: the official calendar
 * @start: when the case was accepted
 * @limit: working days; 0 means on the spot: the end of the very day
 * @pauses: (array length=n_pauses): in any order, also overlapping
 * @n_pauses: how many
 * @closing: minutes after midnight in China, YZ_CLOSING_DEFAULT, or 24 * 60 without business hours
 *
 * The day of the start is not counted (Civil Code, art. 201), made-up days are, and the last day
 * ends when business does (art. 203). A pause takes out the days after the one on which it began up
 * to the one on which it ended; a pause that began and ended on one day takes out none. When a
 * pause is running as the last day closes, the deadline becomes the first working day after its
 * end; a pause that began after closing comes too late.
 *
 * Returns: the deadline; its time is 0 while a pause is open. It is provisional when a day was
 * asked for whose year is not loaded: Monday to Friday were taken for working days there.
 */
YzDeadline
yz_deadline_compute (const YzCalendar *calendar,
                     gint64 start,
                     guint limit,
                     const YzPause *pauses,
                     gsize n_pauses,
                     guint closing)
{
  YzDeadline deadline = { 0, FALSE };
  const YzPause *pause = NULL;
  guint32 day = day_of (start);

  g_return_val_if_fail (calendar != NULL, deadline);
  g_return_val_if_fail (pauses != NULL || n_pauses == 0, deadline);
  g_return_val_if_fail (closing <= 24 * 60, deadline);

  for (gsize i = 0; i < n_pauses; i++) {
    if (pauses[i].to == 0)
      return deadline;
  }
  if (limit == 0 && start > time_of (day, closing))
    closing = 24 * 60;
  day = count_on (calendar, day, MIN (limit, MAX_LIMIT), pauses, n_pauses, &deadline.provisional);
  while (day <= LAST_DAY &&
         (pause = find_pause_over (time_of (day, closing), pauses, n_pauses)) != NULL)
    day = count_on (calendar, day_of (pause->to), 1, pauses, n_pauses, &deadline.provisional);
  deadline.at = time_of (day, closing);
  return deadline;
}

/**
 * yz_deadline_elapsed:
 * @calendar: the official calendar
 * @start: when the case was accepted
 * @end: when it was decided, or now
 * @pauses: (array length=n_pauses): an open one lasts until @end
 * @n_pauses: how many
 *
 * Counts as the deadline is counted: the working days after the day of @start up to and including
 * the day of @end that no pause takes out. Accepted and decided on one day is 0, on the next
 * working day 1; a case that is decided on its last day within a limit of 7 has taken 7.
 *
 * Returns: whole working days, never negative
 */
double
yz_deadline_elapsed (
    const YzCalendar *calendar, gint64 start, gint64 end, const YzPause *pauses, gsize n_pauses)
{
  guint32 last = day_of (end);
  guint days = 0;

  g_return_val_if_fail (calendar != NULL, 0);
  g_return_val_if_fail (pauses != NULL || n_pauses == 0, 0);

  for (guint32 day = day_of (start) + 1; day <= last; day++) {
    guint32 until = paused_until (day, end, pauses, n_pauses);

    if (until != 0)
      day = until;
    else if (is_working (calendar, day, NULL))
      days++;
  }
  return days;
}

/**
 * yz_deadline_days_left:
 * @calendar: the official calendar
 * @now: the present
 * @deadline: when the case is due
 *
 * Returns: the working days after today up to and including the last day: 1 on the working day
 *   before it, 0 on the day itself. Once the deadline has passed, the working days since then as a
 *   negative number, at least −1.
 */
int
yz_deadline_days_left (const YzCalendar *calendar, gint64 now, gint64 deadline)
{
  guint32 last = 0;
  int days = 0;

  g_return_val_if_fail (calendar != NULL, 0);

  /* A deadline at 24:00 belongs to the day that it ends. */
  last = day_of (deadline > G_MININT64 ? deadline - 1 : deadline);
  if (now <= deadline) {
    for (guint32 day = day_of (now) + 1; day <= last; day++)
      days += is_working (calendar, day, NULL) ? 1 : 0;
    return days;
  }
  for (guint32 day = last + 1; day <= day_of (now); day++)
    days -= is_working (calendar, day, NULL) ? 1 : 0;
  return MIN (days, -1);
}

/* Takes exactly @n_digits digits. */
static gboolean
take_number (const char **rest, guint n_digits, guint max, guint *out_number)
{
  guint number = 0;

  for (guint i = 0; i < n_digits; i++) {
    if (!g_ascii_isdigit ((*rest)[i]))
      return FALSE;
    number = number * 10 + (guint) g_ascii_digit_value ((*rest)[i]);
  }
  if (number > max)
    return FALSE;
  *rest += n_digits;
  *out_number = number;
  return TRUE;
}

static gboolean
take_char (const char **rest, const char *wanted)
{
  if (**rest == '\0' || strchr (wanted, **rest) == NULL)
    return FALSE;
  (*rest)++;
  return TRUE;
}

static gboolean
take_day (const char **rest, guint32 *out_day)
{
  guint year = 0;
  guint month = 0;
  guint day = 0;
  GDate date;

  if (!take_number (rest, 4, 2999, &year) || !take_char (rest, "-") ||
      !take_number (rest, 2, 12, &month) || !take_char (rest, "-") ||
      !take_number (rest, 2, 31, &day))
    return FALSE;
  if (year < 1900 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  *out_day = g_date_get_julian (&date);
  return TRUE;
}

/* "09:00", "09:00:30" or "09:00:30.123456". */
static gboolean
take_clock (const char **rest, gint64 *out_span)
{
  guint hour = 0;
  guint minute = 0;
  guint second = 0;
  gint64 fraction = 0;
  gint64 unit = G_TIME_SPAN_SECOND;

  if (!take_number (rest, 2, 23, &hour) || !take_char (rest, ":") ||
      !take_number (rest, 2, 59, &minute))
    return FALSE;
  if (take_char (rest, ":")) {
    if (!take_number (rest, 2, 59, &second))
      return FALSE;
    if (take_char (rest, ".,")) {
      if (!g_ascii_isdigit (**rest))
        return FALSE;
      for (; g_ascii_isdigit (**rest); (*rest)++) {
        unit /= 10;
        fraction += unit * g_ascii_digit_value (**rest);
      }
    }
  }
  *out_span = hour * G_TIME_SPAN_HOUR + minute * G_TIME_SPAN_MINUTE + second * G_TIME_SPAN_SECOND +
              fraction;
  return TRUE;
}

/* "Z", "+08:00", "+0800", "+08" or nothing, which means China. */
static gboolean
take_offset (const char **rest, gint64 *out_span)
{
  gboolean west = **rest == '-';
  guint hour = 0;
  guint minute = 0;

  *out_span = CHINA_OFFSET;
  if (**rest == '\0')
    return TRUE;
  if (take_char (rest, "Zz")) {
    *out_span = 0;
    return TRUE;
  }
  if (!take_char (rest, "+-") || !take_number (rest, 2, 14, &hour))
    return FALSE;
  if (**rest != '\0') {
    take_char (rest, ":");
    if (!take_number (rest, 2, 59, &minute))
      return FALSE;
  }
  *out_span = hour * G_TIME_SPAN_HOUR + minute * G_TIME_SPAN_MINUTE;
  if (west)
    *out_span = -*out_span;
  return TRUE;
}

/**
 * yz_time_parse_iso:
 * @text: "2026-03-02T09:00+08:00", with or without seconds, "Z" or an offset; without an offset the
 *   time is China's; a day alone means its beginning in China
 * @out_time: (out): microseconds since 1970 UTC, untouched on failure
 *
 * Returns: FALSE with YZ_WORKFLOW_ERROR_INVALID and a sentence when @text is no time
 */
gboolean
yz_time_parse_iso (const char *text, gint64 *out_time, GError **error)
{
  const char *rest = text;
  guint32 day = 0;
  gint64 clock = 0;
  gint64 offset = CHINA_OFFSET;
  gboolean good = FALSE;

  g_return_val_if_fail (text != NULL && out_time != NULL, FALSE);

  good = take_day (&rest, &day);
  if (good && *rest != '\0')
    good = take_char (&rest, "Tt ") && take_clock (&rest, &clock) && take_offset (&rest, &offset);
  if (!good || *rest != '\0') {
    g_autofree char *shown = g_utf8_make_valid (text, (gssize) MIN (strlen (text), 60));

    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                 _ ("“%s” is no time; write it like 2026-03-02T09:00+08:00."), shown);
    return FALSE;
  }
  *out_time = ((gint64) day - EPOCH_DAY) * G_TIME_SPAN_DAY + clock - offset;
  return TRUE;
}

/**
 * yz_time_format_iso:
 * @time: microseconds since 1970 UTC
 *
 * Returns: (transfer full): the time in China to the second, "2026-03-11T17:30:00+08:00"
 */
char *
yz_time_format_iso (gint64 time)
{
  guint32 day = day_of (time);
  gint64 seconds = CLAMP ((time - time_of (day, 0)) / G_TIME_SPAN_SECOND, 0, 24 * 3600 - 1);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%04u-%02u-%02uT%02u:%02u:%02u+08:00", g_date_get_year (&date),
                          (guint) g_date_get_month (&date), g_date_get_day (&date),
                          (guint) (seconds / 3600), (guint) (seconds / 60 % 60),
                          (guint) (seconds % 60));
}
