/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/steady.h"

#define SIDE 64

/* A live page at an offset, with a thumbnail of one pattern. The thumbnail lives as long as the
 * test. */
static YzPage
make_page (double offset, YzVerdict verdicts, YzBitmap *thumbnail)
{
  YzPage page = { .width = 900, .height = 600, .found = TRUE, .confidence = 1, .sharpness = 0.8 };
  const double corners[8] = { 100, 100, 500, 100, 500, 500, 100, 500 };

  for (int i = 0; i < 8; i++)
    page.corners[i] = corners[i] + offset;
  page.verdicts = verdicts;
  page.thumbnail = thumbnail;
  return page;
}

static void
paint (YzBitmap *bitmap, guint8 *pixels, guint8 left, guint8 right)
{
  for (int y = 0; y < SIDE; y++) {
    for (int x = 0; x < SIDE; x++) {
      for (int c = 0; c < 4; c++)
        pixels[(y * SIDE + x) * 4 + c] = x < SIDE / 2 ? left : right;
    }
  }
  bitmap->pixels = g_bytes_new (pixels, (gsize) SIDE * SIDE * 4);
  bitmap->width = SIDE;
  bitmap->height = SIDE;
  bitmap->stride = SIDE * 4;
}

/* Feeds the same page and counts the moments it says "shoot". */
static guint
feed (YzSteady *steady, const YzPage *page, guint times)
{
  guint shots = 0;

  for (guint i = 0; i < times; i++) {
    if (yz_steady_feed (steady, page)) {
      shots++;
      yz_steady_taken (steady);
    }
  }
  return shots;
}

typedef struct {
  YzBitmap one, another;
} Pages;

static void
set_up (Pages *pages, gconstpointer data)
{
  static guint8 first[SIDE * SIDE * 4], second[SIDE * SIDE * 4];

  paint (&pages->one, first, 240, 80);
  paint (&pages->another, second, 90, 230);
}

static void
tear_down (Pages *pages, gconstpointer data)
{
  g_bytes_unref (pages->one.pixels);
  g_bytes_unref (pages->another.pixels);
}

static void
test_a_still_page_is_taken_once (Pages *pages, gconstpointer data)
{
  YzSteady steady = { 0 };
  YzPage page = make_page (0, 0, &pages->one);

  g_assert_cmpuint (feed (&steady, &page, 40), ==, 1);
}

static void
test_a_moving_page_is_not_taken (Pages *pages, gconstpointer data)
{
  YzSteady steady = { 0 };

  for (int i = 0; i < 40; i++) {
    YzPage page = make_page (i * 15.0, 0, &pages->one);

    g_assert_false (yz_steady_feed (&steady, &page));
  }
}

static void
test_a_blurred_page_is_not_taken (Pages *pages, gconstpointer data)
{
  YzSteady steady = { 0 };
  YzPage page = make_page (0, YZ_VERDICT_BLURRED, &pages->one);

  g_assert_cmpuint (feed (&steady, &page, 40), ==, 0);
}

static void
test_a_cut_off_page_is_not_taken (Pages *pages, gconstpointer data)
{
  YzSteady steady = { 0 };
  YzPage page = make_page (0, YZ_VERDICT_CUT_OFF, &pages->one);

  g_assert_cmpuint (feed (&steady, &page, 40), ==, 0);
}

static void
test_the_next_page_is_taken_again (Pages *pages, gconstpointer data)
{
  YzSteady steady = { 0 };
  YzPage page = make_page (0, 0, &pages->one);
  YzPage hand = make_page (60, YZ_VERDICT_BLURRED, &pages->one);
  YzPage next = make_page (0, 0, &pages->another);

  g_assert_cmpuint (feed (&steady, &page, 10), ==, 1);
  g_assert_cmpuint (feed (&steady, &hand, 3), ==, 0);
  g_assert_cmpuint (feed (&steady, &next, 10), ==, 1);
}

static void
test_the_same_page_moved_is_not_taken_again (Pages *pages, gconstpointer data)
{
  YzSteady steady = { 0 };
  YzPage page = make_page (0, 0, &pages->one);
  YzPage moved = make_page (60, 0, &pages->one);

  g_assert_cmpuint (feed (&steady, &page, 10), ==, 1);
  g_assert_cmpuint (feed (&steady, &moved, 10), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/steady/" name, Pages, NULL, set_up, func, tear_down)
  ADD ("a-still-page-is-taken-once", test_a_still_page_is_taken_once);
  ADD ("a-moving-page-is-not-taken", test_a_moving_page_is_not_taken);
  ADD ("a-blurred-page-is-not-taken", test_a_blurred_page_is_not_taken);
  ADD ("a-cut-off-page-is-not-taken", test_a_cut_off_page_is_not_taken);
  ADD ("the-next-page-is-taken-again", test_the_next_page_is_taken_again);
  ADD ("the-same-page-moved-is-not-taken-again", test_the_same_page_moved_is_not_taken_again);
  return g_test_run ();
}
