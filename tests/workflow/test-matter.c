/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/matter.h"

#include "workflow/flow-reader.h"

#include <string.h>

static GPtrArray *shipped;

static char *
folder_of (const char *name)
{
  return g_build_filename (g_getenv ("YIZHAN_DATADIR"), name, NULL);
}

static const YzMatter *
find (const char *code)
{
  for (guint i = 0; i < shipped->len; i++) {
    const YzMatter *matter = g_ptr_array_index (shipped, i);

    if (g_str_equal (matter->code, code))
      return matter;
  }
  g_error ("there is no matter %s", code);
}

static gboolean
is_chinese (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    if (g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  }
  return FALSE;
}

static void
test_all (void)
{
  static const struct {
    char group;
    guint count;
  } groups[] = { { 'B', 14 }, { 'D', 7 }, { 'M', 7 }, { 'R', 16 },
                 { 'C', 14 }, { 'H', 6 }, { 'Z', 6 }, { 'F', 6 } };
  guint total = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
    guint count = 0;

    for (guint k = 0; k < shipped->len; k++)
      count += *((const YzMatter *) g_ptr_array_index (shipped, k))->code == groups[i].group;
    g_assert_cmpuint (count, ==, groups[i].count);
    total += count;
  }
  g_assert_cmpuint (total, ==, 76);
  g_assert_cmpuint (shipped->len, ==, 76);
}

/* A case can be begun in every shipped matter, and its way can keep the promise. */
static void
test_flows (void)
{
  g_autofree char *folder = folder_of ("flows");
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) flows = yz_flow_load_folders (folders, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < shipped->len; i++) {
    const YzMatter *matter = g_ptr_array_index (shipped, i);
    const YzFlow *flow = NULL;

    g_assert_nonnull (matter->flow);
    for (guint k = 0; k < flows->len && flow == NULL; k++) {
      const YzFlow *candidate = g_ptr_array_index (flows, k);

      flow = g_str_equal (candidate->code, matter->flow) ? candidate : NULL;
    }
    g_assert_nonnull (flow);
    g_assert_cmpint (flow->on_the_spot, ==, matter->limit == 0);
    if (g_str_equal (matter->level, "prefecture"))
      g_assert_cmpstr (matter->flow, ==, "prefecture");
    if (g_str_equal (matter->level, "county"))
      g_assert_cmpstr (matter->flow, ==, "bureau");
  }
}

static void
check_rows (const YzMatter *matter)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (matter->materials, i);

    g_assert_true (g_hash_table_add (ids, (gpointer) material->id));
    g_assert_false (is_chinese (material->name));
    g_assert_false (material->condition != NULL && is_chinese (material->condition));
    g_assert_cmpint (material->required, ==, material->condition == NULL);
    g_assert_cmpuint (material->pages, >=, 1);
    g_assert_cmpuint (material->dpi, >=, 200);
    g_assert_true (material->colour);
  }
  g_hash_table_remove_all (ids);
  for (guint i = 0; i < matter->facts->len; i++) {
    const YzFactField *field = g_ptr_array_index (matter->facts, i);

    g_assert_true (g_hash_table_add (ids, (gpointer) field->id));
    g_assert_false (is_chinese (field->label));
  }
}

/* In English nothing is left in Chinese, but titles of norms, and the other way about. */
static void
test_languages (void)
{
  g_autofree char *folder = folder_of ("matters");

  for (guint i = 0; i < shipped->len; i++) {
    const YzMatter *matter = g_ptr_array_index (shipped, i);
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_auto (GStrv) groups = NULL;

    check_rows (matter);
    g_assert_false (is_chinese (matter->name));
    g_assert_false (is_chinese (matter->group));
    g_assert_false (is_chinese (matter->result));
    g_assert_true (is_chinese (matter->name_cn));
    g_assert_cmpuint (strlen (matter->initials), >=, 2);
    g_assert_cmpuint (strlen (matter->basis), >, 0);
    g_assert_true (g_key_file_load_from_data (file, matter->text, strlen (matter->text),
                                              G_KEY_FILE_KEEP_TRANSLATIONS, NULL));
    groups = g_key_file_get_groups (file, NULL);
    for (guint k = 0; groups[k] != NULL; k++) {
      const char *key = g_str_has_prefix (groups[k], "Fact ") ? "Label[zh_CN]" : "Name[zh_CN]";
      g_autofree char *chinese = g_key_file_get_string (file, groups[k], key, NULL);

      g_assert_true (chinese != NULL && is_chinese (chinese));
    }
  }
}

/* Only laws, norms and government pages are quoted. */
static void
test_sources (void)
{
  guint n = 0;

  for (guint i = 0; i < shipped->len; i++) {
    const YzMatter *matter = g_ptr_array_index (shipped, i);

    for (guint k = 0; matter->sources[k] != NULL; k++, n++) {
      g_autoptr (GUri) uri = g_uri_parse (matter->sources[k], G_URI_FLAGS_NONE, NULL);

      g_assert_nonnull (uri);
      g_assert_true (g_str_has_suffix (g_uri_get_host (uri), ".gov.cn"));
    }
  }
  g_assert_cmpuint (n, >, 50);
}

static void
test_limits (void)
{
  const YzMatter *permit = find ("F03");

  g_assert_cmpuint (find ("M20")->limit, ==, 0);
  g_assert_cmpuint (find ("M30")->limit, ==, 7);
  g_assert_false (find ("M30")->calendar_days);
  g_assert_cmpuint (permit->limit, ==, 15);
  g_assert_true (permit->calendar_days);
  g_assert_true (find ("B01")->confirmed);
  g_assert_false (find ("B07")->confirmed);
}

static void
test_search (void)
{
  const YzMatter *matter = find ("M20");
  static const char *const hits[] = { "",      "M",   "m20",  "迁移",     "县（市）内",
                                      "xsnqy", "XSN", "move", "STATIONS", " m2 " };
  static const char *const misses[] = { "M21", "0", "snqy", "birth", "出生", "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (hits); i++) {
    if (!yz_matter_matches (matter, hits[i]))
      g_error ("“%s” does not find M20", hits[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (misses); i++) {
    if (yz_matter_matches (matter, misses[i]))
      g_error ("“%s” finds M20", misses[i]);
  }
}

static void
test_materials (void)
{
  const YzMatter *matter = find ("M20");
  const YzMaterial *card = yz_matter_find_material (matter, "identity-card");

  g_assert_nonnull (card);
  g_assert_true (yz_matter_find_material (matter, "Identity card") == card);
  g_assert_true (yz_matter_find_material (matter, "居民身份证") == card);
  g_assert_true (yz_matter_find_material (matter, "2") == card);
  g_assert_null (yz_matter_find_material (matter, "0"));
  g_assert_null (yz_matter_find_material (matter, "4"));
  g_assert_null (yz_matter_find_material (matter, "-1"));
  g_assert_null (yz_matter_find_material (matter, "passport"));
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = folder_of ("matters");
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  shipped = yz_matter_load_folders (folders, &error);
  g_assert_no_error (error);
  g_test_add_func ("/matter/all-seventy-six-are-shipped", test_all);
  g_test_add_func ("/matter/every-one-has-a-way-that-exists", test_flows);
  g_test_add_func ("/matter/speaks-both-languages-throughout", test_languages);
  g_test_add_func ("/matter/quotes-government-pages-only", test_sources);
  g_test_add_func ("/matter/limits-and-grades-are-as-published", test_limits);
  g_test_add_func ("/matter/is-found-by-code-name-and-initials", test_search);
  g_test_add_func ("/matter/materials-are-found-by-id-name-and-place", test_materials);
  result = g_test_run ();
  g_ptr_array_unref (shipped);
  return result;
}
