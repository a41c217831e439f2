/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-checker.h"

#include <math.h>
#include <stdlib.h>

#define MARGIN 0.06     /* of the page at each side is not looked at: shadows, holes, edges */
#define LEAST_HEIGHT 40 /* levels: an edge that is strong enough to judge by */
#define REACH 8         /* pixels to each side in which an edge has its whole height */
#define BLUR 9          /* pixels over which the page is blurred again */
#define SHARPEST 0.8    /* loss of a perfectly sharp print */
#define LEAST_EDGES 400 /* fewer pixels near edges say nothing */
#define BLURRED_BELOW 0.30
#define INK_DEPTH 14     /* levels by which ink differs from the paper around it */
#define LEAST_INK 0.0004 /* of the page */
#define DARK_BELOW 80    /* level that the brightest fiftieth of the page must reach */
#define RIM 0.004        /* of the frame: nearer to its edge is cut off */
#define BLOCK 24         /* pixels a side: paper's own level is known that locally */

/* The luminance of the page without its margin. */
typedef struct {
  guint8 *light;
  int width, height;
} Sheet;

static void
read_sheet (const YzBitmap *page, Sheet *sheet)
{
  const int left = (int) (MARGIN * page->width);
  const int top = (int) (MARGIN * page->height);

  sheet->width = page->width - 2 * left;
  sheet->height = page->height - 2 * top;
  sheet->light = g_malloc0 ((gsize) sheet->width * (gsize) sheet->height);
  for (int y = 0; y < sheet->height; y++) {
    const guint32 *row = yz_bitmap_get_row (page, y + top) + left;

    for (int x = 0; x < sheet->width; x++)
      sheet->light[(gsize) y * (gsize) sheet->width + (gsize) x] =
          (guint8) (((row[x] >> 16 & 255) * 77 + (row[x] >> 8 & 255) * 150 + (row[x] & 255) * 29) >>
                    8);
  }
}

/* What the pixel steps about the strong edges are, and what is left of them once the page is
 * blurred over BLUR pixels: a sharp edge loses nearly all, a blurred one hardly anything. */
typedef struct {
  double steps;
  double lost;
  guint n;
} Loss;

static void
add_edge (const guint8 *at, gssize step, Loss *loss)
{
  int low = 255;
  int high = 0;
  double here = 0;
  double blurred = 0;

  for (int i = -REACH; i <= REACH; i += 2) {
    low = MIN (low, at[i * step]);
    high = MAX (high, at[i * step]);
  }
  if (high - low < LEAST_HEIGHT)
    return;
  here = abs (at[step] - at[0]);
  blurred = abs (at[(BLUR / 2 + 1) * step] - at[-(BLUR / 2) * step]) / (double) BLUR;
  loss->steps += here;
  loss->lost += MAX (0, here - blurred);
  loss->n++;
}

/* Crete and others, The blur effect: perception and estimation with a new no-reference perceptual
 * blur metric (2007), confined to where there is something to see. */
static double
measure_sheet (const Sheet *sheet)
{
  Loss across = { 0 };
  Loss down = { 0 };

  for (int y = REACH; y < sheet->height - REACH; y += 2)
    for (int x = REACH; x < sheet->width - REACH; x++) {
      const guint8 *at = sheet->light + (gsize) y * (gsize) sheet->width + (gsize) x;

      add_edge (at, 1, &across);
      add_edge (at, sheet->width, &down);
    }
  if (across.n + down.n < LEAST_EDGES || across.steps <= 0 || down.steps <= 0)
    return 0;
  /* Movement blurs one direction only, and the worse one counts. */
  return MIN (across.lost / across.steps, down.lost / down.steps);
}

double
yz_checker_measure_sharpness (const YzBitmap *page)
{
  g_autoptr (YzBitmap) normal = yz_bitmap_shrink ((YzBitmap *) page, YZ_CHECKER_SIDE);
  Sheet sheet = { 0 };
  double steepness = 0;

  read_sheet (normal, &sheet);
  steepness = measure_sheet (&sheet);
  g_free (sheet.light);
  /* A small picture enlarged would be that much softer. */
  return CLAMP (steepness * MAX (normal->width, normal->height) / YZ_CHECKER_SIDE / SHARPEST, 0, 1);
}

/* Counts pixels that differ from the median of their block. */
static gsize
count_ink (const Sheet *sheet, int left, int top)
{
  guint count[256] = { 0 };
  const int right = MIN (left + BLOCK, sheet->width);
  const int bottom = MIN (top + BLOCK, sheet->height);
  const guint half = (guint) ((right - left) * (bottom - top)) / 2;
  guint sum = 0;
  int median = 0;
  gsize ink = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      count[sheet->light[(gsize) y * (gsize) sheet->width + (gsize) x]]++;
  while (median < 255 && (sum += count[median]) <= half)
    median++;
  for (int i = 0; i < 256; i++)
    ink += abs (i - median) > INK_DEPTH ? count[i] : 0;
  return ink;
}

static double
measure_ink (const Sheet *sheet)
{
  gsize ink = 0;

  for (int y = 0; y < sheet->height; y += BLOCK)
    for (int x = 0; x < sheet->width; x += BLOCK)
      ink += count_ink (sheet, x, y);
  return (double) ink / MAX (1, (double) sheet->width * sheet->height);
}

static int
find_bright_level (const Sheet *sheet)
{
  const gsize size = (gsize) sheet->width * (gsize) sheet->height;
  gsize count[256] = { 0 };
  gsize sum = 0;
  int level = 255;

  for (gsize i = 0; i < size; i++)
    count[sheet->light[i]]++;
  while (level > 0 && (sum += count[level]) < size / 50)
    level--;
  return level;
}

YzVerdict
yz_checker_judge (const YzBitmap *page, double *out_sharpness)
{
  g_autoptr (YzBitmap) small = NULL;
  YzVerdict verdicts = YZ_VERDICT_NONE;
  Sheet sheet = { 0 };

  g_return_val_if_fail (page != NULL && out_sharpness != NULL, YZ_VERDICT_NONE);

  *out_sharpness = yz_checker_measure_sharpness (page);
  small = yz_bitmap_shrink ((YzBitmap *) page, YZ_CHECKER_SIDE * 3 / 4); /* grain averages away */
  read_sheet (small, &sheet);
  if (measure_ink (&sheet) < LEAST_INK)
    verdicts |= YZ_VERDICT_BLANK;
  else if (*out_sharpness > 0 && *out_sharpness < BLURRED_BELOW)
    verdicts |= YZ_VERDICT_BLURRED;
  if (find_bright_level (&sheet) < DARK_BELOW)
    verdicts |= YZ_VERDICT_DARK;
  g_free (sheet.light);
  return verdicts;
}

gboolean
yz_checker_is_cut_off (const double corners[8], int width, int height)
{
  for (guint i = 0; i < 8; i += 2)
    if (corners[i] < RIM * width || corners[i] > (1 - RIM) * width ||
        corners[i + 1] < RIM * height || corners[i + 1] > (1 - RIM) * height)
      return TRUE;
  return FALSE;
}
