/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/made-pdf.h"

#include <cairo-pdf.h>

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.89

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
finish (GByteArray *bytes, cairo_surface_t *surface, cairo_t *cairo)
{
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
yz_made_pdf_leaves (guint leaves, double width, double height)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, width, height);
  cairo_t *cairo = cairo_create (surface);

  for (guint i = 1; i <= leaves; i++) {
    cairo_rectangle (cairo, 0, 0, width * (i % 10) / 10, height / 10);
    cairo_fill (cairo);
    cairo_show_page (cairo);
  }
  return finish (bytes, surface, cairo);
}

static cairo_surface_t *
paint_strip (double dpi, guint strips)
{
  const int width = (int) (A4_WIDTH / 72 * dpi);
  const int height = (int) (A4_HEIGHT / 72 * dpi) / (int) strips;
  cairo_surface_t *strip = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cairo = cairo_create (strip);

  cairo_set_source_rgb (cairo, 0.9, 0.9, 0.88);
  cairo_paint (cairo);
  cairo_set_source_rgb (cairo, 0.1, 0.1, 0.1);
  cairo_rectangle (cairo, width / 4.0, height / 4.0, width / 2.0, height / 10.0);
  cairo_fill (cairo);
  cairo_destroy (cairo);
  return strip;
}

GBytes *
yz_made_pdf_scan (double dpi, guint strips)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append, bytes, A4_WIDTH, A4_HEIGHT);
  cairo_t *cairo = cairo_create (surface);

  for (guint i = 0; i < strips; i++) {
    cairo_surface_t *strip = paint_strip (dpi, strips);

    cairo_save (cairo);
    cairo_translate (cairo, 0, A4_HEIGHT / strips * i);
    cairo_scale (cairo, A4_WIDTH / cairo_image_surface_get_width (strip),
                 A4_HEIGHT / strips / cairo_image_surface_get_height (strip));
    cairo_set_source_surface (cairo, strip, 0, 0);
    cairo_paint (cairo);
    cairo_restore (cairo);
    cairo_surface_destroy (strip);
  }
  cairo_show_page (cairo);
  return finish (bytes, surface, cairo);
}

/* Without a table of its objects: readers find them by themselves. */
static GBytes *
write_leaf (const char *catalogue, const char *resources, const char *drawing, const char *trailer)
{
  char *text = g_strdup_printf (
      "%%PDF-1.4\n"
      "1 0 obj <</Type/Catalog/Pages 2 0 R %s>> endobj\n"
      "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
      "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>> "
      "endobj\n"
      "4 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n"
      "trailer <</Root 1 0 R %s>>\n%%%%EOF\n",
      catalogue, resources, strlen (drawing), drawing, trailer);

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
yz_made_pdf_written (const char *catalogue, const char *trailer)
{
  return write_leaf (catalogue, "", "100 400 395 80 re f", trailer);
}

GBytes *
yz_made_pdf_foreign_fonts (void)
{
  return write_leaf (
      "",
      "/Font<</A <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
      "/B <</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts["
      "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun"
      "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
      "/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4>>>>]>>>>",
      "BT /A 60 Tf 60 700 Td (Household) Tj ET BT /B 60 Tf 60 300 Td <BBA7BFDAB2BE> Tj ET", "");
}
