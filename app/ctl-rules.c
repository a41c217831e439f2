/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/ctl.h"

#include "app/places.h"
#include "workflow/checks.h"
#include "workflow/deadline.h"
#include "workflow/flow-reader.h"
#include "workflow/identity.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>

/* "7" or "7wd"; only working days are counted here. */
static gboolean
parse_limit (const char *text, guint *out_limit, GError **error)
{
  g_autofree char *digits = g_strdup (text);
  guint64 limit = 0;

  if (g_str_has_suffix (digits, "wd"))
    digits[strlen (digits) - 2] = '\0';
  if (!g_ascii_string_to_unsigned (digits, 10, 0, 1000, &limit, NULL)) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("“%s” is not a limit in working days, such as 7."), text);
    return FALSE;
  }
  *out_limit = (guint) limit;
  return TRUE;
}

static gboolean
parse_closing (const char *text, guint *out_minutes, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  guint64 hour = 0;
  guint64 minute = 0;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 0, 24, &hour, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, 59, &minute, NULL) ||
      hour * 60 + minute > 1440) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("“%s” is not a closing time, such as 17:30."), text);
    return FALSE;
  }
  *out_minutes = (guint) (hour * 60 + minute);
  return TRUE;
}

static gboolean
parse_instant (const char *text, gint64 *out_time, GError **error)
{
  if (yz_time_parse_iso (text, out_time, NULL))
    return TRUE;
  g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
               _ ("“%s” is not a time, such as 2026-03-02T09:00+08:00."), text);
  return FALSE;
}

/* "FROM/TO"; "FROM/" or "FROM" alone is a pause that is still open. */
static gboolean
parse_pause (const char *text, YzPause *out_pause, GError **error)
{
  g_auto (GStrv) ends = g_strsplit (text, "/", 2);
  YzPause pause = { 0 };

  if (ends[0] == NULL || !parse_instant (ends[0], &pause.from, error))
    return FALSE;
  if (ends[1] != NULL && *ends[1] != '\0' && !g_str_equal (ends[1], "..") &&
      !parse_instant (ends[1], &pause.to, error))
    return FALSE;
  if (pause.to != 0 && pause.to < pause.from) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("The pause “%s” ends before it begins."), text);
    return FALSE;
  }
  *out_pause = pause;
  return TRUE;
}

static GArray *
parse_pauses (char **texts, GError **error)
{
  g_autoptr (GArray) pauses = g_array_new (FALSE, TRUE, sizeof (YzPause));

  for (int i = 0; texts != NULL && texts[i] != NULL; i++) {
    YzPause pause = { 0 };

    if (!parse_pause (texts[i], &pause, error))
      return NULL;
    g_array_append_val (pauses, pause);
  }
  return g_steal_pointer (&pauses);
}

static void
print_deadline (YzCtl *self, YzDeadline deadline)
{
  g_autofree char *text = deadline.at != 0 ? yz_time_format_iso (deadline.at) : NULL;

  if (self->json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();

    json_builder_begin_object (builder);
    yz_ctl_add_string (builder, "deadline", text);
    json_builder_set_member_name (builder, "provisional");
    json_builder_add_boolean_value (builder, deadline.provisional);
    json_builder_end_object (builder);
    yz_ctl_print_json (builder);
    return;
  }
  g_print ("%s\n", text != NULL ? text : "-");
  if (text == NULL)
    g_printerr ("%s\n", _ ("A pause is still open: there is no deadline until it ends."));
  if (deadline.provisional)
    g_printerr ("%s\n",
                _ ("The official calendar of a year on the way is not loaded: this date may "
                   "still change."));
}

static gboolean
run_deadline (YzCtl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) pause_texts = NULL;
  g_autofree char *path = NULL;
  g_autofree char *closing_text = NULL;
  const GOptionEntry entries[] = {
    { "pause", 0, 0, G_OPTION_ARG_STRING_ARRAY, &pause_texts, NULL, NULL },
    { "calendar", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
    { "closing", 0, 0, G_OPTION_ARG_STRING, &closing_text, NULL, NULL },
    { NULL },
  };
  g_autoptr (YzCalendar) calendar = NULL;
  g_autoptr (GArray) pauses = NULL;
  guint closing = YZ_CLOSING_DEFAULT;
  guint limit = 0;
  gint64 start = 0;

  if (!yz_ctl_parse ("deadline START LIMIT [--pause FROM/TO]… [--calendar FILE] [--closing HH:MM]",
                     entries, &argc, &argv, 2, 2, error) ||
      !parse_instant (argv[1], &start, error) || !parse_limit (argv[2], &limit, error) ||
      (closing_text != NULL && !parse_closing (closing_text, &closing, error)))
    return FALSE;
  pauses = parse_pauses (pause_texts, error);
  if (pauses == NULL)
    return FALSE;
  if (path == NULL)
    path = g_build_filename (yz_places_get_datadir (), "calendar", "cn.csv", NULL);
  calendar = yz_calendar_load (path, error);
  if (calendar == NULL)
    return FALSE;
  print_deadline (self, yz_deadline_compute (calendar, start, limit, (const YzPause *) pauses->data,
                                             pauses->len, closing));
  return TRUE;
}

static char *
stem_of (const char *path)
{
  char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');

  if (dot != NULL)
    *dot = '\0';
  return base;
}

static void
tell_findings (YzCtl *self, JsonBuilder *builder, const char *path, const GPtrArray *findings)
{
  json_builder_begin_object (builder);
  yz_ctl_add_string (builder, "file", path);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    const YzFlowFinding *finding = g_ptr_array_index (findings, i);

    if (!self->json)
      g_print ("%s:%u: %s\n", path, finding->line, finding->sentence);
    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "line");
    json_builder_add_int_value (builder, finding->line);
    yz_ctl_add_string (builder, "sentence", finding->sentence);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* Tells every finding as FILE:LINE: SENTENCE; returns whether the file may be published. */
static gboolean
check_flow (YzCtl *self, JsonBuilder *builder, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = yz_ctl_read_file (path, error);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (YzFlow) flow = NULL;
  g_autofree char *code = stem_of (path);
  g_autoptr (GError) wrong = NULL;

  if (bytes == NULL)
    return FALSE;
  flow = yz_flow_parse (code, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &findings,
                        &wrong);
  tell_findings (self, builder, path, findings);
  if (flow != NULL && !self->json)
    g_print (_ ("%s: sound, %u states, %u steps\n"), path, flow->states->len, flow->steps->len);
  if (flow == NULL)
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_REFUSED, "%s: %s", path, wrong->message);
  return flow != NULL;
}

static gboolean
run_flow_check (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!yz_ctl_parse ("flow check FILE…", NULL, &argc, &argv, 1, -1, error))
    return FALSE;
  json_builder_begin_array (builder);
  for (int i = 1; i < argc; i++)
    (void) check_flow (self, builder, argv[i], first == NULL ? &first : NULL);
  json_builder_end_array (builder);
  if (self->json)
    yz_ctl_print_json (builder);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
run_flow_draw (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzFlow) flow = NULL;
  g_autofree char *code = NULL;
  g_autofree char *svg = NULL;

  if (!yz_ctl_parse ("flow draw FILE", NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  bytes = yz_ctl_read_file (argv[1], error);
  if (bytes == NULL)
    return FALSE;
  code = stem_of (argv[1]);
  flow =
      yz_flow_parse (code, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, error);
  if (flow == NULL)
    return FALSE;
  svg = yz_flow_draw (flow);
  if (self->json)
    yz_ctl_print_pair ("flow", flow->code, "svg", svg, NULL);
  else
    g_print ("%s\n", svg);
  return TRUE;
}

static const char *
sex_id (YzSex sex)
{
  return sex == YZ_SEX_MALE ? "male" : sex == YZ_SEX_FEMALE ? "female" : "unknown";
}

static gboolean
run_check_id (YzCtl *self, int argc, char **argv, GError **error)
{
  const GDate today = yz_checks_get_today ();
  YzIdentity identity = { 0 };
  char birth[16] = "";

  if (!yz_ctl_parse ("check id NUMBER", NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  if (!yz_identity_check (argv[1], &today, &identity, error))
    return FALSE;
  g_date_strftime (birth, sizeof birth, "%Y-%m-%d", &identity.birth);
  if (self->json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();

    json_builder_begin_object (builder);
    yz_ctl_add_string (builder, "number", identity.number);
    yz_ctl_add_string (builder, "birth", birth);
    yz_ctl_add_string (builder, "sex", sex_id (identity.sex));
    json_builder_set_member_name (builder, "region_known");
    json_builder_add_boolean_value (builder, identity.region_known);
    yz_ctl_add_string (builder, "region", identity.region_known ? identity.region : NULL);
    json_builder_end_object (builder);
    yz_ctl_print_json (builder);
    return TRUE;
  }
  g_print ("%s\t%s\t%s\t%s\n", identity.number, birth, sex_id (identity.sex),
           identity.region_known ? identity.region : _ ("unknown region: look at the original"));
  return TRUE;
}

static void
add_matter (JsonBuilder *builder, const YzMatter *matter)
{
  json_builder_begin_object (builder);
  yz_ctl_add_string (builder, "code", matter->code);
  yz_ctl_add_string (builder, "name", matter->name);
  yz_ctl_add_string (builder, "name_cn", matter->name_cn);
  yz_ctl_add_string (builder, "flow", matter->flow);
  yz_ctl_add_string (builder, "level", matter->level);
  json_builder_set_member_name (builder, "limit");
  json_builder_add_int_value (builder, matter->limit);
  yz_ctl_add_string (builder, "limit_unit", matter->calendar_days ? "days" : "working days");
  yz_ctl_add_string (builder, "basis", matter->basis);
  yz_ctl_add_string (builder, "grade", matter->grade);
  json_builder_set_member_name (builder, "confirmed");
  json_builder_add_boolean_value (builder, matter->confirmed);
  json_builder_set_member_name (builder, "materials");
  json_builder_begin_array (builder);
  for (guint i = 0; i < matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (matter->materials, i);

    json_builder_begin_object (builder);
    yz_ctl_add_string (builder, "id", material->id);
    yz_ctl_add_string (builder, "name", material->name);
    yz_ctl_add_string (builder, "condition", material->condition);
    json_builder_set_member_name (builder, "required");
    json_builder_add_boolean_value (builder, material->required);
    json_builder_set_member_name (builder, "dpi");
    json_builder_add_int_value (builder, material->dpi);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
run_matter_list (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *shipped = g_build_filename (yz_places_get_datadir (), "matters", NULL);
  const char *const folders[] = { shipped, "/etc/yizhan/matters", NULL };
  g_autoptr (GPtrArray) matters = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!yz_ctl_parse ("matter list", NULL, &argc, &argv, 0, 0, error))
    return FALSE;
  if (self->store != NULL) {
    if (yz_ctl_open (self, error) == NULL)
      return FALSE;
    matters = yz_desk_list_matters (self->desk);
  } else {
    matters = yz_matter_load_folders (folders, error);
  }
  if (matters == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < matters->len; i++) {
    const YzMatter *matter = g_ptr_array_index (matters, i);

    if (self->json)
      add_matter (builder, matter);
    else
      g_print ("%s\t%s\t%s\t%u\n", matter->code, matter->name, matter->level, matter->limit);
  }
  json_builder_end_array (builder);
  if (self->json)
    yz_ctl_print_json (builder);
  return TRUE;
}

const YzCtlCommand yz_ctl_rule_commands[] = {
  { "deadline", "deadline START LIMIT [--pause FROM/TO]… [--calendar FILE] [--closing HH:MM]",
    N_ ("Counts a limit in working days of the official calendar"), run_deadline },
  { "flow check", "flow check FILE…",
    N_ ("Reads flow definitions and names everything wrong by file and line"), run_flow_check },
  { "flow draw", "flow draw FILE", N_ ("Prints the diagram of a flow as SVG"), run_flow_draw },
  { "matter list", "matter list", N_ ("Lists the matters that can be applied for"),
    run_matter_list },
  { "check id", "check id NUMBER", N_ ("Checks a citizen number and prints what it says"),
    run_check_id },
  { NULL },
};
