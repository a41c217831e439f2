/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-codes.h"

#include <zbar.h>

#define LONGEST 1600 /* pixels: a code of a page's width has ten pixels a module then */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (zbar_image_scanner_t, zbar_image_scanner_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (zbar_image_t, zbar_image_destroy)

void
yz_page_codes_warm_up (void)
{
  static const char *const CHARACTER_SETS[] = { "ISO8859-1", "SJIS", "BIG-5", "CP437", "GB18030" };
  static GIConv kept[G_N_ELEMENTS (CHARACTER_SETS)];

  for (gsize i = 0; i < G_N_ELEMENTS (CHARACTER_SETS); i++)
    if (kept[i] == NULL)
      kept[i] = g_iconv_open ("UTF-8", CHARACTER_SETS[i]);
}

/* Our names of zbar's kinds; stated here so that no message carries a foreign number. */
static const char *
name_kind (zbar_symbol_type_t type)
{
  static const struct {
    zbar_symbol_type_t type;
    const char *name;
  } NAMES[] = {
    { ZBAR_QRCODE, "qr" },       { ZBAR_CODE128, "code-128" },
    { ZBAR_CODE39, "code-39" },  { ZBAR_CODE93, "code-93" },
    { ZBAR_CODABAR, "codabar" }, { ZBAR_EAN13, "ean-13" },
    { ZBAR_EAN8, "ean-8" },      { ZBAR_EAN2, "ean-2" },
    { ZBAR_EAN5, "ean-5" },      { ZBAR_UPCA, "upc-a" },
    { ZBAR_UPCE, "upc-e" },      { ZBAR_ISBN10, "isbn-10" },
    { ZBAR_ISBN13, "isbn-13" },  { ZBAR_I25, "interleaved-2-of-5" },
    { ZBAR_DATABAR, "databar" }, { ZBAR_DATABAR_EXP, "databar-expanded" },
    { ZBAR_PDF417, "pdf417" },   { ZBAR_SQCODE, "sq-code" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (NAMES[i].type == type)
      return NAMES[i].name;
  return "code";
}

/* Grey, as zbar wants it ("Y800"). */
static guint8 *
copy_grey (const YzBitmap *bitmap)
{
  guint8 *grey = g_malloc ((gsize) bitmap->width * (gsize) bitmap->height);

  for (int y = 0; y < bitmap->height; y++) {
    const guint32 *row = yz_bitmap_get_row (bitmap, y);
    guint8 *out = grey + (gsize) y * (gsize) bitmap->width;

    for (int x = 0; x < bitmap->width; x++)
      out[x] =
          (guint8) (((row[x] >> 16 & 255) * 77 + (row[x] >> 8 & 255) * 150 + (row[x] & 255) * 29) >>
                    8);
  }
  return grey;
}

/* Where the symbol's points lie, in pixels of the whole page. */
static void
measure (const zbar_symbol_t *symbol, double scale, YzReadingPart *part)
{
  int left = G_MAXINT;
  int top = G_MAXINT;
  int right = 0;
  int bottom = 0;

  for (unsigned i = 0; i < zbar_symbol_get_loc_size (symbol); i++) {
    const int x = zbar_symbol_get_loc_x (symbol, i);
    const int y = zbar_symbol_get_loc_y (symbol, i);

    left = MIN (left, x);
    top = MIN (top, y);
    right = MAX (right, x);
    bottom = MAX (bottom, y);
  }
  if (left > right)
    return;
  part->x = (int) (left * scale);
  part->y = (int) (top * scale);
  part->width = (int) ((right - left + 1) * scale);
  part->height = (int) ((bottom - top + 1) * scale);
}

static gboolean
scan (const YzBitmap *bitmap, double scale, YzReading *reading)
{
  g_autoptr (zbar_image_scanner_t) scanner = zbar_image_scanner_create ();
  g_autoptr (zbar_image_t) image = zbar_image_create ();
  g_autofree guint8 *grey = copy_grey (bitmap);

  /* Codes belong to the desk: they are not told on the session bus. */
  zbar_image_scanner_request_dbus (scanner, 0);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned) bitmap->width, (unsigned) bitmap->height);
  zbar_image_set_data (image, grey, (gulong) bitmap->width * (gulong) bitmap->height, NULL);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 1);
  /* Nobody prints these, and zbar 0.23 forgets what it took for one. */
  zbar_image_scanner_set_config (scanner, ZBAR_SQCODE, ZBAR_CFG_ENABLE, 0);
  /* Two and five digits alone are found in any hatching. */
  zbar_image_scanner_set_config (scanner, ZBAR_EAN2, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_EAN5, ZBAR_CFG_ENABLE, 0);
  if (zbar_scan_image (scanner, image) <= 0)
    return FALSE;
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol)) {
    g_autofree char *text =
        g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
    YzReadingPart part = { .text = text,
                           .kind = name_kind (zbar_symbol_get_type (symbol)),
                           .confidence = 1 };

    measure (symbol, scale, &part);
    yz_reading_add (reading, &part);
  }
  return TRUE;
}

void
yz_page_codes_read (YzBitmap *page, YzReading *reading)
{
  g_autoptr (YzBitmap) small = yz_bitmap_shrink (page, LONGEST);

  if (!scan (small, (double) page->width / small->width, reading) && small->width < page->width)
    scan (page, 1, reading);
}
