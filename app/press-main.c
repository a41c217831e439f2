/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/press.h"

#include <locale.h>
#include <stdio.h>

static gboolean
parse_size (const char *text, YzPressOptions *options)
{
  g_auto (GStrv) sides = g_strsplit (text, "x", 2);
  guint64 width = 0;
  guint64 height = 0;

  if (g_strv_length (sides) != 2 ||
      !g_ascii_string_to_unsigned (sides[0], 10, 64, 12000, &width, NULL) ||
      !g_ascii_string_to_unsigned (sides[1], 10, 64, 12000, &height, NULL))
    return FALSE;
  options->width = (int) width;
  options->height = (int) height;
  return TRUE;
}

static int
find_mat (const char *name)
{
  static const char *const NAMES[] = { "green", "grey", "wood", "black", NULL };

  for (int i = 0; NAMES[i] != NULL; i++)
    if (g_str_equal (NAMES[i], name))
      return i;
  return -1;
}

int
main (int argc, char **argv)
{
  g_autofree char *output = NULL;
  g_autofree char *set = NULL;
  g_autofree char *size = NULL;
  g_autofree char *mat = NULL;
  int seed = 1;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write the pictures to FOLDER", "FOLDER" },
    { "set", 0, 0, G_OPTION_ARG_STRING, &set, "practice (default), several or mats", "NAME" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Another seed gives other pictures", "N" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "Pixels, 3264x2448 unless told", "WxH" },
    { "mat", 0, 0, G_OPTION_ARG_STRING, &mat, "Lie all on the green, grey, wood or black mat", "NAME" },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  g_autoptr (GOptionContext) context = g_option_context_new ("– print photographs of documents");
  g_autoptr (GError) error = NULL;
  YzPressOptions options = { .width = 3264, .height = 2448, .mat = -1 };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  if (output == NULL || (size != NULL && !parse_size (size, &options)) ||
      (mat != NULL && (options.mat = find_mat (mat)) < 0)) {
    g_printerr ("Say where to write with --output FOLDER; sizes look like 3264x2448, mats are "
                "green, grey, wood and black.\n");
    return 2;
  }
  options.seed = (guint32) seed;
  if (!yz_press_print (output, set != NULL ? set : "practice", &options, &error)) {
    g_printerr ("%s\n", error->message);
    return 3;
  }
  return 0;
}
