/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/ctl.h"

#include "app/places.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <sys/random.h>

static gboolean
parse_level (const char *text, YzLevel *out_level, GError **error)
{
  for (int level = YZ_LEVEL_WINDOW; level <= YZ_LEVEL_BUREAU; level++)
    if (g_strcmp0 (text, yz_level_get_id ((YzLevel) level)) == 0) {
      *out_level = (YzLevel) level;
      return TRUE;
    }
  g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
               _ ("“%s” is not a level: say window, station or bureau."), text != NULL ? text : "");
  return FALSE;
}

static void
add_practice_staff (JsonBuilder *builder, const GPtrArray *staff, gboolean as_json)
{
  json_builder_set_member_name (builder, "staff");
  json_builder_begin_array (builder);
  for (guint i = 0; i < staff->len; i++) {
    const YzStaff *one = g_ptr_array_index (staff, i);
    g_autofree char *roles = g_strjoinv (",", (char **) one->roles);

    if (!as_json)
      g_print ("%s\t%s\t%s\t%s\n", one->login, one->name, roles, one->unit);
    json_builder_begin_object (builder);
    yz_ctl_add_string (builder, "login", one->login);
    yz_ctl_add_string (builder, "name", one->name);
    yz_ctl_add_string (builder, "roles", roles);
    yz_ctl_add_string (builder, "unit", one->unit);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static gboolean
tell_store (YzCtl *self, gboolean practice, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!self->json)
    g_print (practice ? _ ("The practice store stands in %s; everybody's password is “practice”.\n")
                      : _ ("The store stands in %s.\n"),
             self->store);
  json_builder_begin_object (builder);
  yz_ctl_add_string (builder, "store", self->store);
  if (practice) {
    g_autoptr (GPtrArray) staff = NULL;

    if (yz_ctl_open (self, error) == NULL)
      return FALSE;
    staff = yz_desk_list_practice_logins (self->desk);
    add_practice_staff (builder, staff, self->json);
  }
  json_builder_end_object (builder);
  if (self->json)
    yz_ctl_print_json (builder);
  return TRUE;
}

/* Without --as the store has nobody yet: whoever opens it first becomes its administrator. */
static gboolean
run_init (YzCtl *self, int argc, char **argv, GError **error)
{
  gboolean practice = FALSE;
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, &practice, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { NULL },
  };
  g_autofree char *password = NULL;

  if (!yz_ctl_parse ("init [--practice] [--name NAME]", entries, &argc, &argv, 0, 0, error))
    return FALSE;
  if (!practice && self->login != NULL) {
    password = yz_ctl_read_password (self, error);
    if (password == NULL)
      return FALSE;
  }
  return yz_desk_create_store (yz_ctl_get_store (self), yz_places_get_datadir (), practice,
                               practice ? NULL : self->login, name != NULL ? name : self->login,
                               password, error) &&
         tell_store (self, practice, error);
}

static gboolean
run_unit_add (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *level_text = NULL;
  g_autofree char *parent = NULL;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "level", 0, 0, G_OPTION_ARG_STRING, &level_text, NULL, NULL },
    { "parent", 0, 0, G_OPTION_ARG_STRING, &parent, NULL, NULL },
    { NULL },
  };
  YzLevel level = YZ_LEVEL_WINDOW;

  if (!yz_ctl_parse ("unit add CODE --name N --level window|station|bureau [--parent CODE]",
                     entries, &argc, &argv, 1, 1, error) ||
      !parse_level (level_text, &level, error) || yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  if (!yz_desk_add_unit (self->desk, argv[1], name != NULL ? name : argv[1], level, parent, error))
    return FALSE;
  if (self->json)
    yz_ctl_print_pair ("unit", argv[1], NULL);
  return TRUE;
}

/* Twelve characters that cannot be mistaken for each other when read aloud; 32 letters, so that
 * every byte of the kernel's randomness falls on each equally often. */
static char *
make_password (GError **error)
{
  static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
  guint8 random[12];
  g_autofree char *password = g_new0 (char, sizeof random + 1);

  G_STATIC_ASSERT (sizeof letters - 1 == 32);
  if (getrandom (random, sizeof random, 0) != (gssize) sizeof random) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_FAULT,
                 _ ("This machine gives no random numbers; nobody was added."));
    return NULL;
  }
  for (gsize i = 0; i < sizeof random; i++)
    password[i] = letters[random[i] % 32];
  return g_steal_pointer (&password);
}

static char *
read_new_password (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  const char *environment = g_getenv ("YIZHAN_NEW_PASSWORD");

  if (path == NULL)
    return environment != NULL ? g_strdup (environment) : make_password (error);
  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("The password file “%s” cannot be read."), path);
    return NULL;
  }
  text[strcspn (text, "\r\n")] = '\0';
  return g_steal_pointer (&text);
}

static gboolean
run_staff_add (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) roles = NULL;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &roles, NULL, NULL },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &unit, NULL, NULL },
    { "new-password-file", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
    { NULL },
  };
  const char *usage = "staff add LOGIN --name N --role R --unit U [--new-password-file FILE]";
  g_autofree char *password = NULL;
  gboolean given = FALSE;

  if (!yz_ctl_parse (usage, entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (name == NULL || unit == NULL || roles == NULL) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Use it so: yizhanctl %s"), usage);
    return FALSE;
  }
  password = read_new_password (path, error);
  if (password == NULL || yz_ctl_sign_in (self, error) == NULL ||
      !yz_desk_add_staff (self->desk, argv[1], name, (const char *const *) roles, unit, password,
                          error))
    return FALSE;
  given = path != NULL || g_getenv ("YIZHAN_NEW_PASSWORD") != NULL;
  if (self->json)
    yz_ctl_print_pair ("login", argv[1], given ? NULL : "password", password, NULL);
  else if (!given)
    g_print (_ ("First password of %s: %s\n"), argv[1], password);
  return TRUE;
}

static gboolean
run_verify (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) damages = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!yz_ctl_parse ("verify", NULL, &argc, &argv, 0, 0, error))
    return FALSE;
  self->desk = yz_desk_open_to_read (yz_ctl_get_store (self), yz_places_get_datadir (), error);
  if (self->desk == NULL)
    return FALSE;
  damages = yz_desk_verify (self->desk, error);
  if (damages == NULL)
    return FALSE;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "whole");
  json_builder_add_boolean_value (builder, damages->len == 0);
  json_builder_set_member_name (builder, "damages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < damages->len; i++) {
    json_builder_add_string_value (builder, g_ptr_array_index (damages, i));
    if (!self->json)
      g_print ("%s\n", (const char *) g_ptr_array_index (damages, i));
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (self->json)
    yz_ctl_print_json (builder);
  if (damages->len == 0) {
    if (!self->json)
      g_print ("%s\n", _ ("All is whole."));
    return TRUE;
  }
  g_set_error (
      error, YZ_CTL_ERROR, YZ_CTL_ERROR_REFUSED,
      g_dngettext (GETTEXT_PACKAGE, "%u damage was found.", "%u damages were found.", damages->len),
      damages->len);
  return FALSE;
}

static void
print_figures_json (const YzFigures *figures)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const struct {
    const char *name;
    guint value;
  } counts[] = {
    { "received", figures->received }, { "decided", figures->decided },
    { "in_time", figures->in_time },   { "overdue", figures->overdue },
    { "returned", figures->returned }, { "open", figures->open },
    { "paused", figures->paused },     { "first_time_complete", figures->first_time_complete },
    { "pages", figures->pages },       { "limit", figures->limit },
  };

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    json_builder_set_member_name (builder, counts[i].name);
    json_builder_add_int_value (builder, counts[i].value);
  }
  json_builder_set_member_name (builder, "median");
  json_builder_add_double_value (builder, figures->median);
  json_builder_set_member_name (builder, "p90");
  json_builder_add_double_value (builder, figures->p90);
  json_builder_set_member_name (builder, "histogram");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (figures->histogram); i++)
    json_builder_add_int_value (builder, figures->histogram[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  yz_ctl_print_json (builder);
}

static gboolean
run_figures (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree YzFigures *figures = NULL;

  if (!yz_ctl_parse ("figures", NULL, &argc, &argv, 0, 0, error) ||
      yz_ctl_sign_in (self, error) == NULL)
    return FALSE;
  figures = yz_desk_load_figures (self->desk, error);
  if (figures == NULL)
    return FALSE;
  if (self->json) {
    print_figures_json (figures);
    return TRUE;
  }
  g_print (_ ("received %u, decided %u, in time %u, overdue %u, returned %u, open %u, paused %u\n"),
           figures->received, figures->decided, figures->in_time, figures->overdue,
           figures->returned, figures->open, figures->paused);
  g_print (_ ("turnaround in working days: median %.1f, 90 %% within %.1f, against %u\n"),
           figures->median, figures->p90, figures->limit);
  g_print (_ ("originals photographed instead of copied: %u\n"), figures->pages);
  return TRUE;
}

const YzCtlCommand yz_ctl_store_commands[] = {
  { "init", "init [--practice] [--name NAME]",
    N_ ("Makes a new store; with --practice one full of made-up people"), run_init },
  { "unit add", "unit add CODE --name N --level window|station|bureau [--parent CODE]",
    N_ ("Adds a unit: a bureau, a station or a window"), run_unit_add },
  { "staff add", "staff add LOGIN --name N --role R --unit U [--new-password-file FILE]",
    N_ ("Adds a person with roles at a unit; --role may stand several times"), run_staff_add },
  { "verify", "verify", N_ ("Reads every chain, original and reference, and names each damage"),
    run_verify },
  { "figures", "figures", N_ ("Prints how many cases came and how soon they were decided"),
    run_figures },
  { NULL },
};
