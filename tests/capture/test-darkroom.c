/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/darkroom.h"

#include "capture/capture-error.h"
#include "tests/support/scene.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define GUARD_S 60 /* nothing here takes that long */

static const YzSceneSheet SHEET = { .corners = { 80, 60, 420, 72, 410, 330, 70, 320 },
                                    .paper = 0xf0f0ec,
                                    .ink = 0x303030 };
static const YzScene SCENE = {
  .width = 500, .height = 400, .mat = 0x225442, .grain = 5, .sheets = &SHEET, .n_sheets = 1
};

/* What came of a development. */
typedef struct {
  YzPage *page;
  GError *error;
  guint order; /* the how-manieth result it was */
} Result;

static guint n_results;

static void
on_developed (GObject *source, GAsyncResult *async, gpointer data)
{
  Result *result = data;

  result->page = yz_darkroom_develop_finish (YZ_DARKROOM (source), async, &result->error);
  result->order = ++n_results;
}

static gboolean
on_guard (gpointer data)
{
  g_error ("nothing happened for %d seconds", GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
wait_for_results (guint n)
{
  const guint guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);

  while (n_results < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

static void
clear_result (Result *result)
{
  g_clear_pointer (&result->page, yz_page_unref);
  g_clear_error (&result->error);
}

static void
start (YzDarkroom *darkroom, GBytes *original, YzDevelop what, Result *result)
{
  yz_darkroom_develop_async (darkroom, original, what, NULL, 0, 320, NULL, on_developed, result);
}

static void
close_darkroom (YzDarkroom *darkroom)
{
  yz_darkroom_close (darkroom);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (darkroom);
}

static void
test_page_comes_back_on_the_main_loop (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  Result result = { 0 };

  n_results = 0;
  start (darkroom, jpeg, YZ_DEVELOP_FIND | YZ_DEVELOP_JPEG | YZ_DEVELOP_PICTURE, &result);
  g_assert_cmpuint (n_results, ==, 0);
  wait_for_results (1);
  g_assert_no_error (result.error);
  g_assert_true (result.page->found);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat_with_epsilon (result.page->corners[i], SHEET.corners[i], 1.5);
  g_assert_cmpint (result.page->picture->width, <=, 320);
  g_assert_cmpuint (g_bytes_get_size (result.page->jpeg), >, 500);
  clear_result (&result);
  close_darkroom (darkroom);
}

static void
test_blocking_call_needs_no_loop (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) page =
      yz_darkroom_develop (darkroom, jpeg, YZ_DEVELOP_FIND, NULL, 0, 0, &error);

  g_assert_no_error (error);
  g_assert_true (page->found);
  g_assert_null (page->picture);
  close_darkroom (darkroom);
}

/* Changes the size in the JPEG's header. */
static GBytes *
make_giant (void)
{
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  guint8 *data = g_memdup2 (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
  guint8 *frame = memmem (data, g_bytes_get_size (jpeg), "\xff\xc0", 2);

  memcpy (frame + 5, "\xff\xdc\xff\xdc", 4);
  return g_bytes_new_take (data, g_bytes_get_size (jpeg));
}

static GBytes *
cut_short (void)
{
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);

  return g_bytes_new_from_bytes (jpeg, 0, g_bytes_get_size (jpeg) / 2);
}

static void
test_hostile_pictures_are_refused_and_work_goes_on (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) good = yz_scene_photograph (&SCENE);
  g_autoptr (GBytes) giant = make_giant ();
  g_autoptr (GBytes) cut = cut_short ();
  g_autoptr (GBytes) text = g_bytes_new_static ("not a picture", 13);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  GPid helper = 0;
  const struct {
    GBytes *bytes;
    int code;
  } cases[] = { { giant, YZ_CAPTURE_ERROR_HOSTILE },
                { cut, YZ_CAPTURE_ERROR_HOSTILE },
                { text, YZ_CAPTURE_ERROR_UNSUPPORTED },
                { nothing, YZ_CAPTURE_ERROR_UNSUPPORTED } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (YzPage) page = NULL;

    g_assert_null (
        yz_darkroom_develop (darkroom, cases[i].bytes, YZ_DEVELOP_FIND, NULL, 0, 0, &error));
    g_assert_error (error, YZ_CAPTURE_ERROR, cases[i].code);
    page = yz_darkroom_develop (darkroom, good, YZ_DEVELOP_FIND, NULL, 0, 0, NULL);
    g_assert_nonnull (page);
    if (helper != 0) /* none of them cost the helper its life */
      g_assert_cmpint (yz_darkroom_get_helper (darkroom, NULL), ==, helper);
    helper = yz_darkroom_get_helper (darkroom, NULL);
  }
  close_darkroom (darkroom);
}

static void
test_too_many_bytes_are_refused_unopened (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  const gsize size = (gsize) 65 << 20;
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_darkroom_develop (darkroom, large, YZ_DEVELOP_FIND, NULL, 0, 0, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
  close_darkroom (darkroom);
}

/* The helper is stopped first, so that it cannot be done before it is killed. */
static void
test_killed_over_a_picture_the_next_one_works (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (YzPage) first = yz_darkroom_develop (darkroom, jpeg, 0, NULL, 0, 0, NULL);
  const GPid helper = yz_darkroom_get_helper (darkroom, NULL);
  const guint guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);
  Result result = { 0 };
  Result next = { 0 };
  gboolean busy = FALSE;

  n_results = 0;
  g_assert_nonnull (first);
  g_assert_cmpint (helper, >, 0);
  g_assert_cmpint (kill (helper, SIGSTOP), ==, 0);
  start (darkroom, jpeg, YZ_DEVELOP_FIND, &result);
  start (darkroom, jpeg, YZ_DEVELOP_FIND, &next);
  while (!busy) {
    yz_darkroom_get_helper (darkroom, &busy);
    g_main_context_iteration (NULL, FALSE);
  }
  g_source_remove (guard);
  kill (helper, SIGKILL);
  wait_for_results (2);
  g_assert_null (result.page);
  g_assert_error (result.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
  g_assert_no_error (next.error);
  g_assert_true (next.page->found);
  g_assert_cmpint (yz_darkroom_get_helper (darkroom, NULL), !=, helper);
  clear_result (&result);
  clear_result (&next);
  close_darkroom (darkroom);
}

static void
test_killed_while_idle_is_nobodys_fault (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (YzPage) first = yz_darkroom_develop (darkroom, jpeg, 0, NULL, 0, 0, NULL);
  g_autofree char *folder =
      g_strdup_printf ("/proc/%d/stat", yz_darkroom_get_helper (darkroom, NULL));
  g_autoptr (YzPage) second = NULL;
  gboolean gone = FALSE;

  kill (yz_darkroom_get_helper (darkroom, NULL), SIGKILL);
  while (!gone) { /* until it is a zombie, which only its parent can put to rest */
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (folder, &text, NULL, NULL));
    gone = strstr (text, ") Z ") != NULL;
  }
  second = yz_darkroom_develop (darkroom, jpeg, YZ_DEVELOP_FIND, NULL, 0, 0, NULL);
  g_assert_nonnull (second);
  close_darkroom (darkroom);
}

static void
test_hung_helper_is_given_up (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (YzPage) first = yz_darkroom_develop (darkroom, jpeg, 0, NULL, 0, 0, NULL);
  g_autoptr (YzPage) last = NULL;
  g_autoptr (GError) error = NULL;

  kill (yz_darkroom_get_helper (darkroom, NULL), SIGSTOP);
  yz_darkroom_set_patience (darkroom, 50);
  g_assert_null (yz_darkroom_develop (darkroom, jpeg, 0, NULL, 0, 0, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE);
  yz_darkroom_set_patience (darkroom, GUARD_S * 1000);
  last = yz_darkroom_develop (darkroom, jpeg, 0, NULL, 0, 0, NULL);
  g_assert_nonnull (last);
  close_darkroom (darkroom);
}

/* Three originals wait behind a stopped helper; the preview that came last is done second. */
static void
test_preview_overtakes (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (YzPage) first = yz_darkroom_develop (darkroom, jpeg, 0, NULL, 0, 0, NULL);
  const GPid helper = yz_darkroom_get_helper (darkroom, NULL);
  const guint guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);
  Result results[5] = { 0 };
  gboolean busy = FALSE;

  n_results = 0;
  kill (helper, SIGSTOP);
  start (darkroom, jpeg, 0, &results[0]);
  while (!busy)
    yz_darkroom_get_helper (darkroom, &busy);
  g_source_remove (guard);
  start (darkroom, jpeg, 0, &results[1]);
  start (darkroom, jpeg, 0, &results[2]);
  start (darkroom, jpeg, YZ_DEVELOP_PREVIEW | YZ_DEVELOP_PICTURE, &results[3]);
  start (darkroom, jpeg, YZ_DEVELOP_PREVIEW | YZ_DEVELOP_PICTURE, &results[4]);
  kill (helper, SIGCONT);
  wait_for_results (5);
  g_assert_cmpuint (results[0].order, ==, 1);
  g_assert_cmpuint (results[3].order, ==, 2);
  g_assert_cmpuint (results[1].order, ==, 3);
  g_assert_cmpuint (results[4].order, ==, 4);
  for (guint i = 0; i < 5; i++) {
    g_assert_no_error (results[i].error);
    clear_result (&results[i]);
  }
  close_darkroom (darkroom);
}

static void
test_closing_ends_what_waits (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  Result results[4] = { 0 };

  n_results = 0;
  for (guint i = 0; i < 3; i++)
    start (darkroom, jpeg, YZ_DEVELOP_FIND, &results[i]);
  yz_darkroom_close (darkroom);
  start (darkroom, jpeg, YZ_DEVELOP_FIND, &results[3]);
  wait_for_results (4);
  g_assert_error (results[3].error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  g_assert_cmpint (yz_darkroom_get_helper (darkroom, NULL), ==, 0);
  for (guint i = 0; i < 4; i++)
    clear_result (&results[i]);
  close_darkroom (darkroom);
}

/* A helper that never says that it is ready: the desk leaves all the same, and blames nobody. */
static void
test_closing_waits_for_no_start (void)
{
  static const char SILENT[] = "#!/bin/sh\n: >\"$0-started\"\nkill -STOP $$\n";
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autofree char *folder = g_dir_make_tmp ("yizhan-darkroom-XXXXXX", NULL);
  g_autofree char *program = g_build_filename (folder, "yizhan-darkroom", NULL);
  g_autofree char *started = g_strconcat (program, "-started", NULL);
  g_autofree char *real = g_strdup (g_getenv ("YIZHAN_LIBEXECDIR"));
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  Result result = { 0 };

  n_results = 0;
  g_assert_true (
      g_file_set_contents_full (program, SILENT, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_setenv ("YIZHAN_LIBEXECDIR", folder, TRUE);
  start (darkroom, jpeg, YZ_DEVELOP_FIND, &result);
  while (!g_file_test (started, G_FILE_TEST_EXISTS))
    g_thread_yield ();
  yz_darkroom_close (darkroom);
  wait_for_results (1);
  g_assert_error (result.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  g_setenv ("YIZHAN_LIBEXECDIR", real, TRUE);
  clear_result (&result);
  g_unlink (started);
  g_unlink (program);
  g_rmdir (folder);
  close_darkroom (darkroom);
}

static void
test_cancelled_before_its_turn (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Result result = { 0 };

  n_results = 0;
  g_cancellable_cancel (cancellable);
  yz_darkroom_develop_async (darkroom, jpeg, 0, NULL, 0, 0, cancellable, on_developed, &result);
  wait_for_results (1);
  g_assert_error (result.error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CANCELLED);
  clear_result (&result);
  close_darkroom (darkroom);
}

/* With its mat known, faint paper is found; a mat that is no picture does no harm. */
static void
test_learns_the_empty_mat (void)
{
  const YzScene bare = { .width = 500, .height = 400, .mat = 0x225442, .grain = 5 };
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (GBytes) mat = yz_scene_photograph (&bare);
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("nonsense", 8);
  GBytes *mats[] = { mat, nonsense, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (mats); i++) {
    g_autoptr (YzPage) page = NULL;

    yz_darkroom_set_empty_mat (darkroom, mats[i]);
    page = yz_darkroom_develop (darkroom, jpeg, YZ_DEVELOP_FIND, NULL, 0, 0, NULL);
    g_assert_nonnull (page);
    g_assert_true (page->found);
  }
  close_darkroom (darkroom);
}

/* As its own mat a picture holds nothing; that mat is not asked about what came from a file. */
static void
test_the_mat_says_nothing_of_what_was_taken_elsewhere (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (YzPage) here = NULL;
  g_autoptr (YzPage) elsewhere = NULL;

  yz_darkroom_set_empty_mat (darkroom, jpeg);
  here = yz_darkroom_develop (darkroom, jpeg, YZ_DEVELOP_FIND, NULL, 0, 0, NULL);
  elsewhere = yz_darkroom_develop (darkroom, jpeg, YZ_DEVELOP_FIND | YZ_DEVELOP_ELSEWHERE, NULL, 0,
                                   0, NULL);
  g_assert_false (here->found);
  g_assert_true (elsewhere->found);
  close_darkroom (darkroom);
}

static gsize
read_resident_kb (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *line = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "VmRSS:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + 6, NULL, 10);
}

static void
test_memory_stays_flat (void)
{
  const YzScene scene = { .width = 160, .height = 120, .mat = 0x225442, .grain = 5 };
  const double corners[8] = { 20, 20, 140, 24, 138, 100, 22, 98 };
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  gsize before = 0;

  for (guint i = 0; i < 220; i++) {
    g_autoptr (YzPage) page = yz_darkroom_develop (
        darkroom, jpeg, YZ_DEVELOP_PICTURE | YZ_DEVELOP_JPEG, corners, 0, 0, NULL);

    g_assert_nonnull (page);
    if (i == 20)
      before = read_resident_kb (yz_darkroom_get_helper (darkroom, NULL));
  }
  g_assert_cmpuint (read_resident_kb (yz_darkroom_get_helper (darkroom, NULL)), <, before + 4096);
  close_darkroom (darkroom);
}

static void
test_no_helper_is_said (void)
{
  YzDarkroom *darkroom = yz_darkroom_new ();
  g_autofree char *folder = g_strdup (g_getenv ("YIZHAN_LIBEXECDIR"));
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (GError) error = NULL;

  g_setenv ("YIZHAN_LIBEXECDIR", "/nowhere", TRUE);
  g_assert_null (yz_darkroom_develop (darkroom, jpeg, 0, NULL, 0, 0, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND);
  g_setenv ("YIZHAN_LIBEXECDIR", folder, TRUE);
  close_darkroom (darkroom);
}

int
main (int argc, char **argv)
{
  g_autofree char *options = NULL;

  g_test_init (&argc, &argv, NULL);
  /* The sanitizer keeps freed memory aside, which is no growth of ours. */
  options = g_strconcat (g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "",
                         ":quarantine_size_mb=1:thread_local_quarantine_size_kb=64", NULL);
  g_setenv ("ASAN_OPTIONS", options, TRUE);
  g_test_add_func ("/darkroom/page-comes-back-on-the-main-loop",
                   test_page_comes_back_on_the_main_loop);
  g_test_add_func ("/darkroom/blocking-call-needs-no-loop", test_blocking_call_needs_no_loop);
  g_test_add_func ("/darkroom/hostile-pictures-are-refused-and-work-goes-on",
                   test_hostile_pictures_are_refused_and_work_goes_on);
  g_test_add_func ("/darkroom/too-many-bytes-are-refused-unopened",
                   test_too_many_bytes_are_refused_unopened);
  g_test_add_func ("/darkroom/killed-over-a-picture-the-next-one-works",
                   test_killed_over_a_picture_the_next_one_works);
  g_test_add_func ("/darkroom/killed-while-idle-is-nobodys-fault",
                   test_killed_while_idle_is_nobodys_fault);
  g_test_add_func ("/darkroom/hung-helper-is-given-up", test_hung_helper_is_given_up);
  g_test_add_func ("/darkroom/preview-overtakes", test_preview_overtakes);
  g_test_add_func ("/darkroom/closing-ends-what-waits", test_closing_ends_what_waits);
  g_test_add_func ("/darkroom/closing-waits-for-no-start", test_closing_waits_for_no_start);
  g_test_add_func ("/darkroom/cancelled-before-its-turn", test_cancelled_before_its_turn);
  g_test_add_func ("/darkroom/learns-the-empty-mat", test_learns_the_empty_mat);
  g_test_add_func ("/darkroom/the-mat-says-nothing-of-what-was-taken-elsewhere",
                   test_the_mat_says_nothing_of_what_was_taken_elsewhere);
  g_test_add_func ("/darkroom/memory-stays-flat", test_memory_stays_flat);
  g_test_add_func ("/darkroom/no-helper-is-said", test_no_helper_is_said);
  return g_test_run ();
}
