/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/bench/ink-figures.h"

#include "capture/page-cleaner.h"
#include "capture/page-words.h"
#include "tests/support/scene-photo.h"

#include <math.h>

#define DPI 300.0
#define LINE 8.6   /* millimetres from line to line */
#define SIZE 4.4   /* of the letters, millimetres */
#define LETTERS 36 /* on a full line */

static const char *const SENTENCES[] = {
  "申请人因工作调动将户口由原籍迁入现居住地址并提交下列材料。",
  "户主同意其配偶及未成年子女随同迁入本户，户内人口由三人增至六人。",
  "经核对，居民身份证、结婚证与户口簿所载姓名、性别、出生日期一致。",
  "房屋所有权证书载明坐落于东风路一百二十八号，建筑面积八十九平方米。",
  "派出所自受理之日起七个工作日内审核完毕，报县公安局审批。",
  "不符合规定条件的，应当书面告知理由以及申请复议的期限和机关。",
  "本人承诺所提供的材料真实有效，如有虚假愿意承担法律责任。",
  "迁移证有效期为三十日，逾期未办理落户手续的须重新申领。",
  "学生毕业后将户口迁往就业单位所在地，凭录用通知和报到证办理。",
  "公民身份号码有误的，由户籍民警调查核实后按程序予以更正。",
};

/* What stands on the page that is being drawn: the press hands its painters nothing but the pen. */
static GString *written;

static void
draw_text (YzPressInk *ink, double width, double height)
{
  g_autoptr (GString) all = g_string_new (NULL);
  glong from = 0;
  glong length = 0;

  g_string_truncate (written, 0);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (SENTENCES); i++)
    g_string_append (all,
                     SENTENCES[g_rand_int_range (ink->rand, 0, (gint32) G_N_ELEMENTS (SENTENCES))]);
  length = g_utf8_strlen (all->str, -1);
  yz_press_ink_font (ink, "Noto Serif CJK SC", SIZE, FALSE);
  for (double y = 24; y < height - 28 && from < length; y += LINE) {
    const glong n = MIN (LETTERS, length - from);
    g_autofree char *line = g_utf8_substring (all->str, from, from + n);

    yz_press_ink_write (ink, 0.5 * (width - LETTERS * SIZE), y, line);
    g_string_append (written, line);
    from += n;
  }
}

static const YzPressPaper PAPER = { "text", 210, 297, 0, 0, 0, 0xf6f6f2, draw_text };

typedef struct {
  const char *name;
  double gain, band, blur, noise;
} Light;

static const Light LIGHTS[] = {
  { "even light", 1, 0, 0.7, 3 },
  { "a shadow's edge", 0.9, 0.45, 0.9, 4 },
  { "dim and soft", 0.55, 0.2, 1.3, 5 },
};

static YzBitmap *
photograph (const Light *light, guint32 seed)
{
  const YzPressLay lay = { .paper = &PAPER };
  const YzScenePhoto photo = {
    .mat = YZ_SCENE_WHITE,
    .width = (int) (PAPER.width / 25.4 * DPI),
    .height = (int) (PAPER.height / 25.4 * DPI),
    .scale = DPI / 25.4,
    .gain = light->gain,
    .band = light->band,
    .blur = light->blur,
    .noise = light->noise,
    .seed = seed,
    .shot = seed,
    .lays = &lay,
    .n_lays = 1,
  };

  return yz_scene_photo_take (&photo);
}

/* Letters alone: readers differ about spaces and lines. */
static GArray *
list_letters (const char *text)
{
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    const gunichar letter = g_utf8_get_char (c);

    if (!g_unichar_isspace (letter))
      g_array_append_val (letters, letter);
  }
  return letters;
}

/* Levenshtein's distance. */
static guint
count_edits (const GArray *a, const GArray *b)
{
  g_autofree guint *row = g_new (guint, b->len + 1);

  for (guint k = 0; k <= b->len; k++)
    row[k] = k;
  for (guint i = 0; i < a->len; i++) {
    guint corner = row[0]++;

    for (guint k = 0; k < b->len; k++) {
      const guint same = g_array_index (a, gunichar, i) != g_array_index (b, gunichar, k);
      const guint best = MIN (corner + same, MIN (row[k], row[k + 1]) + 1);

      corner = row[k + 1];
      row[k + 1] = best;
    }
  }
  return row[b->len];
}

static double
measure_error (YzPageWords *words, const YzBitmap *page)
{
  g_autoptr (YzBitmap) ink = yz_cleaner_make_bitonal (page);
  g_autoptr (YzReading) reading = yz_reading_new (ink->width, ink->height);
  g_autofree char *text = NULL;
  g_autoptr (GArray) truth = list_letters (written->str);
  g_autoptr (GArray) read = NULL;

  yz_page_words_read (words, ink, 0, FALSE, reading);
  text = yz_reading_get_text (reading);
  read = list_letters (text);
  return 100.0 * count_edits (truth, read) / MAX (truth->len, 1);
}

gboolean
yz_ink_figures_print (GError **error)
{
  g_autoptr (YzPageWords) words = yz_page_words_new (error);
  double sum = 0;

  if (words == NULL)
    return FALSE;
  written = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (LIGHTS); i++) {
    g_autoptr (YzBitmap) page = photograph (&LIGHTS[i], 40 + i);
    const double part = measure_error (words, page);

    g_print ("  7 letters read wrongly from black and white, %s: %.1f %%\n", LIGHTS[i].name, part);
    sum += part;
  }
  g_print ("  7 letters read wrongly, mean: %.1f %%\n", sum / G_N_ELEMENTS (LIGHTS));
  g_string_free (written, TRUE);
  return TRUE;
}
