/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/mat-keeper.h"

#include "tests/support/scene.h"

#include <glib/gstdio.h>

typedef struct {
  char *folder;
  YzDarkroom *darkroom;
  YzMatKeeper *keeper;
  GBytes *picture;
  YzBitmap *mat;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->folder = g_dir_make_tmp ("mat-keeper-XXXXXX", NULL);
  desk->darkroom = yz_darkroom_new ();
  desk->keeper = yz_mat_keeper_new (desk->folder, desk->darkroom);
  desk->picture = g_bytes_new_static ("a mat", 5);
  desk->mat = yz_bitmap_new_packed (40, 30);
  for (int y = 0; y < 30; y++)
    for (int x = 0; x < 40; x++)
      ((guint32 *) yz_bitmap_get_row (desk->mat, y))[x] = 0x407050;
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (desk->folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (desk->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (desk->folder);
  g_free (desk->folder);
  yz_mat_keeper_free (desk->keeper);
  yz_darkroom_close (desk->darkroom);
  g_assert_finalize_object (desk->darkroom);
  g_bytes_unref (desk->picture);
  yz_bitmap_unref (desk->mat);
}

static guint
watch (Desk *desk, const YzPage *page, guint times)
{
  guint told = 0;

  for (guint i = 0; i < times; i++)
    told += yz_mat_keeper_watch (desk->keeper, page);
  return told;
}

static void
test_a_mat_is_kept_for_its_camera (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  yz_mat_keeper_set_camera (desk->keeper, "usb:serial/1");
  g_assert_false (yz_mat_keeper_knows (desk->keeper));
  g_assert_true (yz_mat_keeper_learn (desk->keeper, desk->picture, &error));
  g_assert_no_error (error);
  yz_mat_keeper_set_camera (desk->keeper, "usb:serial/2");
  g_assert_false (yz_mat_keeper_knows (desk->keeper));
  yz_mat_keeper_set_camera (desk->keeper, NULL);
  g_assert_false (yz_mat_keeper_knows (desk->keeper));
  yz_mat_keeper_set_camera (desk->keeper, "usb:serial/1");
  g_assert_true (yz_mat_keeper_knows (desk->keeper));
}

static void
test_without_a_camera_nothing_is_learned (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_mat_keeper_learn (desk->keeper, desk->picture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_an_empty_still_mat_is_noticed (Desk *desk, gconstpointer data)
{
  const YzPage page = { .thumbnail = desk->mat };

  yz_mat_keeper_set_camera (desk->keeper, "a");
  g_assert_cmpuint (watch (desk, &page, YZ_MAT_KEEPER_PICTURES), ==, 0);
  g_assert_cmpuint (watch (desk, &page, 1), ==, 1);
  yz_mat_keeper_learn (desk->keeper, desk->picture, NULL);
  g_assert_cmpuint (watch (desk, &page, 3 * YZ_MAT_KEEPER_PICTURES), ==, 0);
}

static void
test_what_has_print_on_it_is_no_mat (Desk *desk, gconstpointer data)
{
  const YzPage print = { .thumbnail = desk->mat, .sharpness = 0.5 };
  const YzPage page = { .thumbnail = desk->mat, .found = TRUE };

  yz_mat_keeper_set_camera (desk->keeper, "a");
  g_assert_cmpuint (watch (desk, &print, 3 * YZ_MAT_KEEPER_PICTURES), ==, 0);
  g_assert_cmpuint (watch (desk, &page, 3 * YZ_MAT_KEEPER_PICTURES), ==, 0);
}

static void
test_what_moves_is_no_empty_mat (Desk *desk, gconstpointer data)
{
  g_autoptr (YzBitmap) other = yz_bitmap_turn (desk->mat, 1);
  const YzPage page = { .thumbnail = desk->mat };
  const YzPage moved = { .thumbnail = other };

  yz_mat_keeper_set_camera (desk->keeper, "a");
  for (guint i = 0; i < 5; i++) {
    g_assert_cmpuint (watch (desk, &page, YZ_MAT_KEEPER_PICTURES / 2), ==, 0);
    g_assert_cmpuint (watch (desk, &moved, YZ_MAT_KEEPER_PICTURES / 2), ==, 0);
  }
}

/* A picture of 2000 × 1500 pixels with a card on it, at so many dpi. */
static YzPage *
make_card (guint dpi, YzPaper paper, double confidence)
{
  const YzOutline outline = { .confidence = confidence, .dpi = dpi, .paper = paper };
  GArray *outlines = g_array_new (FALSE, TRUE, sizeof (YzOutline));
  YzPage *page = yz_page_new ();

  g_array_append_val (outlines, outline);
  yz_page_take_outlines (page, outlines);
  page->width = 2000;
  page->height = 1500;
  return page;
}

static gboolean
measure (Desk *desk, guint dpi, YzPaper paper, double confidence)
{
  g_autoptr (YzPage) page = make_card (dpi, paper, confidence);

  return yz_mat_keeper_measure (desk->keeper, page);
}

/* What the darkroom makes of a sheet of 680 × 479 pixels: A5 at 3.24 pixels a millimetre. */
static const char *
develop_sheet (Desk *desk)
{
  const YzSceneSheet sheet = { .corners = { 310, 220, 990, 220, 990, 699, 310, 699 },
                               .paper = 0xf0f0ec,
                               .ink = 0x303030 };
  const YzScene scene = {
    .width = 1200, .height = 900, .mat = 0x225442, .grain = 5, .sheets = &sheet, .n_sheets = 1
  };
  g_autoptr (GBytes) jpeg = yz_scene_photograph (&scene);
  g_autoptr (YzPage) page =
      yz_darkroom_develop (desk->darkroom, jpeg, YZ_DEVELOP_FIND, NULL, 0, 0, NULL);

  g_assert_true (page->found);
  return yz_paper_to_string (page->paper);
}

/* 137 dpi in 2000 pixels are 371 mm, as the 1200 pixels of the picture with the sheet show. */
static void
test_two_cards_that_agree_measure_the_mat (Desk *desk, gconstpointer data)
{
  yz_mat_keeper_set_camera (desk->keeper, "a");
  g_assert_cmpstr (develop_sheet (desk), ==, "a4");
  g_assert_false (measure (desk, 137, YZ_PAPER_ID_CARD, 0.9));
  g_assert_false (measure (desk, 160, YZ_PAPER_ID_CARD, 0.9)); /* of another opinion */
  g_assert_false (measure (desk, 138, YZ_PAPER_ID_CARD, 0.9));
  g_assert_cmpstr (develop_sheet (desk), ==, "a4");
  g_assert_true (measure (desk, 137, YZ_PAPER_ID_CARD, 0.9));
  g_assert_cmpstr (develop_sheet (desk), ==, "a5");
  g_assert_false (measure (desk, 137, YZ_PAPER_ID_CARD, 0.9)); /* nothing new */
  yz_mat_keeper_set_camera (desk->keeper, "b");
  g_assert_cmpstr (develop_sheet (desk), ==, "a4");
  yz_mat_keeper_set_camera (desk->keeper, "a");
  g_assert_cmpstr (develop_sheet (desk), ==, "a5");
}

static void
test_nothing_but_a_sure_card_measures_the_mat (Desk *desk, gconstpointer data)
{
  yz_mat_keeper_set_camera (desk->keeper, "a");
  for (guint i = 0; i < 3; i++) {
    g_assert_false (measure (desk, 137, YZ_PAPER_A4, 1));
    g_assert_false (measure (desk, 137, YZ_PAPER_ID_CARD, 0.6));
    g_assert_false (measure (desk, 0, YZ_PAPER_ID_CARD, 1));
  }
}

static void
test_a_mat_learnt_anew_is_measured_anew (Desk *desk, gconstpointer data)
{
  yz_mat_keeper_set_camera (desk->keeper, "a");
  measure (desk, 137, YZ_PAPER_ID_CARD, 0.9);
  g_assert_true (measure (desk, 137, YZ_PAPER_ID_CARD, 0.9));
  g_assert_true (yz_mat_keeper_learn (desk->keeper, desk->picture, NULL));
  g_assert_cmpstr (develop_sheet (desk), ==, "a4");
  yz_mat_keeper_set_camera (desk->keeper, NULL);
  yz_mat_keeper_set_camera (desk->keeper, "a");
  g_assert_cmpstr (develop_sheet (desk), ==, "a4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/mat-keeper/" name, Desk, NULL, set_up, function, tear_down)
  ADD ("a-mat-is-kept-for-its-camera", test_a_mat_is_kept_for_its_camera);
  ADD ("without-a-camera-nothing-is-learned", test_without_a_camera_nothing_is_learned);
  ADD ("an-empty-still-mat-is-noticed", test_an_empty_still_mat_is_noticed);
  ADD ("what-has-print-on-it-is-no-mat", test_what_has_print_on_it_is_no_mat);
  ADD ("what-moves-is-no-empty-mat", test_what_moves_is_no_empty_mat);
  ADD ("two-cards-that-agree-measure-the-mat", test_two_cards_that_agree_measure_the_mat);
  ADD ("nothing-but-a-sure-card-measures-the-mat", test_nothing_but_a_sure_card_measures_the_mat);
  ADD ("a-mat-learnt-anew-is-measured-anew", test_a_mat_learnt_anew_is_measured_anew);
#undef ADD
  return g_test_run ();
}
