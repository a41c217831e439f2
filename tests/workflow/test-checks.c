/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/checks.h"

#include <string.h>

static GDate
day (const char *text)
{
  GDate date;

  g_assert_true (yz_checks_read_date (text, &date));
  return date;
}

/* "A07 warn" or "" */
static char *
worst_of (GPtrArray *findings)
{
  static const char *const severities[] = { "inform", "warn", "block" };
  const YzFinding *worst = yz_checks_find_worst (findings);
  char *text = worst != NULL ? g_strdup_printf ("%s %s", worst->rule, severities[worst->severity])
                             : g_strdup ("");

  if (worst != NULL)
    g_assert_cmpuint (strlen (worst->sentence), >, 10);
  g_ptr_array_unref (findings);
  return text;
}

#define CHECK(findings, expected)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *worst_ = worst_of (findings);                                                 \
                                                                                                   \
    g_assert_cmpstr (worst_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static YzIdentity
identity_of (const char *number)
{
  YzIdentity identity = { 0 };
  GDate today = day ("2026-03-02");

  g_assert_true (yz_identity_check (number, &today, &identity, NULL));
  return identity;
}

/* The examples of the intake checks that concern one person, under their numbers. */
static void
test_examples (void)
{
  GDate today = day ("2026-03-02");
  GDate birth = day ("1900-01-01");
  YzIdentity man = identity_of ("330481190001010013");

  CHECK (yz_checks_number ("330481190001010013", &today), "");
  CHECK (yz_checks_birth (&man, &birth, YZ_SEX_MALE, TRUE), "");            /* 1 */
  CHECK (yz_checks_birth (&man, &birth, YZ_SEX_FEMALE, TRUE), "A05 block"); /* 2 */
  CHECK (yz_checks_number ("330481190001010014", &today), "A01 block");     /* 3 */
  CHECK (yz_checks_number ("330481190002290010", &today), "A01 block");     /* 4 */
  CHECK (yz_checks_number ("330481190013010010", &today), "A01 block");     /* 5 */
  CHECK (yz_checks_number ("999999190001010015", &today), "A06 warn");      /* 6 */
  CHECK (yz_checks_number ("330419190001010015", &today), "");              /* 7 */
  CHECK (yz_checks_number ("33222319000101007X", &today), "");
  CHECK (yz_checks_number ("33048119011111004x", &today), "");                   /* 8 */
  CHECK (yz_checks_number ("３３０４８１１９０００１０１００２１", &today), ""); /* 9 */
  CHECK (yz_checks_name ("阿不都·买买提"), "");                                  /* 10 */
  CHECK (yz_checks_name ("阿不都\u2022买买提"), "A07 warn");
  CHECK (yz_checks_name ("阿不都.买买提"), "A07 warn");
}

static void
test_old_records (void)
{
  YzIdentity man = identity_of ("330481190001010013");
  GDate other = day ("1900-01-02");

  CHECK (yz_checks_birth (&man, &other, YZ_SEX_UNKNOWN, TRUE), "A04 block");
  CHECK (yz_checks_birth (&man, &other, YZ_SEX_UNKNOWN, FALSE), "A04 warn");
  CHECK (yz_checks_birth (&man, NULL, YZ_SEX_FEMALE, FALSE), "A05 warn");
  CHECK (yz_checks_birth (&man, NULL, YZ_SEX_UNKNOWN, TRUE), "");
}

static void
test_names (void)
{
  CHECK (yz_checks_name (""), "");
  CHECK (yz_checks_name ("王一"), "");
  CHECK (yz_checks_name ("欧阳𠮷"), ""); /* a character beyond the first plane */
  CHECK (yz_checks_name ("王"), "A07 warn");
  CHECK (yz_checks_name ("王 一"), "A07 warn");
  CHECK (yz_checks_name ("王一·"), "A07 warn");
  CHECK (yz_checks_name ("Wang"), "A07 warn");
  CHECK (yz_checks_name ("王1"), "A07 warn");
  CHECK (yz_checks_name ("王\xff"), "A07 block");
}

static void
test_births (void)
{
  GDate birth = day ("1900-01-31");
  GDate month = day ("1900-02-28");
  GDate late = day ("1900-03-01");
  GDate year = day ("1901-01-31");
  GDate before = day ("1900-01-30");

  CHECK (yz_checks_registration (&birth, &birth), "");
  CHECK (yz_checks_registration (&birth, &month), "");
  CHECK (yz_checks_registration (&birth, &late), "A10 warn");
  CHECK (yz_checks_registration (&birth, &year), "A10 warn");
  CHECK (yz_checks_registration (&birth, &before), "A10 block");
}

static void
test_facts (void)
{
  static const struct {
    YzFactField field;
    const char *value;
    const char *expected;
  } cases[] = {
    { { "settlement-date", "", "date", FALSE }, "2014-11-03", "" },
    { { "settlement-date", "", "date", FALSE }, " 20141103 ", "" },
    { { "settlement-date", "", "date", FALSE }, "", "" },
    { { "settlement-date", "", "date", FALSE }, "2014-02-29", "A08 block" },
    { { "settlement-date", "", "date", FALSE }, "3.11.2014", "A08 block" },
    { { "settlement-date", "", "date", FALSE }, "2014/11/03", "A08 block" },
    { { "birth-date", "", "date", FALSE }, "2026-03-01", "" },
    { { "birth-date", "", "date", FALSE }, "2026-03-03", "A10 block" },
    { { "birth-date", "", "date", FALSE }, "2024-03-03", "A10 warn" },
    { { "death-date", "", "date", FALSE }, "2026-03-03", "A08 block" },
    { { "phone", "", "phone", FALSE }, "13800000000", "" },
    { { "phone", "", "phone", FALSE }, "+86 138-0000-0000", "" },
    { { "phone", "", "phone", FALSE }, "0573-87000000", "" },
    { { "phone", "", "phone", FALSE }, "87000000", "" },
    { { "phone", "", "phone", FALSE }, "12345", "A08 warn" },
    { { "phone", "", "phone", FALSE }, "11800000000", "A08 warn" },
    { { "phone", "", "phone", FALSE }, "call me", "A08 warn" },
    { { "host-number", "", "id-number", FALSE }, "330481190001010013", "" },
    { { "host-number", "", "id-number", FALSE }, "330481190001010014", "A01 block" },
    { { "reason", "", "text", FALSE }, "anything \xff at all", "" },
  };
  GDate today = day ("2026-03-02");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    CHECK (yz_checks_fact (&cases[i].field, cases[i].value, &today), cases[i].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/examples-have-their-verdicts", test_examples);
  g_test_add_func ("/checks/an-old-record-is-only-warned-about", test_old_records);
  g_test_add_func ("/checks/names-are-chinese-with-the-right-dot", test_names);
  g_test_add_func ("/checks/births-are-declared-within-a-month", test_births);
  g_test_add_func ("/checks/facts-are-judged-by-their-kind", test_facts);
  return g_test_run ();
}
