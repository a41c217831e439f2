/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow-reader.h"

#include <string.h>

/* Every file of bad-flows/ breaks one rule. Its first lines say what must be found, each as
 * "# LINE: SENTENCE", in that order; nothing else may be found in it. */
static void
test_bad_flow (gconstpointer data)
{
  const char *path = data;
  g_autofree char *text = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_null (yz_flow_parse ("bad", text, length, &findings, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (findings->len, >, 0);
  for (guint i = 0; i < findings->len; i++) {
    const YzFlowFinding *finding = g_ptr_array_index (findings, i);

    g_string_append_printf (found, "# %u: %s\n", finding->line, finding->sentence);
  }
  expected = g_strndup (text, (gsize) (strstr (text, "[Flow]") - text));
  g_assert_cmpstr (found->str, ==, expected);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;
  guint n_files = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "workflow", "bad-flows", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *claim = g_strdup_printf ("/flow-checks/refuses-%s", name);

    g_test_add_data_func_full (claim, g_build_filename (folder, name, NULL), test_bad_flow, g_free);
    n_files++;
  }
  g_assert_cmpuint (n_files, >, 0);
  return g_test_run ();
}
