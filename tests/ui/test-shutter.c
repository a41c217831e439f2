/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/shutter.h"

#include "capture/capture-error.h"
#include "tests/ui/made-up-store.h"

#include <string.h>

typedef struct {
  char *folder;
  YzDesk *desk;
  YzDarkroom *darkroom;
  YzShutter *shutter;
  char *number;
  guint unread;
  gboolean settled;
  GError *error;
} Room;

static void
on_unread (Room *room)
{
  room->unread++;
}

static void
set_up (Room *room, gconstpointer picture)
{
  g_autoptr (GBytes) bytes = picture != NULL ? made_up_store_load_picture (picture)
                                             : g_bytes_new_static ("\xff\xd8\xff no picture", 14);

  room->desk = made_up_store_new (&room->folder);
  room->darkroom = yz_darkroom_new ();
  room->shutter = yz_shutter_new (room->desk, room->darkroom);
  g_signal_connect_swapped (room->shutter, "unread", G_CALLBACK (on_unread), room);
  room->number = made_up_store_open_case (room->desk, 1, bytes);
}

static void
tear_down (Room *room, gconstpointer data)
{
  g_clear_error (&room->error);
  g_object_unref (room->shutter);
  yz_darkroom_close (room->darkroom);
  g_object_unref (room->darkroom);
  yz_desk_close (room->desk);
  g_object_unref (room->desk);
  made_up_store_remove (room->folder);
  g_free (room->folder);
  g_free (room->number);
}

static YzDossier *
load (Room *room)
{
  YzDossier *dossier = yz_desk_load (room->desk, room->number, NULL);

  g_assert_nonnull (dossier);
  return dossier;
}

static void
catch_up (Room *room)
{
  g_autoptr (YzDossier) dossier = load (room);

  yz_shutter_catch_up (room->shutter, dossier);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  Room *room = data;

  room->settled = TRUE;
  (void) yz_shutter_settle_finish (YZ_SHUTTER (source), result, &room->error);
}

static void
settle (Room *room, const char *number)
{
  room->settled = FALSE;
  yz_shutter_settle_async (room->shutter, number, on_settled, room);
  while (!room->settled)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_page_nobody_looked_at_is_caught_up_on (Room *room, gconstpointer data)
{
  g_autoptr (YzDossier) before = load (room);
  g_autoptr (YzDossier) after = NULL;

  g_assert_false (((YzSheet *) g_ptr_array_index (before->sheets, 0))->outlined);
  catch_up (room);
  settle (room, room->number);
  g_assert_no_error (room->error);
  after = load (room);
  g_assert_true (((YzSheet *) g_ptr_array_index (after->sheets, 0))->outlined);
  g_assert_cmpuint (room->unread, ==, 0);
}

static void
test_a_page_is_looked_at_once (Room *room, gconstpointer data)
{
  g_autoptr (YzDossier) before = load (room);
  g_autoptr (YzDossier) after = NULL;

  catch_up (room);
  yz_shutter_catch_up (room->shutter, before); /* as it stood before the first was done */
  settle (room, room->number);
  after = load (room);
  g_assert_cmpuint (after->version, ==, before->version + before->sheets->len);
}

static void
test_a_page_that_cannot_be_read_is_told_of_once (Room *room, gconstpointer data)
{
  g_autoptr (YzDossier) before = load (room);

  catch_up (room);
  settle (room, room->number);
  g_assert_no_error (room->error);
  catch_up (room);
  settle (room, room->number);
  g_assert_cmpuint (room->unread, ==, before->sheets->len);
}

static void
test_who_leaves_does_not_wait_for_a_look (Room *room, gconstpointer data)
{
  g_autoptr (YzDossier) dossier = NULL;

  catch_up (room);
  settle (room, NULL);
  dossier = load (room);
  g_assert_false (((YzSheet *) g_ptr_array_index (dossier->sheets, 0))->outlined);
  settle (room, room->number);
}

static void
on_filed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_cmpuint (yz_shutter_file_finish (YZ_SHUTTER (source), result, data), ==, 0);
}

static void
test_a_refused_page_stops_who_waits_for_the_case (Room *room, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xff\xd8\xff", 3);
  g_autoptr (YzFrame) frame = yz_frame_new (bytes, "image/jpeg", "a.jpg", "a.jpg", 1);
  g_autoptr (YzPage) page = yz_page_new ();
  g_autoptr (GError) told = NULL;

  yz_shutter_file_async (room->shutter, room->number, "no-such-original", frame, page, on_filed,
                         &told);
  settle (room, room->number);
  g_assert_nonnull (room->error);
  g_assert_cmpstr (room->error->message, ==, told->message);
}

static void
add (const char *path, const char *picture, void (*test) (Room *, gconstpointer))
{
  g_test_add (path, Room, picture, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  const char *letter = "08-application-letter.jpg";

  g_test_init (&argc, &argv, NULL);
  add ("/shutter/a-page-nobody-looked-at-is-caught-up-on", letter,
       test_a_page_nobody_looked_at_is_caught_up_on);
  add ("/shutter/a-page-is-looked-at-once", letter, test_a_page_is_looked_at_once);
  add ("/shutter/a-page-that-cannot-be-read-is-told-of-once", NULL,
       test_a_page_that_cannot_be_read_is_told_of_once);
  add ("/shutter/who-leaves-does-not-wait-for-a-look", letter,
       test_who_leaves_does_not_wait_for_a_look);
  add ("/shutter/a-refused-page-stops-who-waits-for-the-case", letter,
       test_a_refused_page_stops_who_waits_for_the_case);
  return g_test_run ();
}
