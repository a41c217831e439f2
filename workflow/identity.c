/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/identity.h"

#include "workflow/regions.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LENGTH 18
#define OLD_LENGTH 15
#define FIRST_YEAR 1880
#define REGION_DIGITS 6

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID, sentence);
  return FALSE;
}

/* A digit or X in half width, or 0. */
static char
normalise (gunichar typed)
{
  if (typed >= 0xff01 && typed <= 0xff5e)
    typed -= 0xff01 - '!'; /* the full-width forms follow ASCII's order */
  if (typed >= '0' && typed <= '9')
    return (char) typed;
  return typed == 'x' || typed == 'X' ? 'X' : '\0';
}

static const char *
skip_space (const char *text)
{
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/* Rule A01: 17 digits and a digit or X. */
static gboolean
read_number (const char *typed, char number[LENGTH + 1], GError **error)
{
  const char *at = NULL;
  guint length = 0;

  if (!g_utf8_validate (typed, -1, NULL))
    return refuse (error, _ ("The number is no readable text."));
  for (at = skip_space (typed); *skip_space (at) != '\0'; at = g_utf8_next_char (at)) {
    char character = normalise (g_utf8_get_char (at));

    if (character == '\0') {
      g_autofree char *shown = g_utf8_substring (at, 0, 1);

      return refuse (error, _ ("A citizen number is 17 digits and a digit or X; “%s” is neither."),
                     shown);
    }
    if (length < LENGTH)
      number[length] = character;
    length++;
  }
  if (length == 0)
    return refuse (error, _ ("The citizen number is missing."));
  if (length == OLD_LENGTH)
    return refuse (error,
                   _ ("This is a number of the old kind with 15 digits. Enter the one with 18 "
                      "characters that stands on the identity card."));
  if (length != LENGTH)
    return refuse (error, _ ("A citizen number has 18 characters, this one has %u."), length);
  number[LENGTH] = '\0';
  if (strcspn (number, "X") < LENGTH - 1)
    return refuse (error, _ ("X can only be the last character of a citizen number."));
  return TRUE;
}

static guint
read_digits (const char *digits, guint count)
{
  guint number = 0;

  for (guint i = 0; i < count; i++)
    number = number * 10 + (guint) g_ascii_digit_value (digits[i]);
  return number;
}

/* Rule A03: digits 7 to 14 are a day between 1880 and today. */
static gboolean
read_birth (const char *number, const GDate *today, GDate *out_birth, GError **error)
{
  guint year = read_digits (number + 6, 4);
  guint month = read_digits (number + 10, 2);
  guint day = read_digits (number + 12, 2);
  GDate birth;

  if (year == 0 || month < 1 || month > 12 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return refuse (error, _ ("The number says born on %04u-%02u-%02u; there is no such day."), year,
                   month, day);
  if (year < FIRST_YEAR)
    return refuse (error, _ ("The number says born on %04u-%02u-%02u, before %d."), year, month,
                   day, FIRST_YEAR);
  g_date_clear (&birth, 1);
  g_date_set_dmy (&birth, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  if (g_date_compare (&birth, today) > 0)
    return refuse (error, _ ("The number says born on %04u-%02u-%02u; that day is still to come."),
                   year, month, day);
  *out_birth = birth;
  return TRUE;
}

/* Rule A02: ISO 7064, MOD 11-2. */
static char
compute_check (const char *number)
{
  static const guint weights[LENGTH - 1] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  guint sum = 0;

  for (guint i = 0; i < LENGTH - 1; i++)
    sum += weights[i] * (guint) g_ascii_digit_value (number[i]);
  return "10X98765432"[sum % 11];
}

/* The table's text from @at on, cut back to the beginning of a row. */
static const char *
row_start (const char *table, const char *at)
{
  while (at > table && at[-1] != '\n')
    at--;
  return at;
}

/* Rule A06. The table is sorted, its remarks come first: rows are found by halving. */
static gboolean
find_region (const char *number, char *out_name, gsize size)
{
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (yz_regions_get_resource (), "/cn/yizhan/Yizhan/workflow/regions.csv",
                              G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  const char *table = g_bytes_get_data (bytes, &length);
  const char *low = table;
  const char *high = table + length;

  while (low < high) {
    const char *row = row_start (table, low + (high - low) / 2);
    const char *end = memchr (row, '\n', (gsize) (table + length - row));
    int order = strncmp (row, number, REGION_DIGITS);

    if (order == 0) {
      const char *name = row + REGION_DIGITS + 1;

      g_snprintf (out_name, size, "%.*s", (int) (end - name), name);
      return TRUE;
    }
    if (order < 0)
      low = end + 1;
    else
      high = row;
  }
  return FALSE;
}

gboolean
yz_identity_check (const char *typed, const GDate *today, YzIdentity *out, GError **error)
{
  YzIdentity identity = { 0 };
  char expected = '\0';

  g_return_val_if_fail (typed != NULL && out != NULL, FALSE);
  g_return_val_if_fail (today != NULL && g_date_valid (today), FALSE);

  if (!read_number (typed, identity.number, error) ||
      !read_birth (identity.number, today, &identity.birth, error))
    return FALSE;
  expected = compute_check (identity.number);
  if (identity.number[LENGTH - 1] != expected)
    return refuse (error,
                   _ ("The last character should be %c. One of the 18 is mistyped: compare them "
                      "with the card."),
                   expected);

  identity.sex = (identity.number[LENGTH - 2] - '0') % 2 != 0 ? YZ_SEX_MALE : YZ_SEX_FEMALE;
  identity.region_known = find_region (identity.number, identity.region, sizeof identity.region);
  *out = identity;
  return TRUE;
}

/**
 * yz_identity_mask:
 * @number: a citizen number, or whatever was typed for one
 *
 * Returns: (transfer full): the number with the birth date hidden, for lists and exports; what is
 * no citizen number is hidden but for two characters at each end
 */
char *
yz_identity_mask (const char *number)
{
  g_autofree char *text = NULL;
  GString *masked = g_string_new (NULL);
  glong length = 0;
  glong head = 0;
  glong tail = 0;
  const char *at = NULL;

  g_return_val_if_fail (number != NULL, g_string_free (masked, FALSE));

  text = g_utf8_make_valid (number, -1);
  length = g_utf8_strlen (text, -1);
  head = length == LENGTH ? REGION_DIGITS : length >= 8 ? 2 : 0;
  tail = length == LENGTH ? 4 : head;
  at = text;
  for (glong i = 0; i < length; i++, at = g_utf8_next_char (at))
    g_string_append_unichar (masked, i < head || i >= length - tail ? g_utf8_get_char (at) : '*');
  return g_string_free (masked, FALSE);
}
