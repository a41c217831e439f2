/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/exif.h"

#include <string.h>

/* SOI, APP1 with one IFD entry, SOS. */
static GByteArray *
make_jpeg (gboolean big_endian, guint8 orientation)
{
  static const guint8 BIG[] = { 'M', 'M', 0, 42, 0, 0, 0,    8, 0, 1, 0x01, 0x12, 0,
                                3,   0,   0, 0,  1, 0, 0xee, 0, 0, 0, 0,    0,    0 };
  static const guint8 LITTLE[] = { 'I', 'I', 42, 0, 8, 0,    0, 0, 1, 0, 0x12, 0x01, 3,
                                   0,   1,   0,  0, 0, 0xee, 0, 0, 0, 0, 0,    0,    0 };
  static const guint8 HEAD[] = { 0xff, 0xd8, 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0 };
  static const guint8 SCAN[] = { 0xff, 0xda, 0, 2 };
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, HEAD, sizeof HEAD);
  g_byte_array_append (bytes, big_endian ? BIG : LITTLE, sizeof BIG);
  for (guint i = 0; i < bytes->len; i++)
    if (bytes->data[i] == 0xee)
      bytes->data[i] = orientation;
  g_byte_array_append (bytes, SCAN, sizeof SCAN);
  return bytes;
}

static void
test_orientation_in_both_byte_orders (void)
{
  static const guint EXPECTED[] = { 0, 0, 0, 2, 2, 1, 1, 3, 3, 0, 0 };

  for (guint8 i = 0; i < G_N_ELEMENTS (EXPECTED); i++)
    for (int big = 0; big < 2; big++) {
      g_autoptr (GByteArray) bytes = make_jpeg (big, i);

      if (big) /* the tag's high byte order puts the value after a zero byte */
        bytes->data[12 + 18] = 0, bytes->data[12 + 19] = i;
      g_assert_cmpuint (yz_exif_read_quarters (bytes->data, bytes->len), ==, EXPECTED[i]);
    }
}

/* Cut anywhere it is upright and nothing is read beyond the end. */
static void
test_cut_anywhere_is_upright (void)
{
  g_autoptr (GByteArray) whole = make_jpeg (FALSE, 6);

  for (guint length = 0; length < whole->len - 4; length++) {
    g_autofree guint8 *part = g_memdup2 (whole->data, length);

    g_assert_cmpuint (yz_exif_read_quarters (part, length), ==, 0);
  }
}

static void
test_offsets_beyond_the_end_are_upright (void)
{
  g_autoptr (GByteArray) bytes = make_jpeg (FALSE, 6);

  memset (bytes->data + 12 + 4, 0xff, 4);
  g_assert_cmpuint (yz_exif_read_quarters (bytes->data, bytes->len), ==, 0);
}

static void
test_adobe_block_is_seen (void)
{
  static const guint8 WITH[] = { 0xff, 0xd8, 0xff, 0xee, 0,   9,    'A', 'd',
                                 'o',  'b',  'e',  0,    100, 0xff, 0xda };

  g_assert_true (yz_exif_has_adobe (WITH, sizeof WITH));
  g_assert_false (yz_exif_has_adobe (WITH, 8));
  g_assert_false (yz_exif_has_adobe ((const guint8 *) "\xff\xd8\xff\xda", 4));
}

/* What a scanner writes is read; what a camera writes, whose EXIF block stands behind, is not. */
static void
test_density_of_a_scan (void)
{
  static const struct {
    guint8 unit, across, down;
    double density;
  } CASES[] = { { 1, 200, 200, 200 }, { 2, 118, 118, 299.72 }, { 0, 1, 1, 0 }, { 1, 200, 100, 0 } };
  g_autoptr (GByteArray) camera = make_jpeg (TRUE, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const guint8 scan[] = { 0xff, 0xd8,
                            0xff, 0xe0,
                            0,    16,
                            'J',  'F',
                            'I',  'F',
                            0,    1,
                            2,    CASES[i].unit,
                            0,    CASES[i].across,
                            0,    CASES[i].down,
                            0,    0,
                            0xff, 0xda,
                            0,    2 };
    g_autoptr (GByteArray) both = g_byte_array_new ();

    g_assert_cmpfloat_with_epsilon (yz_exif_read_density (scan, sizeof scan), CASES[i].density,
                                    1e-6);
    g_assert_cmpfloat_with_epsilon (yz_exif_read_density (scan, 15), 0,
                                    1e-6); /* cut in the middle */
    g_byte_array_append (both, scan, 20);
    g_byte_array_append (both, camera->data + 2, camera->len - 2);
    g_assert_cmpfloat_with_epsilon (yz_exif_read_density (both->data, both->len), 0, 1e-6);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exif/orientation-in-both-byte-orders", test_orientation_in_both_byte_orders);
  g_test_add_func ("/exif/cut-anywhere-is-upright", test_cut_anywhere_is_upright);
  g_test_add_func ("/exif/offsets-beyond-the-end-are-upright",
                   test_offsets_beyond_the_end_are_upright);
  g_test_add_func ("/exif/adobe-block-is-seen", test_adobe_block_is_seen);
  g_test_add_func ("/exif/density-of-a-scan", test_density_of_a_scan);
  return g_test_run ();
}
