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

/* Every member of a household has the same card but for what is written on it. */
static void
draw_member (YzPressInk *ink, double width, double height)
{
  static const char *const NAMES[] = { "范知新", "练小禾", "样立本", "范秋实", "练行远", "样若水" };
  static const char *const KIN[] = { "妻", "子", "女", "父", "母", "孙" };
  static const char *const SCHOOLS[] = { "小学", "初级中学", "大学本科", "普通高中" };
  const guint32 pick = g_rand_int (ink->rand);
  const guint year = 1900 + pick % 97;
  const guint month = 1 + pick / 97 % 12;
  const guint day = 1 + pick / 1164 % 28;
  g_autofree char *first = g_strdup_printf ("#姓  名:3|%s:6|#户主或与户主关系:5|%s:5",
                                            NAMES[pick % 6], KIN[pick / 6 % 6]);
  g_autofree char *birth =
      g_strdup_printf ("#籍  贯:3|样本省样张市:6|#出生日期:5|%u年%u月%u日:5", year, month, day);
  g_autofree char *number =
      g_strdup_printf ("#公民身份号码:4|330481%u%02u%02u%04u:8|#身高:2|%u 厘米:3|#血型:2|%c:2",
                       year, month, day, pick % 9000, 120 + pick % 70, "ABO"[pick % 3]);
  g_autofree char *school =
      g_strdup_printf ("#文化程度:4|%s:5|#婚姻状况:4|%s:4|#兵役状况:4|未服兵役:4",
                       SCHOOLS[pick / 7 % 4], pick & 64 ? "未婚" : "有配偶");
  const char *rows[] = {
    first,  "#出生地:3|样本省样张市:6|#民  族:5|汉族:5",
    birth,  "#本市(县)其他住址:5|无:8|#宗教信仰:3|无:3",
    number, school,
    NULL,
  };

  yz_press_ink_font (ink, "Noto Serif CJK SC", 5, TRUE);
  yz_press_ink_write_centred (ink, width / 2, 8, "常住人口登记卡");
  yz_press_ink_table (ink, 8, 20, width - 16, 10, rows);
  yz_press_ink_seal (ink, width - 40, height - 20, 15, "样张市公安局练习派出所", "户口专用章");
}

static const YzPressPaper MEMBER = { "member", 143, 105, 0, 0, 0, 0xf7f1ec, draw_member };

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
  YzPressLay lay = { .paper = page % 4 < 2 ? yz_scene_set_get_letter () : &MEMBER };
  YzSceneHand hand;
  YzScenePhoto photo = {
    .mat = YZ_SCENE_GREEN,
    .width = longest,
    .height = longest * 3 / 4,
    .gain = 1,
    .blur = 0.6,
    .noise = 2,
    .seed = seed,
    .words = page * 4099U,
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
