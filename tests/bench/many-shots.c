/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Many shots in a row leave the memory of desk and helper flat:
 *   many-shots ADDRESS [COUNT]
 * takes COUNT pictures (10,000) with the camera at ADDRESS, tells the device after each that it may
 * delete its copy, and prints the resident memory of both processes after every tenth part. The
 * exit status is 1 when either grew by more than 8 MiB after the first fifth.
 */

#include "capture/camera-host.h"

#include <stdio.h>
#include <string.h>

#define COUNT 10000
#define GROWTH_KIB (8 * 1024)

typedef struct {
  GMainLoop *loop;
  YzCameraHost *host;
  guint wanted, taken;
  guint64 bytes;
  guint desk, helper; /* KiB after the first fifth */
  gboolean failed;
} Run;

static guint
read_memory (const char *process)
{
  g_autofree char *path = g_build_filename ("/proc", process, "status", NULL);
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = g_strstr_len (text, -1, "VmRSS:");
  return line != NULL ? (guint) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

/* The one child is the helper. */
static char *
find_helper (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task = NULL;

  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL) {
    g_autofree char *list = g_build_filename ("/proc/self/task", task, "children", NULL);
    char *children = NULL;

    if (g_file_get_contents (list, &children, NULL, NULL) && *children != '\0')
      return g_strdelimit (g_strchomp (children), " ", '\0');
    g_free (children);
  }
  return g_strdup ("none");
}

static void
measure (Run *run)
{
  g_autofree char *pid = find_helper ();
  guint desk = read_memory ("self");
  guint helper = read_memory (pid);

  printf ("# %u shots: desk %u KiB, helper %u KiB\n", run->taken, desk, helper);
  fflush (stdout);
  if (run->taken <= run->wanted / 5) {
    run->desk = desk;
    run->helper = helper;
  }
  run->failed |= desk > run->desk + GROWTH_KIB || helper > run->helper + GROWTH_KIB;
}

static void shoot (Run *run);

static void
on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzFrame) frame = yz_camera_host_shoot_finish (run->host, result, &error);

  if (frame == NULL) {
    fprintf (stderr, "shot %u: %s\n", run->taken + 1, error->message);
    run->failed = TRUE;
    g_main_loop_quit (run->loop);
    return;
  }
  run->bytes += g_bytes_get_size (frame->bytes);
  yz_camera_host_release (run->host, frame);
  if (++run->taken % MAX (run->wanted / 10, 1) == 0)
    measure (run);
  if (run->taken < run->wanted)
    shoot (run);
  else
    g_main_loop_quit (run->loop);
}

static void
shoot (Run *run)
{
  yz_camera_host_shoot_async (run->host, NULL, on_shot, run);
}

int
main (int argc, char **argv)
{
  Run run = { .wanted = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : COUNT };

  if (argc < 2) {
    fprintf (stderr, "usage: %s ADDRESS [COUNT]\n", argv[0]);
    return 2;
  }
  printf ("TAP version 13\n1..1\n");
  run.loop = g_main_loop_new (NULL, FALSE);
  run.host = yz_camera_host_new (argv[1]);
  yz_camera_host_open (run.host);
  shoot (&run);
  g_main_loop_run (run.loop);
  yz_camera_host_close (run.host);
  while (!yz_camera_host_is_quiet (run.host))
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (run.host);
  g_main_loop_unref (run.loop);
  printf ("%s 1 - memory stays flat over %u shots of %" G_GUINT64_FORMAT " bytes together\n",
          run.failed ? "not ok" : "ok", run.taken, run.bytes);
  return run.failed ? 1 : 0;
}
