/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-side.h"

#include "tests/support/scene.h"

static const YzSceneSheet SHEET = { .corners = { 60, 52.3, 340, 57.8, 335, 250, 64, 247 },
                                    .paper = 0xf0f0f0,
                                    .ink = 0x202020 };
static const YzScene SCENE = {
  .width = 400, .height = 300, .mat = 0x2a5a48, .grain = 6, .sheets = &SHEET, .n_sheets = 1
};

/* From five pixels off, the side finds its place to a tenth of a pixel. */
static void
test_finds_the_step (void)
{
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&SCENE);
  const YzSideSource source = { .bitmap = bitmap };
  YzSide side = { .from = { 60, 47 }, .to = { 340, 62 } };

  yz_side_refine (&source, &side, 8, 1, 60);
  g_assert_cmpfloat (side.support, >, 0.95);
  g_assert_cmpfloat (side.seen, >, 0.99);
  yz_side_refine (&source, &side, 3, 0.5, 100);
  g_assert_cmpfloat_with_epsilon (side.from.y + (60 - side.from.x) * 5.5 / 280, 52.3, 0.12);
  g_assert_cmpfloat_with_epsilon (side.to.y + (340 - side.to.x) * 5.5 / 280, 57.8, 0.12);
}

static void
test_plain_mat_supports_nothing (void)
{
  const YzScene scene = { .width = 400, .height = 300, .mat = 0x2a5a48, .grain = 6 };
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
  const YzSideSource source = { .bitmap = bitmap };
  YzSide side = { .from = { 60, 47 }, .to = { 340, 62 } };

  yz_side_refine (&source, &side, 6, 1, 60);
  g_assert_cmpfloat (side.support, <, 0.6);
}

static void
test_outside_the_frame_is_not_seen (void)
{
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (&SCENE);
  const YzSideSource source = { .bitmap = bitmap };
  YzSide side = { .from = { 60, -20 }, .to = { 340, -20 } };

  yz_side_refine (&source, &side, 6, 1, 60);
  g_assert_cmpfloat (side.seen, <, 0.01);
  g_assert_cmpfloat (side.support, <, 0.01);
  g_assert_cmpfloat_with_epsilon (side.from.y, -20, 1e-9);
}

/* Two bent sides meet where their arcs do, not where their chords do. */
static void
test_bent_sides_meet_on_their_arcs (void)
{
  const YzSide before = { .from = { 0, 100 }, .to = { 0, 10 } };
  const YzSide after = { .from = { 10, 0 }, .to = { 110, 0 }, .bend = 5 };
  const YzPoint meet = yz_side_meet (&before, &after);
  const YzSide plain = { .from = { 10, 0 }, .to = { 110, 0 } };
  const YzPoint straight = yz_side_meet (&before, &plain);

  g_assert_cmpfloat_with_epsilon (straight.y, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (meet.x, 0, 0.05);
  g_assert_cmpfloat_with_epsilon (meet.y, 5 * 4 * -0.1 * 1.1, 0.05);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-side/finds-the-step", test_finds_the_step);
  g_test_add_func ("/page-side/plain-mat-supports-nothing", test_plain_mat_supports_nothing);
  g_test_add_func ("/page-side/outside-the-frame-is-not-seen", test_outside_the_frame_is_not_seen);
  g_test_add_func ("/page-side/bent-sides-meet-on-their-arcs", test_bent_sides_meet_on_their_arcs);
  return g_test_run ();
}
