/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From the shutter to "saved": the picture goes through the camera's helper process into the vault
 * and the case, durably. Against it one decoding of the same file by libjpeg-turbo, in turns in one
 * run. The camera plays pictures without a delay of its own, so what is measured is ours. */

#include "capture/camera-host.h"
#include "capture/codec-jpeg.h"
#include "workflow/desk.h"

#include <stdlib.h>

#define DEFAULT_ROUNDS 12

typedef struct {
  YzDesk *desk;
  YzCameraHost *camera;
  char *number;
  GMainLoop *loop;
  YzFrame *frame;
} Room;

static void G_GNUC_NORETURN
give_up (const char *what, GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "?");
  exit (1);
}

static void
on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  Room *room = data;
  g_autoptr (GError) error = NULL;

  room->frame = yz_camera_host_shoot_finish (YZ_CAMERA_HOST (source), result, &error);
  if (room->frame == NULL)
    give_up ("shooting", error);
  g_main_loop_quit (room->loop);
}

static YzFrame *
shoot (Room *room)
{
  yz_camera_host_shoot_async (room->camera, NULL, on_shot, room);
  g_main_loop_run (room->loop);
  return g_steal_pointer (&room->frame);
}

static void
save (Room *room, const YzFrame *frame)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = yz_desk_keep (room->desk, frame->bytes, &error);
  YzSheet sheet = { .material = "reason-proof",
                    .digest = digest,
                    .size = g_bytes_get_size (frame->bytes),
                    .media_type = frame->media_type,
                    .captured_at = frame->shot_at,
                    .origin = "camera",
                    .device = frame->device };

  if (digest == NULL || yz_desk_attach (room->desk, room->number, &sheet, &error) == 0)
    give_up ("saving", error);
}

static void
open_room (Room *room, const char *store, const char *pictures)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_person_free);
  g_autoptr (YzStaff) staff = NULL;
  g_autoptr (YzDossier) dossier = NULL;
  g_autofree char *address = g_strconcat ("virtual:", pictures, NULL);
  const char *datadir = g_getenv ("YIZHAN_DATADIR");

  if (!yz_desk_create_store (store, datadir, TRUE, NULL, NULL, NULL, &error))
    give_up (store, error);
  room->desk = yz_desk_open (store, datadir, &error);
  if (room->desk == NULL)
    give_up (store, error);
  staff = yz_desk_sign_in (room->desk, "clerk", "practice", &error);
  g_ptr_array_add (persons, yz_person_new ("王一", "330481190001010013", "applicant"));
  if (staff != NULL)
    dossier = yz_desk_new_dossier (room->desk, "M20", persons, &error);
  if (dossier == NULL)
    give_up ("beginning", error);
  room->number = g_strdup (dossier->number);
  room->camera = yz_camera_host_new (address);
  room->loop = g_main_loop_new (NULL, FALSE);
  yz_camera_host_open (room->camera);
}

static void
close_room (Room *room)
{
  yz_camera_host_close (room->camera);
  while (!yz_camera_host_is_quiet (room->camera))
    g_main_context_iteration (NULL, TRUE);
  yz_desk_close (room->desk);
  g_clear_object (&room->camera);
  g_clear_object (&room->desk);
  g_main_loop_unref (room->loop);
  g_free (room->number);
}

static double
decode_ms (const YzFrame *frame)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzBitmap) bitmap = NULL;
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (frame->bytes, &length);
  gint64 start = g_get_monotonic_time ();

  bitmap = yz_jpeg_decode (data, length, 0, &error);
  if (bitmap == NULL)
    give_up ("decoding", error);
  return (double) (g_get_monotonic_time () - start) / 1e3;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return *left < *right ? -1 : *left > *right;
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

int
main (int argc, char **argv)
{
  g_autoptr (GArray) shots = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) saves = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) decodes = g_array_new (FALSE, FALSE, sizeof (double));
  guint rounds = argc > 2 ? (guint) atoi (argv[2]) : DEFAULT_ROUNDS;
  g_autofree char *folder = g_dir_make_tmp ("yizhan-bench-XXXXXX", NULL);
  const char *const remove[] = { "rm", "-rf", folder, NULL };
  Room room = { NULL };

  if (argc < 2 || rounds == 0 || g_getenv ("YIZHAN_DATADIR") == NULL) {
    g_printerr ("Use it so: YIZHAN_DATADIR=app/data YIZHAN_LIBEXECDIR=BUILD/capture bench-shutter "
                "PICTURES [ROUNDS]\n");
    return 2;
  }
  open_room (&room, folder, argv[1]);
  yz_frame_unref (shoot (&room)); /* the helper and the driver start here */
  for (guint i = 0; i < rounds; i++) {
    gint64 start = g_get_monotonic_time ();
    g_autoptr (YzFrame) frame = shoot (&room);
    gint64 shot = g_get_monotonic_time ();
    double ms = (double) (shot - start) / 1e3;

    g_array_append_val (shots, ms);
    save (&room, frame);
    ms = (double) (g_get_monotonic_time () - start) / 1e3;
    g_array_append_val (saves, ms);
    yz_camera_host_release (room.camera, frame);
    ms = decode_ms (frame);
    g_array_append_val (decodes, ms);
  }
  g_print ("shutter to bytes %.1f ms  to saved %.1f ms  one decoding %.1f ms\n", median (shots),
           median (saves), median (decodes));
  g_print ("saved to decoding %.2f over %u rounds\n", median (saves) / median (decodes), rounds);
  close_room (&room);
  g_spawn_sync (NULL, (char **) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  return 0;
}
