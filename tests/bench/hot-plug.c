/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * How long a device that is plugged in takes to stand in the list, from the event that udev sends:
 * a document camera on V4L2 and a camera that speaks PTP. The goal is a second.
 *
 * Use it so: LD_PRELOAD=libumockdev-preload.so.0 YIZHAN_LIBEXECDIR=BUILD/capture bench-hot-plug
 * [ROUNDS]; a sanitized build wants its runtime before that library, as the test camera-list has
 * it.
 */

#include "capture/camera-list.h"
#include "tests/support/plugs.h"

#include <stdio.h>
#include <stdlib.h>

static int
compare (gconstpointer a, gconstpointer b)
{
  const double one = *(const double *) a;
  const double other = *(const double *) b;

  return one < other ? -1 : one > other ? 1 : 0;
}

static void
wait_for_count (YzCameraList *list, guint wanted)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) != wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_rest (YzCameraList *list)
{
  while (yz_camera_list_is_looking (list))
    g_main_context_iteration (NULL, TRUE);
  yz_plugs_wait_for_helpers ();
}

/* Milliseconds from the event to the list. */
static double
plug_in (UMockdevTestbed *bed, YzCameraList *list, gboolean video, guint number)
{
  gint64 began = g_get_monotonic_time ();
  double took = 0;

  if (video)
    yz_plugs_add_uvc_camera (bed, "4", number, 1, "DC77");
  else
    yz_plugs_add_ptp_camera (bed, "2", number, "SN1234");
  wait_for_count (list, 1);
  took = (double) (g_get_monotonic_time () - began) / 1000;
  wait_for_rest (list);
  if (video)
    yz_plugs_remove_uvc_camera (bed, "4", number, 1);
  else
    yz_plugs_remove_ptp_camera (bed, "2");
  wait_for_count (list, 0);
  wait_for_rest (list);
  return took;
}

static void
measure (const char *what, gboolean video, guint rounds)
{
  UMockdevTestbed *bed = yz_plugs_new ();
  YzCameraList *list = yz_camera_list_new ();
  g_autofree double *took = g_new0 (double, rounds);

  wait_for_rest (list);
  for (guint i = 0; i < rounds; i++)
    took[i] = plug_in (bed, list, video, 2 + 2 * i);
  qsort (took, rounds, sizeof *took, compare);
  printf ("%-24s %u times: median %.0f ms, slowest %.0f ms\n", what, rounds, took[rounds / 2],
          took[rounds - 1]);
  g_object_unref (list);
  g_object_unref (bed);
}

int
main (int argc, char **argv)
{
  const guint rounds = argc > 1 ? (guint) CLAMP (atoi (argv[1]), 1, 60) : 20;

  measure ("document camera (V4L2)", TRUE, rounds);
  measure ("camera (PTP)", FALSE, rounds);
  return 0;
}
