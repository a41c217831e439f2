/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/deadline.h"

#include "workflow/workflow-error.h"

#include <string.h>

#define N_RANDOM 3000
#define N_OPEN 50000

static char *
read_china (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("YIZHAN_DATADIR"), "calendar", "cn.csv", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static YzCalendar *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  YzCalendar *calendar = yz_calendar_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return calendar;
}

static YzCalendar *
load_china (void)
{
  g_autofree char *text = read_china ();

  return parse (text);
}

/* As it was announced on 2019-11-21: the Spring Festival ends on 30 January, the first of February
 * is made up. */
static YzCalendar *
load_before_amendment (void)
{
  g_autofree char *text = read_china ();
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  g_autoptr (GString) earlier = g_string_new (NULL);

  for (guint i = 0; rows[i] != NULL; i++) {
    if (g_str_has_prefix (rows[i], "2020-01-31") || g_str_has_prefix (rows[i], "2020-02-0"))
      continue;
    g_string_append (g_string_append (earlier, rows[i]), "\n");
  }
  g_string_append (earlier, "2020-02-01,work,春节\n");
  return parse (earlier->str);
}

static gint64
at (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 time = 0;

  yz_time_parse_iso (text, &time, &error);
  g_assert_no_error (error);
  return time;
}

/* Takes a cell of the vectors' file: quoted when it holds commas. */
static char *
take_cell (char **rest)
{
  GString *cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (; **rest != '\0' && (quoted || **rest != ','); (*rest)++) {
    if (**rest == '"' && quoted && (*rest)[1] == '"')
      g_string_append_c (cell, *(*rest)++);
    else if (**rest == '"')
      quoted = !quoted;
    else
      g_string_append_c (cell, **rest);
  }
  if (**rest == ',')
    (*rest)++;
  return g_string_free (cell, FALSE);
}

/* [["2026-03-04T10:00+08:00", "2026-03-09T10:00+08:00"], ["2026-03-12T10:00+08:00", null]] */
static GArray *
read_pauses (const char *text)
{
  GArray *pauses = g_array_new (FALSE, TRUE, sizeof (YzPause));
  g_auto (GStrv) words = g_strsplit_set (text, "[], ", -1);
  YzPause pause = { 0 };
  gboolean first = TRUE;

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *bare = g_strndup (words[i] + 1, MAX (strlen (words[i]), 2) - 2);

    if (*words[i] == '\0')
      continue;
    if (first)
      pause.from = at (bare);
    else
      pause.to = g_str_equal (words[i], "null") ? 0 : at (bare);
    if (!first)
      g_array_append_val (pauses, pause);
    first = !first;
  }
  return pauses;
}

static void
check_vector (char *row, const YzCalendar *final, const YzCalendar *before)
{
  g_autofree char *id = take_cell (&row);
  g_autofree char *start = take_cell (&row);
  g_autofree char *limit = take_cell (&row);
  g_autofree char *pauses_text = take_cell (&row);
  g_autofree char *closing = take_cell (&row);
  g_autofree char *calendar = take_cell (&row);
  g_autofree char *expected = take_cell (&row);
  g_autoptr (GArray) pauses = read_pauses (pauses_text);
  guint minutes = (guint) (atoi (closing) * 60 + atoi (strchr (closing, ':') + 1));
  YzDeadline deadline = yz_deadline_compute (
      g_str_equal (calendar, "2013-2026 final") ? final : before, at (start), (guint) atoi (limit),
      (const YzPause *) (gpointer) pauses->data, pauses->len, minutes);
  g_autofree char *found = deadline.at != 0 ? yz_time_format_iso (deadline.at) : g_strdup ("");

  g_test_message ("vector %s", id);
  g_assert_cmpstr (found, ==, expected);
  g_assert_false (deadline.provisional);
}

static void
test_vectors (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "workflow", "deadline-vectors.csv", NULL);
  g_autoptr (YzCalendar) final = load_china ();
  g_autoptr (YzCalendar) before = load_before_amendment ();
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 1; rows[i] != NULL; i++) {
    if (*g_strchomp (rows[i]) != '\0') {
      check_vector (rows[i], final, before);
      n++;
    }
  }
  g_assert_cmpuint (n, ==, 20);
}

/* China's day of an instant as text, found by the C library and not by the code under test. */
static char *
day_text (gint64 time)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, china);

  return g_date_time_format (local, "%F");
}

static gboolean
is_paused (const char *day, const YzPause *pauses, gsize n_pauses)
{
  for (gsize i = 0; i < n_pauses; i++) {
    g_autofree char *from = day_text (pauses[i].from);
    g_autofree char *to = day_text (pauses[i].to);

    if (strcmp (from, day) < 0 && strcmp (day, to) <= 0)
      return TRUE;
  }
  return FALSE;
}

/*
 * The rule said in another way: the deadline is the first closing time by which the limit's working
 * days have gone by and at which no pause runs, on a day that counts.
 */
static char *
recount (const YzCalendar *calendar,
         gint64 start,
         guint limit,
         const YzPause *pauses,
         gsize n_pauses,
         guint closing)
{
  g_autofree char *first = day_text (start);
  guint days = 0;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, first);
  for (;;) {
    char day[16];
    g_autofree char *closes = NULL;
    gint64 end = 0;
    gboolean over = FALSE;

    g_date_add_days (&date, 1);
    g_date_strftime (day, sizeof day, "%F", &date);
    if (!yz_calendar_is_working_day (calendar, &date) || is_paused (day, pauses, n_pauses))
      continue;
    closes = g_strdup_printf ("%sT00:00+08:00", day);
    end = at (closes) + closing * G_TIME_SPAN_MINUTE;
    for (gsize i = 0; i < n_pauses; i++)
      over = over || (pauses[i].from < end && end < pauses[i].to);
    if (++days >= limit && !over)
      return yz_time_format_iso (end);
  }
}

static void
test_random (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260302);
  gint64 first = at ("2013-01-01");

  for (guint i = 0; i < N_RANDOM; i++) {
    gint64 start = first + g_rand_int_range (rand, 0, 4900 * 24 * 60) * G_TIME_SPAN_MINUTE;
    guint limit = (guint) g_rand_int_range (rand, 1, 31);
    guint closing = g_rand_boolean (rand) ? YZ_CLOSING_DEFAULT : 24 * 60;
    gsize n_pauses = (gsize) g_rand_int_range (rand, 0, 4);
    YzPause pauses[3] = { 0 };
    YzDeadline deadline;
    g_autofree char *expected = NULL;
    g_autofree char *found = NULL;

    for (gsize k = 0; k < n_pauses; k++) {
      pauses[k].from = start + g_rand_int_range (rand, -1, 20 * 24 * 60) * G_TIME_SPAN_MINUTE;
      pauses[k].to = pauses[k].from + g_rand_int_range (rand, 1, 12 * 24 * 60) * G_TIME_SPAN_MINUTE;
    }
    deadline = yz_deadline_compute (calendar, start, limit, pauses, n_pauses, closing);
    found = yz_time_format_iso (deadline.at);
    expected = recount (calendar, start, limit, pauses, n_pauses, closing);
    if (!g_str_equal (found, expected))
      g_test_message ("case %u: start %" G_GINT64_FORMAT " limit %u", i, start, limit);
    g_assert_cmpstr (found, ==, expected);
  }
}

static char *
due (const YzCalendar *calendar, const char *start, guint limit, const char *from, const char *to)
{
  YzPause pause = { from != NULL ? at (from) : 0, to != NULL ? at (to) : 0 };
  YzDeadline deadline = yz_deadline_compute (calendar, at (start), limit, &pause,
                                             from != NULL ? 1 : 0, YZ_CLOSING_DEFAULT);

  return yz_time_format_iso (deadline.at);
}

static void
test_last_day (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  g_autofree char *back_in_time =
      due (calendar, "2026-03-02T09:00", 5, "2026-03-09T10:00", "2026-03-09T16:00");
  g_autofree char *back_too_late =
      due (calendar, "2026-03-02T09:00", 5, "2026-03-09T10:00", "2026-03-09T19:00");

  g_assert_cmpstr (back_in_time, ==, "2026-03-09T17:30:00+08:00");
  g_assert_cmpstr (back_too_late, ==, "2026-03-10T17:30:00+08:00");
}

static void
test_on_the_spot (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  g_autofree char *day = due (calendar, "2026-03-02T09:00", 0, NULL, NULL);
  g_autofree char *saturday = due (calendar, "2026-03-07T09:00", 0, NULL, NULL);
  g_autofree char *evening = due (calendar, "2026-03-02T18:00", 0, NULL, NULL);
  g_autofree char *paused =
      due (calendar, "2026-03-06T09:00", 0, "2026-03-06T10:00", "2026-03-07T10:00");

  g_assert_cmpstr (day, ==, "2026-03-02T17:30:00+08:00");
  g_assert_cmpstr (saturday, ==, "2026-03-07T17:30:00+08:00");
  g_assert_cmpstr (evening, ==, "2026-03-03T00:00:00+08:00");
  g_assert_cmpstr (paused, ==, "2026-03-09T17:30:00+08:00");
}

static void
test_provisional (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  YzDeadline inside =
      yz_deadline_compute (calendar, at ("2026-12-24T09:00"), 5, NULL, 0, YZ_CLOSING_DEFAULT);
  YzDeadline beyond =
      yz_deadline_compute (calendar, at ("2026-12-24T09:00"), 7, NULL, 0, YZ_CLOSING_DEFAULT);

  g_assert_false (inside.provisional);
  g_assert_cmpint (inside.at, ==, at ("2026-12-31T17:30"));
  g_assert_true (beyond.provisional);
  g_assert_cmpint (beyond.at, ==, at ("2027-01-04T17:30"));
}

static void
test_elapsed (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  YzPause pause = { at ("2026-03-04T10:00"), at ("2026-03-09T10:00") };
  YzPause open = { at ("2026-03-04T10:00"), 0 };
  gint64 start = at ("2026-03-02T09:00");

#define ELAPSED(end, pauses, n)                                                                    \
  ((int) yz_deadline_elapsed (calendar, start, at (end), (pauses), (n)))
  g_assert_cmpint (ELAPSED ("2026-03-02T17:00", NULL, 0), ==, 0);
  g_assert_cmpint (ELAPSED ("2026-03-03T08:00", NULL, 0), ==, 1);
  g_assert_cmpint (ELAPSED ("2026-03-08T12:00", NULL, 0), ==, 4);
  g_assert_cmpint (ELAPSED ("2026-03-11T17:30", NULL, 0), ==, 7);
  g_assert_cmpint (ELAPSED ("2026-03-16T17:30", &pause, 1), ==, 7);
  g_assert_cmpint (ELAPSED ("2026-03-16T17:30", &open, 1), ==, 2);
  g_assert_cmpint (ELAPSED ("2026-03-01T17:30", NULL, 0), ==, 0);
#undef ELAPSED
}

static void
test_days_left (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  gint64 friday = at ("2026-03-13T17:30");

#define LEFT(now) yz_deadline_days_left (calendar, at (now), friday)
  g_assert_cmpint (LEFT ("2026-03-06T18:00"), ==, 5);
  g_assert_cmpint (LEFT ("2026-03-12T09:00"), ==, 1);
  g_assert_cmpint (LEFT ("2026-03-13T17:30"), ==, 0);
  g_assert_cmpint (LEFT ("2026-03-13T17:31"), ==, -1);
  g_assert_cmpint (LEFT ("2026-03-15T12:00"), ==, -1);
  g_assert_cmpint (LEFT ("2026-03-16T09:00"), ==, -1);
  g_assert_cmpint (LEFT ("2026-03-17T09:00"), ==, -2);
#undef LEFT
  g_assert_cmpint (yz_deadline_days_left (calendar, at ("2026-03-13T09:00"), at ("2026-03-14")), ==,
                   0);
}

static void
test_times (void)
{
  static const char *const same[] = {
    "2026-03-02T00:30:00+08:00", "2026-03-01T16:30:00Z",  "2026-03-01T16:30Z",
    "2026-03-02T00:30",          "2026-03-02 00:30:00",   "2026-03-01T16:30:00.000+00:00",
    "2026-03-02T00:30+0800",     "2026-03-02T00:30+08",   "2026-03-01T12:30-04:00",
    "2026-03-02t00:30:00,0",     "2026-03-01T22:00+0530",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *text = yz_time_format_iso (at (same[i]));

    g_assert_cmpstr (text, ==, "2026-03-02T00:30:00+08:00");
  }
  g_assert_cmpint (at ("1970-01-01T00:00Z"), ==, 0);
  g_assert_cmpint (at ("1970-01-01T00:00:00.25Z"), ==, 250000);
  g_assert_cmpint (at ("1969-12-31T23:59:59Z"), ==, -G_TIME_SPAN_SECOND);
  g_assert_cmpint (at ("2026-03-02"), ==, at ("2026-03-01T16:00Z"));
}

static void
test_junk (void)
{
  static const char *const junk[] = {
    "",
    "yesterday",
    "2026-3-2",
    "2026-02-29T09:00",
    "2026-13-01T09:00",
    "2026-03-02T",
    "2026-03-02T9:00",
    "2026-03-02T24:00",
    "2026-03-02T09:60",
    "2026-03-02T09:00:60",
    "2026-03-02T09:00:00.",
    "2026-03-02T09:00+8",
    "2026-03-02T09:00+15:00",
    "2026-03-02T09:00Zulu",
    "2026-03-02T09:00 ",
    "0001-01-01T09:00",
    "\xff",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (junk); i++) {
    g_autoptr (GError) error = NULL;
    gint64 time = 42;

    g_assert_false (yz_time_parse_iso (junk[i], &time, &error));
    g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
    g_assert_cmpint (time, ==, 42);
  }
}

/* Whatever stands in a store must not hang or crash the desk. */
static void
test_extremes (void)
{
  static const gint64 times[] = { G_MININT64, -1, 1, G_MAXINT64 };
  g_autoptr (YzCalendar) calendar = load_china ();

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
    for (gsize k = 0; k < G_N_ELEMENTS (times); k++) {
      YzPause pause = { times[i], times[k] };
      YzDeadline deadline =
          yz_deadline_compute (calendar, times[i], G_MAXUINT, &pause, 1, YZ_CLOSING_DEFAULT);
      g_autofree char *text = yz_time_format_iso (deadline.at);

      g_assert_true (deadline.provisional);
      g_assert_cmpuint (strlen (text), >=, strlen ("2026-03-02T09:00:00+08:00"));
      g_assert_cmpfloat (yz_deadline_elapsed (calendar, times[i], 1, &pause, 1), >=, 0);
    }
  }
}

static void
test_speed (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  gint64 start = at ("2025-01-01T09:00");
  YzPause pause = { start + 2 * G_TIME_SPAN_DAY, start + 5 * G_TIME_SPAN_DAY };
  gint64 latest = 0;

  g_test_timer_start ();
  for (guint i = 0; i < N_OPEN; i++)
    latest = MAX (latest, yz_deadline_compute (calendar, start + i * G_TIME_SPAN_MINUTE, 7, &pause,
                                               1, YZ_CLOSING_DEFAULT)
                              .at);
  g_test_minimized_result (g_test_timer_elapsed (), "%u open deadlines", N_OPEN);
  g_assert_cmpint (latest, >, at ("2025-02-01"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline/all-twenty-vectors-hold", test_vectors);
  g_test_add_func ("/deadline/agrees-with-a-recount-by-brute-force", test_random);
  g_test_add_func ("/deadline/pause-over-the-last-closing-moves-the-end", test_last_day);
  g_test_add_func ("/deadline/on-the-spot-ends-on-the-very-day", test_on_the_spot);
  g_test_add_func ("/deadline/year-that-is-not-loaded-makes-it-provisional", test_provisional);
  g_test_add_func ("/deadline/elapsed-days-count-as-the-limit-does", test_elapsed);
  g_test_add_func ("/deadline/days-left-turn-negative-when-late", test_days_left);
  g_test_add_func ("/deadline/reads-times-with-and-without-offset", test_times);
  g_test_add_func ("/deadline/refuses-what-is-no-time", test_junk);
  g_test_add_func ("/deadline/survives-times-beyond-reason", test_extremes);
  g_test_add_func ("/deadline/recomputes-fifty-thousand", test_speed);
  return g_test_run ();
}
