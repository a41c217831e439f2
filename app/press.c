/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/press.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static const char *const PRACTICE[] = {
  "household-booklet", "household-member",     "identity-card-front",  "identity-card-back",
  "birth-certificate", "marriage-certificate", "property-certificate", "application-letter",
  "permit-to-move",    "consent-letter",
};

static void
swap (int *a, int *b)
{
  const int keep = *a;

  *a = *b;
  *b = keep;
}

static gboolean
is_inside (const YzPressPhoto *photo)
{
  for (gsize lay = 0; lay < photo->n_lays; lay++) {
    double corners[8];

    yz_press_photo_project (photo, &photo->lays[lay], corners);
    for (guint i = 0; i < 8; i += 2)
      if (corners[i] < photo->width * 0.02 || corners[i] > photo->width * 0.98 ||
          corners[i + 1] < photo->height * 0.02 || corners[i + 1] > photo->height * 0.98)
        return FALSE;
  }
  return TRUE;
}

/* Hangs the camera: a little off the vertical, as near as the papers allow. */
static void
aim (YzPressPhoto *photo, double width, double height, GRand *rand)
{
  const double fill = g_rand_double_range (rand, 0.76, 0.88);

  photo->scale = fill * MIN (photo->width / width, photo->height / height);
  photo->tilt_x = g_rand_double_range (rand, -0.035, 0.035) / width;
  photo->tilt_y = g_rand_double_range (rand, -0.045, 0.045) / height;
  while (!is_inside (photo))
    photo->scale *= 0.98;
}

static gboolean
develop (const YzPressPhoto *photo,
         const char *folder,
         const char *name,
         GString *corners,
         GError **error)
{
  g_autofree char *file = g_strconcat (name, ".jpg", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GdkPixbuf) picture = yz_press_photo_take (photo);

  for (gsize lay = 0; lay < photo->n_lays; lay++) {
    double quad[8];

    yz_press_photo_project (photo, &photo->lays[lay], quad);
    g_string_append_printf (corners, "%s,%d,%d", file, photo->width, photo->height);
    for (guint i = 0; i < 8; i++) {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (corners, ",%s",
                              g_ascii_formatd (number, sizeof number, "%.2f", quad[i]));
    }
    g_string_append_c (corners, '\n');
  }
  return gdk_pixbuf_save (picture, path, "jpeg", error, "quality", "92", NULL);
}

static YzPressPhoto
load_film (const YzPressOptions *options, guint index, GRand *rand)
{
  YzPressPhoto photo = { 0 };

  photo.mat =
      options->mat >= 0 ? (YzPressMat) options->mat : (YzPressMat) (index % YZ_PRESS_N_MATS);
  photo.width = options->width;
  photo.height = options->height;
  photo.seed = g_rand_int (rand);
  return photo;
}

static gboolean
print_practice (const char *folder,
                const YzPressOptions *options,
                GRand *rand,
                GString *corners,
                GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (PRACTICE); i++) {
    g_autofree char *name = g_strdup_printf ("%02u-%s", i + 1, PRACTICE[i]);
    YzPressPhoto photo = load_film (options, i, rand);
    YzPressLay lay = { .paper = yz_press_paper_find (PRACTICE[i]) };

    if (lay.paper->height > lay.paper->width)
      swap (&photo.width, &photo.height);
    lay.angle = g_rand_double_range (rand, -4.0, 4.0) * G_PI / 180;
    lay.x = g_rand_double_range (rand, -0.02, 0.02) * lay.paper->width;
    lay.y = g_rand_double_range (rand, -0.02, 0.02) * lay.paper->height;
    photo.lays = &lay;
    photo.n_lays = 1;
    aim (&photo, lay.paper->width, lay.paper->height, rand);
    if (!develop (&photo, folder, name, corners, error))
      return FALSE;
  }
  return TRUE;
}

/* Four cards in two rows, each turned as a hand laid it. */
static gboolean
print_several (const char *folder,
               const YzPressOptions *options,
               GRand *rand,
               GString *corners,
               GError **error)
{
  static const char *const CARDS[] = { "identity-card-front", "identity-card-back" };

  for (guint i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf ("%02u-several-cards", i + 1);
    YzPressPhoto photo = load_film (options, i, rand);
    YzPressLay lays[4] = { 0 };

    photo.n_lays = 1 + (i + 1) % 4;
    for (guint k = 0; k < photo.n_lays; k++) {
      lays[k].paper = yz_press_paper_find (CARDS[k % 2]);
      lays[k].x = (k % 2 ? 52 : -52) + g_rand_double_range (rand, -3, 3);
      lays[k].y = (k / 2 ? 36 : -36) + g_rand_double_range (rand, -3, 3);
      lays[k].angle = g_rand_double_range (rand, -7, 7) * G_PI / 180;
    }
    photo.lays = lays;
    aim (&photo, 200, 140, rand);
    if (!develop (&photo, folder, name, corners, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
print_mats (const char *folder,
            const YzPressOptions *options,
            GRand *rand,
            GString *corners,
            GError **error)
{
  static const char *const NAMES[YZ_PRESS_N_MATS] = { "green", "grey", "wood", "black" };

  for (guint i = 0; i < YZ_PRESS_N_MATS; i++) {
    YzPressPhoto photo = load_film (options, i, rand);
    g_autofree char *name = g_strdup_printf ("%02u-empty-mat-%s", i + 1, NAMES[photo.mat]);

    aim (&photo, 210, 148, rand);
    if (!develop (&photo, folder, name, corners, error))
      return FALSE;
  }
  return TRUE;
}

typedef gboolean (*PrintSet) (
    const char *folder, const YzPressOptions *options, GRand *rand, GString *corners, GError **);

static PrintSet
find_set (const char *set)
{
  static const struct {
    const char *name;
    PrintSet print;
  } SETS[] = {
    { "practice", print_practice },
    { "several", print_several },
    { "mats", print_mats },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SETS); i++)
    if (g_str_equal (set, SETS[i].name))
      return SETS[i].print;
  return NULL;
}

gboolean
yz_press_print (const char *folder, const char *set, const YzPressOptions *options, GError **error)
{
  g_autoptr (GString) corners =
      g_string_new ("file,width,height,tlx,tly,trx,try,brx,bry,blx,bly\n");
  g_autofree char *path = g_build_filename (folder, "corners.csv", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (options->seed);
  const PrintSet print = find_set (set);

  if (print == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "There is no set of pictures called “%s”; there are practice, several and mats.",
                 set);
    return FALSE;
  }
  if (g_mkdir_with_parents (folder, 0755) != 0) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "The folder “%s” cannot be made: %s.", folder, g_strerror (errno));
    return FALSE;
  }
  if (!print (folder, options, rand, corners, error))
    return FALSE;
  return g_file_set_contents (path, corners->str, (gssize) corners->len, error);
}
