/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/bench/corner-list.h"

static void
free_picture (gpointer data)
{
  YzCornerEntry *picture = data;

  g_free (picture->file);
  g_array_unref (picture->pages);
  g_free (picture);
}

/* Splits a line of CSV; cells may be quoted. */
static GPtrArray *
split_line (const char *line)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *c = line;; c++) {
    if (*c == '\0' || (*c == ',' && !quoted)) {
      g_ptr_array_add (cells, g_strdup (cell->str));
      g_string_truncate (cell, 0);
      if (*c == '\0')
        return cells;
    } else if (*c == '"')
      quoted = !quoted;
    else if (*c != '\r')
      g_string_append_c (cell, *c);
  }
}

static int
find_column (const GPtrArray *head, const char *name)
{
  for (guint i = 0; i < head->len; i++)
    if (g_str_equal (g_ptr_array_index (head, i), name))
      return (int) i;
  return -1;
}

static YzCornerEntry *
find_picture (GPtrArray *pictures, const char *file)
{
  YzCornerEntry *picture = NULL;

  for (guint i = 0; i < pictures->len; i++)
    if (g_str_equal (((YzCornerEntry *) g_ptr_array_index (pictures, i))->file, file))
      return g_ptr_array_index (pictures, i);
  picture = g_new0 (YzCornerEntry, 1);
  picture->file = g_strdup (file);
  picture->pages = g_array_new (FALSE, FALSE, sizeof (YzQuad));
  g_ptr_array_add (pictures, picture);
  return picture;
}

/* Reads the list by the names in its head; a line without corners is an empty mat. */
static GPtrArray *
read_list (const char *path, GError **error)
{
  static const char *const NAMES[] = { "tlx", "tly", "trx", "try", "brx", "bry", "blx", "bly" };
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (free_picture);
  g_autoptr (GPtrArray) head = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  head = split_line (lines[0] != NULL ? lines[0] : "");
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
    g_autoptr (GPtrArray) cells = split_line (lines[i]);
    const int file = find_column (head, "file");
    double value[8] = { 0 };
    gboolean whole = TRUE;

    for (guint k = 0; k < 8; k++) {
      const int column = find_column (head, NAMES[k]);

      whole &= column >= 0 && column < (int) cells->len &&
               *(char *) g_ptr_array_index (cells, column) != '\0';
      if (whole)
        value[k] = g_ascii_strtod (g_ptr_array_index (cells, column), NULL);
    }
    if (file >= 0 && file < (int) cells->len && *(char *) g_ptr_array_index (cells, file) != '\0') {
      YzCornerEntry *picture = find_picture (pictures, g_ptr_array_index (cells, file));
      YzQuad quad;

      for (guint k = 0; k < 4; k++)
        quad.at[k] = (YzPoint){ value[2 * k], value[2 * k + 1] };
      if (whole)
        g_array_append_val (picture->pages, quad);
    }
  }
  return g_steal_pointer (&pictures);
}

/* Pictures of the folder that the list does not name show nothing. */
static void
add_unlisted (GPtrArray *pictures, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".jpg") || g_str_has_suffix (name, ".png"))
      find_picture (pictures, name);
}

GPtrArray *
yz_corner_list_read (const char *folder, const char *list, GError **error)
{
  g_autofree char *standard = g_build_filename (folder, "corners.csv", NULL);
  GPtrArray *pictures = read_list (list != NULL ? list : standard, error);

  if (pictures != NULL)
    add_unlisted (pictures, folder);
  return pictures;
}
