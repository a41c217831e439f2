/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/calendar.h"

#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LENGTH (1024 * 1024) /* bytes; fourteen years have 42 KiB */
#define FIRST_YEAR 1950
#define LAST_YEAR 2199
#define N_COLUMNS 3 /* date, kind, name; what follows them is for people */

typedef struct {
  gboolean working;
  guint line;
  char *name;
} Day;

struct _YzCalendar {
  grefcount references;
  GHashTable *days; /* julian day as GUINT_TO_POINTER → Day */
  GHashTable *years;
  guint first_year;
  guint last_year;
};

static void
free_day (gpointer data)
{
  Day *day = data;

  g_free (day->name);
  g_free (day);
}

static YzCalendar *
new_calendar (void)
{
  YzCalendar *self = g_new0 (YzCalendar, 1);

  g_ref_count_init (&self->references);
  self->days = g_hash_table_new_full (NULL, NULL, NULL, free_day);
  self->years = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * yz_calendar_ref:
 * @self: a calendar
 *
 * Returns: (transfer full): @self
 */
YzCalendar *
yz_calendar_ref (YzCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_ref_count_inc (&self->references);
  return self;
}

/**
 * yz_calendar_unref:
 * @self: (nullable) (transfer full): a calendar
 */
void
yz_calendar_unref (YzCalendar *self)
{
  if (self == NULL || !g_ref_count_dec (&self->references))
    return;

  g_hash_table_unref (self->days);
  g_hash_table_unref (self->years);
  g_free (self);
}

static gboolean G_GNUC_PRINTF (3, 4) refuse (GError **error, guint line, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID, _ ("Line %u: %s"), line,
               sentence);
  return FALSE;
}

/* Takes the next cell of a row; a cell in quotes may hold commas and doubled quotes. */
static char *
take_cell (const char **rest)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  const char *at = *rest;
  gboolean quoted = *at == '"';

  if (quoted)
    at++;
  while (*at != '\0' && (quoted || *at != ',')) {
    if (quoted && *at == '"') {
      quoted = at[1] == '"';
      at++;
      if (!quoted)
        continue;
    }
    g_string_append_c (cell, *at++);
  }
  *rest = *at == ',' ? at + 1 : at;
  return g_strdup (g_strstrip (cell->str));
}

/* "2026-02-14" and nothing else. */
static gboolean
read_date (const char *text, GDate *out_date)
{
  guint numbers[3] = { 0, 0, 0 };
  guint n = 0;

  if (strlen (text) != strlen ("2026-02-14"))
    return FALSE;
  for (guint i = 0; text[i] != '\0'; i++) {
    if (i == 4 || i == 7) {
      if (text[i] != '-')
        return FALSE;
      n++;
    } else if (g_ascii_isdigit (text[i])) {
      numbers[n] = numbers[n] * 10 + (guint) g_ascii_digit_value (text[i]);
    } else {
      return FALSE;
    }
  }
  if (numbers[0] < FIRST_YEAR || numbers[0] > LAST_YEAR || numbers[1] < 1 || numbers[1] > 12 ||
      !g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]))
    return FALSE;
  g_date_clear (out_date, 1);
  g_date_set_dmy (out_date, (GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]);
  return TRUE;
}

static void
add_day (YzCalendar *self, const GDate *date, Day *day)
{
  guint year = g_date_get_year (date);

  g_hash_table_replace (self->days, GUINT_TO_POINTER (g_date_get_julian (date)), day);
  g_hash_table_add (self->years, GUINT_TO_POINTER (year));
  if (self->first_year == 0 || year < self->first_year)
    self->first_year = year;
  if (year > self->last_year)
    self->last_year = year;
}

static gboolean
read_row (YzCalendar *self, const char *row, guint line, GError **error)
{
  g_autofree char *date_text = take_cell (&row);
  g_autofree char *kind = take_cell (&row);
  g_autofree char *name = take_cell (&row);
  const Day *earlier = NULL;
  Day *day = NULL;
  GDate date;
  gboolean working = g_str_equal (kind, "work");

  if (!read_date (date_text, &date))
    return refuse (error, line, _ ("“%s” is no date; a row begins like 2026-02-14,work,春节."),
                   date_text);
  if (!working && !g_str_equal (kind, "off"))
    return refuse (error, line, _ ("“%s” is neither off nor work."), kind);
  earlier = g_hash_table_lookup (self->days, GUINT_TO_POINTER (g_date_get_julian (&date)));
  if (earlier != NULL && earlier->working != working)
    return refuse (error, line, _ ("Line %u says the opposite about %s."), earlier->line,
                   date_text);
  if (earlier != NULL)
    return TRUE;

  day = g_new0 (Day, 1);
  day->working = working;
  day->line = line;
  day->name = *name != '\0' ? g_steal_pointer (&name) : NULL;
  add_day (self, &date, day);
  return TRUE;
}

static gboolean
read_header (const char *row, GError **error)
{
  static const char *const columns[N_COLUMNS] = { "date", "kind", "name" };

  for (guint i = 0; i < N_COLUMNS; i++) {
    g_autofree char *cell = take_cell (&row);

    if (!g_str_equal (cell, columns[i]))
      return refuse (error, 1, _ ("A calendar begins with the columns date,kind,name."));
  }
  return TRUE;
}

static gboolean
read_rows (YzCalendar *self, const char *text, GError **error)
{
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);

  for (guint i = 0; rows[i] != NULL; i++) {
    g_strchomp (rows[i]);
    if (i == 0) {
      if (!read_header (rows[0], error))
        return FALSE;
    } else if (*rows[i] != '\0' && *rows[i] != '#') {
      if (!read_row (self, rows[i], i + 1, error))
        return FALSE;
    }
  }
  if (self->last_year == 0)
    return refuse (error, 1, _ ("The calendar names no day."));
  return TRUE;
}

/**
 * yz_calendar_parse:
 * @csv: UTF-8 text with the columns date (2026-02-14), kind (“off”: nobody works, “work”: a weekend
 *   day that is made up), name; further columns are for people
 * @length: in bytes
 *
 * Reads the days that the State Council's yearly notices change. On all other days people work from
 * Monday to Friday. A year counts as loaded when one of its days is named. The same day twice is
 * accepted, two answers about a day are not.
 *
 * Returns: (transfer full): the calendar, or NULL with YZ_WORKFLOW_ERROR_INVALID, line and sentence
 */
YzCalendar *
yz_calendar_parse (const char *csv, gsize length, GError **error)
{
  g_autoptr (YzCalendar) self = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (csv != NULL || length == 0, NULL);

  if (length > MAX_LENGTH) {
    refuse (error, 1, _ ("The file is too long for a calendar: %zu bytes."), length);
    return NULL;
  }
  if (length >= 3 && memcmp (csv, "\xef\xbb\xbf", 3) == 0) {
    csv += 3;
    length -= 3;
  }
  if (length > 0 && !g_utf8_validate_len (csv, length, NULL)) {
    refuse (error, 1, _ ("The file is no UTF-8 text."));
    return NULL;
  }
  text = g_strndup (csv, length);
  self = new_calendar ();
  return read_rows (self, text, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * yz_calendar_load:
 * @path: a file as yz_calendar_parse() reads it
 *
 * Returns: (transfer full): the calendar, or NULL with the file, line and sentence
 */
YzCalendar *
yz_calendar_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  YzCalendar *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  self = yz_calendar_parse (text, length, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", path);
  return self;
}

/**
 * yz_calendar_is_working_day:
 * @self: a calendar
 * @day: a day in China
 *
 * Returns: whether the offices work; in a year that is not loaded, whether it is Monday to Friday
 */
gboolean
yz_calendar_is_working_day (const YzCalendar *self, const GDate *day)
{
  const Day *named = NULL;

  g_return_val_if_fail (self != NULL && g_date_valid (day), FALSE);

  named = g_hash_table_lookup (self->days, GUINT_TO_POINTER (g_date_get_julian (day)));
  return named != NULL ? named->working : g_date_get_weekday (day) <= G_DATE_FRIDAY;
}

/**
 * yz_calendar_has_year:
 * @self: a calendar
 * @year: "2027"
 *
 * Returns: whether the notice of that year is loaded
 */
gboolean
yz_calendar_has_year (const YzCalendar *self, guint year)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_hash_table_contains (self->years, GUINT_TO_POINTER (year));
}

/**
 * yz_calendar_get_day_name:
 * @self: a calendar
 * @day: a day in China
 *
 * Returns: (nullable): the holiday because of which the day is off or made up
 */
const char *
yz_calendar_get_day_name (const YzCalendar *self, const GDate *day)
{
  const Day *named = NULL;

  g_return_val_if_fail (self != NULL && g_date_valid (day), NULL);

  named = g_hash_table_lookup (self->days, GUINT_TO_POINTER (g_date_get_julian (day)));
  return named != NULL ? named->name : NULL;
}

/**
 * yz_calendar_get_first_year:
 * @self: a calendar
 *
 * Returns: the first year that is loaded
 */
guint
yz_calendar_get_first_year (const YzCalendar *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->first_year;
}

/**
 * yz_calendar_get_last_year:
 * @self: a calendar
 *
 * Returns: the last year that is loaded; years between the two may be missing
 */
guint
yz_calendar_get_last_year (const YzCalendar *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->last_year;
}
