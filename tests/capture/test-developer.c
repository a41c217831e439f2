/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/developer.h"

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "tests/support/scene.h"

#include <string.h>

static const YzSceneSheet SHEET = { .corners = { 310, 120, 980, 140, 990, 620, 300, 610 },
                                    .paper = 0xf0f0ec,
                                    .ink = 0x303030 };
static const YzScene SCENE = {
  .width = 1280, .height = 720, .mat = 0x225442, .grain = 5, .sheets = &SHEET, .n_sheets = 1
};

static YzPage *
develop (GBytes *jpeg, const YzDevelopment *order)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  YzPage *page = yz_developer_develop (data, length, order, NULL, &error);

  g_assert_no_error (error);
  return page;
}

static void
test_finds_and_straightens (void)
{
  const YzDevelopment order = { .what = YZ_DEVELOP_FIND | YZ_DEVELOP_PICTURE | YZ_DEVELOP_JPEG };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (YzPage) page = develop (jpeg, &order);
  YzPictureHeader header;

  g_assert_true (page->found);
  g_assert_cmpint (page->width, ==, 1280);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat_with_epsilon (page->corners[i], SHEET.corners[i], 1.5);
  g_assert_cmpuint (page->verdicts, ==, YZ_VERDICT_NONE);
  g_assert_cmpfloat (page->sharpness, >, 0.4);
  g_assert_cmpint (page->picture->width, >, page->picture->height);
  g_assert_cmpint (MAX (page->thumbnail->width, page->thumbnail->height), ==, 160);
  g_assert_true (yz_jpeg_read_header (g_bytes_get_data (page->jpeg, NULL),
                                      g_bytes_get_size (page->jpeg), &header, NULL));
  g_assert_cmpint (header.width, ==, page->picture->width);
}

/* An A5 sheet of 680 pixels on a mat of which the picture shows 395 × 222 mm: 3.24 pixels each. */
static void
test_measured_mat_tells_the_paper (void)
{
  static const YzSceneSheet sheet = { .corners = { 310, 120, 990, 120, 990, 599, 310, 599 },
                                      .paper = 0xf0f0ec,
                                      .ink = 0x303030 };
  static const struct {
    YzDevelop what;
    double across, down;
    YzPaper paper;
  } CASES[] = {
    { YZ_DEVELOP_FIND, 395, 222.2, YZ_PAPER_A5 },
    { YZ_DEVELOP_FIND, 0, 0, YZ_PAPER_A4 },
    { YZ_DEVELOP_FIND, 395, 296, YZ_PAPER_A4 }, /* of the camera's other mode */
    { YZ_DEVELOP_FIND | YZ_DEVELOP_ELSEWHERE, 395, 222.2, YZ_PAPER_A4 },
  };
  YzScene scene = SCENE;
  g_autoptr (GBytes) jpeg = NULL;

  scene.sheets = &sheet;
  jpeg = yz_scene_photograph (&scene);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const YzDevelopment order = { .what = CASES[i].what,
                                  .across = CASES[i].across,
                                  .down = CASES[i].down };
    g_autoptr (YzPage) page = develop (jpeg, &order);

    g_assert_cmpstr (yz_paper_to_string (page->paper), ==, yz_paper_to_string (CASES[i].paper));
  }
}

/* A5 at 300 dpi on a scanner's glass, and A4 under a camera whose program writes 300 as well. */
static void
test_a_claim_is_believed_of_scans_only (void)
{
  static const struct {
    int width, height;
    YzPaper paper;
  } CASES[] = { { 2550, 3507, YZ_PAPER_A5 }, { 2630, 3507, YZ_PAPER_A4 } }; /* the last is 4:3 */

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const YzSceneSheet sheet = { .corners = { 200, 300, 1948, 300, 1948, 2780, 200, 2780 },
                                 .paper = 0xf0f0ec,
                                 .ink = 0x303030 };
    const YzScene scene = { .width = CASES[i].width,
                            .height = CASES[i].height,
                            .mat = 0x225442,
                            .grain = 5,
                            .sheets = &sheet,
                            .n_sheets = 1 };
    const YzDevelopment order = { .what = YZ_DEVELOP_FIND };
    g_autoptr (YzBitmap) bitmap = yz_scene_paint (&scene);
    g_autoptr (GBytes) jpeg = yz_jpeg_encode_at (bitmap, 90, 300, NULL);
    g_autoptr (YzPage) page = develop (jpeg, &order);

    g_assert_true (page->found);
    g_assert_cmpstr (yz_paper_to_string (page->paper), ==, yz_paper_to_string (CASES[i].paper));
  }
}

static void
test_empty_mat_keeps_the_frame (void)
{
  const YzScene scene = { .width = 640, .height = 480, .mat = 0x225442, .grain = 5 };
  const YzDevelopment order = { .what = YZ_DEVELOP_FIND | YZ_DEVELOP_PICTURE };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  g_autoptr (YzPage) page = develop (jpeg, &order);

  g_assert_false (page->found);
  g_assert_true (page->verdicts & YZ_VERDICT_NO_PAGE);
  g_assert_false (page->verdicts & YZ_VERDICT_BLANK);
  g_assert_cmpint (page->picture->width, ==, 640);
  g_assert_cmpuint (page->outlines->len, ==, 0);
}

static void
test_given_corners_are_taken (void)
{
  const YzDevelopment order = { .what = YZ_DEVELOP_PICTURE,
                                .has_corners = TRUE,
                                .rotation = 1,
                                .longest = 200,
                                .corners = { 400, 200, 800, 200, 800, 400, 400, 400 } };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (YzPage) page = develop (jpeg, &order);

  g_assert_true (page->found);
  g_assert_cmpfloat_with_epsilon (page->corners[4], 800, 1e-9);
  g_assert_cmpint (page->picture->height, ==, 200);
  g_assert_cmpint (page->picture->width, ==, 100);
}

static void
test_senseless_corners_are_refused (void)
{
  const YzDevelopment order = { .what = YZ_DEVELOP_PICTURE, .has_corners = TRUE };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_developer_develop (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg),
                                       &order, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static void
test_preview_is_the_frame (void)
{
  const YzDevelopment order = { .what = YZ_DEVELOP_FIND | YZ_DEVELOP_PICTURE | YZ_DEVELOP_PREVIEW,
                                .longest = 640 };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (YzPage) page = develop (jpeg, &order);

  g_assert_true (page->found);
  g_assert_cmpint (page->picture->width, ==, 640);
  g_assert_cmpint (page->picture->height, ==, 360);
  for (guint i = 0; i < 8; i++) /* of the original all the same */
    g_assert_cmpfloat_with_epsilon (page->corners[i], SHEET.corners[i], 3);
}

/* The stored picture lies on its side; the page comes out upright, the corners stay as stored. */
static void
test_exif_orientation_is_honoured (void)
{
  static const guint8 EXIF[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0,    0,    'I', 'I',
                                 42,   0,    8, 0,  0,   0,   1,   0,   0x12, 0x01, 3,   0,
                                 1,    0,    0, 0,  6,   0,   0,   0,   0,    0,    0,   0 };
  const YzDevelopment order = { .what = YZ_DEVELOP_PICTURE };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&SCENE);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) turned = NULL;
  g_autoptr (YzPage) page = NULL;

  g_byte_array_append (bytes, g_bytes_get_data (jpeg, NULL), 2);
  g_byte_array_append (bytes, EXIF, sizeof EXIF);
  g_byte_array_append (bytes, (const guint8 *) g_bytes_get_data (jpeg, NULL) + 2,
                       (guint) g_bytes_get_size (jpeg) - 2);
  turned = g_bytes_new (bytes->data, bytes->len);
  page = develop (turned, &order);
  g_assert_cmpint (page->width, ==, 1280);
  g_assert_cmpint (page->picture->width, ==, 720);
  g_assert_cmpint (page->picture->height, ==, 1280);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/developer/finds-and-straightens", test_finds_and_straightens);
  g_test_add_func ("/developer/measured-mat-tells-the-paper", test_measured_mat_tells_the_paper);
  g_test_add_func ("/developer/a-claim-is-believed-of-scans-only",
                   test_a_claim_is_believed_of_scans_only);
  g_test_add_func ("/developer/empty-mat-keeps-the-frame", test_empty_mat_keeps_the_frame);
  g_test_add_func ("/developer/given-corners-are-taken", test_given_corners_are_taken);
  g_test_add_func ("/developer/senseless-corners-are-refused", test_senseless_corners_are_refused);
  g_test_add_func ("/developer/preview-is-the-frame", test_preview_is_the_frame);
  g_test_add_func ("/developer/exif-orientation-is-honoured", test_exif_orientation_is_honoured);
  return g_test_run ();
}
