/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/page-demand.h"

static const YzMaterial CARD = { .id = "identity-card", .dpi = 300 };
static const YzMaterial LETTER = { .id = "application", .dpi = 200 };

static void
test_enough_pixels_are_enough (void)
{
  const YzPage page = { .found = TRUE, .dpi = 200, .paper = YZ_PAPER_A4 };

  g_assert_cmpuint (yz_page_demand_judge (&LETTER, &page), ==, YZ_VERDICT_NONE);
}

static void
test_too_few_pixels_are_coarse (void)
{
  const YzPage letter = { .found = TRUE, .dpi = 150, .paper = YZ_PAPER_A4 };
  const YzPage card = { .found = TRUE, .dpi = 250, .paper = YZ_PAPER_ID_CARD };

  g_assert_cmpuint (yz_page_demand_judge (&LETTER, &letter), ==, YZ_VERDICT_COARSE);
  g_assert_cmpuint (yz_page_demand_judge (&CARD, &card), ==, YZ_VERDICT_COARSE);
}

static void
test_another_size_is_unexpected (void)
{
  const YzPage letter = { .found = TRUE, .dpi = 400, .paper = YZ_PAPER_A4 };
  const YzPage card = { .found = TRUE, .dpi = 400, .paper = YZ_PAPER_ID_CARD };

  g_assert_cmpuint (yz_page_demand_judge (&CARD, &letter), ==, YZ_VERDICT_UNEXPECTED);
  g_assert_cmpuint (yz_page_demand_judge (&LETTER, &card), ==, YZ_VERDICT_UNEXPECTED);
  g_assert_cmpuint (yz_page_demand_judge (&CARD, &card), ==, YZ_VERDICT_NONE);
}

static void
test_what_is_not_known_is_not_doubted (void)
{
  const YzPage unknown = { .found = TRUE };
  const YzPage lost = { .found = FALSE, .dpi = 50, .paper = YZ_PAPER_A4 };

  g_assert_cmpuint (yz_page_demand_judge (&CARD, &unknown), ==, YZ_VERDICT_NONE);
  g_assert_cmpuint (yz_page_demand_judge (&CARD, &lost), ==, YZ_VERDICT_NONE);
  g_assert_cmpuint (yz_page_demand_judge (NULL, &unknown), ==, YZ_VERDICT_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-demand/enough-pixels-are-enough", test_enough_pixels_are_enough);
  g_test_add_func ("/page-demand/too-few-pixels-are-coarse", test_too_few_pixels_are_coarse);
  g_test_add_func ("/page-demand/another-size-is-unexpected", test_another_size_is_unexpected);
  g_test_add_func ("/page-demand/what-is-not-known-is-not-doubted",
                   test_what_is_not_known_is_not_doubted);
  return g_test_run ();
}
