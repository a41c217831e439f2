/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/reading.h"

#include "capture/capture-error.h"

static YzReading *
create_reading (void)
{
  YzReading *reading = yz_reading_new (640, 400);
  const YzReadingPart parts[] = {
    { .text = (char *) "姓名范立样",
      .x = 3,
      .y = 5,
      .width = 200,
      .height = 30,
      .confidence = 0.9 },
    { .text = (char *) "住址", .x = 3, .y = 50, .width = 80, .height = 30, .confidence = 0.5 },
    { .text = (char *) "YZ01-2026-000001",
      .kind = "qr",
      .width = 90,
      .height = 90,
      .confidence = 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    yz_reading_add (reading, &parts[i]);
  reading->quarters = 2;
  reading->sure = 0.75;
  reading->digest.cells[YZ_PAGE_DIGEST_CELLS - 1] = 42;
  return reading;
}

static void
test_crosses_whole (void)
{
  g_autoptr (YzReading) reading = create_reading ();
  g_autoptr (GVariant) packed = g_variant_ref_sink (yz_reading_pack (reading));
  g_autoptr (YzReading) there = yz_reading_unpack (packed, NULL);
  const YzReadingPart *code = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (there);
  g_assert_cmpuint (there->quarters, ==, 2);
  g_assert_cmpuint (there->digest.cells[YZ_PAGE_DIGEST_CELLS - 1], ==, 42);
  g_assert_cmpuint (there->lines->len, ==, 2);
  g_assert_cmpuint (there->codes->len, ==, 1);
  code = g_ptr_array_index (there->codes, 0);
  g_assert_cmpstr (code->kind, ==, "qr");
  g_assert_cmpstr (code->text, ==, "YZ01-2026-000001");
  g_assert_cmpint (code->width, ==, 90);
  text = yz_reading_get_text (there);
  g_assert_cmpstr (text, ==, "姓名范立样\n住址\n");
}

static void
test_lies_are_refused (void)
{
  const char *const lies[] = {
    "(0, 400, uint32 0, 0.5, (uint64 0, uint64 0, uint64 0, uint64 0), @a(siiiid) [], @a(ssiiiid) "
    "[])",
    "(640, 400, uint32 4, 0.5, (uint64 0, uint64 0, uint64 0, uint64 0), @a(siiiid) [], "
    "@a(ssiiiid) [])",
    "(640, 400, uint32 0, 1.5, (uint64 0, uint64 0, uint64 0, uint64 0), @a(siiiid) [], "
    "@a(ssiiiid) [])",
    "(640, 400, uint32 0, 0.5, (uint64 0, uint64 0, uint64 0, uint64 0), [('', 1, 1, 1, 1, 0.5)], "
    "@a(ssiiiid) [])",
    "(640, 400, uint32 0, 0.5, (uint64 0, uint64 0, uint64 0, uint64 0), [('a', 1, 1, 0, 1, 0.5)], "
    "@a(ssiiiid) [])",
    "(640, 400, uint32 0, 0.5, (uint64 0, uint64 0, uint64 0, uint64 0), [('a', 1, 1, 1, 1, 7.0)], "
    "@a(ssiiiid) [])",
    "(640, 400, uint32 0, 0.5, (uint64 0, uint64 0, uint64 0, uint64 0), [('a', -2147483648, 1, 1, "
    "1, 0.5)], @a(ssiiiid) [])",
    "(640, 400)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++) {
    g_autoptr (GVariant) packed = g_variant_parse (NULL, lies[i], NULL, NULL, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_nonnull (packed);
    g_assert_null (yz_reading_unpack (packed, &error));
    g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  }
}

static void
test_empty_words_are_left_out (void)
{
  g_autoptr (YzReading) reading = yz_reading_new (10, 10);
  const YzReadingPart parts[] = { { .text = (char *) "" }, { .text = (char *) "\xff\xfe" } };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    yz_reading_add (reading, &parts[i]);
  g_assert_cmpuint (reading->lines->len, ==, 0);
}

static void
test_chinese_is_closed_up (void)
{
  const struct {
    const char *read;
    const char *closed;
  } cases[] = {
    { "样 本 省 样 张 市", "样本省样张市" },
    { " 出生 1990 年 1 月 ", "出生1990年1月" },
    { "MEDICAL  CERTIFICATE OF BIRTH", "MEDICAL CERTIFICATE OF BIRTH" },
    { "登记卡 No 70740528", "登记卡No 70740528" },
    { "户别 ： 家庭", "户别：家庭" },
    { "   ", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *closed = yz_reading_close_up (cases[i].read);

    g_assert_cmpstr (closed, ==, cases[i].closed);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/crosses-whole", test_crosses_whole);
  g_test_add_func ("/reading/lies-are-refused", test_lies_are_refused);
  g_test_add_func ("/reading/empty-words-are-left-out", test_empty_words_are_left_out);
  g_test_add_func ("/reading/chinese-is-closed-up", test_chinese_is_closed_up);
  return g_test_run ();
}
