/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How well, and how fast, pages are found and finished: on the pictures of a folder whose true
 * corners are known, or on a set that is rendered here. */

#include "capture/codec.h"
#include "tests/bench/corner-list.h"
#include "tests/bench/find-figures.h"
#include "tests/bench/ink-figures.h"
#include "tests/bench/step-figures.h"
#include "tests/support/scene-set.h"

#include <malloc.h>

#define LONGEST 1632 /* of the rendered pictures, pixels */
#define SEED 11

static YzBitmap *
load (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  YzBitmap *bitmap = NULL;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  bitmap = yz_codec_decode ((const guint8 *) bytes, length, 0, NULL, error);
  if (bitmap == NULL)
    g_prefix_error (error, "%s: ", path);
  return bitmap;
}

static gboolean
measure_folder (
    const char *folder, const char *list, const char *mat_path, gboolean each, GError **error)
{
  g_autoptr (GPtrArray) pictures = yz_corner_list_read (folder, list, error);
  g_autoptr (YzBitmap) mat = NULL;
  YzFindFigures figures;
  gboolean fine = TRUE;

  if (pictures == NULL || (mat_path != NULL && (mat = load (mat_path, error)) == NULL))
    return FALSE;
  yz_find_figures_start (&figures, each);
  for (guint i = 0; i < pictures->len && fine; i++) {
    const YzCornerEntry *entry = g_ptr_array_index (pictures, i);
    g_autofree char *path = g_build_filename (folder, entry->file, NULL);
    g_autoptr (YzBitmap) picture = load (path, error);

    fine = picture != NULL;
    if (fine)
      yz_find_figures_add (&figures, entry->file, picture, entry->pages, mat);
  }
  if (fine)
    yz_find_figures_print (&figures, folder);
  yz_find_figures_end (&figures);
  return fine;
}

/* Painting takes far longer than finding: a picture that was kept is not painted again. */
static YzBitmap *
take (const YzScenePhoto *photo, const char *save_as)
{
  g_autoptr (GBytes) jpeg = NULL;
  gsize length = 0;
  const guint8 *data = NULL;
  YzBitmap *bitmap = save_as != NULL ? load (save_as, NULL) : NULL;

  if (bitmap != NULL)
    return bitmap;
  jpeg = yz_scene_photo_save (photo);
  data = g_bytes_get_data (jpeg, &length);
  if (save_as != NULL)
    g_file_set_contents (save_as, (const char *) data, (gssize) length, NULL);
  bitmap = yz_codec_decode (data, length, 0, NULL, NULL);
  g_assert (bitmap != NULL);
  return bitmap;
}

static GArray *
list_truth (const YzSceneShot *shot)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (YzQuad));

  for (gsize i = 0; i < shot->photo.n_lays; i++) {
    double corners[8];
    YzQuad quad;

    yz_scene_photo_project (&shot->photo, &shot->lays[i], corners);
    for (guint k = 0; k < 4; k++)
      quad.at[k] = (YzPoint){ corners[2 * k], corners[2 * k + 1] };
    g_array_append_val (pages, quad);
  }
  return pages;
}

static void
measure_rendered (const char *folder, guint32 seed, gboolean each)
{
  static const guint COUNT[YZ_SCENE_N_KINDS] = { 63, 18, 18, 27 };
  YzFindFigures blind;
  YzFindFigures knowing;
  YzFindFigures touched; /* a hand lies over the rim of the page */

  yz_find_figures_start (&blind, each);
  yz_find_figures_start (&knowing, each);
  yz_find_figures_start (&touched, each);
  for (guint kind = 0; kind < YZ_SCENE_N_KINDS; kind++)
    for (guint i = 0; i < COUNT[kind]; i++) {
      YzSceneShot shot;
      YzScenePhoto clear;
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;
      g_autofree char *mat_path = NULL;
      g_autoptr (YzBitmap) picture = NULL;
      g_autoptr (YzBitmap) mat = NULL;
      g_autoptr (GArray) truth = NULL;

      yz_scene_set_compose ((YzSceneKind) kind, i, seed, LONGEST, &shot);
      clear = yz_scene_set_clear (&shot);
      name = g_strdup_printf ("%s-%02u-%s.jpg", yz_scene_kind_to_string (shot.kind), i,
                              yz_scene_mat_to_string (shot.photo.mat));
      path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
      mat_path = path != NULL ? g_strconcat (path, "-mat", NULL) : NULL;
      picture = take (&shot.photo, path);
      mat = take (&clear, mat_path);
      truth = list_truth (&shot);
      yz_find_figures_add (kind == YZ_SCENE_HAND ? &touched : &blind, name, picture, truth, NULL);
      if (kind != YZ_SCENE_HAND)
        yz_find_figures_add (&knowing, name, picture, truth, mat);
    }
  yz_find_figures_print (&blind, "rendered pictures, the mat unknown");
  yz_find_figures_print (&knowing, "the same with the empty mat's frame");
  yz_find_figures_print (&touched, "pages with a hand over one side");
  yz_find_figures_end (&touched);
  yz_find_figures_end (&blind);
  yz_find_figures_end (&knowing);
}

int
main (int argc, char **argv)
{
  g_autofree char *list = NULL;
  g_autofree char *mat = NULL;
  g_autofree char *save = NULL;
  int seed = SEED;
  gboolean each = FALSE;
  gboolean steps = FALSE;
  gboolean find = FALSE;
  gboolean ink = FALSE;
  const GOptionEntry entries[] = {
    { "corners", 0, 0, G_OPTION_ARG_FILENAME, &list, "List of true corners", "CSV" },
    { "mat", 0, 0, G_OPTION_ARG_FILENAME, &mat, "Picture of the empty mat", "FILE" },
    { "each", 0, 0, G_OPTION_ARG_NONE, &each, "Tell about each picture", NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of the rendered pictures", "N" },
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &save,
      "Keep the rendered pictures, or take those of an earlier run", "FOLDER" },
    { "find", 0, 0, G_OPTION_ARG_NONE, &find, "Measure goals 1 to 5 only", NULL },
    { "steps", 0, 0, G_OPTION_ARG_NONE, &steps, "Measure goals 5 to 8 only", NULL },
    { "ink", 0, 0, G_OPTION_ARG_NONE, &ink, "Measure what is read of black and white only", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[FOLDER]");
  g_autoptr (GError) error = NULL;

  /* As the darkroom's helper does it. */
  mallopt (M_MMAP_MAX, 0);
  mallopt (M_TRIM_THRESHOLD, 256 << 20);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 2) {
    g_printerr ("%s\n", error != NULL ? error->message : "Use it so: bench-images [FOLDER]");
    return 2;
  }
  if (argc == 1 && !steps && !ink)
    measure_rendered (save, (guint32) seed, each);
  if ((argc == 2 && !measure_folder (argv[1], list, mat, each, &error)) ||
      (!find && !ink && !yz_step_figures_print (&error)) ||
      (!find && !yz_ink_figures_print (&error))) {
    g_printerr ("%s\n", error->message);
    return 3;
  }
  return 0;
}
