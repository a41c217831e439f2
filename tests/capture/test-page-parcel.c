/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-parcel.h"

#include "capture/capture-error.h"

#include <math.h>
#include <sys/mman.h>

static guint8 *
map_memory (void)
{
  void *memory = mmap (NULL, YZ_PARCEL_SIZE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  g_assert_true (memory != MAP_FAILED);
  return memory;
}

static YzPage *
make_page (void)
{
  YzPage *page = yz_page_new ();
  GArray *outlines = g_array_new (FALSE, TRUE, sizeof (YzOutline));
  const YzOutline outline = { .corners = { 1, 2, 30, 4, 31, 40, 2, 41 },
                              .confidence = 0.75,
                              .dpi = 203,
                              .paper = YZ_PAPER_BOOKLET };

  g_array_append_val (outlines, outline);
  yz_page_take_outlines (page, outlines);
  page->width = 50;
  page->height = 60;
  page->sharpness = 0.5;
  page->skew = -1.25;
  page->verdicts = YZ_VERDICT_DARK;
  page->thumbnail = yz_bitmap_new_packed (3, 2);
  page->picture = yz_bitmap_new_packed (7, 5);
  for (int i = 0; i < 35; i++)
    ((guint32 *) yz_bitmap_get_row (page->picture, 0))[i] = (guint32) i * 99;
  for (int i = 0; i < 6; i++)
    ((guint32 *) yz_bitmap_get_row (page->thumbnail, 0))[i] = (guint32) i;
  page->jpeg = g_bytes_new_static ("jpeg", 4);
  return page;
}

static void
test_page_comes_out_as_it_went_in (void)
{
  guint8 *memory = map_memory ();
  g_autoptr (YzPage) in = make_page ();
  g_autoptr (GVariant) details = g_variant_ref_sink (yz_parcel_pack_page (in, memory, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (YzPage) out = yz_parcel_unpack_page (details, memory, &error);

  g_assert_no_error (error);
  munmap (memory, YZ_PARCEL_SIZE); /* the page has its own */
  g_assert_true (out->found);
  g_assert_cmpfloat_with_epsilon (out->corners[4], 31, 1e-9);
  g_assert_cmpuint (out->dpi, ==, 203);
  g_assert_cmpfloat_with_epsilon (out->skew, -1.25, 1e-9);
  g_assert_cmpuint (out->paper, ==, YZ_PAPER_BOOKLET);
  g_assert_cmpuint (out->verdicts, ==, YZ_VERDICT_DARK);
  g_assert_true (g_bytes_equal (out->picture->pixels, in->picture->pixels));
  g_assert_true (g_bytes_equal (out->jpeg, in->jpeg));
  g_assert_cmpint (out->thumbnail->height, ==, 2);
}

static void
test_order_comes_out_as_it_went_in (void)
{
  const YzDevelopment in = { .what = YZ_DEVELOP_JPEG,
                             .rotation = 3,
                             .longest = 1200,
                             .across = 395.5,
                             .down = 222.25,
                             .has_corners = TRUE,
                             .corners = { 1, 2, 3, 4, 5, 6, 7, 8 } };
  g_autoptr (GVariant) details = g_variant_ref_sink (yz_parcel_pack_order (&in, 77));
  YzDevelopment out;
  gsize length = 0;

  g_assert_true (yz_parcel_unpack_order (details, &out, &length, NULL));
  g_assert_cmpuint (length, ==, 77);
  g_assert_cmpuint (out.what, ==, YZ_DEVELOP_JPEG);
  g_assert_cmpuint (out.rotation, ==, 3);
  g_assert_cmpfloat_with_epsilon (out.corners[7], 8, 1e-9);
  g_assert_cmpfloat_with_epsilon (out.across, 395.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (out.down, 222.25, 1e-9);
}

/* One entry of good details replaced by a bad value; each alone makes the parcel refused. */
static void
assert_page_refused (const char *key, GVariant *value)
{
  guint8 *memory = map_memory ();
  g_autoptr (YzPage) in = make_page ();
  g_autoptr (GVariant) details = g_variant_ref_sink (yz_parcel_pack_page (in, memory, NULL));
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GError) error = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, details);
  g_variant_dict_insert_value (&dict, key, value);
  changed = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_assert_null (yz_parcel_unpack_page (changed, memory, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  munmap (memory, YZ_PARCEL_SIZE);
}

static void
test_lies_are_refused (void)
{
  assert_page_refused ("size", g_variant_new ("(ii)", 0, 60));
  assert_page_refused ("size", g_variant_new_string ("large"));
  assert_page_refused ("sharpness", g_variant_new_double (NAN));
  assert_page_refused ("outlines", g_variant_new_string (""));
  assert_page_refused ("thumbnail", g_variant_new ("(tiii)", (guint64) 0, 3, 2, 12));
  assert_page_refused ("thumbnail", g_variant_new_string (""));
  assert_page_refused ("picture", g_variant_new ("(tiii)", G_MAXUINT64, 3, 2, 12));
  assert_page_refused ("picture", g_variant_new ("(tiii)", (guint64) YZ_PARCEL_SIZE - 4, 3, 2, 12));
  assert_page_refused (
      "picture", g_variant_new ("(tiii)", (guint64) YZ_PARCEL_IN, G_MAXINT, G_MAXINT, G_MAXINT));
  assert_page_refused ("picture", g_variant_new ("(tiii)", (guint64) YZ_PARCEL_IN, 3, 2, 8));
  assert_page_refused ("picture", g_variant_new ("(tiii)", (guint64) YZ_PARCEL_IN, 3, -2, -12));
  assert_page_refused ("jpeg", g_variant_new ("(tt)", (guint64) YZ_PARCEL_IN, G_MAXUINT64));
}

static void
test_senseless_orders_are_refused (void)
{
  const YzDevelopment good = { .what = YZ_DEVELOP_JPEG };
  const double two[] = { 1, 2 };
  g_autoptr (GVariant) large = g_variant_ref_sink (yz_parcel_pack_order (&good, YZ_PARCEL_IN + 1));
  g_autoptr (GVariant) fine = g_variant_ref_sink (yz_parcel_pack_order (&good, 1));
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) spanned = NULL;
  GVariantDict dict;
  YzDevelopment out;
  gsize length = 0;

  g_assert_false (yz_parcel_unpack_order (large, &out, &length, NULL));
  g_variant_dict_init (&dict, fine);
  g_variant_dict_insert_value (&dict, "span", g_variant_new ("(dd)", NAN, 1.0));
  spanned = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_assert_false (yz_parcel_unpack_order (spanned, &out, &length, NULL));
  g_variant_dict_init (&dict, fine);
  g_variant_dict_insert_value (
      &dict, "corners", g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, two, 2, sizeof *two));
  changed = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_assert_false (yz_parcel_unpack_order (changed, &out, &length, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-parcel/page-comes-out-as-it-went-in", test_page_comes_out_as_it_went_in);
  g_test_add_func ("/page-parcel/order-comes-out-as-it-went-in",
                   test_order_comes_out_as_it_went_in);
  g_test_add_func ("/page-parcel/lies-are-refused", test_lies_are_refused);
  g_test_add_func ("/page-parcel/senseless-orders-are-refused", test_senseless_orders_are_refused);
  return g_test_run ();
}
