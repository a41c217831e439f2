/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow-reader.h"

#include "workflow/flow-checks.h"
#include "workflow/key-lines.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LENGTH (256 * 1024) /* bytes; the longest shipped flow has 6 KiB */
#define MAX_STEPS 1024
#define MAX_DAYS 1000

static const char *const FLOW_KEYS[] = { "Name",      "Version",      "Total", "Target",
                                         "OnTheSpot", "DecidesAlone", NULL };
static const char *const STATE_KEYS[] = { "Name", "Kind", "Level", "Limit", NULL };
static const char *const ACTION_KEYS[] = { "Name", NULL };
static const char *const STEP_KEYS[] = { "To",   "Effect", "Note",     "Basis", "Complete",
                                         "Once", "Days",   "Excludes", NULL };

static const char *const KINDS[] = { "start", "active", "paused", "decided", "final" };
static const struct {
  const char *id;
  YzEffect effect;
} EFFECTS[] = {
  { "accept", YZ_EFFECT_ACCEPT },     { "approve", YZ_EFFECT_APPROVE },
  { "reject", YZ_EFFECT_REJECT },     { "return", YZ_EFFECT_RETURN },
  { "extend", YZ_EFFECT_EXTEND },     { "execute", YZ_EFFECT_EXECUTE },
  { "withdraw", YZ_EFFECT_WITHDRAW },
};

typedef struct {
  YzFlow *flow;
  GKeyFile *file;
  GHashTable *actions; /* id → line of its group */
  GHashTable *taken;   /* set of actions that some step takes */
  GHashTable *answers; /* "from action role" → line */
  GArray *state_lines;
  GArray *step_lines;
  guint flow_line;
  guint total_line;
  gboolean decides_alone;
  GPtrArray *findings;
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->flow, yz_flow_unref);
  g_key_file_unref (reader->file);
  g_hash_table_unref (reader->actions);
  g_hash_table_unref (reader->taken);
  g_hash_table_unref (reader->answers);
  g_array_unref (reader->state_lines);
  g_array_unref (reader->step_lines);
  g_ptr_array_unref (reader->findings);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static void
free_finding (gpointer data)
{
  YzFlowFinding *finding = data;

  g_free (finding->sentence);
  g_free (finding);
}

static void
add_finding (gpointer data, guint line, const char *sentence)
{
  YzFlowFinding *finding = g_new0 (YzFlowFinding, 1);

  finding->line = line;
  finding->sentence = g_strdup (sentence);
  g_ptr_array_add (data, finding);
}

static void G_GNUC_PRINTF (3, 4) complain (Reader *reader, guint line, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add_finding (reader->findings, line, sentence);
}

/* Where a key stands, or its group when it is missing. */
static guint
line_of (const YzKeyGroup *group, const char *key)
{
  guint line = yz_key_group_get_line (group, key);

  return line != 0 ? line : group->line;
}

static gboolean
is_id (const char *text)
{
  return *text >= 'a' && *text <= 'z' && strlen (text) <= 48 &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

static char *
read_text (Reader *reader, const YzKeyGroup *group, const char *key)
{
  char *text = g_key_file_get_string (reader->file, group->name, key, NULL);

  return text != NULL ? g_strstrip (text) : NULL;
}

static char *
read_name (Reader *reader, const YzKeyGroup *group)
{
  g_autofree char *name =
      g_key_file_get_locale_string (reader->file, group->name, "Name", NULL, NULL);

  if (name != NULL && *g_strstrip (name) != '\0')
    return g_steal_pointer (&name);
  complain (reader, line_of (group, "Name"), _ ("[%s] has no name for people: Name=…"),
            group->name);
  return g_strdup (group->name);
}

static gboolean
read_boolean (Reader *reader, const YzKeyGroup *group, const char *key)
{
  g_autofree char *text = read_text (reader, group, key);

  if (text == NULL || g_str_equal (text, "false"))
    return FALSE;
  if (!g_str_equal (text, "true"))
    complain (reader, line_of (group, key), _ ("“%s” is either true or false."), key);
  return g_str_equal (text, "true");
}

static guint
read_number (Reader *reader, const YzKeyGroup *group, const char *key)
{
  g_autofree char *text = read_text (reader, group, key);
  guint64 number = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, MAX_DAYS, &number, NULL))
    complain (reader, line_of (group, key), _ ("“%s” is a whole number from 0 to %d."), key,
              MAX_DAYS);
  return (guint) number;
}

static void
check_keys (Reader *reader, const YzKeyGroup *group, const char *const *known)
{
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer line = NULL;

  g_hash_table_iter_init (&iter, group->keys);
  while (g_hash_table_iter_next (&iter, &key, &line)) {
    g_autofree char *bare = g_strndup (key, strcspn (key, "["));

    if (!g_strv_contains (known, bare))
      complain (reader, GPOINTER_TO_UINT (line), _ ("[%s] knows no key “%s”."), group->name,
                (const char *) key);
  }
}

static void
read_flow (Reader *reader, const YzKeyGroup *group)
{
  YzFlow *flow = reader->flow;

  check_keys (reader, group, FLOW_KEYS);
  reader->flow_line = group->line;
  reader->total_line = line_of (group, "Total");
  flow->name = read_name (reader, group);
  flow->version = read_number (reader, group, "Version");
  flow->total = read_number (reader, group, "Total");
  flow->target = read_number (reader, group, "Target");
  flow->on_the_spot = read_boolean (reader, group, "OnTheSpot");
  reader->decides_alone = read_boolean (reader, group, "DecidesAlone");

  if (flow->version == 0)
    complain (reader, line_of (group, "Version"),
              _ ("A flow counts its versions from 1: Version=1"));
  if (!flow->on_the_spot && flow->total == 0)
    complain (reader, line_of (group, "Total"),
              _ ("The promised total is missing: Total=… working days, or OnTheSpot=true."));
  if (flow->on_the_spot && flow->total != 0)
    complain (reader, line_of (group, "Total"),
              _ ("What is decided on the spot promises no days: leave Total away."));
  if (flow->target > flow->total)
    complain (reader, line_of (group, "Target"),
              _ ("The internal target is later than the promised total."));
  if (reader->decides_alone && !flow->on_the_spot)
    complain (reader, line_of (group, "DecidesAlone"),
              _ ("Only what is decided on the spot may be decided alone: DecidesAlone=true needs "
                 "OnTheSpot=true."));
}

static YzStateKind
read_kind (Reader *reader, const YzKeyGroup *group)
{
  g_autofree char *text = read_text (reader, group, "Kind");

  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    if (g_strcmp0 (text, KINDS[i]) == 0)
      return (YzStateKind) i;
  }
  complain (reader, line_of (group, "Kind"),
            _ ("Kind is one of start, active, paused, decided and final."));
  return YZ_STATE_ACTIVE;
}

static YzLevel
read_level (Reader *reader, const YzKeyGroup *group)
{
  g_autofree char *text = read_text (reader, group, "Level");
  YzLevel level = YZ_LEVEL_WINDOW;

  if (text == NULL)
    complain (reader, group->line, _ ("The state “%s” stands on no level: Level=…"),
              group->name + strlen ("State "));
  else if (!yz_level_find (text, &level))
    complain (reader, line_of (group, "Level"),
              _ ("There is no level “%s”; the levels are window, station, bureau and prefecture."),
              text);
  return level;
}

static void
read_state (Reader *reader, const YzKeyGroup *group, char **words)
{
  YzFlowState *state = NULL;

  check_keys (reader, group, STATE_KEYS);
  if (g_strv_length (words) != 2 || !is_id (words[1])) {
    complain (reader, group->line,
              _ ("A state is written [State ID], the id in small letters, digits and hyphens."));
    return;
  }
  if (reader->flow->states->len == YZ_FLOW_MAX_STATES) {
    complain (reader, group->line, _ ("A flow has at most %d states."), YZ_FLOW_MAX_STATES);
    return;
  }
  state = g_new0 (YzFlowState, 1);
  state->id = g_strdup (words[1]);
  state->name = read_name (reader, group);
  state->kind = read_kind (reader, group);
  state->level = read_level (reader, group);
  state->limit = read_number (reader, group, "Limit");
  g_ptr_array_add (reader->flow->states, state);
  g_array_append_val (reader->state_lines, group->line);

  if (state->kind == YZ_STATE_ACTIVE && state->limit == 0 && !reader->flow->on_the_spot)
    complain (reader, line_of (group, "Limit"),
              _ ("The clock runs in “%s”, but it has no limit: Limit=… working days."), state->id);
  if (state->kind != YZ_STATE_ACTIVE && state->limit != 0)
    complain (reader, line_of (group, "Limit"),
              _ ("The clock stands in “%s”; a limit means nothing there."), state->id);
}

static void
read_action (Reader *reader, const YzKeyGroup *group, char **words)
{
  check_keys (reader, group, ACTION_KEYS);
  if (g_strv_length (words) != 2 || !is_id (words[1])) {
    complain (reader, group->line,
              _ ("An action is written [Action ID], the id in small letters, digits and hyphens."));
    return;
  }
  g_hash_table_insert (reader->actions, g_strdup (words[1]), (gpointer) group);
}

static YzEffect
read_effects (Reader *reader, const YzKeyGroup *group)
{
  g_auto (GStrv) words =
      g_key_file_get_string_list (reader->file, group->name, "Effect", NULL, NULL);
  guint effects = YZ_EFFECT_NONE;

  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    const char *word = g_strstrip (words[i]);
    gsize k = 0;

    while (k < G_N_ELEMENTS (EFFECTS) && !g_str_equal (EFFECTS[k].id, word))
      k++;
    if (k == G_N_ELEMENTS (EFFECTS))
      complain (reader, line_of (group, "Effect"),
                _ ("There is no effect “%s”; the effects are accept, approve, reject, return, "
                   "extend, execute and withdraw."),
                word);
    else
      effects |= EFFECTS[k].effect;
  }
  return (YzEffect) effects;
}

static char **
read_excludes (Reader *reader, const YzKeyGroup *group)
{
  g_auto (GStrv) words =
      g_key_file_get_string_list (reader->file, group->name, "Excludes", NULL, NULL);

  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    g_strstrip (words[i]);
    if (!g_hash_table_contains (reader->actions, words[i]))
      complain (reader, line_of (group, "Excludes"), _ ("There is no action “%s” to exclude."),
                words[i]);
  }
  return words != NULL ? g_steal_pointer (&words) : g_new0 (char *, 1);
}

static void
read_step (Reader *reader, const YzKeyGroup *group, char **words, const char *role)
{
  YzFlowStep *step = g_new0 (YzFlowStep, 1);
  const YzKeyGroup *action = g_hash_table_lookup (reader->actions, words[2]);
  g_autofree char *question = g_strjoin (" ", words[1], words[2], role, NULL);
  guint earlier = GPOINTER_TO_UINT (g_hash_table_lookup (reader->answers, question));

  step->from = g_strdup (words[1]);
  step->action = g_strdup (words[2]);
  step->role = g_strdup (role);
  step->name = action != NULL
                   ? g_key_file_get_locale_string (reader->file, action->name, "Name", NULL, NULL)
                   : NULL;
  step->to = read_text (reader, group, "To");
  step->note = g_key_file_get_boolean (reader->file, group->name, "Note", NULL);
  step->basis = g_key_file_get_boolean (reader->file, group->name, "Basis", NULL);
  step->complete = g_key_file_get_boolean (reader->file, group->name, "Complete", NULL);
  step->once = g_key_file_get_boolean (reader->file, group->name, "Once", NULL);
  step->days = (guint) g_key_file_get_integer (reader->file, group->name, "Days", NULL);
  g_ptr_array_add (reader->flow->steps, step);
  g_array_append_val (reader->step_lines, group->line);
  g_hash_table_add (reader->taken, g_strdup (words[2]));

  if (!yz_role_find (role, NULL))
    complain (reader, group->line, _ ("There is no role “%s”."), role);
  if (earlier != 0)
    complain (reader, group->line,
              _ ("Two answers to one question: line %u already says what follows when “%s” does "
                 "“%s” in “%s”."),
              earlier, role, words[2], words[1]);
  else
    g_hash_table_insert (reader->answers, g_steal_pointer (&question),
                         GUINT_TO_POINTER (group->line));
}

/* One group may name several roles: each of them is a step of its own. */
static void
read_steps (Reader *reader, const YzKeyGroup *group, char **words)
{
  guint first = reader->flow->steps->len;
  g_autofree char *to = read_text (reader, group, "To");
  YzEffect effect = read_effects (reader, group);
  g_auto (GStrv) excludes = read_excludes (reader, group);
  guint n_words = g_strv_length (words);

  check_keys (reader, group, STEP_KEYS);
  read_boolean (reader, group, "Note");
  read_boolean (reader, group, "Basis");
  read_boolean (reader, group, "Complete");
  read_boolean (reader, group, "Once");
  read_number (reader, group, "Days");
  if (n_words == 3)
    complain (reader, group->line,
              _ ("The action “%s” in “%s” has no role: [Step STATE ACTION ROLE]."), words[2],
              words[1]);
  else if (n_words < 3)
    complain (reader, group->line, _ ("A step is written [Step STATE ACTION ROLE…]."));
  if (n_words <= 3 || reader->flow->steps->len + n_words > MAX_STEPS)
    return;

  if (yz_flow_get_state (reader->flow, words[1]) == NULL)
    complain (reader, group->line, _ ("There is no state “%s” to begin from."), words[1]);
  if (!g_hash_table_contains (reader->actions, words[2]))
    complain (reader, group->line, _ ("The action “%s” has no name: add [Action %s]."), words[2],
              words[2]);
  if (to == NULL || yz_flow_get_state (reader->flow, to) == NULL)
    complain (reader, line_of (group, "To"), _ ("The step leads to no state: To=…"));
  for (guint i = 3; i < n_words; i++)
    read_step (reader, group, words, words[i]);
  for (guint i = first; i < reader->flow->steps->len; i++) {
    YzFlowStep *step = g_ptr_array_index (reader->flow->steps, i);

    step->effect = effect;
    step->excludes = (const char *const *) g_strdupv (excludes);
  }
}

/* States and actions may stand after the steps that speak of them, so they are read first. */
static void
read_groups (Reader *reader, const YzKeyLines *lines, gboolean steps)
{
  for (guint i = 0; i < lines->groups->len; i++) {
    const YzKeyGroup *group = g_ptr_array_index (lines->groups, i);
    g_auto (GStrv) words = g_strsplit (group->name, " ", -1);
    gboolean is_step = g_str_equal (words[0], "Step");

    if (is_step != steps)
      continue;
    if (is_step)
      read_steps (reader, group, words);
    else if (g_str_equal (words[0], "State"))
      read_state (reader, group, words);
    else if (g_str_equal (words[0], "Action"))
      read_action (reader, group, words);
    else if (!g_str_equal (group->name, "Flow"))
      complain (reader, group->line, _ ("[%s] is not a group of a flow."), group->name);
  }
}

static void
check_actions (Reader *reader)
{
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer group = NULL;

  g_hash_table_iter_init (&iter, reader->actions);
  while (g_hash_table_iter_next (&iter, &id, &group)) {
    g_free (read_name (reader, group)); /* complains when there is none */
    if (!g_hash_table_contains (reader->taken, id))
      complain (reader, ((const YzKeyGroup *) group)->line,
                _ ("The action “%s” has no role: no step takes it."), (const char *) id);
  }
}

static void
read_file (Reader *reader, const YzKeyLines *lines)
{
  const YzKeyGroup *flow = NULL;

  for (guint i = 0; flow == NULL && i < lines->groups->len; i++) {
    const YzKeyGroup *group = g_ptr_array_index (lines->groups, i);

    if (g_str_equal (group->name, "Flow"))
      flow = group;
  }
  if (flow == NULL) {
    complain (reader, 0, _ ("The group [Flow] is missing."));
    return;
  }
  read_flow (reader, flow);
  read_groups (reader, lines, FALSE);
  read_groups (reader, lines, TRUE);
  check_actions (reader);
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const YzFlowFinding *left = *(const YzFlowFinding *const *) a;
  const YzFlowFinding *right = *(const YzFlowFinding *const *) b;

  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return strcmp (left->sentence, right->sentence);
}

/* The parts first, the whole only when the parts make sense: one mistake, one finding. */
static void
examine (Reader *reader, const char *text, gsize length)
{
  g_autoptr (YzKeyLines) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (length > MAX_LENGTH) {
    complain (reader, 0, _ ("The file is too long for a flow: %zu bytes."), length);
    return;
  }
  lines = yz_key_lines_scan (text, length, add_finding, reader->findings);
  if (reader->findings->len > 0)
    return;
  if (!g_key_file_load_from_data (reader->file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &error)) {
    complain (reader, 0, _ ("This is not a key file: %s"), error->message);
    return;
  }
  read_file (reader, lines);
  if (reader->findings->len == 0)
    yz_flow_check (&(YzFlowPlan){ reader->flow, reader->decides_alone, reader->flow_line,
                                  reader->total_line, (const guint *) reader->state_lines->data,
                                  (const guint *) reader->step_lines->data, reader->findings });
}

YzFlow *
yz_flow_parse (
    const char *code, const char *text, gsize length, GPtrArray **findings, GError **error)
{
  g_auto (Reader) reader = { 0 };
  const YzFlowFinding *first = NULL;

  g_return_val_if_fail (code != NULL && (text != NULL || length == 0), NULL);

  reader.flow = yz_flow_new (code);
  reader.flow->text = g_strndup (text, length);
  reader.file = g_key_file_new ();
  reader.actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader.state_lines = g_array_new (FALSE, FALSE, sizeof (guint));
  reader.step_lines = g_array_new (FALSE, FALSE, sizeof (guint));
  reader.findings = g_ptr_array_new_with_free_func (free_finding);

  examine (&reader, text != NULL ? text : "", length);
  g_ptr_array_sort (reader.findings, compare_findings);
  if (findings != NULL)
    *findings = g_ptr_array_ref (reader.findings);
  if (reader.findings->len == 0)
    return g_steal_pointer (&reader.flow);

  first = g_ptr_array_index (reader.findings, 0);
  if (first->line == 0)
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID, first->sentence);
  else
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID, _ ("Line %u: %s"),
                 first->line, first->sentence);
  return NULL;
}

static gboolean
load_file (const char *path, GHashTable *flows, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *code = g_path_get_basename (path);
  gsize length = 0;
  YzFlow *flow = NULL;

  *strrchr (code, '.') = '\0';
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  flow = yz_flow_parse (code, text, length, NULL, error);
  if (flow == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  g_hash_table_replace (flows, g_steal_pointer (&code), flow);
  return TRUE;
}

static gboolean
load_folder (const char *folder, GHashTable *flows, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_suffix (name, ".flow") && !load_file (path, flows, error))
      return FALSE;
  }
  return TRUE;
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const YzFlow *const *) a)->code, (*(const YzFlow *const *) b)->code);
}

/**
 * yz_flow_load_folders:
 * @folders: (array zero-terminated=1): the shipped folder first; a flow in a later one takes the
 *   place of the one with the same file name. A folder that is not there is passed over.
 *
 * Returns: (transfer full) (element-type YzFlow): the flows by code, or NULL with the file, line
 *   and sentence of the first finding
 */
GPtrArray *
yz_flow_load_folders (const char *const *folders, GError **error)
{
  g_autoptr (GHashTable) flows =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) yz_flow_unref);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_flow_unref);
  GHashTableIter iter;
  gpointer flow = NULL;

  for (guint i = 0; folders[i] != NULL; i++) {
    if (!load_folder (folders[i], flows, error))
      return NULL;
  }
  g_hash_table_iter_init (&iter, flows);
  while (g_hash_table_iter_next (&iter, NULL, &flow))
    g_ptr_array_add (list, yz_flow_ref (flow));
  g_ptr_array_sort (list, compare_codes);
  return g_steal_pointer (&list);
}
