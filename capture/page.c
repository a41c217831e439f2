/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page.h"

static const struct {
  YzVerdict verdict;
  const char *name;
} VERDICTS[] = {
  { YZ_VERDICT_BLANK, "blank" },           { YZ_VERDICT_BLURRED, "blurred" },
  { YZ_VERDICT_NO_PAGE, "no-page" },       { YZ_VERDICT_DARK, "dark" },
  { YZ_VERDICT_CUT_OFF, "cut-off" },       { YZ_VERDICT_GLARE, "glare" },
  { YZ_VERDICT_FINGER, "finger" },         { YZ_VERDICT_COARSE, "coarse" },
  { YZ_VERDICT_UNEXPECTED, "unexpected" }, { YZ_VERDICT_SAME, "same" },
  { YZ_VERDICT_TURNED, "wrong-side-up" },
};

char *
yz_verdict_to_string (YzVerdict verdicts)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (VERDICTS); i++)
    if (verdicts & VERDICTS[i].verdict)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", VERDICTS[i].name);
  return g_string_free (text, FALSE);
}

YzVerdict
yz_verdict_from_string (const char *text)
{
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", ",", -1);
  YzVerdict verdicts = YZ_VERDICT_NONE;

  for (guint i = 0; names[i] != NULL; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (VERDICTS); k++)
      if (g_str_equal (g_strstrip (names[i]), VERDICTS[k].name))
        verdicts |= VERDICTS[k].verdict;
  return verdicts;
}

static const char *const PAPERS[] = {
  [YZ_PAPER_UNKNOWN] = "unknown", [YZ_PAPER_A3] = "a3", [YZ_PAPER_A4] = "a4",
  [YZ_PAPER_A5] = "a5",           [YZ_PAPER_B5] = "b5", [YZ_PAPER_ID_CARD] = "id-card",
  [YZ_PAPER_BOOKLET] = "booklet",
};

const char *
yz_paper_to_string (YzPaper paper)
{
  return (gsize) paper < G_N_ELEMENTS (PAPERS) ? PAPERS[paper] : PAPERS[YZ_PAPER_UNKNOWN];
}

YzPaper
yz_paper_from_string (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAPERS); i++)
    if (g_strcmp0 (text, PAPERS[i]) == 0)
      return (YzPaper) i;
  return YZ_PAPER_UNKNOWN;
}

double
yz_paper_get_longer_side (YzPaper paper)
{
  static const double LONGER[] = {
    [YZ_PAPER_A3] = 420, [YZ_PAPER_A4] = 297,       [YZ_PAPER_A5] = 210,
    [YZ_PAPER_B5] = 250, [YZ_PAPER_ID_CARD] = 85.6, [YZ_PAPER_BOOKLET] = 143,
  };

  return (gsize) paper < G_N_ELEMENTS (LONGER) ? LONGER[paper] : 0;
}

YzPage *
yz_page_new (void)
{
  YzPage *self = g_atomic_rc_box_new0 (YzPage);

  self->outlines = g_array_new (FALSE, TRUE, sizeof (YzOutline));
  return self;
}

static void
clear_page (gpointer data)
{
  YzPage *self = data;

  g_array_unref (self->outlines);
  g_clear_pointer (&self->thumbnail, yz_bitmap_unref);
  g_clear_pointer (&self->picture, yz_bitmap_unref);
  g_clear_pointer (&self->jpeg, g_bytes_unref);
}

YzPage *
yz_page_ref (YzPage *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
yz_page_unref (YzPage *self)
{
  g_atomic_rc_box_release_full (self, clear_page);
}

void
yz_page_take_outlines (YzPage *self, GArray *outlines)
{
  const YzOutline *best = NULL;

  g_return_if_fail (outlines != NULL);

  for (guint i = 0; i < outlines->len; i++) {
    const YzOutline *outline = &g_array_index (outlines, YzOutline, i);

    if (best == NULL || outline->confidence > best->confidence)
      best = outline;
  }
  self->found = best != NULL;
  if (best != NULL) {
    for (guint i = 0; i < 8; i++)
      self->corners[i] = best->corners[i];
    self->confidence = best->confidence;
    self->dpi = best->dpi;
    self->paper = best->paper;
  }
  g_array_unref (self->outlines);
  self->outlines = outlines;
}
