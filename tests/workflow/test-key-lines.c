/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/key-lines.h"

#include <string.h>

static void
note (gpointer data, guint line, const char *sentence)
{
  g_string_append_printf (data, "%u ", line);
}

static char *
complaints_of (const char *text, gsize length)
{
  GString *lines = g_string_new (NULL);
  g_autoptr (YzKeyLines) scanned = yz_key_lines_scan (text, length, note, lines);

  g_assert_nonnull (scanned);
  return g_string_free (lines, FALSE);
}

static void
test_lines (void)
{
  const char *text = "# remark\n[One]\n\nName=a\n  Name[zh_CN] = b\n[Two x y]\nKey=\n";
  g_autoptr (GString) complaints = g_string_new (NULL);
  g_autoptr (YzKeyLines) lines = yz_key_lines_scan (text, strlen (text), note, complaints);
  const YzKeyGroup *one = g_ptr_array_index (lines->groups, 0);
  const YzKeyGroup *two = g_ptr_array_index (lines->groups, 1);

  g_assert_cmpstr (complaints->str, ==, "");
  g_assert_cmpuint (lines->groups->len, ==, 2);
  g_assert_cmpstr (one->name, ==, "One");
  g_assert_cmpuint (one->line, ==, 2);
  g_assert_cmpuint (yz_key_group_get_line (one, "Name"), ==, 4);
  g_assert_cmpuint (yz_key_group_get_line (one, "Name[zh_CN]"), ==, 5);
  g_assert_cmpuint (yz_key_group_get_line (one, "Key"), ==, 0);
  g_assert_cmpstr (two->name, ==, "Two x y");
  g_assert_cmpuint (yz_key_group_get_line (two, "Key"), ==, 7);
}

static void
test_complaints (void)
{
  static const struct {
    const char *text;
    const char *lines;
  } cases[] = {
    { "Name=a\n[One]\n", "1 " },
    { "[One]\nName=a\n\nName=b\n", "4 " },
    { "[One]\n[One]\n", "2 " },
    { "[One\n", "1 " },
    { "[]\n", "1 " },
    { "[One] tail\n", "1 " },
    { "[One]\nwords\n=3\n", "2 3 " },
    { "[One]\r\nName=a\r\n", "" },
    { "[One]\nName=\xff\n", "2 " },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *lines = complaints_of (cases[i].text, strlen (cases[i].text));

    g_assert_cmpstr (lines, ==, cases[i].lines);
  }
}

static void
test_zero_byte (void)
{
  g_autofree char *lines = complaints_of ("[One]\na=\0b\n", 11);

  g_assert_cmpstr (lines, ==, "2 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-lines/knows-every-line", test_lines);
  g_test_add_func ("/key-lines/complains-of-what-is-no-key-file", test_complaints);
  g_test_add_func ("/key-lines/a-zero-byte-is-no-text", test_zero_byte);
  return g_test_run ();
}
