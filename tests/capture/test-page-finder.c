/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-finder.h"

#include "capture/page-quad.h"
#include "tests/support/scene-set.h"
#include "tests/support/scene.h"

#include <math.h>

#define LONGEST 1000 /* of the photographs, pixels */
#define SEED 11

static double
measure_error (const double a[8], const double b[8])
{
  double sum = 0;

  for (guint i = 0; i < 8; i += 2)
    sum += hypot (a[i] - b[i], a[i + 1] - b[i + 1]) / 4;
  return sum;
}

static GArray *
find (const YzScene *scene, const YzBitmap *empty)
{
  g_autoptr (YzBitmap) bitmap = yz_scene_paint (scene);

  return yz_page_finder_find (bitmap, empty);
}

static void
test_one_page_to_a_fraction_of_a_pixel (void)
{
  const YzSceneSheet sheet = { .corners = { 310.3, 120.7, 1080.2, 160.1, 1120.9, 820.4, 250.6,
                                            790.8 },
                               .paper = 0xeeece4,
                               .ink = 0x303030 };
  static const guint32 MATS[] = { 0x225442, 0x808386, 0x96694a, 0x1f2023, 0xb0c4d8 };

  for (guint i = 0; i < G_N_ELEMENTS (MATS); i++) {
    const YzScene scene = { .width = 1400,
                            .height = 1000,
                            .mat = MATS[i],
                            .grain = 6,
                            .fall = 0.25,
                            .sheets = &sheet,
                            .n_sheets = 1 };
    g_autoptr (GArray) outlines = find (&scene, NULL);

    g_assert_cmpuint (outlines->len, ==, 1);
    g_assert_cmpfloat (
        measure_error (g_array_index (outlines, YzOutline, 0).corners, sheet.corners), <, 1);
    g_assert_cmpfloat (g_array_index (outlines, YzOutline, 0).confidence, >, 0.7);
  }
}

static void
test_empty_mat_has_none (void)
{
  for (int grain = 0; grain <= 24; grain += 8) {
    const YzScene scene = {
      .width = 800, .height = 600, .mat = 0x6a5a48, .grain = grain, .fall = 0.4
    };
    g_autoptr (GArray) outlines = find (&scene, NULL);

    g_assert_cmpuint (outlines->len, ==, 0);
  }
}

static void
test_several_in_reading_order (void)
{
  static const YzSceneSheet CARDS[] = {
    { .corners = { 80, 90, 430, 70, 440, 290, 90, 310 }, .paper = 0xdfe6ee, .ink = 0x404850 },
    { .corners = { 560, 60, 910, 84, 896, 304, 546, 280 }, .paper = 0xdfe6ee, .ink = 0x404850 },
    { .corners = { 100, 420, 450, 430, 444, 650, 94, 640 }, .paper = 0xdfe6ee, .ink = 0x404850 },
    { .corners = { 550, 430, 900, 410, 912, 630, 562, 650 }, .paper = 0xdfe6ee, .ink = 0x404850 },
  };
  const YzScene scene = { .width = 1000,
                          .height = 720,
                          .mat = 0x225442,
                          .grain = 6,
                          .fall = 0.2,
                          .sheets = CARDS,
                          .n_sheets = 4 };
  g_autoptr (GArray) outlines = find (&scene, NULL);

  g_assert_cmpuint (outlines->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (
        measure_error (g_array_index (outlines, YzOutline, i).corners, CARDS[i].corners), <, 1.5);
}

/* Paper of nearly the mat's colour, told by the empty mat's picture. */
static void
test_empty_mat_helps_faint_paper (void)
{
  static const YzSceneSheet STRIPES[] = {
    { .corners = { 310, 120, 1080, 160, 1120, 820, 250, 790 }, .paper = 0xd2d2d2, .ink = 0xd2d2d2 },
    { .corners = { -10, 300, 1410, 300, 1410, 330, -10, 330 }, .paper = 0xb4b4b4, .ink = 0xb4b4b4 },
    { .corners = { -10, 700, 1410, 700, 1410, 730, -10, 730 }, .paper = 0xb4b4b4, .ink = 0xb4b4b4 },
  };
  YzScene scene = { .width = 1400,
                    .height = 1000,
                    .mat = 0xc0c0c0,
                    .grain = 4,
                    .fall = 0.2,
                    .sheets = STRIPES + 1,
                    .n_sheets = 2 };
  g_autoptr (YzBitmap) empty = yz_scene_paint (&scene);
  g_autoptr (GArray) outlines = NULL;

  scene.sheets = STRIPES;
  scene.n_sheets = 3;
  scene.fall = 0.15;
  outlines = find (&scene, empty);
  g_assert_cmpuint (outlines->len, ==, 1);
  g_assert_cmpfloat (
      measure_error (g_array_index (outlines, YzOutline, 0).corners, STRIPES[0].corners), <, 3);
}

static void
test_corner_outside_the_frame (void)
{
  const YzSceneSheet sheet = { .corners = { 200, 100, 1000, 130, 1040, 640, 180, 560 },
                               .paper = 0xeeece4,
                               .ink = 0x303030 };
  const YzScene scene = {
    .width = 1020, .height = 800, .mat = 0x225442, .grain = 6, .sheets = &sheet, .n_sheets = 1
  };
  g_autoptr (GArray) outlines = find (&scene, NULL);

  g_assert_cmpuint (outlines->len, ==, 1);
  g_assert_cmpfloat (measure_error (g_array_index (outlines, YzOutline, 0).corners, sheet.corners),
                     <, 5);
}

static void
test_tiny_pictures_have_none (void)
{
  for (int side = 1; side < 80; side += 13) {
    const YzScene scene = { .width = side, .height = 80 - side, .mat = 0x225442, .grain = 60 };
    g_autoptr (GArray) outlines = find (&scene, NULL);

    g_assert_cmpuint (outlines->len, ==, 0);
  }
}

static double
measure_overlap (const YzSceneShot *shot, gsize which, const YzOutline *outline)
{
  double corners[8];
  YzQuad truth;
  YzQuad found;

  yz_scene_photo_project (&shot->photo, &shot->lays[which], corners);
  for (guint k = 0; k < 4; k++) {
    truth.at[k] = (YzPoint){ corners[2 * k], corners[2 * k + 1] };
    found.at[k] = (YzPoint){ outline->corners[2 * k], outline->corners[2 * k + 1] };
  }
  return yz_quad_overlap (&truth, &found, NULL);
}

/* A hand on every kind of mat: the page behind it, or none, but never a part. */
static void
test_hand_over_one_side_spoils_no_crop (void)
{
  guint found = 0;

  for (guint i = 0; i < YZ_SCENE_N_MATS; i++) {
    YzSceneShot shot;
    g_autoptr (YzBitmap) picture = NULL;
    g_autoptr (GArray) outlines = NULL;

    yz_scene_set_compose (YZ_SCENE_HAND, i, SEED, LONGEST, &shot);
    picture = yz_scene_photo_take (&shot.photo);
    outlines = yz_page_finder_find (picture, NULL);
    for (guint k = 0; k < outlines->len; k++)
      g_assert_cmpfloat (measure_overlap (&shot, 0, &g_array_index (outlines, YzOutline, k)), >,
                         0.95);
    found += outlines->len;
  }
  g_assert_cmpuint (found, >=, YZ_SCENE_N_MATS - 1);
}

static void
test_hand_alone_is_no_page (void)
{
  for (guint i = 2; i < 2 * YZ_SCENE_N_MATS; i += 3) {
    YzSceneShot shot;
    YzScenePhoto clear;
    g_autoptr (YzBitmap) picture = NULL;
    g_autoptr (YzBitmap) mat = NULL;
    g_autoptr (GArray) blind = NULL;
    g_autoptr (GArray) knowing = NULL;

    yz_scene_set_compose (YZ_SCENE_EMPTY, i, SEED, LONGEST, &shot);
    clear = yz_scene_set_clear (&shot);
    picture = yz_scene_photo_take (&shot.photo);
    mat = yz_scene_photo_take (&clear);
    blind = yz_page_finder_find (picture, NULL);
    knowing = yz_page_finder_find (picture, mat);
    g_assert_cmpuint (blind->len, ==, 0);
    g_assert_cmpuint (knowing->len, ==, 0);
  }
}

/* What lay there when the mat was learned is part of the mat. */
static void
test_mat_with_the_page_on_it_has_none (void)
{
  for (guint i = 0; i < YZ_SCENE_N_MATS; i++) {
    YzSceneShot shot;
    g_autoptr (YzBitmap) picture = NULL;
    g_autoptr (YzBitmap) again = NULL;
    g_autoptr (GArray) same = NULL;
    g_autoptr (GArray) later = NULL;

    yz_scene_set_compose (YZ_SCENE_SINGLE, i, SEED, LONGEST, &shot);
    picture = yz_scene_photo_take (&shot.photo);
    shot.photo.shot++;
    shot.photo.gain *= 1.04;
    again = yz_scene_photo_take (&shot.photo);
    same = yz_page_finder_find (picture, picture);
    later = yz_page_finder_find (again, picture);
    g_assert_cmpuint (same->len, ==, 0);
    g_assert_cmpuint (later->len, ==, 0);
  }
}

/* Every document of the shot is found, and nothing else. */
static void
assert_all_found (guint index, guint32 seed)
{
  YzSceneShot shot;
  g_autoptr (YzBitmap) picture = NULL;
  g_autoptr (GArray) outlines = NULL;

  yz_scene_set_compose (YZ_SCENE_SEVERAL, index, seed, LONGEST, &shot);
  picture = yz_scene_photo_take (&shot.photo);
  outlines = yz_page_finder_find (picture, NULL);
  g_assert_cmpuint (outlines->len, ==, shot.photo.n_lays);
  for (gsize i = 0; i < shot.photo.n_lays; i++) {
    double best = 0;

    for (guint k = 0; k < outlines->len; k++)
      best = MAX (best, measure_overlap (&shot, i, &g_array_index (outlines, YzOutline, k)));
    g_assert_cmpfloat (best, >, 0.95);
  }
}

/* Cards on white are told by their shadows, and cut at their own edges. */
static void
test_cards_of_the_mats_own_white (void)
{
  assert_all_found (12, 2);
}

/* A card in a shadow looks like mat; the portrait on it must not pass for a card. */
static void
test_card_in_a_shadow_is_no_portrait (void)
{
  assert_all_found (5, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-finder/one-page-to-a-fraction-of-a-pixel",
                   test_one_page_to_a_fraction_of_a_pixel);
  g_test_add_func ("/page-finder/empty-mat-has-none", test_empty_mat_has_none);
  g_test_add_func ("/page-finder/several-in-reading-order", test_several_in_reading_order);
  g_test_add_func ("/page-finder/empty-mat-helps-faint-paper", test_empty_mat_helps_faint_paper);
  g_test_add_func ("/page-finder/corner-outside-the-frame", test_corner_outside_the_frame);
  g_test_add_func ("/page-finder/tiny-pictures-have-none", test_tiny_pictures_have_none);
  g_test_add_func ("/page-finder/hand-over-one-side-spoils-no-crop",
                   test_hand_over_one_side_spoils_no_crop);
  g_test_add_func ("/page-finder/hand-alone-is-no-page", test_hand_alone_is_no_page);
  g_test_add_func ("/page-finder/mat-with-the-page-on-it-has-none",
                   test_mat_with_the_page_on_it_has_none);
  g_test_add_func ("/page-finder/cards-of-the-mats-own-white", test_cards_of_the_mats_own_white);
  g_test_add_func ("/page-finder/card-in-a-shadow-is-no-portrait",
                   test_card_in_a_shadow_is_no_portrait);
  return g_test_run ();
}
