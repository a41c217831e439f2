/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/key-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  YzKeyLines *lines;
  YzKeyComplain complain;
  gpointer data;
  guint line;
} Scan;

static void
free_group (gpointer data)
{
  YzKeyGroup *group = data;

  g_free (group->name);
  g_hash_table_unref (group->keys);
  g_free (group);
}

static void G_GNUC_PRINTF (2, 3) complain (const Scan *scan, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  scan->complain (scan->data, scan->line, sentence);
}

static const YzKeyGroup *
find_group (const YzKeyLines *self, const char *name)
{
  for (guint i = 0; i < self->groups->len; i++) {
    const YzKeyGroup *group = g_ptr_array_index (self->groups, i);

    if (g_str_equal (group->name, name))
      return group;
  }
  return NULL;
}

static void
scan_group (Scan *scan, char *line)
{
  char *end = strchr (line, ']');
  const YzKeyGroup *earlier = NULL;
  YzKeyGroup *group = NULL;

  if (end == NULL || end[1] != '\0' || end == line + 1) {
    complain (scan, _ ("A group is written [Like this], alone on its line."));
    return;
  }
  *end = '\0';
  earlier = find_group (scan->lines, line + 1);
  if (earlier != NULL)
    complain (scan, _ ("[%s] is written twice; it stands on line %u already."), line + 1,
              earlier->line);

  group = g_new0 (YzKeyGroup, 1);
  group->name = g_strdup (line + 1);
  group->line = scan->line;
  group->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (scan->lines->groups, group);
}

static void
scan_key (Scan *scan, char *line)
{
  char *equals = strchr (line, '=');
  YzKeyGroup *group = NULL;
  guint earlier = 0;

  if (equals == NULL || equals == line) {
    complain (scan, _ ("“%s” is neither a group, nor a key with its value, nor a comment."), line);
    return;
  }
  if (scan->lines->groups->len == 0) {
    complain (scan, _ ("A value stands before the first group."));
    return;
  }
  *equals = '\0';
  g_strchomp (line);
  group = g_ptr_array_index (scan->lines->groups, scan->lines->groups->len - 1);
  earlier = yz_key_group_get_line (group, line);
  if (earlier != 0)
    complain (scan, _ ("“%s” is written twice in this group; it stands on line %u already."), line,
              earlier);
  else
    g_hash_table_insert (group->keys, g_strdup (line), GUINT_TO_POINTER (scan->line));
}

/* A file of bytes that are no text cannot be shown line by line. */
static gboolean
check_text (Scan *scan, const char *text, gsize length)
{
  const char *end = NULL;

  if (g_utf8_validate_len (text, length, &end))
    return TRUE;
  scan->line = 1;
  for (const char *at = text; at < end; at++)
    scan->line += *at == '\n';
  complain (scan, _ ("This line is not UTF-8 text."));
  return FALSE;
}

/**
 * yz_key_lines_scan:
 * @text: (array length=length): the file
 * @complain_func: (scope call): told about each line that cannot be read
 * @data: for @complain_func
 *
 * Returns: (transfer full): what could be read
 */
YzKeyLines *
yz_key_lines_scan (const char *text, gsize length, YzKeyComplain complain_func, gpointer data)
{
  YzKeyLines *self = g_new0 (YzKeyLines, 1);
  Scan scan = { self, complain_func, data, 0 };
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;

  self->groups = g_ptr_array_new_with_free_func (free_group);
  if (!check_text (&scan, text, length))
    return self;

  copy = g_strndup (text, length);
  lines = g_strsplit (copy, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = g_strstrip (lines[i]);

    scan.line = i + 1;
    if (*line == '\0' || *line == '#')
      continue;
    if (*line == '[')
      scan_group (&scan, line);
    else
      scan_key (&scan, line);
  }
  return self;
}

/**
 * yz_key_group_get_line:
 *
 * Returns: the line of @key, 0 when the group lacks it
 */
guint
yz_key_group_get_line (const YzKeyGroup *group, const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (group->keys, key));
}

void
yz_key_lines_free (YzKeyLines *self)
{
  g_ptr_array_unref (self->groups);
  g_free (self);
}
