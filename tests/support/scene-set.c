/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/scene-set.h"

#include <math.h>

#define RADIANS (G_PI / 180)
#define MARGIN 6 /* pixels that every corner keeps from the frame's rim */

static const char *const TEXT =
    "居民户口簿公民身份号码申请人签字日期派出所审批意见同意办理出生登记迁移变更更正材料清单证明编号"
    "地址姓名性别民族籍贯本人与妻子在范例市购买住宅一处现申请将三人户口一并迁入随申请提交原件请予审"
    "核";

static const char *const TITLES[] = { "户口迁移申请表", "亲属关系证明", "无房证明", "材料清单" };

/* Lines of changing length, as a form or a certificate has them. */
static void
write_lines (YzPressInk *ink, double width, double top, double bottom)
{
  const glong length = g_utf8_strlen (TEXT, -1);

  yz_press_ink_font (ink, "Noto Sans CJK SC", 4.6, FALSE);
  for (double y = top; y < bottom; y += g_rand_boolean (ink->rand) ? 8.2 : 11) {
    const glong n = g_rand_int_range (ink->rand, 8, (gint32) (width / 5.4));
    const glong from = g_rand_int_range (ink->rand, 0, (gint32) (length - n));
    g_autofree char *line = g_utf8_substring (TEXT, from, from + n);

    yz_press_ink_write (ink, 20, y, line);
  }
}

static void
draw_form (YzPressInk *ink, double width, double height)
{
  yz_press_ink_font (ink, "Noto Serif CJK SC", 9, TRUE);
  yz_press_ink_write_centred (ink, width / 2, 22,
                              TITLES[g_rand_int_range (ink->rand, 0, G_N_ELEMENTS (TITLES))]);
  write_lines (ink, width, 44, height - 40);
  if (g_rand_boolean (ink->rand))
    yz_press_ink_seal (ink, width - 50, height - 50, 20, "范例市公安局演练派出所", "户口专用章");
  for (guint k = 0; g_rand_boolean (ink->rand) && k < 5; k++) {
    yz_press_ink_line (ink, 17, 50 + 34 * k, width - 17, 50 + 34 * k);
    yz_press_ink_line (ink, 17, 50, 17, 50 + 34 * k);
    yz_press_ink_line (ink, width - 17, 50, width - 17, 50 + 34 * k);
  }
}

static void
draw_letter (YzPressInk *ink, double width, double height)
{
  const glong length = g_utf8_strlen (TEXT, -1);

  yz_press_ink_font (ink, "Noto Serif CJK SC", 4.6, FALSE);
  for (double y = 24; y < height - 28; y += 8.4) {
    const glong n = (glong) (width / 6.2);
    const glong from = g_rand_int_range (ink->rand, 0, (gint32) (length - n));
    g_autofree char *line = g_utf8_substring (TEXT, from, from + n);

    yz_press_ink_write (ink, 22, y, line);
  }
}

static void
draw_note (YzPressInk *ink, double width, double height)
{
  yz_press_ink_font (ink, "Noto Serif CJK SC", 11, TRUE);
  yz_press_ink_write_centred (ink, width / 2, 40, "说明");
  yz_press_ink_font (ink, "Noto Sans CJK SC", 6, FALSE);
  yz_press_ink_write (ink, 26, 84, "本人同意落户。");
}

static void
draw_cover (YzPressInk *ink, double width, double height)
{
  yz_press_ink_font (ink, "Noto Serif CJK SC", 14, TRUE);
  yz_press_ink_colour (ink, 0xdcb45a);
  yz_press_ink_write_centred (ink, width / 2, height * 0.3, "居民户口簿");
  yz_press_ink_star (ink, width / 2, height * 0.65, 8);
}

/* An open booklet: two leaves with their tables, and the fold. */
static void
draw_open_booklet (YzPressInk *ink, double width, double height)
{
  yz_press_ink_colour (ink, 0x96a096);
  for (double d = -0.4; d <= 0.4; d += 0.2)
    yz_press_ink_line (ink, 0, height / 2 + d, width, height / 2 + d);
  yz_press_ink_font (ink, "Noto Sans CJK SC", 4.4, FALSE);
  for (guint leaf = 0; leaf < 2; leaf++)
    for (guint row = 0; row < 7; row++) {
      const double y = leaf * height / 2 + 12 + row * 11.5;
      g_autofree char *line = g_utf8_substring (TEXT, row * 3 + leaf, row * 3 + leaf + 14);

      yz_press_ink_colour (ink, 0x3c5a50);
      yz_press_ink_line (ink, 9, y, width - 9, y);
      yz_press_ink_line (ink, 9, y, 9, y + 11.5);
      yz_press_ink_line (ink, width - 9, y, width - 9, y + 11.5);
      yz_press_ink_colour (ink, 0x202020);
      yz_press_ink_write (ink, 13, y + 3, line);
    }
}

static const YzPressPaper OWN[] = {
  { "form", 210, 297, 0, 0, 0, 0xfafaf8, draw_form },
  { "form-cream", 210, 297, 0, 0, 2, 0xf4f0e4, draw_form },
  { "form-b5", 182, 257, 0, 0, 1, 0xeceef0, draw_form },
  { "note", 210, 297, 0, 0, 0, 0xf8f8f6, draw_note },
  { "cover", 143, 105, 1, 0, 0, 0x781e24, draw_cover },
  { "cover-brown", 143, 105, 1, 0, 0, 0x603c28, draw_cover },
  { "open-booklet", 143, 210, 0, 0, 0, 0xe8eee2, draw_open_booklet },
  { "letter", 210, 297, 0, 0, 0, 0xf6f6f2, draw_letter },
};

const YzPressPaper *
yz_scene_set_get_letter (void)
{
  return &OWN[G_N_ELEMENTS (OWN) - 1];
}

const char *
yz_scene_kind_to_string (YzSceneKind kind)
{
  static const char *const NAMES[YZ_SCENE_N_KINDS] = { "single", "hand", "several", "empty" };

  return NAMES[kind];
}

static const YzPressPaper *
choose_paper (GRand *rand)
{
  gsize n = 0;
  const YzPressPaper *papers = yz_press_paper_list (&n);
  const guint index = (guint) g_rand_int_range (rand, 0, (gint32) (n + G_N_ELEMENTS (OWN)));

  return index < n ? &papers[index] : &OWN[index - n];
}

static gboolean
is_inside (const YzSceneShot *shot)
{
  for (gsize i = 0; i < shot->photo.n_lays; i++) {
    double corners[8];

    yz_scene_photo_project (&shot->photo, &shot->lays[i], corners);
    for (guint k = 0; k < 8; k += 2)
      if (corners[k] < MARGIN || corners[k] > shot->photo.width - MARGIN ||
          corners[k + 1] < MARGIN || corners[k + 1] > shot->photo.height - MARGIN)
        return FALSE;
  }
  return TRUE;
}

static void
lay_single (YzSceneShot *shot, GRand *rand)
{
  static const double TILTS[] = { 0, 3, 10, 20 };
  YzScenePhoto *photo = &shot->photo;
  YzPressLay *lay = &shot->lays[0];
  const double tilt = TILTS[g_rand_int_range (rand, 0, G_N_ELEMENTS (TILTS))] * RADIANS;
  const double fill = g_rand_double_range (rand, 0.5, 0.95);
  const double turn = g_rand_double (rand);

  lay->paper = choose_paper (rand);
  lay->angle = (turn < 0.5   ? g_rand_double_range (rand, -4, 4)
                : turn < 0.8 ? g_rand_double_range (rand, -25, 25)
                             : 90 + g_rand_double_range (rand, -5, 5)) *
               RADIANS;
  lay->x = g_rand_double_range (rand, -0.06, 0.06) * lay->paper->width;
  lay->y = g_rand_double_range (rand, -0.06, 0.06) * lay->paper->height;
  photo->n_lays = 1;
  photo->tilt_x = g_rand_double_range (rand, -tilt, tilt + 1e-9);
  photo->tilt_y = g_rand_double_range (rand, -tilt, tilt + 1e-9);
  photo->scale = 1.3 * MIN (photo->width, photo->height) / lay->paper->width;
  while (!is_inside (shot))
    photo->scale *= 0.98;
  photo->scale *= 0.4 + 0.6 * fill;
}

static void
lay_cards (YzSceneShot *shot, GRand *rand)
{
  static const char *const CARDS[] = { "identity-card-front", "identity-card-back" };
  YzScenePhoto *photo = &shot->photo;

  photo->n_lays = (gsize) g_rand_int_range (rand, 2, YZ_SCENE_MOST_LAYS + 1);
  for (gsize k = 0; k < photo->n_lays; k++) {
    YzPressLay *lay = &shot->lays[k];

    lay->paper = yz_press_paper_find (CARDS[k % 2]);
    lay->x = (k % 2 ? 52 : -52) + g_rand_double_range (rand, -3, 3);
    lay->y = (photo->n_lays < 3 ? 0 : k / 2 ? 37 : -37) + g_rand_double_range (rand, -3, 3);
    lay->angle = g_rand_double_range (rand, -9, 9) * RADIANS;
  }
  photo->tilt_x = g_rand_double_range (rand, -2, 2) * RADIANS;
  photo->tilt_y = g_rand_double_range (rand, -2, 2) * RADIANS;
  photo->scale = photo->width / 215.0;
  while (!is_inside (shot))
    photo->scale *= 0.98;
}

/* A hand on its way: over the mat, or holding a side of the page well away from its corners. */
static void
lay_hand (YzSceneShot *shot, GRand *rand)
{
  const YzScenePhoto *photo = &shot->photo;
  const double from = g_rand_double_range (rand, 0, 2 * G_PI);
  YzSceneHand *hand = &shot->hand;

  hand->size = 0.09 * MAX (photo->width, photo->height);
  hand->angle = from + G_PI;
  hand->x = photo->width / 2.0 + 0.36 * photo->width * cos (from);
  hand->y = photo->height / 2.0 + 0.36 * photo->height * sin (from);
  if (photo->n_lays > 0) {
    const guint side = (guint) g_rand_int_range (rand, 0, 4);
    double c[8];
    double dx = 0;
    double dy = 0;

    yz_scene_photo_project (photo, &shot->lays[0], c);
    dx = c[(2 * side + 2) % 8] - c[2 * side];
    dy = c[(2 * side + 3) % 8] - c[2 * side + 1];
    hand->angle = atan2 (dx, -dy) + g_rand_double_range (rand, -0.3, 0.3);
    hand->size = MIN (hand->size, 0.3 * hypot (dx, dy));
    hand->x = c[2 * side] + 0.5 * dx + 0.3 * hand->size * cos (hand->angle);
    hand->y = c[2 * side + 1] + 0.5 * dy + 0.3 * hand->size * sin (hand->angle);
  }
  shot->photo.n_hands = 1;
}

void
yz_scene_set_compose (
    YzSceneKind kind, guint index, guint32 seed, int longest, YzSceneShot *out_shot)
{
  static const double SHAPES[] = { 0.75, 0.75, 0.5625 };
  const guint32 own = seed * 1000003U + (guint32) kind * 10007U + index;
  g_autoptr (GRand) rand = g_rand_new_with_seed (own);
  YzScenePhoto *photo = &out_shot->photo;
  const int shortest = (int) (longest * SHAPES[g_rand_int_range (rand, 0, G_N_ELEMENTS (SHAPES))]);
  const gboolean upright = kind != YZ_SCENE_SEVERAL && g_rand_int_range (rand, 0, 4) == 0;

  *out_shot = (YzSceneShot){ .kind = kind };
  photo->mat = (YzSceneMat) (index % YZ_SCENE_N_MATS);
  photo->width = upright ? shortest : longest;
  photo->height = upright ? longest : shortest;
  photo->gain = g_rand_double_range (rand, 0.82, 1.06);
  photo->tint = g_rand_double_range (rand, -0.05, 0.07);
  photo->band = g_rand_int_range (rand, 0, 3) == 0 ? g_rand_double_range (rand, 0.1, 0.35) : 0;
  photo->blur = g_rand_double_range (rand, 0.5, 1);
  photo->noise = g_rand_double_range (rand, 1, 4);
  photo->scale = longest / 420.0;
  photo->seed = photo->shot = own;
  photo->lays = out_shot->lays;
  photo->hands = &out_shot->hand;
  if (kind == YZ_SCENE_SINGLE || kind == YZ_SCENE_HAND)
    lay_single (out_shot, rand);
  else if (kind == YZ_SCENE_SEVERAL)
    lay_cards (out_shot, rand);
  if (kind == YZ_SCENE_HAND || (kind == YZ_SCENE_EMPTY && index % 3 == 2))
    lay_hand (out_shot, rand);
}

YzScenePhoto
yz_scene_set_clear (const YzSceneShot *shot)
{
  YzScenePhoto photo = shot->photo;

  photo.n_lays = photo.n_hands = 0;
  photo.band = 0;
  photo.gain *= 1.05;
  photo.tint += 0.01;
  photo.shot++;
  return photo;
}
