/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-pdf.h"

#include "capture/capture-error.h"
#include "tests/support/made-pdf.h"

#include <string.h>

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.89

static YzBitmap *
decode (GBytes *pdf, guint leaf, int longest, YzPdfLeaf *out_leaf)
{
  g_autoptr (GError) error = NULL;
  YzBitmap *bitmap = yz_pdf_decode (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), leaf,
                                    longest, out_leaf, &error);

  g_assert_no_error (error);
  return bitmap;
}

static void
assert_refused (GBytes *pdf, guint leaf, int code)
{
  g_autoptr (GError) error = NULL;
  YzPdfLeaf size;

  g_assert_null (
      yz_pdf_decode (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), leaf, 0, &size, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, code);
  g_assert_cmpuint (strlen (error->message), >, 0);
}

/* The dark pixels of a rectangle, as a share of it. */
static double
measure_ink (const YzBitmap *bitmap, double left, double top, double right, double bottom)
{
  guint ink = 0;
  guint all = 0;

  for (int y = (int) (top * bitmap->height); y < (int) (bottom * bitmap->height); y++)
    for (int x = (int) (left * bitmap->width); x < (int) (right * bitmap->width); x++) {
      all++;
      ink += (yz_bitmap_get_row (bitmap, y)[x] & 255) < 128;
    }
  return (double) ink / MAX (all, 1);
}

static void
test_leaves_are_counted (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (7, 300, 400);
  guint leaves = 0;

  g_assert_true (
      yz_pdf_count_leaves (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &leaves, NULL));
  g_assert_cmpuint (leaves, ==, 7);
}

static void
test_leaf_is_drawn_at_its_density (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (4, A4_WIDTH, A4_HEIGHT);
  g_autoptr (YzBitmap) bitmap = NULL;
  YzPdfLeaf leaf = { 0 };

  bitmap = decode (pdf, 3, 0, &leaf);
  g_assert_cmpfloat_with_epsilon (leaf.density, 300, 0.01);
  g_assert_cmpint (bitmap->width, ==, leaf.width);
  g_assert_cmpint (bitmap->height, ==, leaf.height);
  g_assert_cmpint (ABS (leaf.width - 2480), <=, 1);
  g_assert_cmpint (ABS (leaf.height - 3508), <=, 1);
  /* The third leaf's block is three tenths wide, and the rest is white paper. */
  g_assert_cmpfloat (measure_ink (bitmap, 0, 0, 0.29, 0.09), >, 0.99);
  g_assert_cmpfloat (measure_ink (bitmap, 0.31, 0, 1, 1), <, 0.001);
  g_assert_cmpuint (yz_bitmap_get_row (bitmap, leaf.height - 1)[leaf.width - 1] & 0xffffff, ==,
                    0xffffff);
}

static void
test_small_drawing_keeps_the_full_size (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (1, A4_WIDTH, A4_HEIGHT);
  g_autoptr (YzBitmap) bitmap = NULL;
  YzPdfLeaf leaf = { 0 };

  bitmap = decode (pdf, 1, 640, &leaf);
  g_assert_cmpint (bitmap->height, ==, 640);
  g_assert_cmpint (leaf.height, >, 3500);
  g_assert_cmpfloat (measure_ink (bitmap, 0, 0, 0.09, 0.09), >, 0.95);
}

static void
test_large_leaf_is_drawn_less_densely (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (1, 14400, 14400);
  g_autoptr (YzBitmap) bitmap = NULL;
  YzPdfLeaf leaf = { 0 };

  bitmap = decode (pdf, 1, 100, &leaf);
  g_assert_cmpfloat (leaf.density, <, 60);
  g_assert_cmpint ((gint64) leaf.width * leaf.height, <=, YZ_CODEC_MAX_PIXELS);
  g_assert_cmpint (bitmap->width, ==, 100);
}

static void
test_leaf_of_no_paper_is_refused (void)
{
  g_autoptr (GBytes) huge = yz_made_pdf_leaves (1, 1e6, 1e6);
  g_autoptr (GBytes) tiny = yz_made_pdf_leaves (1, 2, 800);

  assert_refused (huge, 1, YZ_CAPTURE_ERROR_HOSTILE);
  assert_refused (tiny, 1, YZ_CAPTURE_ERROR_HOSTILE);
}

static void
test_missing_leaf_is_said (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (2, 300, 400);

  assert_refused (pdf, 3, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static void
test_too_many_leaves_are_refused (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (YZ_PDF_MAX_LEAVES + 1, 100, 100);

  assert_refused (pdf, 1, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static void
test_no_leaf_is_refused (void)
{
  static const char TEXT[] = "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
                             "2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n"
                             "trailer <</Root 1 0 R>>\n%%EOF\n";
  g_autoptr (GBytes) pdf = g_bytes_new_static (TEXT, sizeof TEXT - 1);

  assert_refused (pdf, 1, YZ_CAPTURE_ERROR_UNSUPPORTED);
}

static void
test_locked_is_said (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_written (
      "", "/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
          "/Encrypt<</Filter/Standard/V 1/R 2/P -4"
          "/O<000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f>"
          "/U<000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f>>>");
  g_autoptr (GError) error = NULL;
  guint leaves = 0;

  g_assert_false (
      yz_pdf_count_leaves (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &leaves, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "password"));
}

static void
test_damaged_is_refused (void)
{
  static const char NOTHING[] = "%PDF-1.7\nnothing of the kind";
  g_autoptr (GBytes) whole = yz_made_pdf_leaves (3, 300, 400);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, 40);
  g_autoptr (GBytes) nothing = g_bytes_new_static (NOTHING, sizeof NOTHING - 1);

  assert_refused (cut, 1, YZ_CAPTURE_ERROR_HOSTILE);
  assert_refused (nothing, 1, YZ_CAPTURE_ERROR_HOSTILE);
}

static void
test_scripts_and_attachments_are_left_alone (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_written (
      "/OpenAction<</S/JavaScript/JS(while \\(true\\) app.alert\\(1\\);)>>"
      "/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>]>>>>",
      "");
  g_autoptr (YzBitmap) bitmap = NULL;
  YzPdfLeaf leaf = { 0 };

  bitmap = decode (pdf, 1, 800, &leaf);
  g_assert_cmpfloat (measure_ink (bitmap, 0, 0, 1, 1), >, 0.05);
}

static void
test_scan_tells_its_own_resolution (void)
{
  const struct {
    double dpi;
    guint strips;
  } scans[] = { { 150, 1 }, { 200, 1 }, { 200, 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (scans); i++) {
    g_autoptr (GBytes) pdf = yz_made_pdf_scan (scans[i].dpi, scans[i].strips);
    const guint dpi = yz_pdf_measure_dpi (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), 1);

    g_assert_cmpfloat_with_epsilon (dpi, scans[i].dpi, 2);
  }
}

static void
test_drawn_leaf_has_no_resolution_of_its_own (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_leaves (1, 300, 400);

  g_assert_cmpuint (yz_pdf_measure_dpi (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), 1),
                    ==, 0);
}

static void
test_foreign_fonts_are_replaced (void)
{
  g_autoptr (GBytes) pdf = yz_made_pdf_foreign_fonts ();
  g_autoptr (YzBitmap) bitmap = NULL;
  YzPdfLeaf leaf = { 0 };

  yz_pdf_warm_up ();
  bitmap = decode (pdf, 1, 0, &leaf);
  g_assert_cmpfloat (measure_ink (bitmap, 0.1, 0.1, 0.5, 0.18), >, 0.05);
  g_assert_cmpfloat (measure_ink (bitmap, 0.1, 0.57, 0.4, 0.66), >, 0.05);
}

static void
test_foreign_fonts_are_refused_where_none_may_be_fetched (void)
{
  g_autoptr (GBytes) foreign = yz_made_pdf_foreign_fonts ();
  g_autoptr (GBytes) own = yz_made_pdf_leaves (1, 300, 400);
  g_autoptr (YzBitmap) bitmap = NULL;
  YzPdfLeaf leaf = { 0 };

  yz_pdf_refuse_foreign_fonts ();
  assert_refused (foreign, 1, YZ_CAPTURE_ERROR_UNSUPPORTED);
  bitmap = decode (own, 1, 100, &leaf);
  g_assert_nonnull (bitmap);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec-pdf/leaves-are-counted", test_leaves_are_counted);
  g_test_add_func ("/codec-pdf/leaf-is-drawn-at-its-density", test_leaf_is_drawn_at_its_density);
  g_test_add_func ("/codec-pdf/small-drawing-keeps-the-full-size",
                   test_small_drawing_keeps_the_full_size);
  g_test_add_func ("/codec-pdf/large-leaf-is-drawn-less-densely",
                   test_large_leaf_is_drawn_less_densely);
  g_test_add_func ("/codec-pdf/leaf-of-no-paper-is-refused", test_leaf_of_no_paper_is_refused);
  g_test_add_func ("/codec-pdf/missing-leaf-is-said", test_missing_leaf_is_said);
  g_test_add_func ("/codec-pdf/too-many-leaves-are-refused", test_too_many_leaves_are_refused);
  g_test_add_func ("/codec-pdf/no-leaf-is-refused", test_no_leaf_is_refused);
  g_test_add_func ("/codec-pdf/locked-is-said", test_locked_is_said);
  g_test_add_func ("/codec-pdf/damaged-is-refused", test_damaged_is_refused);
  g_test_add_func ("/codec-pdf/scripts-and-attachments-are-left-alone",
                   test_scripts_and_attachments_are_left_alone);
  g_test_add_func ("/codec-pdf/scan-tells-its-own-resolution", test_scan_tells_its_own_resolution);
  g_test_add_func ("/codec-pdf/drawn-leaf-has-no-resolution-of-its-own",
                   test_drawn_leaf_has_no_resolution_of_its_own);
  g_test_add_func ("/codec-pdf/foreign-fonts-are-replaced", test_foreign_fonts_are_replaced);
  /* For good, and so last. */
  g_test_add_func ("/codec-pdf/foreign-fonts-are-refused-where-none-may-be-fetched",
                   test_foreign_fonts_are_refused_where_none_may_be_fetched);
  return g_test_run ();
}
