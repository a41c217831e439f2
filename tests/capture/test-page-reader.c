/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-reader.h"

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"

#include <qrencode.h>

#include <string.h>

#define MODULE 6 /* pixels */

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YIZHAN_PRACTICEDIR"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length = 0;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static void
find_corners (GBytes *picture, double corners[8])
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new ();
  g_autoptr (YzPage) page =
      yz_darkroom_develop (darkroom, picture, YZ_DEVELOP_FIND, NULL, 0, 0, NULL);

  g_assert_nonnull (page);
  g_assert_true (page->found);
  memcpy (corners, page->corners, sizeof page->corners);
  yz_darkroom_close (darkroom);
}

/* Turned by hand, and found to lie upside down. */
static void
test_reads_a_letter_upside_down (void)
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new_to_read ();
  g_autoptr (GBytes) picture = load ("08-application-letter.jpg");
  g_autoptr (GError) error = NULL;
  g_autoptr (YzReading) reading = NULL;
  g_autofree char *text = NULL;
  double corners[8];

  find_corners (picture, corners);
  reading = yz_page_reader_read (darkroom, picture, YZ_READ_WORDS, corners, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading->quarters, ==, 2);
  g_assert_cmpfloat (reading->sure, >, 0);
  text = yz_reading_get_text (reading);
  g_assert_nonnull (strstr (text, "330481190203150014"));
  g_assert_nonnull (strstr (text, "户口迁移申请书"));
  yz_darkroom_close (darkroom);
}

/* Laid down sideways, either way. */
static void
test_reads_a_letter_on_its_side (void)
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new_to_read ();
  g_autoptr (GBytes) picture = load ("08-application-letter.jpg");
  double corners[8];

  find_corners (picture, corners);
  for (guint quarters = 1; quarters <= 3; quarters += 2) {
    g_autoptr (GError) error = NULL;
    g_autoptr (YzReading) reading =
        yz_page_reader_read (darkroom, picture, YZ_READ_WORDS, corners, quarters, &error);
    g_autofree char *text = NULL;

    g_assert_no_error (error);
    g_assert_cmpuint (reading->quarters, ==, 4 - quarters);
    g_assert_cmpfloat (reading->sure, >, 0);
    text = yz_reading_get_text (reading);
    g_assert_nonnull (strstr (text, "330481190203150014"));
    g_assert_nonnull (strstr (text, "户口迁移申请书"));
  }
  yz_darkroom_close (darkroom);
}

static void
test_reads_a_card_as_a_block (void)
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new_to_read ();
  g_autoptr (GBytes) picture = load ("03-identity-card-front.jpg");
  g_autoptr (YzReading) reading = NULL;
  g_autofree char *text = NULL;
  double corners[8];

  find_corners (picture, corners);
  reading = yz_page_reader_read (darkroom, picture, YZ_READ_WORDS | YZ_READ_FORM, corners, 0, NULL);
  g_assert_nonnull (reading);
  text = yz_reading_get_text (reading);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "姓名"));
  g_assert_nonnull (strstr (text, "1902年3月15日"));
  yz_darkroom_close (darkroom);
}

/* A QR code on white, as the receipt has it. */
static GBytes *
paint_code (const char *text)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  const int side = (code->width + 20) * MODULE;
  g_autoptr (YzBitmap) bitmap = yz_bitmap_new_packed (side, side);
  GBytes *jpeg = NULL;

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++) {
      const int column = x / MODULE - 10;
      const int row = y / MODULE - 10;
      const gboolean inside = column >= 0 && row >= 0 && column < code->width && row < code->width;

      ((guint32 *) yz_bitmap_get_row (bitmap, y))[x] =
          inside && code->data[row * code->width + column] & 1 ? 0x101010 : 0xf0f0f0;
    }
  QRcode_free (code);
  jpeg = yz_jpeg_encode_at (bitmap, 85, 0, NULL);
  g_assert_nonnull (jpeg);
  return jpeg;
}

static void
test_reads_a_code_and_where_it_is (void)
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new_to_read ();
  g_autoptr (GBytes) picture = paint_code ("yizhan:YZ01-2026-000123");
  g_autoptr (GError) error = NULL;
  g_autoptr (YzReading) reading =
      yz_page_reader_read (darkroom, picture, YZ_READ_CODES, NULL, 0, &error);
  const YzReadingPart *code = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (reading->codes->len, ==, 1);
  code = g_ptr_array_index (reading->codes, 0);
  g_assert_cmpstr (code->kind, ==, "qr");
  g_assert_cmpstr (code->text, ==, "yizhan:YZ01-2026-000123");
  g_assert_cmpint (ABS (code->x - 10 * MODULE), <=, MODULE);
  yz_darkroom_close (darkroom);
}

/* Codes need no language; words say what to install. */
static void
test_missing_language_is_a_sentence (void)
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new_to_read ();
  g_autoptr (GBytes) picture = paint_code ("1");
  g_autoptr (YzReading) codes = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("TESSDATA_PREFIX", "/nowhere", TRUE);
  g_assert_null (yz_page_reader_read (darkroom, picture, YZ_READ_WORDS, NULL, 0, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "tesseract-ocr-chi-sim"));
  codes = yz_page_reader_read (darkroom, picture, YZ_READ_CODES, NULL, 0, NULL);
  g_assert_nonnull (codes);
  g_assert_cmpuint (codes->codes->len, ==, 1);
  g_unsetenv ("TESSDATA_PREFIX");
  yz_darkroom_close (darkroom);
}

static void
test_no_picture_is_refused (void)
{
  g_autoptr (YzDarkroom) darkroom = yz_darkroom_new_to_read ();
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("no picture", 10);
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_page_reader_read (darkroom, rubbish, YZ_READ_CODES, NULL, 0, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED);
  yz_darkroom_close (darkroom);
}

/* What the libraries complain about is no matter of the desk's terminal. */
static void
test_says_nothing_on_the_terminal (void)
{
  g_autoptr (YzDarkroom) darkroom = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (YzReading) reading = NULL;
  double corners[8];

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, 0);
    g_test_trap_assert_passed ();
    g_test_trap_assert_stderr_unmatched ("*Error*");
    return;
  }
  darkroom = yz_darkroom_new_to_read ();
  picture = load ("01-household-booklet.jpg");
  find_corners (picture, corners);
  reading = yz_page_reader_read (darkroom, picture, YZ_READ_WORDS, corners, 0, NULL);
  g_assert_nonnull (reading);
  yz_darkroom_close (darkroom);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-reader/reads-a-letter-upside-down", test_reads_a_letter_upside_down);
  g_test_add_func ("/page-reader/reads-a-letter-on-its-side", test_reads_a_letter_on_its_side);
  g_test_add_func ("/page-reader/reads-a-card-as-a-block", test_reads_a_card_as_a_block);
  g_test_add_func ("/page-reader/reads-a-code-and-where-it-is", test_reads_a_code_and_where_it_is);
  g_test_add_func ("/page-reader/says-nothing-on-the-terminal", test_says_nothing_on_the_terminal);
  g_test_add_func ("/page-reader/missing-language-is-a-sentence",
                   test_missing_language_is_a_sentence);
  g_test_add_func ("/page-reader/no-picture-is-refused", test_no_picture_is_refused);
  return g_test_run ();
}
