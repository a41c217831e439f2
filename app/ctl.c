/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/ctl.h"

#include "app/places.h"
#include "capture/capture-error.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (yz_ctl_error, yz_ctl_error)

static const YzCtlCommand *const TABLES[] = {
  yz_ctl_store_commands,
  yz_ctl_dossier_commands,
  yz_ctl_picture_commands,
  yz_ctl_rule_commands,
};

/**
 * yz_ctl_parse:
 * @usage: the command's own words after its name
 * @entries: (nullable): its options
 * @least: fewest arguments left after the options
 * @most: most of them, -1 for any number
 *
 * Takes the options out of @argv; what stays are the arguments, the first at index 1.
 *
 * Returns: FALSE with YZ_CTL_ERROR_USAGE
 */
gboolean
yz_ctl_parse (const char *usage,
              const GOptionEntry *entries,
              int *argc,
              char ***argv,
              int least,
              int most,
              GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) wrong = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &wrong)) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("%1$s. Use it so: yizhanctl %2$s"),
                 wrong->message, usage);
    return FALSE;
  }
  if (*argc - 1 < least || (most >= 0 && *argc - 1 > most)) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Use it so: yizhanctl %s"), usage);
    return FALSE;
  }
  return TRUE;
}

const char *
yz_ctl_get_store (YzCtl *self)
{
  if (self->store == NULL)
    self->store = yz_places_default_store ();
  return self->store;
}

/**
 * yz_ctl_read_password:
 *
 * The password of --as: the first line of --password-file, or YIZHAN_PASSWORD.
 *
 * Returns: (transfer full): the password, or NULL with YZ_CTL_ERROR_USAGE
 */
char *
yz_ctl_read_password (YzCtl *self, GError **error)
{
  g_autofree char *text = NULL;
  const char *environment = g_getenv ("YIZHAN_PASSWORD");

  if (self->password_file == NULL) {
    if (environment == NULL)
      g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                   _ ("The password of “%s” is missing: name a file with --password-file or set "
                      "YIZHAN_PASSWORD."),
                   self->login);
    return g_strdup (environment);
  }
  if (!g_file_get_contents (self->password_file, &text, NULL, NULL)) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("The password file “%s” cannot be read."), self->password_file);
    return NULL;
  }
  text[strcspn (text, "\r\n")] = '\0';
  return g_steal_pointer (&text);
}

YzDesk *
yz_ctl_open (YzCtl *self, GError **error)
{
  if (self->desk == NULL)
    self->desk = yz_desk_open (yz_ctl_get_store (self), yz_places_get_datadir (), error);
  return self->desk;
}

YzDesk *
yz_ctl_sign_in (YzCtl *self, GError **error)
{
  g_autofree char *password = NULL;
  g_autoptr (YzStaff) staff = NULL;

  if (self->login == NULL) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Say who is acting: --as LOGIN."));
    return NULL;
  }
  password = yz_ctl_read_password (self, error);
  if (password == NULL || yz_ctl_open (self, error) == NULL)
    return NULL;
  staff = yz_desk_sign_in (self->desk, self->login, password, error);
  return staff == NULL ? NULL : self->desk;
}

YzDarkroom *
yz_ctl_get_darkroom (YzCtl *self)
{
  if (self->darkroom == NULL)
    self->darkroom = yz_darkroom_new ();
  return self->darkroom;
}

void
yz_ctl_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  g_print ("%s\n", text);
}

void
yz_ctl_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
yz_ctl_print_pair (const char *name, const char *value, ...)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  va_list rest;

  va_start (rest, value);
  json_builder_begin_object (builder);
  while (name != NULL) {
    yz_ctl_add_string (builder, name, value);
    name = va_arg (rest, const char *);
    value = name != NULL ? va_arg (rest, const char *) : NULL;
  }
  json_builder_end_object (builder);
  va_end (rest);
  yz_ctl_print_json (builder);
}

void
yz_ctl_add_time (JsonBuilder *builder, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? yz_time_format_iso (time) : NULL;

  yz_ctl_add_string (builder, name, text);
}

gboolean
yz_ctl_write_file (const char *path, GBytes *bytes, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_set_contents_full (path, data, (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                error))
    return TRUE;
  g_prefix_error (error, _ ("“%s” could not be written: "), path);
  return FALSE;
}

GBytes *
yz_ctl_read_file (const char *path, GError **error)
{
  char *data = NULL;
  gsize size = 0;

  if (g_file_get_contents (path, &data, &size, NULL))
    return g_bytes_new_take (data, size);
  g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("The file “%s” cannot be read."), path);
  return NULL;
}

/* A rule said no: the caller asked for something that the law of the case forbids. */
static gboolean
is_refusal (const GError *error)
{
  static const YzWorkflowError faults[] = { YZ_WORKFLOW_ERROR_BUSY, YZ_WORKFLOW_ERROR_NEWER,
                                            YZ_WORKFLOW_ERROR_NO_SPACE, YZ_WORKFLOW_ERROR_DAMAGED,
                                            YZ_WORKFLOW_ERROR_FAILED };

  if (error->domain == YZ_WORKFLOW_ERROR) {
    for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
      if (error->code == (int) faults[i])
        return FALSE;
    return TRUE;
  }
  return g_error_matches (error, YZ_CTL_ERROR, YZ_CTL_ERROR_REFUSED) ||
         g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE) ||
         g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static int
exit_code_of (const GError *error)
{
  if (g_error_matches (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE) || error->domain == G_OPTION_ERROR)
    return 2;
  return is_refusal (error) ? 1 : 3;
}

/* How many words from @argv on name the command; 0 when they do not. */
static int
count_matching_words (const char *words, char **argv)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  int n = 0;

  for (; parts[n] != NULL; n++)
    if (argv[n] == NULL || !g_str_equal (parts[n], argv[n]))
      return 0;
  return n;
}

static const YzCtlCommand *
match_command (char **argv, int *out_words)
{
  for (gsize t = 0; t < G_N_ELEMENTS (TABLES); t++)
    for (const YzCtlCommand *command = TABLES[t]; command->words != NULL; command++) {
      *out_words = count_matching_words (command->words, argv);
      if (*out_words > 0)
        return command;
    }
  return NULL;
}

/* A command's own options may stand before its words, too: these are then looked for behind them.
 */
static const YzCtlCommand *
find_command (char **argv, int *out_at, int *out_words)
{
  for (int at = 1; argv[at] != NULL; at++) {
    const YzCtlCommand *command = match_command (argv + at, out_words);

    *out_at = at;
    if (command != NULL || argv[1][0] != '-')
      return command;
  }
  return NULL;
}

static void
print_command (const YzCtlCommand *command)
{
  g_print ("  %s\n      %s\n", command->usage, _ (command->summary));
}

static void
print_usage (void)
{
  g_print (
      _ ("Use it so: yizhanctl [--store PATH|URI] [--as LOGIN] [--password-file FILE] [--json] "
         "COMMAND\n"));
  for (gsize t = 0; t < G_N_ELEMENTS (TABLES); t++)
    for (const YzCtlCommand *command = TABLES[t]; command->words != NULL; command++)
      print_command (command);
  g_print ("%s\n", _ ("“man yizhanctl” explains them. Exit code: 0 done, 1 refused by a rule, "
                      "2 wrong use, 3 fault."));
}

static gboolean
is_help (const char *word)
{
  return g_str_equal (word, "--help") || g_str_equal (word, "-h") || g_str_equal (word, "-?");
}

/* Takes any word for help away; whether there was one. */
static gboolean
take_help (int *argc, char **argv)
{
  int kept = 1;

  for (int i = 1; i < *argc; i++)
    if (!is_help (argv[i]) && !(i == 1 && g_str_equal (argv[i], "help")))
      argv[kept++] = argv[i];
  if (kept == *argc)
    return FALSE;
  argv[kept] = NULL;
  *argc = kept;
  return TRUE;
}

/* "help", "help dossier", "dossier new --help": whatever begins with these words. */
static gboolean
run_help (char **argv, GError **error)
{
  g_autofree char *wanted = g_strjoinv (" ", argv + 1);
  gboolean found = FALSE;

  if (*wanted == '\0') {
    print_usage ();
    return TRUE;
  }
  for (gsize t = 0; t < G_N_ELEMENTS (TABLES); t++)
    for (const YzCtlCommand *command = TABLES[t]; command->words != NULL; command++)
      if (g_str_has_prefix (command->words, wanted) || g_str_has_prefix (wanted, command->words)) {
        print_command (command);
        found = TRUE;
      }
  if (!found)
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("There is no command “%s”; “yizhanctl help” lists them."), wanted);
  return found;
}

static gboolean
run_command (YzCtl *self, int argc, char **argv, GError **error)
{
  int words = 0;
  int at = 0;
  const YzCtlCommand *command = NULL;
  g_autofree char **rest = NULL;

  if (take_help (&argc, argv))
    return run_help (argv, error);
  if (argc < 2) {
    g_set_error_literal (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                         _ ("Say what to do; “yizhanctl help” lists the commands."));
    return FALSE;
  }
  command = find_command (argv, &at, &words);
  if (command == NULL) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("There is no command “%s”; “yizhanctl help” lists them."), argv[1]);
    return FALSE;
  }
  rest = g_new0 (char *, argc - words + 1);
  for (int i = 0, kept = 0; i < argc; i++)
    if (i < at || i >= at + words)
      rest[kept++] = argv[i];
  return command->run (self, argc - words, rest, error);
}

static gboolean
parse_globals (YzCtl *self, int *argc, char ***argv, gboolean *out_version, GError **error)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &self->store, NULL, NULL },
    { "as", 0, 0, G_OPTION_ARG_STRING, &self->login, NULL, NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_file, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, out_version, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) wrong = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &wrong))
    return TRUE;
  g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
               _ ("%s; “yizhanctl help” lists the commands."), wrong->message);
  return FALSE;
}

static void
close_ctl (YzCtl *self)
{
  if (self->desk != NULL)
    yz_desk_close (self->desk);
  g_clear_object (&self->desk);
  if (self->darkroom != NULL)
    yz_darkroom_close (self->darkroom);
  g_clear_object (&self->darkroom);
  g_free (self->store);
  g_free (self->login);
  g_free (self->password_file);
}

/* One line, whatever a library put into its message. */
static void
tell_error (const GError *error)
{
  g_autofree char *line = g_strdup (error->message);

  g_strdelimit (line, "\r\n", ' ');
  g_printerr ("%s\n", line);
}

static gboolean
run (YzCtl *self, int argc, char **argv, GError **error)
{
  gboolean version = FALSE;

  if (!parse_globals (self, &argc, &argv, &version, error))
    return FALSE;
  if (version) {
    g_print ("yizhanctl %s\n", YZ_VERSION);
    return TRUE;
  }
  return run_command (self, argc, argv, error);
}

int
main (int argc, char **argv)
{
  YzCtl self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char **words = g_memdup2 (argv, sizeof (char *) * ((gsize) argc + 1));
  int code = 0;

  yz_places_start_language (NULL);
  if (!run (&self, argc, words, &error)) {
    code = exit_code_of (error);
    tell_error (error);
  }
  close_ctl (&self);
  return code;
}
