/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-lines.h"

#include "tests/support/scene.h"

static void
test_proposes_a_faint_sheet (void)
{
  const YzSceneSheet sheet = { .corners = { 80, 60, 420, 72, 410, 330, 70, 320 },
                               .paper = 0xd8d8d8,
                               .ink = 0xd8d8d8 };
  const YzScene scene = {
    .width = 500, .height = 400, .mat = 0xcccccc, .grain = 2, .sheets = &sheet, .n_sheets = 1
  };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 500);
  g_autofree float *slope = yz_lines_measure_slope (planes);
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (YzQuad));
  YzQuad truth;
  double best = 0;

  for (guint i = 0; i < 4; i++)
    truth.at[i] = (YzPoint){ sheet.corners[2 * i], sheet.corners[2 * i + 1] };
  yz_lines_propose (planes, slope, quads);
  for (guint i = 0; i < quads->len; i++)
    best = MAX (best, yz_quad_overlap (&truth, &g_array_index (quads, YzQuad, i), NULL));
  g_assert_cmpfloat (best, >, 0.93);
}

static void
test_nothing_on_a_plain_mat (void)
{
  const YzScene scene = { .width = 500, .height = 400, .mat = 0xcccccc };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  g_autoptr (YzPlanes) planes = yz_planes_new (bitmap, 500);
  g_autofree float *slope = yz_lines_measure_slope (planes);
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (YzQuad));

  yz_lines_propose (planes, slope, quads);
  g_assert_cmpuint (quads->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-lines/proposes-a-faint-sheet", test_proposes_a_faint_sheet);
  g_test_add_func ("/page-lines/nothing-on-a-plain-mat", test_nothing_on_a_plain_mat);
  return g_test_run ();
}
