/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/media-type.h"

static void
test_kind_is_told_by_the_first_bytes (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    const char *media_type;
  } files[] = {
    { "\xff\xd8\xff\xe0 rest", 9, "image/jpeg" },
    { "\x89PNG\r\n\x1a\nrest", 12, "image/png" },
    { "%PDF-1.7\n", 9, "application/pdf" },
    { "\xef\xbb\xbf%PDF-1.7\n", 12, "application/pdf" },
    { "\x00\x00\x00\x18"
      "ftypheic",
      12, NULL },
    { "II*\x00", 4, NULL },
    { "", 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert_cmpstr (yz_media_type_guess ((const guint8 *) files[i].bytes, files[i].length), ==,
                     files[i].media_type);
}

static void
test_mark_far_inside_is_no_pdf (void)
{
  g_autofree char *text = g_strnfill (2000, ' ');

  g_assert_cmpint (g_strlcpy (text + 1500, "%PDF-1.4", 400), ==, 8);
  g_assert_null (yz_media_type_guess ((const guint8 *) text, 1508));
}

static void
test_leaf_comes_back_from_its_name (void)
{
  g_autofree char *name = yz_media_type_name_leaf (12);

  g_assert_cmpstr (name, ==, "application/pdf;page=12");
  g_assert_true (yz_media_type_is_document (name));
  g_assert_cmpuint (yz_media_type_get_leaf (name), ==, 12);
  g_assert_cmpstr (yz_media_type_get_suffix (name), ==, "pdf");
}

static void
test_picture_has_no_leaf (void)
{
  g_assert_cmpuint (yz_media_type_get_leaf ("image/jpeg"), ==, 0);
  g_assert_cmpuint (yz_media_type_get_leaf (NULL), ==, 0);
  g_assert_cmpstr (yz_media_type_get_suffix ("image/jpeg"), ==, "jpg");
  g_assert_cmpstr (yz_media_type_get_suffix ("image/png"), ==, "png");
}

static void
test_senseless_leaf_is_the_first (void)
{
  g_assert_cmpuint (yz_media_type_get_leaf ("application/pdf"), ==, 1);
  g_assert_cmpuint (yz_media_type_get_leaf ("application/pdf;page=0"), ==, 1);
  g_assert_cmpuint (yz_media_type_get_leaf ("application/pdf;page=-3"), ==, 1);
  g_assert_cmpuint (yz_media_type_get_leaf ("application/pdf;page=99999999999999999999"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media-type/kind-is-told-by-the-first-bytes",
                   test_kind_is_told_by_the_first_bytes);
  g_test_add_func ("/media-type/mark-far-inside-is-no-pdf", test_mark_far_inside_is_no_pdf);
  g_test_add_func ("/media-type/leaf-comes-back-from-its-name", test_leaf_comes_back_from_its_name);
  g_test_add_func ("/media-type/picture-has-no-leaf", test_picture_has_no_leaf);
  g_test_add_func ("/media-type/senseless-leaf-is-the-first", test_senseless_leaf_is_the_first);
  return g_test_run ();
}
