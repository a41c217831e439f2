/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/developer.h"

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "capture/codec-pdf.h"
#include "capture/codec-png.h"
#include "capture/codec-tiff.h"
#include "capture/codec.h"
#include "capture/media-type.h"
#include "capture/page-checker.h"
#include "capture/page-cleaner.h"
#include "capture/page-finder.h"
#include "capture/page-flattener.h"
#include "capture/page-flaws.h"
#include "capture/page-shaper.h"
#include "capture/page-skew.h"
#include "capture/page-whitener.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define THUMBNAIL 160 /* pixels, longest side */
#define QUALITY 85
#define LIVE_PAGE 320 /* the page in a live frame is looked at no larger than this */
#define SAME_PROPORTION 0.01
#define LIKE_A_CHIP 0.015
#define PREVIEW 640 /* a live frame is decoded no smaller than this, to find the page in it */

/* A development under way. Corners of @page are in stored pixels, bitmaps may be smaller. */
typedef struct {
  const YzDevelopment *order;
  YzPictureHeader header;
  YzBitmap *frame;
  double scale_x, scale_y; /* stored pixels per pixel of the frame */
  guint quarters;
  double density; /* stored pixels an inch of a document's leaf, 0 for a picture */
  guint dpi;      /* that the leaf has to show, never more */
  YzPage *page;
} Work;

/* Pixels that are worth decoding; 0 for all. */
static int
choose_longest (const YzDevelopment *order)
{
  if (order->what & YZ_DEVELOP_PREVIEW)
    return MAX ((int) order->longest, PREVIEW);
  if (order->what & YZ_DEVELOP_FIND || order->longest == 0)
    return order->what & (YZ_DEVELOP_FIND | YZ_DEVELOP_PICTURE | YZ_DEVELOP_JPEG | YZ_DEVELOP_SKEW)
               ? 0
               : 4 * THUMBNAIL;
  return 2 * (int) order->longest; /* the page may be only a part of the frame */
}

/* Pixels a millimetre on the mat, 0 unknown. A picture of another proportion shows another part of
 * it: the live picture of many cameras is narrower than the one they take. */
static double
measure_mat (const Work *work)
{
  const YzDevelopment *order = work->order;
  double stretch = 0;

  if (!(order->across > 0) || !(order->down > 0) || order->what & YZ_DEVELOP_ELSEWHERE)
    return 0;
  stretch = work->header.width / order->across / (work->header.height / order->down);
  return fabs (stretch - 1) < SAME_PROPORTION ? work->header.width / order->across : 0;
}

/* The same as a scanner claims in its file. Programs of document cameras write a number there as
 * well, which says nothing; their pictures have the proportion of a camera's chip, scans never. */
static double
read_claim (const Work *work)
{
  static const double CHIPS[] = { 4.0 / 3, 3.0 / 2, 16.0 / 9 };
  const double ratio = (double) MAX (work->header.width, work->header.height) /
                       MIN (work->header.width, work->header.height);

  for (gsize i = 0; i < G_N_ELEMENTS (CHIPS); i++)
    if (fabs (ratio / CHIPS[i] - 1) < LIKE_A_CHIP)
      return 0;
  return work->header.density / 25.4;
}

static void
find_page (Work *work, const YzBitmap *empty)
{
  GArray *outlines = yz_page_finder_find (work->frame, empty);

  for (guint i = 0; i < outlines->len; i++) {
    YzOutline *outline = &g_array_index (outlines, YzOutline, i);

    for (guint k = 0; k < 8; k += 2) {
      outline->corners[k] *= work->scale_x;
      outline->corners[k + 1] *= work->scale_y;
    }
  }
  yz_shaper_recognise_all (outlines, work->header.width, work->header.height, measure_mat (work),
                           read_claim (work));
  yz_page_take_outlines (work->page, outlines);
  if (!work->page->found)
    work->page->verdicts |= YZ_VERDICT_NO_PAGE;
}

static void
take_corners (Work *work, const double corners[8])
{
  GArray *outlines = g_array_new (FALSE, TRUE, sizeof (YzOutline));
  YzOutline outline = { .confidence = 1 };

  for (guint i = 0; i < 8; i++)
    outline.corners[i] = corners[i];
  g_array_append_val (outlines, outline);
  if (work->density > 0) {
    YzOutline *leaf = &g_array_index (outlines, YzOutline, 0);

    yz_shaper_recognise (leaf, work->header.width, work->header.height, work->density / 25.4);
    leaf->dpi = work->dpi;
  } else {
    yz_shaper_recognise_all (outlines, work->header.width, work->header.height, measure_mat (work),
                             read_claim (work));
  }
  yz_page_take_outlines (work->page, outlines);
}

static void
get_whole (const Work *work, double corners[8])
{
  const double width = work->header.width;
  const double height = work->header.height;
  const double whole[8] = { 0, 0, width, 0, width, height, 0, height };

  for (guint i = 0; i < 8; i++)
    corners[i] = whole[i];
}

static void
take_whole (Work *work)
{
  double corners[8];

  get_whole (work, corners);
  take_corners (work, corners);
}

/* A whole leaf lies straight already: there is nothing to cut out of it. */
static gboolean
is_whole_leaf (const Work *work)
{
  double corners[8];

  get_whole (work, corners);
  for (guint i = 0; i < 8; i++)
    if (fabs (work->page->corners[i] - corners[i]) > 0.5)
      return FALSE;
  return work->density > 0;
}

/* The page seen from above, or the frame as it is when no page is known; upright. */
static YzBitmap *
shape (const Work *work, int longest, gboolean straight, GError **error)
{
  g_autoptr (YzBitmap) flat = NULL;
  double corners[8];

  if (work->page->found && straight && !is_whole_leaf (work)) {
    for (guint k = 0; k < 8; k += 2) {
      corners[k] = work->page->corners[k] / work->scale_x;
      corners[k + 1] = work->page->corners[k + 1] / work->scale_y;
    }
    flat = yz_shaper_straighten (work->frame, corners, longest);
    if (flat == NULL) {
      g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                           _ ("These corners do not make a page; move them apart."));
      return NULL;
    }
  } else
    flat = longest > 0 ? yz_bitmap_shrink (work->frame, longest) : yz_bitmap_ref (work->frame);
  return yz_bitmap_turn (flat, work->quarters);
}

/* A live frame is judged by its own small picture; an original by its page in full size. */
static void
check (Work *work, const YzBitmap *shaped, const YzBitmap *flat)
{
  YzPage *page = work->page;

  page->verdicts |= yz_checker_judge (shaped, &page->sharpness);
  if (work->density > 0) {
    page->verdicts &= YZ_VERDICT_BLANK | YZ_VERDICT_DARK;
    return;
  }
  if (!page->found) {
    page->verdicts &= ~(guint) YZ_VERDICT_BLANK; /* blank is said of a page, never of a mat */
    return;
  }
  if (yz_checker_is_cut_off (page->corners, page->width, page->height))
    page->verdicts |= YZ_VERDICT_CUT_OFF;
  page->verdicts |= yz_flaws_find (flat);
}

static void
recolour (YzBitmap **shaped, YzDevelop what)
{
  YzBitmap *other = NULL;

  if (what & YZ_DEVELOP_BITONAL)
    other = yz_cleaner_make_bitonal (*shaped);
  else if (what & YZ_DEVELOP_SEAL)
    other = yz_whitener_keep_red (*shaped);
  else if (what & YZ_DEVELOP_GREY)
    other = yz_cleaner_make_grey (*shaped);
  if (other == NULL)
    return;
  yz_bitmap_unref (*shaped);
  *shaped = other;
}

/* The resolution of what is written: that of the page, less by as much as it was shrunk. */
static guint
compute_dpi (const Work *work, const YzBitmap *shaped)
{
  const YzPage *page = work->page;
  const double *c = page->corners;
  const double across = (hypot (c[2] - c[0], c[3] - c[1]) + hypot (c[6] - c[4], c[7] - c[5])) / 2;
  const double down = (hypot (c[4] - c[2], c[5] - c[3]) + hypot (c[0] - c[6], c[1] - c[7])) / 2;
  const double pixels = (double) shaped->width * shaped->height;
  const double dpi = work->density > 0 ? work->density : page->dpi;

  return dpi > 0 && across * down > 0 ? (guint) lround (dpi * sqrt (pixels / (across * down))) : 0;
}

static GBytes *
encode (const Work *work, const YzBitmap *shaped, guint dpi, GError **error)
{
  if (!(work->order->what & YZ_DEVELOP_BITONAL))
    return yz_jpeg_encode_at (shaped, QUALITY, dpi, error);
  return work->order->what & YZ_DEVELOP_TIFF ? yz_tiff_encode_bitonal (shaped, dpi, error)
                                             : yz_png_encode_bitonal (shaped, dpi, error);
}

static void
flatten (YzBitmap **shaped)
{
  YzBitmap *flat = yz_flattener_flatten (*shaped);

  if (flat == NULL)
    return;
  yz_bitmap_unref (*shaped);
  *shaped = flat;
}

static gboolean
finish (Work *work, GError **error)
{
  const YzDevelop what = work->order->what;
  const gboolean live = (what & YZ_DEVELOP_PREVIEW) != 0;
  g_autoptr (YzBitmap) shaped = shape (work, (int) work->order->longest, !live, error);
  g_autoptr (YzBitmap) small = NULL;
  YzPage *page = work->page;
  guint dpi = 0;

  if (shaped == NULL)
    return FALSE;
  small = live ? shape (work, LIVE_PAGE, TRUE, error) : yz_bitmap_ref (shaped);
  if (small == NULL)
    return FALSE;
  check (work, shaped, small);
  dpi = compute_dpi (work, shaped); /* flattening may add rows */
  page->thumbnail = live ? yz_bitmap_ref (small) : shape (work, THUMBNAIL, TRUE, error);
  if (page->thumbnail == NULL)
    return FALSE;
  if (what & YZ_DEVELOP_SKEW && !yz_skew_measure (shaped, &page->skew))
    page->skew = 0;
  if (what & YZ_DEVELOP_FLATTEN)
    flatten (&shaped);
  recolour (&shaped, what);
  if (what & YZ_DEVELOP_JPEG && (page->jpeg = encode (work, shaped, dpi, error)) == NULL)
    return FALSE;
  if (what & YZ_DEVELOP_PICTURE)
    page->picture = g_steal_pointer (&shaped);
  return TRUE;
}

/* What is drawn for the eye only need not be measured. */
static YzBitmap *
decode_leaf (Work *work, const guint8 *data, gsize length, GError **error)
{
  const YzDevelopment *order = work->order;
  YzPdfLeaf leaf = { 0 };
  YzBitmap *frame = yz_pdf_decode (data, length, order->leaf, choose_longest (order), &leaf, error);
  guint dpi = 0;

  if (frame == NULL)
    return NULL;
  work->header.width = leaf.width;
  work->header.height = leaf.height;
  work->density = leaf.density;
  if (!(order->what & (YZ_DEVELOP_PICTURE | YZ_DEVELOP_JPEG)))
    dpi = yz_pdf_measure_dpi (data, length, order->leaf);
  work->dpi = (guint) lround (leaf.density);
  if (dpi > 0)
    work->dpi = MIN (work->dpi, dpi);
  return frame;
}

YzPage *
yz_developer_develop (const guint8 *data,
                      gsize length,
                      const YzDevelopment *development,
                      const YzBitmap *empty,
                      GError **error)
{
  g_autoptr (YzPage) page = yz_page_new ();
  g_autoptr (YzBitmap) frame = NULL;
  Work work = { .order = development, .page = page };

  g_return_val_if_fail (development != NULL, NULL);

  frame = yz_media_type_is_document (yz_media_type_guess (data, length))
              ? decode_leaf (&work, data, length, error)
              : yz_codec_decode (data, length, choose_longest (development), &work.header, error);
  if (frame == NULL)
    return NULL;
  work.frame = frame;
  work.scale_x = (double) work.header.width / frame->width;
  work.scale_y = (double) work.header.height / frame->height;
  work.quarters = (work.header.quarters + development->rotation) & 3;
  page->width = work.header.width;
  page->height = work.header.height;
  page->quarters = work.header.quarters & 3;
  if (development->what & YZ_DEVELOP_FIND && work.density > 0)
    take_whole (&work);
  else if (development->what & YZ_DEVELOP_FIND)
    find_page (&work, empty);
  else if (development->has_corners)
    take_corners (&work, development->corners);
  if (!finish (&work, error))
    return NULL;
  return g_steal_pointer (&page);
}
