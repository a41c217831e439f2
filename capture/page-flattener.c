/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-flattener.h"

#include "capture/page-cleaner.h"
#include "capture/page-skew.h"

#include <allheaders.h>
#include <string.h>

#define SAMPLING 20     /* pixels from one disparity to the next */
#define LEAST_LINES 6   /* of writing: fewer tell nothing of the paper's shape */
#define BEYOND 0xffffff /* colour of what comes in from beyond the page */
#define ROOM 16         /* part of the height that is added above and below: lines move */
#define STRAIGHTER 1.08 /* by this factor the lines must have become so */
#define SPREAD 1.15     /* wider than tall by this may be two leaves side by side */

typedef PIX Pix;
typedef L_DEWARPA Models;

static void
free_pix (Pix *pix)
{
  pixDestroy (&pix);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pix, free_pix)

static void
free_models (Models *models)
{
  dewarpaDestroy (&models);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Models, free_models)

/* A leaf: some columns of the page, and the rows that are added above it. */
typedef struct {
  int left, width, above;
} Leaf;

/* Leptonica has red in the highest byte, and ink is 1. */
static Pix *
copy_colours (const YzBitmap *page, Leaf leaf)
{
  Pix *pix = pixCreate (leaf.width, page->height + 2 * leaf.above, 32);

  if (pix != NULL)
    pixSetAllArbitrary (pix, (l_uint32) BEYOND << 8);
  for (int y = 0; pix != NULL && y < page->height; y++) {
    const guint32 *row = yz_bitmap_get_row (page, y) + leaf.left;
    l_uint32 *to = pixGetData (pix) + (gsize) (y + leaf.above) * (gsize) pixGetWpl (pix);

    for (int x = 0; x < leaf.width; x++)
      to[x] = row[x] << 8;
  }
  return pix;
}

static Pix *
copy_ink (const YzBitmap *bitonal, Leaf leaf)
{
  Pix *pix = pixCreate (leaf.width, bitonal->height + 2 * leaf.above, 1);

  for (int y = 0; pix != NULL && y < bitonal->height; y++) {
    const guint32 *row = yz_bitmap_get_row (bitonal, y) + leaf.left;
    l_uint32 *to = pixGetData (pix) + (gsize) (y + leaf.above) * (gsize) pixGetWpl (pix);

    for (int x = 0; x < leaf.width; x++)
      if ((row[x] & 0xffffff) == 0)
        to[x / 32] |= 0x80000000U >> (x % 32);
  }
  return pix;
}

static void
paste (Pix *pix, YzBitmap *out, Leaf leaf)
{
  const int width = MIN (leaf.width, pixGetWidth (pix));
  const int height = MIN (out->height, pixGetHeight (pix));

  for (int y = 0; y < height; y++) {
    const l_uint32 *from = pixGetData (pix) + (gsize) y * (gsize) pixGetWpl (pix);
    guint32 *row = (guint32 *) yz_bitmap_get_row (out, y) + leaf.left;

    for (int x = 0; x < width; x++)
      row[x] = from[x] >> 8;
  }
}

/* Models how the lines of a leaf bend, and bends them back; FALSE when there is no model. */
static gboolean
flatten_leaf (const YzBitmap *page, const YzBitmap *bitonal, Leaf leaf, YzBitmap *out)
{
  g_autoptr (Models) models = dewarpaCreate (1, SAMPLING, 1, LEAST_LINES, 0);
  g_autoptr (Pix) ink = copy_ink (bitonal, leaf);
  g_autoptr (Pix) colours = copy_colours (page, leaf);
  g_autoptr (Pix) flat = NULL;
  L_DEWARP *model = models != NULL && ink != NULL ? dewarpCreate (ink, 0) : NULL;

  if (model == NULL || colours == NULL)
    return FALSE;
  dewarpaUseBothArrays (models, 0);
  dewarpaInsertDewarp (models, model);
  if (dewarpBuildPageModel (model, NULL) != 0 ||
      dewarpaApplyDisparity (models, 0, colours, BEYOND & 255, 0, 0, &flat, NULL) != 0 ||
      flat == NULL || pixGetDepth (flat) != 32)
    return FALSE;
  paste (flat, out, leaf);
  return TRUE;
}

/* The page with so many empty rows above and below. */
static YzBitmap *
make_room (const YzBitmap *page, int above)
{
  YzBitmap *out = yz_bitmap_new_packed (page->width, page->height + 2 * above);

  for (int y = 0; y < out->height; y++) {
    guint32 *row = (guint32 *) yz_bitmap_get_row (out, y);

    if (y >= above && y < above + page->height)
      memcpy (row, yz_bitmap_get_row (page, y - above), (gsize) page->width * sizeof *row);
    else
      for (int x = 0; x < page->width; x++)
        row[x] = BEYOND;
  }
  return out;
}

static gboolean
is_empty (const YzBitmap *page, int y)
{
  const guint32 *row = yz_bitmap_get_row (page, y);

  for (int x = 0; x < page->width; x++)
    if ((row[x] & 0xffffff) != BEYOND)
      return FALSE;
  return TRUE;
}

/* Takes the rows away again that nothing has moved into. */
static YzBitmap *
take_room (const YzBitmap *page, int above)
{
  int top = 0;
  int bottom = page->height;
  YzBitmap *out = NULL;

  while (top < above && is_empty (page, top))
    top++;
  while (bottom > page->height - above && is_empty (page, bottom - 1))
    bottom--;
  out = yz_bitmap_new_packed (page->width, bottom - top);
  for (int y = top; y < bottom; y++)
    memcpy ((guint32 *) yz_bitmap_get_row (out, y - top), yz_bitmap_get_row (page, y),
            (gsize) page->width * 4);
  return out;
}

/* The page with its leaves flattened; NULL when none can be. */
static YzBitmap *
flatten_leaves (const YzBitmap *page, const YzBitmap *bitonal, int leaves)
{
  const int above = page->height / ROOM;
  g_autoptr (YzBitmap) out = make_room (page, above);
  gboolean any = FALSE;

  for (int i = 0; i < leaves; i++) {
    const int left = page->width * i / leaves;
    const Leaf leaf = { left, page->width * (i + 1) / leaves - left, above };

    any |= flatten_leaf (page, bitonal, leaf, out);
  }
  return any ? take_room (out, above) : NULL;
}

YzBitmap *
yz_flattener_flatten (const YzBitmap *page)
{
  const int most = page->width > SPREAD * page->height ? 2 : 1;
  g_autoptr (YzBitmap) bitonal = yz_cleaner_make_bitonal (page);
  double best = STRAIGHTER * yz_skew_measure_straightness (page);
  YzBitmap *kept = NULL;

  yz_flattener_hush ();
  for (int leaves = 1; leaves <= most; leaves++) {
    g_autoptr (YzBitmap) flat = flatten_leaves (page, bitonal, leaves);
    const double straight = flat != NULL ? yz_skew_measure_straightness (flat) : 0;

    if (straight <= best)
      continue;
    best = straight;
    g_clear_pointer (&kept, yz_bitmap_unref);
    kept = g_steal_pointer (&flat);
  }
  return kept;
}

void
yz_flattener_hush (void)
{
  setMsgSeverity (L_SEVERITY_NONE);
}
