/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/scene-play.h"

#include "capture/codec-jpeg.h"
#include "tests/support/scene.h"

#include <math.h>

#define COMES 2 /* steps: until here the mat is empty */
#define LIES 7  /* from here the page lies */
#define GOES 18 /* and until here */

typedef enum { CALM, BUMPED, PUSHED, N_STORIES } Story;

/* Every fifth page is bumped while it lies, every seventh pushed a little. */
static Story
choose_story (guint page)
{
  if (page % 5 == 3)
    return BUMPED;
  return page % 7 == 6 ? PUSHED : CALM;
}

static void
bring_hand (YzScenePhoto *photo, YzSceneHand *hand, double part)
{
  hand->size = 0.13 * photo->width;
  hand->angle = -2.2;
  hand->x = photo->width * (1.15 - 0.42 * part);
  hand->y = photo->height * (1.2 - 0.42 * part);
  photo->hands = hand;
  photo->n_hands = 1;
}

static GBytes *
expose (const YzScenePhoto *photo, int blur)
{
  g_autoptr (YzBitmap) picture = yz_scene_photo_take (photo);
  g_autoptr (YzBitmap) blurred = blur > 0 ? yz_scene_blur (picture, blur) : NULL;
  g_autoptr (GError) error = NULL;
  GBytes *jpeg = yz_jpeg_encode (blurred != NULL ? blurred : picture, 85, &error);

  g_assert_no_error (error);
  return jpeg;
}

GBytes *
yz_scene_play_render (guint32 seed, guint page, guint step, int longest, gboolean *out_fit)
{
  const Story story = choose_story (page);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed + page * 977U + step * 31U);
  const gboolean bumped = story == BUMPED && step >= LIES + 1 && step < LIES + 5;
  const gboolean pushed = story == PUSHED && step == LIES + 7;
  YzPressLay lay = { .paper = page % 3 == 2 ? yz_press_paper_find ("household-member")
                                            : yz_scene_set_get_letter () };
  YzSceneHand hand;
  YzScenePhoto photo = {
    .mat = YZ_SCENE_GREEN,
    .width = longest,
    .height = longest * 3 / 4,
    .gain = 1,
    .blur = 0.6,
    .noise = 2,
    .seed = seed + page,
    .shot = seed + page * 64 + step,
    .lays = &lay,
  };
  const double shake = bumped ? 4 : 0.25; /* millimetres */

  photo.scale = 0.86 * photo.height / MAX (lay.paper->height, 150);
  lay.angle = ((int) (page % 9) - 4) * 0.012;
  lay.x = (page % 4) * 2.0 + g_rand_double_range (rand, -shake, shake);
  lay.y = (page % 3) * 2.0 + g_rand_double_range (rand, -shake, shake);
  if (story == PUSHED && step > LIES + 7)
    lay.x += 6;
  photo.n_lays = step >= COMES && step < GOES ? 1 : 0;
  if (step < LIES && step >= COMES) /* it slides in with the hand */
    lay.x += 24.0 * (LIES - 1 - step);
  if (step < LIES || step >= GOES - 1 || pushed)
    bring_hand (&photo, &hand, step < 1 || step == YZ_SCENE_PLAY_STEPS - 1 ? 0.4 : 1);
  *out_fit = step >= LIES && step < GOES - 1 && !bumped && !pushed;
  return expose (&photo, bumped ? 3 : step >= COMES && step < LIES - 1 ? 2 : 0);
}
