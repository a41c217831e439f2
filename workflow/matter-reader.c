/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/key-lines.h"
#include "workflow/matter.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LENGTH (256 * 1024) /* bytes; the longest shipped matter has 4 KiB */
#define MAX_ROWS 100            /* materials, and facts */
#define MAX_DAYS 1000
#define MAX_PAGES 500
#define MAX_DPI 1200
#define DEFAULT_DPI 200

static const char *const MATTER_KEYS[] = { "Name",   "Group",   "Initials", "Flow",  "Level",
                                           "Limit",  "Unit",    "Scope",    "Basis", "Grade",
                                           "Result", "Sources", NULL };
static const char *const MATERIAL_KEYS[] = { "Name",  "Condition", "Required", "Later",
                                             "Pages", "Dpi",       "Colour",   NULL };
static const char *const FACT_KEYS[] = { "Label", "Kind", "Required", NULL };
static const char *const LEVELS[] = { "station", "county", "prefecture", "scope", NULL };
static const char *const UNITS[] = { "working-days", "calendar-days", NULL };
static const char *const GRADES[] = { "Z", "N", "C", "S", "P", NULL };
static const char *const KINDS[] = { "text", "date", "id-number", "phone", NULL };

/*
 * Reads definition files: key files with a [Matter] group, a [Material ID] group for each original
 * and a [Fact ID] group for each question of the form, in the order in which people see them. Of
 * the complaints the first is kept, with its line.
 */
typedef struct {
  YzMatter *matter;
  GKeyFile *file;
  guint line;
  char *sentence;
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->matter, yz_matter_unref);
  g_clear_pointer (&reader->file, g_key_file_unref);
  g_clear_pointer (&reader->sentence, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static void
keep_complaint (gpointer data, guint line, const char *sentence)
{
  Reader *reader = data;

  if (reader->sentence != NULL)
    return;
  reader->line = line;
  reader->sentence = g_strdup (sentence);
}

static void G_GNUC_PRINTF (3, 4) complain (Reader *reader, guint line, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  keep_complaint (reader, line, sentence);
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

/* "M20", also "X-PARKING" for a county's own. */
static gboolean
is_code (const char *text)
{
  return g_ascii_isupper (*text) && strlen (text) <= 16 &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == strlen (text);
}

/* (nullable): what is empty counts as missing. */
static char *
read_text (Reader *reader, const YzKeyGroup *group, const char *key)
{
  g_autofree char *text = g_key_file_get_string (reader->file, group->name, key, NULL);

  return text != NULL && *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
}

/* (nullable): in the language of @locale, NULL for the reader's. */
static char *
read_words (Reader *reader, const YzKeyGroup *group, const char *key, const char *locale)
{
  g_autofree char *text =
      g_key_file_get_locale_string (reader->file, group->name, key, locale, NULL);

  return text != NULL && *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
}

/* A text for people that must be there in both languages. */
static char *
read_both (Reader *reader, const YzKeyGroup *group, const char *key)
{
  g_autofree char *chinese_key = g_strconcat (key, "[zh_CN]", NULL);
  char *words = read_words (reader, group, key, NULL);

  if (words == NULL || yz_key_group_get_line (group, key) == 0)
    complain (reader, line_of (group, key), _ ("[%s] has no text for people: %s=…"), group->name,
              key);
  if (yz_key_group_get_line (group, chinese_key) == 0)
    complain (reader, line_of (group, key), _ ("[%s] says nothing in Chinese: %s=…"), group->name,
              chinese_key);
  return words != NULL ? words : g_strdup ("");
}

/* A text for people that may be missing. */
static char *
read_optional (Reader *reader, const YzKeyGroup *group, const char *key)
{
  char *words = read_words (reader, group, key, NULL);

  return words != NULL ? words : g_strdup ("");
}

static gboolean
read_boolean (Reader *reader, const YzKeyGroup *group, const char *key, gboolean without)
{
  g_autofree char *text = read_text (reader, group, key);

  if (text == NULL)
    return without;
  if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
    complain (reader, line_of (group, key), _ ("“%s” is either true or false."), key);
  return g_str_equal (text, "true");
}

static guint
read_number (Reader *reader, const YzKeyGroup *group, const char *key, guint max, guint without)
{
  g_autofree char *text = read_text (reader, group, key);
  guint64 number = without;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, max, &number, NULL))
    complain (reader, line_of (group, key), _ ("“%s” is a whole number from 0 to %u."), key, max);
  return (guint) number;
}

/* One word of a closed list; (transfer full), the list's first when it is missing or wrong. */
static char *
read_choice (Reader *reader, const YzKeyGroup *group, const char *key, const char *const *list)
{
  char *text = read_text (reader, group, key);
  g_autofree char *choices = NULL;

  if (text != NULL && g_strv_contains (list, text))
    return text;
  choices = g_strjoinv (", ", (char **) list);
  complain (reader, line_of (group, key), _ ("“%s” is one of: %s"), key, choices);
  g_free (text);
  return g_strdup (list[0]);
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

static char **
read_sources (Reader *reader, const YzKeyGroup *group)
{
  g_auto (GStrv) sources =
      g_key_file_get_string_list (reader->file, group->name, "Sources", NULL, NULL);

  for (guint i = 0; sources != NULL && sources[i] != NULL; i++) {
    g_strstrip (sources[i]);
    if (!g_str_has_prefix (sources[i], "https://") && !g_str_has_prefix (sources[i], "http://"))
      complain (reader, line_of (group, "Sources"), _ ("“%s” is no address of a page."),
                sources[i]);
  }
  return sources != NULL ? g_steal_pointer (&sources) : g_new0 (char *, 1);
}

static void
read_way (Reader *reader, const YzKeyGroup *group)
{
  YzMatter *matter = reader->matter;
  g_autofree char *unit = NULL;

  matter->flow = read_text (reader, group, "Flow");
  matter->level = read_choice (reader, group, "Level", LEVELS);
  matter->limit = read_number (reader, group, "Limit", MAX_DAYS, 0);
  if (yz_key_group_get_line (group, "Unit") != 0)
    unit = read_choice (reader, group, "Unit", UNITS);
  matter->calendar_days = g_strcmp0 (unit, "calendar-days") == 0;

  if (matter->flow != NULL && !is_id (matter->flow))
    complain (reader, line_of (group, "Flow"),
              _ ("A flow is named in small letters, digits and hyphens."));
  if (matter->flow == NULL && !g_str_equal (matter->level, "scope"))
    complain (reader, line_of (group, "Flow"),
              _ ("The way of the case is missing: Flow=… names a flow."));
  if (yz_key_group_get_line (group, "Limit") == 0)
    complain (reader, group->line,
              _ ("The promised limit is missing: Limit=… days, 0 for on the spot."));
}

static void
read_matter (Reader *reader, const YzKeyGroup *group)
{
  YzMatter *matter = reader->matter;

  check_keys (reader, group, MATTER_KEYS);
  matter->name = read_both (reader, group, "Name");
  matter->name_cn = read_words (reader, group, "Name", "zh_CN");
  if (matter->name_cn == NULL)
    matter->name_cn = g_strdup (matter->name);
  matter->group = read_both (reader, group, "Group");
  matter->initials = read_optional (reader, group, "Initials");
  if (strspn (matter->initials, "abcdefghijklmnopqrstuvwxyz0123456789") !=
      strlen (matter->initials))
    complain (reader, line_of (group, "Initials"),
              _ ("Initials are the small first letters of the Chinese name’s syllables."));
  read_way (reader, group);
  matter->basis = read_optional (reader, group, "Basis");
  matter->grade = read_choice (reader, group, "Grade", GRADES);
  matter->confirmed = !g_str_equal (matter->grade, "C");
  matter->result = read_optional (reader, group, "Result");
  matter->sources = (const char *const *) read_sources (reader, group);
}

static void
read_material (Reader *reader, const YzKeyGroup *group, const char *id)
{
  YzMaterial *material = g_new0 (YzMaterial, 1);

  g_ptr_array_add (reader->matter->materials, material);
  check_keys (reader, group, MATERIAL_KEYS);
  material->id = g_strdup (id);
  material->name = read_both (reader, group, "Name");
  if (yz_key_group_get_line (group, "Condition") != 0)
    material->condition = read_both (reader, group, "Condition");
  material->required = read_boolean (reader, group, "Required", material->condition == NULL);
  material->later = read_boolean (reader, group, "Later", FALSE);
  material->pages = read_number (reader, group, "Pages", MAX_PAGES, 0);
  material->dpi = read_number (reader, group, "Dpi", MAX_DPI, DEFAULT_DPI);
  material->colour = read_boolean (reader, group, "Colour", TRUE);
  if (material->required && material->condition != NULL)
    complain (reader, line_of (group, "Required"),
              _ ("“%s” is demanded under a condition; it cannot be demanded always too."),
              material->name);
}

static void
read_fact (Reader *reader, const YzKeyGroup *group, const char *id)
{
  YzFactField *field = g_new0 (YzFactField, 1);

  g_ptr_array_add (reader->matter->facts, field);
  check_keys (reader, group, FACT_KEYS);
  field->id = g_strdup (id);
  field->label = read_both (reader, group, "Label");
  field->kind = read_choice (reader, group, "Kind", KINDS);
  field->required = read_boolean (reader, group, "Required", FALSE);
}

static void
read_row (Reader *reader, const YzKeyGroup *group)
{
  gboolean material = g_str_has_prefix (group->name, "Material ");
  gboolean fact = g_str_has_prefix (group->name, "Fact ");
  const char *id = material ? group->name + strlen ("Material ") : group->name + strlen ("Fact ");

  if (!material && !fact)
    complain (reader, group->line,
              _ ("There is no group [%s]; the groups are Matter, Material ID and Fact ID."),
              group->name);
  else if (!is_id (id))
    complain (reader, group->line, _ ("An id is written in small letters, digits and hyphens."));
  else if (reader->matter->materials->len + reader->matter->facts->len >= MAX_ROWS)
    complain (reader, group->line, _ ("A matter has at most %d materials and facts."), MAX_ROWS);
  else if (material)
    read_material (reader, group, id);
  else
    read_fact (reader, group, id);
}

static void
read_file (Reader *reader, const char *text, gsize length)
{
  g_autoptr (YzKeyLines) lines = yz_key_lines_scan (text, length, keep_complaint, reader);
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  if (reader->sentence != NULL)
    return;
  if (!g_key_file_load_from_data (reader->file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &error)) {
    complain (reader, 0, _ ("This is not a key file: %s"), error->message);
    return;
  }
  for (guint i = 0; i < lines->groups->len && reader->sentence == NULL; i++) {
    const YzKeyGroup *group = g_ptr_array_index (lines->groups, i);

    if (g_str_equal (group->name, "Matter")) {
      read_matter (reader, group);
      found = TRUE;
    } else {
      read_row (reader, group);
    }
  }
  if (!found)
    complain (reader, 0, _ ("The group [Matter] is missing."));
}

/**
 * yz_matter_parse:
 * @code: the matter's code, the file's stem
 * @text: UTF-8
 * @length: in bytes
 *
 * Reads a definition in the reader's language.
 *
 * Returns: (transfer full): the matter, or NULL with YZ_WORKFLOW_ERROR_INVALID, the line and a
 *   sentence
 */
YzMatter *
yz_matter_parse (const char *code, const char *text, gsize length, GError **error)
{
  g_auto (Reader) reader = { 0 };

  g_return_val_if_fail (code != NULL && (text != NULL || length == 0), NULL);

  reader.matter = yz_matter_new (code);
  reader.matter->text = g_strndup (text != NULL ? text : "", length);
  reader.file = g_key_file_new ();
  if (!is_code (code))
    complain (&reader, 0, _ ("“%s” is no code of a matter; it is a capital and digits, like M20."),
              code);
  else if (length > MAX_LENGTH)
    complain (&reader, 0, _ ("The file is too long for a matter."));
  else
    read_file (&reader, reader.matter->text, length);

  if (reader.sentence == NULL)
    return g_steal_pointer (&reader.matter);
  if (reader.line == 0)
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID, reader.sentence);
  else
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID, _ ("Line %u: %s"),
                 reader.line, reader.sentence);
  return NULL;
}

static gboolean
load_file (const char *path, GHashTable *matters, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *code = g_path_get_basename (path);
  gsize length = 0;
  YzMatter *matter = NULL;

  *strrchr (code, '.') = '\0';
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  matter = yz_matter_parse (code, text, length, error);
  if (matter == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  g_hash_table_replace (matters, g_steal_pointer (&code), matter);
  return TRUE;
}

static gboolean
load_folder (const char *folder, GHashTable *matters, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_suffix (name, ".matter") && !load_file (path, matters, error))
      return FALSE;
  }
  return TRUE;
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const YzMatter *const *) a)->code, (*(const YzMatter *const *) b)->code);
}

/**
 * yz_matter_load_folders:
 * @folders: (array zero-terminated=1): the shipped folder first, then the system's and the store's;
 *   a matter in a later one takes the place of the one with the same file name. A folder that is
 *   not there is passed over.
 *
 * Returns: (transfer full) (element-type YzMatter): the matters by code, or NULL with the file,
 * line and sentence of what is wrong
 */
GPtrArray *
yz_matter_load_folders (const char *const *folders, GError **error)
{
  g_autoptr (GHashTable) matters =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) yz_matter_unref);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_matter_unref);
  GHashTableIter iter;
  gpointer matter = NULL;

  g_return_val_if_fail (folders != NULL, NULL);

  for (guint i = 0; folders[i] != NULL; i++) {
    if (!load_folder (folders[i], matters, error))
      return NULL;
  }
  g_hash_table_iter_init (&iter, matters);
  while (g_hash_table_iter_next (&iter, NULL, &matter))
    g_ptr_array_add (list, yz_matter_ref (matter));
  g_ptr_array_sort (list, compare_codes);
  return g_steal_pointer (&list);
}
