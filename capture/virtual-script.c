/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/virtual-script.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SCRIPT_MAX (1024 * 1024)
#define WAIT_MAX 600000

typedef enum { TAKES_NOTHING, TAKES_FILE, TAKES_ERROR, TAKES_TIME } Takes;

static const struct {
  const char *word;
  YzVirtualVerb verb;
  Takes takes;
} VERBS[] = {
  { "mat", YZ_VIRTUAL_MAT, TAKES_FILE },          { "show", YZ_VIRTUAL_SHOW, TAKES_FILE },
  { "fail", YZ_VIRTUAL_FAIL, TAKES_ERROR },       { "wait", YZ_VIRTUAL_WAIT, TAKES_TIME },
  { "unplug", YZ_VIRTUAL_UNPLUG, TAKES_NOTHING }, { "plug", YZ_VIRTUAL_PLUG, TAKES_NOTHING },
  { "hang", YZ_VIRTUAL_HANG, TAKES_NOTHING },     { "die", YZ_VIRTUAL_DIE, TAKES_NOTHING },
  { "again", YZ_VIRTUAL_AGAIN, TAKES_NOTHING },
};

static const struct {
  const char *word;
  YzCaptureError code;
} FAULTS[] = {
  { "busy", YZ_CAPTURE_ERROR_BUSY },
  { "claimed", YZ_CAPTURE_ERROR_CLAIMED },
  { "lost", YZ_CAPTURE_ERROR_LOST },
  { "timeout", YZ_CAPTURE_ERROR_TIMEOUT },
  { "no-paper", YZ_CAPTURE_ERROR_NO_PAPER },
  { "jam", YZ_CAPTURE_ERROR_JAM },
  { "unsupported", YZ_CAPTURE_ERROR_UNSUPPORTED },
  { "protocol", YZ_CAPTURE_ERROR_PROTOCOL },
};

/* Where the reader stands, for its errors. */
typedef struct {
  const char *name;
  char *folder;
  guint line;
} Place;

static void
free_step (gpointer data)
{
  YzVirtualStep *step = data;

  g_free (step->file);
  g_free (step);
}

static void G_GNUC_PRINTF (3, 4)
    set_error (GError **error, const Place *place, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED, "%s:%u: %s", place->name,
               place->line, sentence);
}

static gboolean
read_fault (YzVirtualStep *step, const char *word, const Place *place, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FAULTS); i++)
    if (g_str_equal (FAULTS[i].word, word)) {
      step->error = FAULTS[i].code;
      return TRUE;
    }
  set_error (error, place,
             _ ("“%s” is not a fault; there are busy, claimed, lost, timeout, no-paper, jam, "
                "unsupported and protocol."),
             word);
  return FALSE;
}

static gboolean
read_argument (
    YzVirtualStep *step, Takes takes, const char *argument, const Place *place, GError **error)
{
  guint64 number = 0;

  switch (takes) {
  case TAKES_FILE:
    step->file = g_canonicalize_filename (argument, place->folder);
    return TRUE;
  case TAKES_ERROR:
    return read_fault (step, argument, place, error);
  case TAKES_TIME:
    if (g_ascii_string_to_unsigned (argument, 10, 0, WAIT_MAX, &number, NULL)) {
      step->milliseconds = (guint) number;
      return TRUE;
    }
    set_error (error, place, _ ("“%s” is not a time in milliseconds from 0 to %d."), argument,
               WAIT_MAX);
    return FALSE;
  case TAKES_NOTHING:
  default:
    return TRUE;
  }
}

static YzVirtualStep *
read_step (const char *word, const char *argument, const Place *place, GError **error)
{
  YzVirtualStep *step = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (VERBS); i++) {
    if (!g_str_equal (VERBS[i].word, word))
      continue;
    if ((VERBS[i].takes == TAKES_NOTHING) != (*argument == '\0')) {
      set_error (error, place,
                 VERBS[i].takes == TAKES_NOTHING ? _ ("Nothing can follow “%s”.")
                                                 : _ ("Something must follow “%s”."),
                 word);
      return NULL;
    }
    step = g_new0 (YzVirtualStep, 1);
    step->verb = VERBS[i].verb;
    step->line = place->line;
    if (read_argument (step, VERBS[i].takes, argument, place, error))
      return step;
    free_step (step);
    return NULL;
  }
  set_error (error, place, _ ("A scripted camera does not know “%s”."), word);
  return NULL;
}

/* An endless loop without a shot in it would keep the player busy for ever. */
static gboolean
does_end_in_shots (GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++) {
    const YzVirtualStep *step = steps->pdata[i];

    if (step->verb == YZ_VIRTUAL_AGAIN)
      return FALSE;
    if (step->verb == YZ_VIRTUAL_SHOW || step->verb == YZ_VIRTUAL_FAIL ||
        step->verb == YZ_VIRTUAL_HANG || step->verb == YZ_VIRTUAL_DIE)
      return TRUE;
  }
  return TRUE;
}

static gboolean
read_line (char *line, GPtrArray *steps, const Place *place, GError **error)
{
  char *argument = NULL;
  YzVirtualStep *step = NULL;

  g_strstrip (line);
  if (*line == '\0' || *line == '#')
    return TRUE;
  argument = line + strcspn (line, " \t");
  if (*argument != '\0')
    *argument++ = '\0';
  step = read_step (line, g_strchug (argument), place, error);
  if (step == NULL)
    return FALSE;
  g_ptr_array_add (steps, step);
  if (step->verb != YZ_VIRTUAL_AGAIN || does_end_in_shots (steps))
    return TRUE;
  set_error (error, place, _ ("Before “again” there must be a “show” or a fault."));
  return FALSE;
}

GPtrArray *
yz_virtual_script_parse (const char *text, const char *name, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (free_step);
  g_autofree char *folder = g_path_get_dirname (name);
  g_auto (GStrv) lines = NULL;
  Place place = { .name = name, .folder = folder, .line = 1 };

  if (!g_utf8_validate (text, -1, NULL)) {
    set_error (error, &place, _ ("This is not a text in UTF-8."));
    return NULL;
  }
  lines = g_strsplit (text, "\n", -1);
  for (; lines[place.line - 1] != NULL; place.line++)
    if (!read_line (lines[place.line - 1], steps, &place, error))
      return NULL;
  if (steps->len == 0) {
    place.line = 1;
    set_error (error, &place, _ ("The script shows nothing."));
    return NULL;
  }
  return g_steal_pointer (&steps);
}

gboolean
yz_virtual_script_is_picture (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return *lower != '.' && (g_str_has_suffix (lower, ".jpg") || g_str_has_suffix (lower, ".jpeg") ||
                           g_str_has_suffix (lower, ".png"));
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const YzVirtualStep *one = *(YzVirtualStep *const *) a;
  const YzVirtualStep *other = *(YzVirtualStep *const *) b;

  return strcmp (one->file, other->file);
}

static YzVirtualStep *
new_step (YzVirtualVerb verb, char *file)
{
  YzVirtualStep *step = g_new0 (YzVirtualStep, 1);

  step->verb = verb;
  step->file = file;
  return step;
}

GPtrArray *
yz_virtual_script_from_folder (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (free_step);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  if (directory == NULL) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("The folder “%s” cannot be read."), folder);
    return NULL;
  }
  while ((name = g_dir_read_name (directory)) != NULL)
    if (yz_virtual_script_is_picture (name))
      g_ptr_array_add (steps, new_step (YZ_VIRTUAL_SHOW, g_build_filename (folder, name, NULL)));
  if (steps->len == 0) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("The folder “%s” holds no JPEG or PNG picture."), folder);
    return NULL;
  }
  g_ptr_array_sort (steps, compare_files);
  g_ptr_array_add (steps, new_step (YZ_VIRTUAL_AGAIN, NULL));
  return g_steal_pointer (&steps);
}

GPtrArray *
yz_virtual_script_load (const char *path, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return yz_virtual_script_from_folder (path, error);
  if (!g_file_get_contents (path, &text, &length, &inner)) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("The script “%s” cannot be read: %s"), path, inner->message);
    return NULL;
  }
  if (length > SCRIPT_MAX || strlen (text) != length) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 _ ("“%s” is not a script of a camera."), path);
    return NULL;
  }
  return yz_virtual_script_parse (text, path, error);
}
