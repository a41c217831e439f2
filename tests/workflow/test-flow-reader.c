/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow-reader.h"

#include "workflow/workflow-error.h"

#include <glib/gstdio.h>
#include <string.h>

/* The smallest lawful flow: on the spot, decided alone. */
#define SMALLEST                                                                                   \
  "[Flow]\nName=Tiny\nName[zh_CN]=小\nVersion=1\nOnTheSpot=true\nDecidesAlone=true\n"             \
  "[State draft]\nName=Draft\nKind=start\nLevel=window\n"                                          \
  "[State done]\nName=Done\nName[zh_CN]=完\nKind=final\nLevel=window\n"                           \
  "[Action approve]\nName=Approve\n[Action withdraw]\nName=Withdraw\n"                             \
  "[Step draft approve officer station-leader]\nTo=done\nEffect=accept;approve;\nComplete=true\n"  \
  "[Step draft withdraw clerk]\nTo=done\nEffect=withdraw\n"

static YzFlow *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  YzFlow *flow = yz_flow_parse ("tiny", text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  return flow;
}

static void
test_fields (void)
{
  g_autoptr (YzFlow) flow = parse (SMALLEST);
  const YzFlowStep *step = yz_flow_find_step (flow, "draft", "approve", "station-leader");

  g_assert_cmpstr (flow->code, ==, "tiny");
  g_assert_cmpstr (flow->name, ==, "Tiny");
  g_assert_cmpuint (flow->version, ==, 1);
  g_assert_true (flow->on_the_spot);
  g_assert_cmpstr (flow->text, ==, SMALLEST);
  g_assert_cmpuint (flow->states->len, ==, 2);
  g_assert_cmpuint (flow->steps->len, ==, 3);
  g_assert_nonnull (step);
  g_assert_cmpstr (step->name, ==, "Approve");
  g_assert_cmpstr (step->to, ==, "done");
  g_assert_true (step->complete);
  g_assert_false (step->note);
  g_assert_cmpint (step->effect, ==, YZ_EFFECT_ACCEPT | YZ_EFFECT_APPROVE);
  g_assert_cmpstr (step->excludes[0], ==, NULL);
}

static void
test_language (void)
{
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));
  g_autoptr (YzFlow) flow = NULL;

  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  flow = parse (SMALLEST);
  g_setenv ("LANGUAGE", before != NULL ? before : "en", TRUE);
  g_assert_cmpstr (flow->name, ==, "小");
  g_assert_cmpstr (yz_flow_get_state (flow, "done")->name, ==, "完");
  g_assert_cmpstr (yz_flow_get_state (flow, "draft")->name, ==, "Draft");
}

static void
test_refusal (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const char *text = "[Flow]\nName=Tiny\nVersion=1\nOnTheSpot=perhaps\nTotal=3\n";
  const YzFlowFinding *finding = NULL;

  g_assert_null (yz_flow_parse ("tiny", text, strlen (text), &findings, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "Line 4: "));
  g_assert_cmpuint (findings->len, ==, 1);
  finding = g_ptr_array_index (findings, 0);
  g_assert_cmpuint (finding->line, ==, 4);
}

static void
test_folders (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = g_dir_make_tmp ("yizhan-flows-XXXXXX", &error);
  g_autofree char *path = g_build_filename (own, "spot.flow", NULL);
  g_autofree char *shipped = g_build_filename (g_getenv ("YIZHAN_DATADIR"), "flows", NULL);
  const char *const folders[] = { shipped, own, "/nowhere/at/all", NULL };
  const char *const codes[] = { "bureau", "prefecture", "spot", "station" };
  g_autoptr (GPtrArray) flows = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, SMALLEST, -1, NULL));
  flows = yz_flow_load_folders (folders, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (flows->len, ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < flows->len; i++)
    g_assert_cmpstr (((YzFlow *) g_ptr_array_index (flows, i))->code, ==, codes[i]);
  g_assert_cmpstr (((YzFlow *) g_ptr_array_index (flows, 2))->name, ==, "Tiny");

  g_assert_true (g_file_set_contents (path, "[Flow]\nNmae=Tiny\n", -1, NULL));
  g_assert_null (yz_flow_load_folders (folders, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_unlink (path);
  g_rmdir (own);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow-reader/reads-every-field", test_fields);
  g_test_add_func ("/flow-reader/speaks-the-readers-language", test_language);
  g_test_add_func ("/flow-reader/refuses-with-line-and-sentence", test_refusal);
  g_test_add_func ("/flow-reader/a-later-folder-overrides", test_folders);
  return g_test_run ();
}
