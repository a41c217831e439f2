/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/calendar.h"

#include "workflow/workflow-error.h"

#include <string.h>

static YzCalendar *
load_china (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("YIZHAN_DATADIR"), "calendar", "cn.csv", NULL);
  g_autoptr (GError) error = NULL;
  YzCalendar *calendar = yz_calendar_load (path, &error);

  g_assert_no_error (error);
  return calendar;
}

static gboolean
works_on (const YzCalendar *calendar, const char *text)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, text);
  g_assert_true (g_date_valid (&date));
  return yz_calendar_is_working_day (calendar, &date);
}

static void
test_china (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  GDate date;

  g_assert_cmpuint (yz_calendar_get_first_year (calendar), ==, 2013);
  g_assert_cmpuint (yz_calendar_get_last_year (calendar), ==, 2026);
  for (guint year = 2013; year <= 2026; year++)
    g_assert_true (yz_calendar_has_year (calendar, year));
  g_assert_false (yz_calendar_has_year (calendar, 2012));
  g_assert_false (yz_calendar_has_year (calendar, 2027));

  g_assert_true (works_on (calendar, "2026-02-14"));  /* a Saturday that is made up */
  g_assert_false (works_on (calendar, "2026-02-16")); /* a Monday in the Spring Festival */
  g_assert_true (works_on (calendar, "2026-03-02"));
  g_assert_false (works_on (calendar, "2026-03-07"));

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 14, G_DATE_FEBRUARY, 2026);
  g_assert_cmpstr (yz_calendar_get_day_name (calendar, &date), ==, "春节");
  g_date_set_dmy (&date, 2, G_DATE_MARCH, 2026);
  g_assert_null (yz_calendar_get_day_name (calendar, &date));
}

/* The file itself is the claim: every row is what the calendar answers, every other day a weekday.
 */
static void
test_every_day (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();
  g_autofree char *path =
      g_build_filename (g_getenv ("YIZHAN_DATADIR"), "calendar", "cn.csv", NULL);
  g_autofree char *text = NULL;
  guint n_named = 0;
  GDate date;
  GDate end;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, 2013);
  g_date_clear (&end, 1);
  g_date_set_dmy (&end, 31, G_DATE_DECEMBER, 2026);
  for (; g_date_compare (&date, &end) <= 0; g_date_add_days (&date, 1)) {
    char day[16];
    const char *row = NULL;
    gboolean expected = g_date_get_weekday (&date) <= 5;

    g_date_strftime (day, sizeof day, "%F", &date);
    row = strstr (text, day);
    if (row != NULL) {
      n_named++;
      expected = g_str_has_prefix (row + strlen (day), ",work,");
    }
    if (yz_calendar_is_working_day (calendar, &date) != expected)
      g_error ("%s is answered wrongly", day);
  }
  g_assert_cmpuint (n_named, ==, 473);
}

static void
test_unloaded (void)
{
  g_autoptr (YzCalendar) calendar = load_china ();

  g_assert_false (works_on (calendar, "2027-01-02")); /* a Saturday */
  g_assert_true (works_on (calendar, "2027-01-01"));  /* nobody told it about this New Year */
}

static void
test_forms (void)
{
  const char *text = "\xef\xbb\xbf"
                     "date,kind,name,source\r\n"
                     "# the year of the horse\r\n"
                     "\r\n"
                     "2026-02-14,work,\"a \"\"big\"\", long feast\",https://www.gov.cn/\r\n"
                     "2026-02-14,work,again\r\n"
                     "2025-10-01,off\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (YzCalendar) calendar = yz_calendar_parse (text, strlen (text), &error);
  GDate date;

  g_assert_no_error (error);
  g_assert_true (works_on (calendar, "2026-02-14"));
  g_assert_false (works_on (calendar, "2025-10-01"));
  g_assert_cmpuint (yz_calendar_get_first_year (calendar), ==, 2025);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 14, G_DATE_FEBRUARY, 2026);
  g_assert_cmpstr (yz_calendar_get_day_name (calendar, &date), ==, "a \"big\", long feast");
}

static void
test_refusals (void)
{
  static const struct {
    const char *text;
    const char *sentence;
  } cases[] = {
    { "", "Line 1: The calendar names no day." },
    { "day,kind,name\n", "Line 1: A calendar begins with the columns date,kind,name." },
    { "date,kind,name\n", "Line 1: The calendar names no day." },
    { "date,kind,name\n2026-02-30,off,x\n",
      "Line 2: “2026-02-30” is no date; a row begins like 2026-02-14,work,春节." },
    { "date,kind,name\n\n2026-2-3,off,x\n",
      "Line 3: “2026-2-3” is no date; a row begins like 2026-02-14,work,春节." },
    { "date,kind,name\n2026-02-03,maybe,x\n", "Line 2: “maybe” is neither off nor work." },
    { "date,kind,name\n2026-02-03,off,x\n2026-02-04,off,x\n2026-02-03,work,x\n",
      "Line 4: Line 2 says the opposite about 2026-02-03." },
    { "date,kind,name\n2026-02-03,off,\xff\n", "Line 1: The file is no UTF-8 text." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (yz_calendar_parse (cases[i].text, strlen (cases[i].text), &error));
    g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
    g_assert_cmpstr (error->message, ==, cases[i].sentence);
  }
}

static void
test_missing_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_calendar_load ("/nowhere/cn.csv", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/knows-holidays-and-made-up-saturdays", test_china);
  g_test_add_func ("/calendar/answers-all-5113-days-as-the-file-says", test_every_day);
  g_test_add_func ("/calendar/takes-monday-to-friday-where-no-year-is-loaded", test_unloaded);
  g_test_add_func ("/calendar/reads-marks-quotes-remarks-and-repetitions", test_forms);
  g_test_add_func ("/calendar/refuses-nonsense-with-line-and-sentence", test_refusals);
  g_test_add_func ("/calendar/names-a-missing-file", test_missing_file);
  return g_test_run ();
}
