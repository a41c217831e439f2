/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Plays pages that come and go under the camera through the darkroom's eyes and the auto-capture,
 * and counts what it takes twice, blurred, or not at all. */

#include "capture/developer.h"
#include "tests/support/scene-play.h"
#include "ui/steady.h"

#include <stdlib.h>

#define N_PAGES 100
#define LONGEST 800

int
main (int argc, char **argv)
{
  const guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : N_PAGES;
  const YzDevelopment order = { .what = YZ_DEVELOP_PREVIEW | YZ_DEVELOP_FIND, .longest = LONGEST };
  YzSteady steady = { 0 };
  guint taken = 0;
  guint twice = 0;
  guint unfit = 0;
  guint missed = 0;

  for (guint page = 0; page < n; page++) {
    guint times = 0;

    for (guint step = 0; step < YZ_SCENE_PLAY_STEPS; step++) {
      gboolean fit = FALSE;
      g_autoptr (GBytes) jpeg = yz_scene_play_render (23, page, step, LONGEST, &fit);
      gsize length = 0;
      const guint8 *data = g_bytes_get_data (jpeg, &length);
      g_autoptr (YzPage) seen = yz_developer_develop (data, length, &order, NULL, NULL);

      if (argc > 2)
        g_print ("%u.%02u %s found %d verdicts %u sharp %.2f\n", page, step, fit ? "fit" : "   ",
                 seen->found, seen->verdicts, seen->sharpness);
      if (!yz_steady_feed (&steady, seen))
        continue;
      yz_steady_taken (&steady);
      taken++;
      unfit += !fit;
      twice += times++ > 0;
    }
    missed += times == 0;
  }
  g_print ("%u pages: %u taken; twice %.1f %%, blurred or touched %.1f %%, missed %.1f %%\n", n,
           taken, 100.0 * twice / MAX (taken, 1), 100.0 * unfit / MAX (taken, 1),
           100.0 * missed / n);
  return 0;
}
