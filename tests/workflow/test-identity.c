/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/identity.h"

#include "workflow/workflow-error.h"

#include <string.h>

static GDate
today (void)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 2, G_DATE_MARCH, 2026);
  return date;
}

static YzIdentity
accept (const char *typed)
{
  g_autoptr (GError) error = NULL;
  GDate date = today ();
  YzIdentity identity = { 0 };

  yz_identity_check (typed, &date, &identity, &error);
  g_assert_no_error (error);
  return identity;
}

static void
refuse (const char *typed, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  GDate date = today ();
  YzIdentity identity = { .number = "untouched" };

  g_assert_false (yz_identity_check (typed, &date, &identity, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, sentence));
  g_assert_cmpstr (identity.number, ==, "untouched");
}

static void
test_parts (void)
{
  YzIdentity man = accept ("330481190001010013");
  YzIdentity woman = accept ("330481190001010021");

  g_assert_cmpstr (man.number, ==, "330481190001010013");
  g_assert_cmpint (man.sex, ==, YZ_SEX_MALE);
  g_assert_cmpuint (g_date_get_year (&man.birth), ==, 1900);
  g_assert_cmpint (g_date_get_month (&man.birth), ==, G_DATE_JANUARY);
  g_assert_cmpuint (g_date_get_day (&man.birth), ==, 1);
  g_assert_true (man.region_known);
  g_assert_cmpstr (man.region, ==, "浙江嘉兴市海宁市");
  g_assert_cmpint (woman.sex, ==, YZ_SEX_FEMALE);
}

static void
test_check_character (void)
{
  static const char *const from_the_standard[] = { "11010519491231002X", "440524188001010014",
                                                   "34052419800101001X" };
  char typed[] = "330481190001010010";

  for (gsize i = 0; i < G_N_ELEMENTS (from_the_standard); i++)
    accept (from_the_standard[i]);
  refuse ("330481190001010014", "The last character should be 3.");
  for (const char *last = "012456789X"; *last != '\0'; last++) {
    typed[17] = *last;
    refuse (typed, "The last character should be 3.");
  }
}

/* The check character notices every single wrong digit and every two that are swapped. */
static void
test_slips (void)
{
  const char *right = "330481190111110031";
  g_autoptr (GError) error = NULL;
  GDate date = today ();
  YzIdentity identity = { 0 };

  accept (right);
  for (guint i = 0; i < 18; i++) {
    g_autofree char *typed = g_strdup (right);

    for (char digit = '0'; digit <= '9'; digit++) {
      typed[i] = digit;
      if (digit != right[i])
        g_assert_false (yz_identity_check (typed, &date, &identity, NULL));
    }
  }
  for (guint i = 0; i + 1 < 18; i++) {
    g_autofree char *typed = g_strdup (right);

    typed[i] = right[i + 1];
    typed[i + 1] = right[i];
    if (typed[i] != right[i])
      g_assert_false (yz_identity_check (typed, &date, &identity, NULL));
  }
}

static void
test_days (void)
{
  GDate birth;
  GDate before;
  YzIdentity identity = { 0 };
  g_autoptr (GError) error = NULL;

  refuse ("330481190002290010", "born on 1900-02-29; there is no such day");
  refuse ("330481190013010010", "born on 1900-13-01; there is no such day");
  refuse ("330481000001010010", "there is no such day");
  refuse ("330481187912310010", "before 1880");
  refuse ("330481202603030010", "still to come");
  accept ("440524188001010014");

  g_date_clear (&birth, 1);
  g_date_set_dmy (&birth, 1, G_DATE_JANUARY, 1900);
  g_assert_true (yz_identity_check ("330481190001010013", &birth, &identity, NULL));
  before = birth;
  g_date_subtract_days (&before, 1);
  g_assert_false (yz_identity_check ("330481190001010013", &before, &identity, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
}

static void
test_regions (void)
{
  static const struct {
    const char *number;
    const char *county;
  } haining[] = {
    { "33222319000101007X", "海宁县" }, { "330423190001010052", "海宁县" },
    { "330419190001010015", "海宁市" }, { "339002190001010030", "海宁市" },
    { "330481190001010013", "海宁市" },
  };
  YzIdentity unknown = accept ("999999190001010015");

  for (gsize i = 0; i < G_N_ELEMENTS (haining); i++) {
    YzIdentity identity = accept (haining[i].number);

    g_assert_true (identity.region_known);
    g_assert_nonnull (strstr (identity.region, haining[i].county));
  }
  g_assert_false (unknown.region_known);
  g_assert_cmpstr (unknown.region, ==, "");
  g_assert_cmpstr (accept ("11010519491231002X").region, ==, "北京朝阳区");
}

/* Finding by halving must reach every row, the first and the last too. */
static void
test_every_region (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "workflow", "regions.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  g_autofree char *last = g_strdup ("");
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++) {
    YzIdentity identity = { 0 };
    char number[19] = "";
    GDate date = today ();

    if (*rows[i] == '#' || *rows[i] == '\0')
      continue;
    g_assert_true (g_utf8_validate (rows[i], -1, NULL));
    g_assert_cmpint (rows[i][6], ==, ',');
    g_assert_cmpint (strncmp (last, rows[i], 6), <, 0);
    for (const char *check = "0123456789X"; *check != '\0' && !identity.region_known; check++) {
      g_snprintf (number, sizeof number, "%.6s19000101001%c", rows[i], *check);
      yz_identity_check (number, &date, &identity, NULL);
    }
    g_assert_cmpstr (identity.region, ==, rows[i] + 7);
    g_free (last);
    last = g_strdup (rows[i]);
    n++;
  }
  g_assert_cmpuint (n, >, 6000);
}

static void
test_typed (void)
{
  g_assert_cmpstr (accept ("33048119011111004x").number, ==, "33048119011111004X");
  g_assert_cmpstr (accept ("３３０４８１１９０００１０１００２１").number, ==,
                   "330481190001010021");
  g_assert_cmpstr (accept ("３３０４８１１９０１１１１１００４ｘ").number, ==,
                   "33048119011111004X");
  g_assert_cmpstr (accept ("  330481190001010013\t").number, ==, "330481190001010013");
  g_assert_cmpstr (accept ("\u3000330481190001010013\u3000").number, ==, "330481190001010013");
}

static void
test_shapes (void)
{
  refuse ("", "The citizen number is missing.");
  refuse (" \u3000 ", "The citizen number is missing.");
  refuse ("330481000101001", "old kind with 15 digits");
  refuse ("33048119000101001", "18 characters, this one has 17");
  refuse ("3304811900010100133", "18 characters, this one has 19");
  refuse ("330481 190001010013", "“ ” is neither");
  refuse ("33048119000101001甲", "“甲” is neither");
  refuse ("3304811900010100X3", "X can only be the last character");
  refuse ("330481190001010\xff", "no readable text");
}

static void
test_masks (void)
{
  static const struct {
    const char *number;
    const char *masked;
  } cases[] = {
    { "330481190001010013", "330481********0013" },
    { "330481000101001", "33***********01" },
    { "甲乙丙丁戊己庚辛", "甲乙****庚辛" },
    { "1234", "****" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *masked = yz_identity_mask (cases[i].number);

    g_assert_cmpstr (masked, ==, cases[i].masked);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/takes-a-number-apart", test_parts);
  g_test_add_func ("/identity/the-check-character-has-one-answer", test_check_character);
  g_test_add_func ("/identity/notices-every-slip-and-swap", test_slips);
  g_test_add_func ("/identity/birth-is-a-day-between-1880-and-today", test_days);
  g_test_add_func ("/identity/knows-the-five-codes-of-haining", test_regions);
  g_test_add_func ("/identity/finds-every-row-of-the-table", test_every_region);
  g_test_add_func ("/identity/converts-what-keyboards-type", test_typed);
  g_test_add_func ("/identity/refuses-other-shapes-with-a-sentence", test_shapes);
  g_test_add_func ("/identity/hides-the-birth-date", test_masks);
  return g_test_run ();
}
