/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/checks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INTERPUNCT 0x00b7
#define COMPACT_DATE 8 /* 20141103 */
#define PLAIN_DATE 10  /* 2014-11-03 */
#define LATE_MONTHS 1  /* to declare a birth in */
#define LATE_ENTRY_YEARS 1

static void
free_finding (gpointer data)
{
  YzFinding *finding = data;

  g_free (finding->sentence);
  g_free (finding);
}

static GPtrArray *
new_findings (void)
{
  return g_ptr_array_new_with_free_func (free_finding);
}

static void G_GNUC_PRINTF (4, 5)
    add (GPtrArray *findings, const char *rule, YzSeverity severity, const char *format, ...)
{
  YzFinding *finding = g_new0 (YzFinding, 1);
  va_list arguments;

  finding->rule = rule;
  finding->severity = severity;
  va_start (arguments, format);
  finding->sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (findings, finding);
}

/**
 * yz_checks_find_worst:
 * @findings: (element-type YzFinding): may be empty
 *
 * Returns: (nullable) (transfer none): the first of the most severe ones
 */
const YzFinding *
yz_checks_find_worst (GPtrArray *findings)
{
  const YzFinding *worst = NULL;

  g_return_val_if_fail (findings != NULL, NULL);

  for (guint i = 0; i < findings->len; i++) {
    const YzFinding *finding = g_ptr_array_index (findings, i);

    if (worst == NULL || finding->severity > worst->severity)
      worst = finding;
  }
  return worst;
}

/**
 * yz_checks_name:
 * @name: as typed, surrounding spaces taken off
 *
 * Rule A07: two characters or more, Chinese ones only, the parts of a minority's name joined by the
 * interpunct U+00B7. Whether a character is in the standard table for given names is not looked at:
 * many lawful names are older than the table.
 *
 * Returns: (transfer full) (element-type YzFinding): warnings; nothing typed is not judged
 */
GPtrArray *
yz_checks_name (const char *name)
{
  g_autoptr (GPtrArray) findings = new_findings ();
  const char *at = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (*name == '\0')
    return g_steal_pointer (&findings);
  if (!g_utf8_validate (name, -1, NULL)) {
    add (findings, "A07", YZ_SEVERITY_BLOCK, _ ("The name is no readable text."));
    return g_steal_pointer (&findings);
  }
  for (at = name; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean edge = at == name || *g_utf8_next_char (at) == '\0';
    g_autofree char *shown = g_utf8_substring (at, 0, 1);

    if (g_unichar_get_script (character) == G_UNICODE_SCRIPT_HAN ||
        (character == INTERPUNCT && !edge))
      continue;
    if (character == INTERPUNCT)
      add (findings, "A07", YZ_SEVERITY_WARN, _ ("“·” joins two parts of a name."));
    else if (g_unichar_isspace (character))
      add (findings, "A07", YZ_SEVERITY_WARN, _ ("There is a space in the name."));
    else if (g_unichar_ispunct (character))
      add (findings, "A07", YZ_SEVERITY_WARN,
           _ ("“%s” does not belong in a name; parts of a name are joined by “·”."), shown);
    else
      add (findings, "A07", YZ_SEVERITY_WARN, _ ("“%s” is no Chinese character."), shown);
    return g_steal_pointer (&findings);
  }
  if (g_utf8_strlen (name, -1) < 2)
    add (findings, "A07", YZ_SEVERITY_WARN, _ ("A name has two characters or more."));
  return g_steal_pointer (&findings);
}

/**
 * yz_checks_number:
 * @number: a citizen number as typed
 * @today: the day
 *
 * Rules A01 to A03, which block, and A06, a warning.
 *
 * Returns: (transfer full) (element-type YzFinding)
 */
GPtrArray *
yz_checks_number (const char *number, const GDate *today)
{
  g_autoptr (GPtrArray) findings = new_findings ();
  g_autoptr (GError) error = NULL;
  YzIdentity identity = { 0 };

  g_return_val_if_fail (number != NULL && today != NULL, NULL);

  if (!yz_identity_check (number, today, &identity, &error))
    add (findings, "A01", YZ_SEVERITY_BLOCK, "%s", error->message);
  else if (!identity.region_known)
    add (findings, "A06", YZ_SEVERITY_WARN,
         _ ("The region code %.6s is in no list, present or former. Compare it with the card."),
         identity.number);
  return g_steal_pointer (&findings);
}

/**
 * yz_checks_birth:
 * @identity: a number taken apart
 * @birth: (nullable): the recorded birth date
 * @sex: the recorded sex, or YZ_SEX_UNKNOWN
 * @first_registration: whether the record is new: what differs in an old one is a warning, because
 *   a correction is a case of its own
 *
 * Rules A04 and A05: the number says the recorded birth date and sex.
 *
 * Returns: (transfer full) (element-type YzFinding)
 */
GPtrArray *
yz_checks_birth (const YzIdentity *identity,
                 const GDate *birth,
                 YzSex sex,
                 gboolean first_registration)
{
  g_autoptr (GPtrArray) findings = new_findings ();
  YzSeverity severity = first_registration ? YZ_SEVERITY_BLOCK : YZ_SEVERITY_WARN;

  g_return_val_if_fail (identity != NULL, NULL);

  if (birth != NULL && g_date_compare (birth, &identity->birth) != 0)
    add (findings, "A04", severity,
         _ ("The number says born on %.4s-%.2s-%.2s, the record another day."),
         identity->number + 6, identity->number + 10, identity->number + 12);
  if (sex != YZ_SEX_UNKNOWN && sex != identity->sex)
    add (findings, "A05", severity,
         identity->sex == YZ_SEX_MALE ? _ ("The number is a man’s, the record says a woman.")
                                      : _ ("The number is a woman’s, the record says a man."));
  return g_steal_pointer (&findings);
}

/**
 * yz_checks_registration:
 * @birth: the birth date of a child
 * @registered: the day of the registration
 *
 * Rule A10: a birth is not to come, and is declared within a month; from the first birthday on it
 * is a late entry, which is a matter of its own (B07).
 *
 * Returns: (transfer full) (element-type YzFinding)
 */
GPtrArray *
yz_checks_registration (const GDate *birth, const GDate *registered)
{
  g_autoptr (GPtrArray) findings = new_findings ();
  GDate month;
  GDate year;

  g_return_val_if_fail (birth != NULL && registered != NULL, NULL);

  month = *birth;
  g_date_add_months (&month, LATE_MONTHS);
  year = *birth;
  g_date_add_years (&year, LATE_ENTRY_YEARS);
  if (g_date_compare (birth, registered) > 0)
    add (findings, "A10", YZ_SEVERITY_BLOCK, _ ("The birth date is still to come."));
  else if (g_date_compare (registered, &year) >= 0)
    add (findings, "A10", YZ_SEVERITY_WARN,
         _ ("Born more than a year ago: this is a late entry, matter B07."));
  else if (g_date_compare (registered, &month) > 0)
    add (findings, "A10", YZ_SEVERITY_WARN,
         _ ("Born more than a month ago: the birth is declared late."));
  return g_steal_pointer (&findings);
}

/**
 * yz_checks_read_date:
 * @text: "2014-11-03" or "20141103"
 * @out_date: (out): untouched on failure
 *
 * Returns: whether @text is a day of the calendar
 */
GDate
yz_checks_get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  return today;
}

gboolean
yz_checks_read_date (const char *text, GDate *out_date)
{
  gsize length = 0;
  guint digits[COMPACT_DATE] = { 0 };
  guint n = 0;
  guint year = 0;
  guint month = 0;
  guint day = 0;

  g_return_val_if_fail (text != NULL && out_date != NULL, FALSE);

  length = strlen (text);
  if (length != COMPACT_DATE && length != PLAIN_DATE)
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    if (length == PLAIN_DATE && (i == 4 || i == 7)) {
      if (text[i] != '-')
        return FALSE;
    } else if (g_ascii_isdigit (text[i])) {
      digits[n++] = (guint) g_ascii_digit_value (text[i]);
    } else {
      return FALSE;
    }
  }
  year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  month = digits[4] * 10 + digits[5];
  day = digits[6] * 10 + digits[7];
  if (year == 0 || month < 1 || month > 12 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (out_date, 1);
  g_date_set_dmy (out_date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/* The digits of a telephone number, or NULL when something else stands between them. */
static char *
take_phone (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  if (g_str_has_prefix (text, "+86"))
    text += strlen ("+86");
  for (; *text != '\0'; text++) {
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
    else if (*text != ' ' && *text != '-')
      return NULL;
  }
  return g_strdup (digits->str);
}

/* A mobile number, a number with an area code, or one without. */
static gboolean
is_phone (const char *text)
{
  g_autofree char *digits = take_phone (text);
  gsize length = digits != NULL ? strlen (digits) : 0;

  if (length == 11 && digits[0] == '1')
    return digits[1] >= '3';
  if (length >= 10 && length <= 12 && digits[0] == '0')
    return digits[1] != '0';
  return (length == 7 || length == 8) && digits[0] >= '2';
}

/* A fact that speaks of what has happened. */
static void
check_date (GPtrArray *findings, const YzFactField *field, const char *value, const GDate *today)
{
  GDate date;

  if (!yz_checks_read_date (value, &date)) {
    add (findings, "A08", YZ_SEVERITY_BLOCK,
         _ ("“%s” is no day of the calendar; write it like 2014-11-03."), value);
    return;
  }
  if (g_str_equal (field->id, "birth-date")) {
    g_autoptr (GPtrArray) births = yz_checks_registration (&date, today);

    for (guint i = 0; i < births->len; i++) {
      const YzFinding *finding = g_ptr_array_index (births, i);

      add (findings, finding->rule, finding->severity, "%s", finding->sentence);
    }
  } else if (g_str_equal (field->id, "death-date") && g_date_compare (&date, today) > 0) {
    add (findings, "A08", YZ_SEVERITY_BLOCK, _ ("The day of death is still to come."));
  }
}

/**
 * yz_checks_fact:
 * @field: the question of the form
 * @value: the answer as typed
 * @today: the day
 *
 * Rule A08 for dates and telephone numbers, A01 to A03 and A06 for citizen numbers, A10 for birth
 * dates.
 *
 * Returns: (transfer full) (element-type YzFinding): nothing typed is not judged
 */
GPtrArray *
yz_checks_fact (const YzFactField *field, const char *value, const GDate *today)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (field != NULL && value != NULL && today != NULL, NULL);

  text = g_strstrip (g_utf8_make_valid (value, -1));
  if (*text != '\0' && g_str_equal (field->kind, "id-number"))
    return yz_checks_number (text, today);

  findings = new_findings ();
  if (*text == '\0')
    return g_steal_pointer (&findings);
  if (g_str_equal (field->kind, "date"))
    check_date (findings, field, text, today);
  else if (g_str_equal (field->kind, "phone") && !is_phone (text))
    add (findings, "A08", YZ_SEVERITY_WARN, _ ("“%s” does not look like a telephone number."),
         text);
  return g_steal_pointer (&findings);
}
