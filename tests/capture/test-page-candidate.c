/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-candidate.h"

#include "tests/support/scene.h"

static const YzSceneSheet SHEET = { .corners = { 100, 60, 400, 70, 390, 330, 95, 320 },
                                    .paper = 0xe8e8e0,
                                    .ink = 0x303030 };

typedef struct {
  YzBitmap *bitmap;
  YzPlanes *planes;
  YzMat *mat;
} View;

static View
look_at (const YzSceneSheet *sheet, guint32 mat)
{
  const YzScene scene = { .width = 500,
                          .height = 400,
                          .mat = mat,
                          .grain = 5,
                          .fall = 0.2,
                          .sheets = sheet,
                          .n_sheets = sheet != NULL };
  View view = { yz_scene_paint (&scene) };

  view.planes = yz_planes_new (view.bitmap, 500);
  view.mat = yz_mat_fit (view.planes, NULL);
  return view;
}

static void
clear_view (View *view)
{
  yz_mat_free (view->mat);
  yz_planes_free (view->planes);
  yz_bitmap_unref (view->bitmap);
}

static YzCandidate
judge (const View *view, const YzQuad *quad)
{
  const YzSideSource source = { .planes = view->planes };
  YzCandidate candidate = { .quad = *quad };

  yz_candidate_refine (&candidate, &source, &(YzCandidateReach){ 6, 1, 40, 0 });
  yz_candidate_judge (&candidate, &(YzGround){ .mat = view->mat, .planes = view->planes });
  return candidate;
}

static void
test_sheet_is_sure_from_a_rough_guess (void)
{
  View view = look_at (&SHEET, 0x2a5a48);
  const YzQuad guess = { { { 104, 57 }, { 397, 73 }, { 393, 327 }, { 92, 324 } } };
  const YzCandidate candidate = judge (&view, &guess);

  g_assert_cmpfloat (candidate.confidence, >, 0.95);
  g_assert_cmpfloat (candidate.support, >, 0.95);
  g_assert_cmpfloat (candidate.outside, >, 0.95);
  g_assert_cmpfloat_with_epsilon (candidate.quad.at[0].x, 100, 0.5);
  g_assert_cmpfloat_with_epsilon (candidate.quad.at[2].y, 330, 0.5);
  clear_view (&view);
}

static void
test_bare_mat_is_not_sure (void)
{
  View view = look_at (NULL, 0x2a5a48);
  const YzQuad guess = { { { 104, 57 }, { 397, 73 }, { 393, 327 }, { 92, 324 } } };

  g_assert_cmpfloat (judge (&view, &guess).confidence, <, 0.4);
  clear_view (&view);
}

static void
test_half_a_sheet_is_not_sure (void)
{
  View view = look_at (&SHEET, 0x2a5a48);
  const YzQuad guess = { { { 100, 60 }, { 400, 70 }, { 396, 210 }, { 98, 205 } } };

  g_assert_cmpfloat (judge (&view, &guess).confidence, <, 0.6);
  clear_view (&view);
}

static void
test_printed_bar_is_no_document (void)
{
  const YzSceneSheet bar = { .corners = { 100, 100, 400, 100, 400, 130, 100, 130 },
                             .paper = 0xe8e8e0,
                             .ink = 0xe8e8e0 };
  View view = look_at (&bar, 0x2a5a48);
  const YzQuad guess = { { { 100, 100 }, { 400, 100 }, { 400, 130 }, { 100, 130 } } };

  g_assert_cmpfloat (judge (&view, &guess).confidence, <, 0.01);
  clear_view (&view);
}

/* A strip of the sheet between two of its lines has good edges all around. */
static void
test_paper_that_goes_on_is_only_a_part (void)
{
  const YzSceneSheet sheet = { .corners = { 100, 40, 400, 40, 400, 360, 100, 360 },
                               .paper = 0xe8e8e0,
                               .ink = 0xe8e8e0 };
  const YzSceneSheet line = { .corners = { 101, 198, 399, 198, 399, 204, 101, 204 },
                              .paper = 0x303030,
                              .ink = 0x303030 };
  const YzSceneSheet both[] = { line, sheet };
  const YzScene scene = {
    .width = 500, .height = 400, .mat = 0x2a5a48, .grain = 5, .sheets = both, .n_sheets = 2
  };
  View view = { yz_scene_paint (&scene) };
  const YzQuad upper = { { { 100, 40 }, { 400, 40 }, { 400, 198 }, { 100, 198 } } };
  const YzQuad whole = { { { 100, 40 }, { 400, 40 }, { 400, 360 }, { 100, 360 } } };

  view.planes = yz_planes_new (view.bitmap, 500);
  view.mat = yz_mat_fit (view.planes, NULL);
  g_assert_cmpfloat (judge (&view, &upper).confidence, <, 0.6);
  g_assert_cmpfloat (judge (&view, &whole).confidence, >, 0.9);
  clear_view (&view);
}

/* What the empty mat shows already is no document, however good its edges are. */
/* A lamp shines on the mat beside the sheet, as light as paper, along half of one side. */
static void
test_light_beside_a_sheet_is_no_paper (void)
{
  const YzSceneSheet sheets[] = {
    SHEET,
    { .corners = { 403, 70, 440, 70, 440, 196, 398, 196 }, .paper = 0xe8e8e0, .ink = 0xe8e8e0 },
  };
  const YzScene scene = {
    .width = 500, .height = 400, .mat = 0x2a2a2e, .grain = 5, .sheets = sheets, .n_sheets = 2
  };
  const YzQuad guess = { { { 104, 57 }, { 397, 73 }, { 393, 327 }, { 92, 324 } } };
  View view = { yz_scene_paint (&scene) };
  YzCandidate candidate;

  view.planes = yz_planes_new (view.bitmap, 500);
  view.mat = yz_mat_fit (view.planes, NULL);
  candidate = judge (&view, &guess);
  g_assert_cmpfloat (candidate.outside, <, 0.6); /* it is there */
  g_assert_cmpfloat (candidate.confidence, >, 0.7);
  clear_view (&view);
}

static void
test_edges_of_the_empty_mat_do_not_count (void)
{
  View view = look_at (&SHEET, 0x2a5a48);
  const YzSideSource source = { .planes = view.planes };
  YzCandidate candidate = { .quad = { { { 100, 60 }, { 400, 70 }, { 390, 330 }, { 95, 320 } } } };
  const YzGround knowing = { .mat = view.mat, .planes = view.planes, .empty = view.planes };

  yz_candidate_refine (&candidate, &source, &(YzCandidateReach){ 3, 1, 40, 0 });
  yz_candidate_judge (&candidate, &knowing);
  g_assert_cmpfloat (candidate.confidence, <, 0.55);
  clear_view (&view);
}

/* One side of a sheet and three that are none: it stays where it was. */
static void
test_little_support_is_given_up (void)
{
  View view = look_at (&SHEET, 0x2a5a48);
  const YzSideSource source = { .planes = view.planes };
  const YzQuad quad = { { { 100, 10 }, { 400, 15 }, { 400, 70 }, { 100, 60 } } };
  YzCandidate candidate = { .quad = quad };

  g_assert_false (yz_candidate_refine (&candidate, &source,
                                       &(YzCandidateReach){ 3, 1, 40, .least_support = 3 }));
  g_assert_cmpmem (&candidate.quad, sizeof quad, &quad, sizeof quad);
  candidate.quad = (YzQuad){ { { 100, 60 }, { 400, 70 }, { 390, 330 }, { 95, 320 } } };
  g_assert_true (yz_candidate_refine (&candidate, &source,
                                      &(YzCandidateReach){ 3, 1, 40, .least_support = 3 }));
  clear_view (&view);
}

static void
test_shadow_is_told_from_paper (void)
{
  const YzSceneSheet shadow = { .corners = { 100, 60, 400, 60, 400, 330, 100, 330 },
                                .paper = 0x5a5d60,
                                .ink = 0x5a5d60 };
  const YzQuad quad = { { { 100, 60 }, { 400, 60 }, { 400, 330 }, { 100, 330 } } };
  View view = look_at (&shadow, 0x707478);

  g_assert_true (yz_candidate_lies_on_shadow (&quad, view.mat));
  clear_view (&view);
  view = look_at (&SHEET, 0x707478);
  g_assert_false (yz_candidate_lies_on_shadow (&quad, view.mat));
  clear_view (&view);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-candidate/sheet-is-sure-from-a-rough-guess",
                   test_sheet_is_sure_from_a_rough_guess);
  g_test_add_func ("/page-candidate/bare-mat-is-not-sure", test_bare_mat_is_not_sure);
  g_test_add_func ("/page-candidate/half-a-sheet-is-not-sure", test_half_a_sheet_is_not_sure);
  g_test_add_func ("/page-candidate/printed-bar-is-no-document", test_printed_bar_is_no_document);
  g_test_add_func ("/page-candidate/paper-that-goes-on-is-only-a-part",
                   test_paper_that_goes_on_is_only_a_part);
  g_test_add_func ("/page-candidate/light-beside-a-sheet-is-no-paper",
                   test_light_beside_a_sheet_is_no_paper);
  g_test_add_func ("/page-candidate/edges-of-the-empty-mat-do-not-count",
                   test_edges_of_the_empty_mat_do_not_count);
  g_test_add_func ("/page-candidate/little-support-is-given-up", test_little_support_is_given_up);
  g_test_add_func ("/page-candidate/shadow-is-told-from-paper", test_shadow_is_told_from_paper);
  return g_test_run ();
}
