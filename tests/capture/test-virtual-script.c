/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/virtual-script.h"

#include <unistd.h>

static void
assert_refused (const char *text, const char *place)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_virtual_script_parse (text, "/desk/demo", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_assert_true (g_str_has_prefix (error->message, place));
}

static void
test_every_verb (void)
{
  static const char SCRIPT[] = "# a demonstration\n"
                               "mat empty.jpg\n"
                               "\n"
                               "  show first page.jpg  \r\n"
                               "fail no-paper\n"
                               "wait 250\n"
                               "unplug\n"
                               "plug\n"
                               "show /elsewhere/b.png\n"
                               "hang\n"
                               "die\n"
                               "again";
  static const YzVirtualVerb VERBS[] = { YZ_VIRTUAL_MAT,  YZ_VIRTUAL_SHOW,   YZ_VIRTUAL_FAIL,
                                         YZ_VIRTUAL_WAIT, YZ_VIRTUAL_UNPLUG, YZ_VIRTUAL_PLUG,
                                         YZ_VIRTUAL_SHOW, YZ_VIRTUAL_HANG,   YZ_VIRTUAL_DIE,
                                         YZ_VIRTUAL_AGAIN };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = yz_virtual_script_parse (SCRIPT, "/desk/demo", &error);
  YzVirtualStep **step = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, G_N_ELEMENTS (VERBS));
  step = (YzVirtualStep **) steps->pdata;
  for (guint i = 0; i < steps->len; i++)
    g_assert_cmpint (step[i]->verb, ==, VERBS[i]);
  g_assert_cmpstr (step[0]->file, ==, "/desk/empty.jpg");
  g_assert_cmpstr (step[1]->file, ==, "/desk/first page.jpg");
  g_assert_cmpuint (step[1]->line, ==, 4);
  g_assert_cmpint (step[2]->error, ==, YZ_CAPTURE_ERROR_NO_PAPER);
  g_assert_cmpuint (step[3]->milliseconds, ==, 250);
  g_assert_cmpstr (step[6]->file, ==, "/elsewhere/b.png");
}

static void
test_errors_name_the_line (void)
{
  assert_refused ("", "/desk/demo:1:");
  assert_refused ("# nothing\n", "/desk/demo:1:");
  assert_refused ("show a.jpg\n\nshout\n", "/desk/demo:3:");
  assert_refused ("show\n", "/desk/demo:1:");
  assert_refused ("show a.jpg\nplug now\n", "/desk/demo:2:");
  assert_refused ("fail often\n", "/desk/demo:1:");
  assert_refused ("wait -1\n", "/desk/demo:1:");
  assert_refused ("wait 99999999999999999999\n", "/desk/demo:1:");
  assert_refused ("show \xff\xfe\n", "/desk/demo:1:");
  /* It would run in circles without ever waiting for a shot. */
  assert_refused ("wait 0\nagain\nshow a.jpg\n", "/desk/demo:2:");
}

static void
test_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("yizhan-XXXXXX", NULL);
  static const char *const NAMES[] = { "b.jpg", "a.PNG", ".hidden.jpg", "notes.txt", "c.jpeg" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  g_assert_null (yz_virtual_script_load (folder, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (folder, NAMES[i], NULL);

    g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  }
  steps = yz_virtual_script_load (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 4);
  g_assert_true (g_str_has_suffix (((YzVirtualStep *) steps->pdata[0])->file, "/a.PNG"));
  g_assert_true (g_str_has_suffix (((YzVirtualStep *) steps->pdata[2])->file, "/c.jpeg"));
  g_assert_cmpint (((YzVirtualStep *) steps->pdata[3])->verb, ==, YZ_VIRTUAL_AGAIN);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autoptr (GFile) file = g_file_new_build_filename (folder, NAMES[i], NULL);

    g_file_delete (file, NULL, NULL);
  }
  g_assert_no_errno (rmdir (folder));
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_virtual_script_load ("/nowhere/script", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (yz_virtual_script_load ("/proc/self/exe", &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual-script/every-verb-is-read", test_every_verb);
  g_test_add_func ("/virtual-script/errors-name-file-and-line", test_errors_name_the_line);
  g_test_add_func ("/virtual-script/folder-shows-its-pictures-by-name", test_folder);
  g_test_add_func ("/virtual-script/what-is-no-script-is-told-so", test_missing);
  return g_test_run ();
}
