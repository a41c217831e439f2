/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-digest.h"

#include "capture/developer.h"

/* A practice letter as the camera sees it, its corners found a little differently each time. */
static YzPageDigest
digest_page (const char *name, double shift)
{
  g_autofree char *path = g_build_filename (g_getenv ("YIZHAN_PRACTICEDIR"), name, NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  YzDevelopment development = { .what = YZ_DEVELOP_FIND };
  g_autoptr (YzPage) found = NULL;
  g_autoptr (YzPage) page = NULL;
  const guint8 *data = (const guint8 *) g_mapped_file_get_contents (file);
  const gsize length = g_mapped_file_get_length (file);

  found = yz_developer_develop (data, length, &development, NULL, NULL);
  g_assert_nonnull (found);
  development = (YzDevelopment){ .what = YZ_DEVELOP_PICTURE, .has_corners = TRUE, .longest = 1000 };
  for (guint i = 0; i < 8; i++)
    development.corners[i] = found->corners[i] + (i % 3 == 0 ? shift : -shift / 2);
  page = yz_developer_develop (data, length, &development, NULL, NULL);
  g_assert_nonnull (page);
  return yz_page_digest_compute (page->picture);
}

static void
test_the_same_page_again_is_known (void)
{
  const YzPageDigest first = digest_page ("08-application-letter.jpg", 0);
  const YzPageDigest again = digest_page ("08-application-letter.jpg", 5);

  g_assert_cmpint (yz_page_digest_compare (&first, &again), ==, YZ_PAGE_DIGEST_SAME);
}

static void
test_another_page_is_another (void)
{
  const YzPageDigest letter = digest_page ("08-application-letter.jpg", 0);
  const YzPageDigest consent = digest_page ("10-consent-letter.jpg", 0);
  const YzPageDigest booklet = digest_page ("02-household-member.jpg", 0);

  g_assert_cmpint (yz_page_digest_compare (&letter, &consent), ==, YZ_PAGE_DIGEST_OTHER);
  g_assert_cmpint (yz_page_digest_compare (&letter, &booklet), ==, YZ_PAGE_DIGEST_OTHER);
  g_assert_cmpint (yz_page_digest_compare (&consent, &booklet), ==, YZ_PAGE_DIGEST_OTHER);
}

static void
test_white_pages_are_not_told_apart (void)
{
  g_autoptr (YzBitmap) white = yz_bitmap_new_packed (40, 60);
  YzPageDigest digest;

  for (int y = 0; y < white->height; y++)
    for (int x = 0; x < white->width; x++)
      ((guint32 *) yz_bitmap_get_row (white, y))[x] = (x + y) % 2 ? 0xf4f4f4 : 0xf2f2f2;
  digest = yz_page_digest_compute (white);
  g_assert_cmpint (yz_page_digest_compare (&digest, &digest), ==, YZ_PAGE_DIGEST_EMPTY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-digest/the-same-page-again-is-known", test_the_same_page_again_is_known);
  g_test_add_func ("/page-digest/another-page-is-another", test_another_page_is_another);
  g_test_add_func ("/page-digest/white-pages-are-not-told-apart",
                   test_white_pages_are_not_told_apart);
  return g_test_run ();
}
