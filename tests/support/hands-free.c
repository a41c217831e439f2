/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/hands-free.h"

#include "capture/developer.h"
#include "tests/support/scene-play.h"
#include "ui/steady.h"

/* One picture. Returns: whether it was the moment to shoot. */
static gboolean
show (YzSteady *steady, GBytes *jpeg, int longest)
{
  const YzDevelopment order = { .what = YZ_DEVELOP_PREVIEW | YZ_DEVELOP_FIND,
                                .longest = (guint) longest };
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  g_autoptr (YzPage) seen = yz_developer_develop (data, length, &order, NULL, &error);

  g_assert_no_error (error);
  if (!yz_steady_feed (steady, seen))
    return FALSE;
  yz_steady_taken (steady);
  return TRUE;
}

YzHandsFree
yz_hands_free_play (guint32 seed, guint n, int longest)
{
  YzHandsFree self = { .pages = n };
  YzSteady steady = { 0 };

  for (guint page = 0; page < n; page++) {
    guint times = 0;

    for (guint step = 0; step < YZ_SCENE_PLAY_STEPS; step++) {
      gboolean fit = FALSE;
      g_autoptr (GBytes) jpeg = yz_scene_play_render (seed, page, step, longest, &fit);

      if (!show (&steady, jpeg, longest))
        continue;
      self.taken++;
      self.unfit += !fit;
      self.twice += times++ > 0;
    }
    self.missed += times == 0;
  }
  return self;
}
