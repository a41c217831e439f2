/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/press.h"

#include <glib/gstdio.h>

static const YzPressOptions SMALL = { .seed = 7, .width = 408, .height = 306, .mat = -1 };

static char *
print_set (const char *set, guint32 seed)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("yizhan-press-XXXXXX", &error);
  YzPressOptions options = SMALL;

  g_assert_no_error (error);
  options.seed = seed;
  g_assert_true (yz_press_print (folder, set, &options, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&folder);
}

static GBytes *
read_picture (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_same_seed_same_bytes (void)
{
  g_autofree char *first = print_set ("practice", 7);
  g_autofree char *again = print_set ("practice", 7);
  g_autofree char *other = print_set ("practice", 8);
  g_autoptr (GDir) dir = g_dir_open (first, 0, NULL);
  const char *name = NULL;
  guint n_pictures = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autoptr (GBytes) a = read_picture (first, name);
    g_autoptr (GBytes) b = read_picture (again, name);
    g_autoptr (GBytes) c = read_picture (other, name);

    g_assert_true (g_bytes_equal (a, b));
    g_assert_false (g_bytes_equal (a, c));
    n_pictures += g_str_has_suffix (name, ".jpg");
  }
  g_assert_cmpuint (n_pictures, ==, 10);
  remove_folder (first);
  remove_folder (again);
  remove_folder (other);
}

/* Clockwise from the top left, all inside the frame; returns how many pages the list has. */
static guint
check_corners (const char *folder)
{
  g_autoptr (GBytes) csv = read_picture (folder, "corners.csv");
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (csv, NULL), "\n", -1);
  guint n_pages = 0;

  g_assert_cmpstr (lines[0], ==, "file,width,height,tlx,tly,trx,try,brx,bry,blx,bly");
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
    double corners[8];
    double area = 0;

    g_assert_cmpuint (g_strv_length (cells), ==, 11);
    for (guint k = 0; k < 8; k++) {
      corners[k] = g_ascii_strtod (cells[3 + k], NULL);
      g_assert_cmpfloat (corners[k], >, 0);
      g_assert_cmpfloat (corners[k], <, g_ascii_strtod (cells[1 + k % 2], NULL));
    }
    for (guint k = 0; k < 8; k += 2)
      area += corners[k] * corners[(k + 3) % 8] - corners[(k + 2) % 8] * corners[k + 1];
    g_assert_cmpfloat (area, >, 0);
    g_assert_cmpfloat (corners[0], <, corners[2]);
    g_assert_cmpfloat (corners[1], <, corners[7]);
    n_pages++;
  }
  return n_pages;
}

static void
test_corners_lie_inside (void)
{
  static const struct {
    const char *set;
    guint n_pages;
  } SETS[] = { { "practice", 10 }, { "several", 2 + 3 + 4 + 1 }, { "mats", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (SETS); i++) {
    g_autofree char *folder = print_set (SETS[i].set, 11);

    g_assert_cmpuint (check_corners (folder), ==, SETS[i].n_pages);
    remove_folder (folder);
  }
}

/* The page is brighter than the mat just outside each of its sides. */
static void
test_corners_mark_the_page (void)
{
  g_autoptr (GError) error = NULL;
  const YzPressPaper *paper = yz_press_paper_find ("application-letter");
  const YzPressLay lay = { .paper = paper, .angle = 0.03 };
  const YzPressPhoto photo = {
    .mat = YZ_PRESS_MAT_BLACK,
    .width = 306,
    .height = 408,
    .scale = 1.1,
    .tilt_x = 1e-4,
    .seed = 3,
    .lays = &lay,
    .n_lays = 1,
  };
  g_autoptr (GdkPixbuf) picture = yz_press_photo_take (&photo);
  const guint8 *pixels = gdk_pixbuf_read_pixels (picture);
  double corners[8];

  yz_press_photo_project (&photo, &lay, corners);
  for (guint i = 0; i < 8; i += 2) {
    const double x = (corners[i] + corners[(i + 2) % 8]) / 2;
    const double y = (corners[i + 1] + corners[(i + 3) % 8]) / 2;
    int light[2];

    for (guint k = 0; k < 2; k++) {
      const double reach = k == 0 ? 0.96 : 1.04;
      const int column = (int) (153 + (x - 153) * reach);
      const int row = (int) (204 + (y - 204) * reach);

      light[k] = pixels[row * gdk_pixbuf_get_rowstride (picture) + 3 * column + 1];
    }
    g_assert_cmpint (light[0], >, light[1] + 60);
  }
}

static void
test_unknown_set_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_press_print ("/nowhere", "posters", &SMALL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "posters"));
}

static void
test_unwritable_folder_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_press_print ("/dev/null/pictures", "mats", &SMALL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "/dev/null/pictures"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/press/same-seed-same-bytes", test_same_seed_same_bytes);
  g_test_add_func ("/press/corners-lie-inside", test_corners_lie_inside);
  g_test_add_func ("/press/corners-mark-the-page", test_corners_mark_the_page);
  g_test_add_func ("/press/unknown-set-is-refused", test_unknown_set_is_refused);
  g_test_add_func ("/press/unwritable-folder-is-refused", test_unwritable_folder_is_refused);
  return g_test_run ();
}
