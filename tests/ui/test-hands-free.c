/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/hands-free.h"

#define PAGES 4 /* two letters and two pages of a booklet, the last one bumped */
#define LONGEST 640

static void
test_every_page_is_taken_once_and_fit (void)
{
  const YzHandsFree seen = yz_hands_free_play (23, PAGES, LONGEST);

  g_assert_cmpuint (seen.missed, ==, 0);
  g_assert_cmpuint (seen.twice, ==, 0);
  g_assert_cmpuint (seen.unfit, ==, 0);
  g_assert_cmpuint (seen.taken, ==, PAGES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hands-free/every-page-is-taken-once-and-fit",
                   test_every_page_is_taken_once_and_fit);
  return g_test_run ();
}
