/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/importer.h"

#include "tests/support/made-pdf.h"

#include <string.h>

/* One practice store, one clerk and one darkroom for all tests; a case each. */
static struct {
  char *folder;
  YzDesk *desk;
  YzDarkroom *darkroom;
} world;

typedef struct {
  YzShutter *shutter;
  YzImporter *importer;
  char *number;
  char *said;
  guint stop_after; /* pages, 0 never */
} Room;

static void
run (const char *const *argv)
{
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

static void
on_said (Room *room, const char *sentence)
{
  g_free (room->said);
  room->said = g_strdup (sentence);
}

static void
on_filed (Room *room)
{
  if (room->stop_after > 0 && --room->stop_after == 0)
    yz_importer_stop (room->importer);
}

static void
set_up (Room *room, gconstpointer data)
{
  g_autoptr (GPtrArray) persons = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) dossier = yz_desk_new_dossier (world.desk, "R04", persons, &error);

  g_assert_no_error (error);
  room->number = g_strdup (dossier->number);
  room->shutter = yz_shutter_new (world.desk, world.darkroom);
  room->importer = yz_importer_new (world.desk, world.darkroom, room->shutter);
  g_signal_connect_swapped (room->importer, "said", G_CALLBACK (on_said), room);
  g_signal_connect_swapped (room->shutter, "filed", G_CALLBACK (on_filed), room);
}

static void
keep_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *) data = yz_shutter_settle_finish (YZ_SHUTTER (source), result, NULL);
}

static void
tear_down (Room *room, gconstpointer data)
{
  gboolean settled = FALSE;

  yz_shutter_settle_async (room->shutter, NULL, keep_done, &settled);
  while (!settled)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (room->importer);
  g_object_unref (room->shutter);
  g_free (room->number);
  g_free (room->said);
}

static GFile *
put_pdf (const char *name, guint leaves)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (leaves, 300, 400);
  g_autofree char *path = g_build_filename (world.folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL),
                                      (gssize) g_bytes_get_size (pdf), NULL));
  return g_file_new_for_path (path);
}

static void
begin (Room *room, GFile *file)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  g_clear_pointer (&room->said, g_free);
  g_ptr_array_add (files, file);
  yz_importer_begin (room->importer, room->number, "household-booklet", files);
}

static void
wait_until_said (Room *room)
{
  while (room->said == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static YzDossier *
load (Room *room)
{
  YzDossier *dossier = yz_desk_load (world.desk, room->number, NULL);

  g_assert_nonnull (dossier);
  return dossier;
}

static void
test_leaves_are_filed_as_imported_sheets (Room *room, gconstpointer data)
{
  g_autoptr (GFile) file = put_pdf ("three.pdf", 3);
  g_autoptr (YzDossier) dossier = NULL;

  begin (room, file);
  g_assert_true (yz_importer_is_busy (room->importer));
  wait_until_said (room);
  g_assert_false (yz_importer_is_busy (room->importer));
  g_assert_cmpstr (room->said, ==, "3 pages were imported.");
  dossier = load (room);
  g_assert_cmpuint (dossier->sheets->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const YzSheet *sheet = g_ptr_array_index (dossier->sheets, i);
    g_autofree char *media_type = g_strdup_printf ("application/pdf;page=%u", i + 1);

    g_assert_cmpstr (sheet->origin, ==, "import");
    g_assert_cmpstr (sheet->device, ==, "three.pdf");
    g_assert_cmpstr (sheet->media_type, ==, media_type);
  }
}

static void
test_the_same_file_again_is_said (Room *room, gconstpointer data)
{
  g_autoptr (GFile) file = put_pdf ("one.pdf", 1);
  g_autoptr (YzDossier) dossier = NULL;

  begin (room, file);
  wait_until_said (room);
  begin (room, file);
  wait_until_said (room);
  g_assert_cmpstr (room->said, ==, "1 page was imported. Page 2 is the same page as 1.");
  dossier = load (room);
  g_assert_cmpuint (dossier->sheets->len, ==, 2);
}

static void
test_stopping_keeps_what_is_filed (Room *room, gconstpointer data)
{
  g_autoptr (GFile) file = put_pdf ("eight.pdf", 8);
  g_autoptr (YzDossier) dossier = NULL;

  room->stop_after = 2;
  begin (room, file);
  wait_until_said (room);
  g_assert_cmpstr (room->said, ==, "Stopped: 2 of 8 pages were imported.");
  dossier = load (room);
  g_assert_cmpuint (dossier->sheets->len, ==, 2);
}

static void
test_many_pages_are_asked_about (Room *room, gconstpointer data)
{
  g_autoptr (GFile) file = put_pdf ("many.pdf", YZ_IMPORTER_MANY + 1);
  g_autoptr (YzDossier) dossier = NULL;
  g_autofree char *question = NULL;

  begin (room, file);
  while (!yz_importer_is_asking (room->importer))
    g_main_context_iteration (NULL, TRUE);
  question = yz_importer_describe (room->importer);
  g_assert_nonnull (strstr (question, "51"));
  yz_importer_stop (room->importer);
  wait_until_said (room);
  dossier = load (room);
  g_assert_cmpuint (dossier->sheets->len, ==, 0);
}

static void
test_many_pages_come_when_they_are_meant (Room *room, gconstpointer data)
{
  g_autoptr (GFile) file = put_pdf ("many.pdf", YZ_IMPORTER_MANY + 1);

  room->stop_after = 1;
  begin (room, file);
  while (!yz_importer_is_asking (room->importer))
    g_main_context_iteration (NULL, TRUE);
  yz_importer_go_on (room->importer);
  wait_until_said (room);
  g_assert_cmpstr (room->said, ==, "Stopped: 1 of 51 pages were imported.");
}

static void
test_one_import_at_a_time (Room *room, gconstpointer data)
{
  g_autoptr (GFile) file = put_pdf ("three.pdf", 3);

  begin (room, file);
  begin (room, file);
  g_assert_nonnull (strstr (room->said, "already"));
  g_clear_pointer (&room->said, g_free);
  wait_until_said (room);
  g_assert_cmpstr (room->said, ==, "3 pages were imported.");
}

static void
test_what_the_case_refuses_is_said_once (Room *room, gconstpointer data)
{
  g_autoptr (GFile) file = put_pdf ("three.pdf", 3);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  g_ptr_array_add (files, file);
  yz_importer_begin (room->importer, room->number, "passport", files);
  wait_until_said (room);
  g_test_message ("%s", room->said);
  g_assert_nonnull (strstr (room->said, "No page was imported."));
  g_assert_nonnull (strstr (room->said, "passport"));
}

static void
open_world (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzStaff) clerk = NULL;
  g_autofree char *store = NULL;

  world.folder = g_dir_make_tmp ("yizhan-importer-XXXXXX", NULL);
  store = g_build_filename (world.folder, "store", NULL);
  yz_desk_create_store (store, g_getenv ("YIZHAN_DATADIR"), TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  world.desk = yz_desk_open (store, g_getenv ("YIZHAN_DATADIR"), &error);
  g_assert_no_error (error);
  clerk = yz_desk_sign_in (world.desk, "clerk", "practice", &error);
  g_assert_no_error (error);
  world.darkroom = yz_darkroom_new ();
}

static void
close_world (void)
{
  const char *const argv[] = { "rm", "-rf", world.folder, NULL };

  yz_darkroom_close (world.darkroom);
  yz_desk_close (world.desk);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (world.darkroom);
  g_assert_finalize_object (world.desk);
  run (argv);
  g_free (world.folder);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  open_world ();
#define CLAIM(name, function) g_test_add (name, Room, NULL, set_up, function, tear_down)
  CLAIM ("/importer/leaves-are-filed-as-imported-sheets", test_leaves_are_filed_as_imported_sheets);
  CLAIM ("/importer/the-same-file-again-is-said", test_the_same_file_again_is_said);
  CLAIM ("/importer/stopping-keeps-what-is-filed", test_stopping_keeps_what_is_filed);
  CLAIM ("/importer/many-pages-are-asked-about", test_many_pages_are_asked_about);
  CLAIM ("/importer/many-pages-come-when-they-are-meant", test_many_pages_come_when_they_are_meant);
  CLAIM ("/importer/one-import-at-a-time", test_one_import_at_a_time);
  CLAIM ("/importer/what-the-case-refuses-is-said-once", test_what_the_case_refuses_is_said_once);
  result = g_test_run ();
  close_world ();
  return result;
}
