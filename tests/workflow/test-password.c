/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/password.h"

static void
test_round (void)
{
  g_autofree char *one = yz_password_seal ("练习 practice");
  g_autofree char *other = yz_password_seal ("练习 practice");

  g_assert_true (g_str_has_prefix (one, "$argon2id$"));
  g_assert_cmpstr (one, !=, other);
  g_assert_true (yz_password_check (one, "练习 practice"));
  g_assert_true (yz_password_check (other, "练习 practice"));
  g_assert_false (yz_password_check (one, "练习 Practice"));
  g_assert_false (yz_password_check (one, ""));
}

static void
test_nonsense (void)
{
  g_autofree char *endless = g_strnfill (4096, '$');

  g_assert_false (yz_password_check (NULL, ""));
  g_assert_false (yz_password_check ("", ""));
  g_assert_false (yz_password_check ("practice", "practice"));
  g_assert_false (yz_password_check (endless, "practice"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password/opens-for-the-right-one-only", test_round);
  g_test_add_func ("/password/nonsense-opens-for-nobody", test_nonsense);
  return g_test_run ();
}
