/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/suggestion.h"

static YzSuggestion *
read_words (const char *text)
{
  GDate today = { 0 };

  g_date_set_dmy (&today, 25, G_DATE_NOVEMBER, 2026);
  return yz_suggestion_read (text, &today);
}

static void
assert_day (const GDate *day, guint year, guint month, guint number)
{
  g_assert_true (g_date_valid (day));
  g_assert_cmpuint (g_date_get_year (day), ==, year);
  g_assert_cmpuint (g_date_get_month (day), ==, month);
  g_assert_cmpuint (g_date_get_day (day), ==, number);
}

static void
test_card (void)
{
  g_autoptr (YzSuggestion) found = read_words ("姓 名 王 一\n性 别 男 民 族 汉\n"
                                               "出 生 1900 年 1 月 1 日\n"
                                               "住 址 示 例 市 示 例 路 1 号\n3 幢 201 室\n"
                                               "公 民 身 份 号 码 330481 19000101 0013\n");

  g_assert_nonnull (found);
  g_assert_cmpstr (found->name, ==, "王一");
  g_assert_cmpstr (found->nation, ==, "汉");
  g_assert_cmpstr (found->address, ==, "示例市示例路1号3幢201室");
  g_assert_cmpstr (found->number, ==, "330481190001010013");
  g_assert_cmpint (found->sex, ==, YZ_SEX_MALE);
  assert_day (&found->birth, 1900, 1, 1);
  g_assert_true (found->decided);
}

/* As the reader finds it on a card with a pattern behind the words. */
static void
test_marks_behind_an_address (void)
{
  g_autoptr (YzSuggestion) marks =
      read_words ("姓名 王一\n住址 示例市示例镇，\n示例路19号3幢201室-一\n一\n"
                  "公民身份号码 330481190001010013\n");
  g_autoptr (YzSuggestion) run_on =
      read_words ("住址 示例市示例镇\n示例路19号3幢201室民身份号码330481190001010013\n");
  g_autoptr (YzSuggestion) village = read_words ("住址 示例市示例镇示例村前头\n");

  g_assert_cmpstr (marks->address, ==, "示例市示例镇示例路19号3幢201室");
  g_assert_cmpstr (run_on->address, ==, "示例市示例镇示例路19号3幢201室");
  g_assert_cmpstr (run_on->number, ==, "330481190001010013");
  g_assert_cmpstr (village->address, ==, "示例市示例镇示例村前头");
}

/* As the reader finds it on a member's page, its seal over the address. */
static void
test_other_addresses_and_seals (void)
{
  g_autoptr (YzSuggestion) other =
      read_words ("姓名 王一\n本市(县)其他住址 无 宗教信仰 无\n公民身份号码 330481190001010013\n"
                  "住址。|示例省示例市示例镇示例路19号3幢\n");
  g_autoptr (YzSuggestion) seal =
      read_words ("姓名 王一\n本市(县)其他住址 无\n住址TITTTEETT AI女避全\nne\n");

  g_assert_cmpstr (other->address, ==, "示例省示例市示例镇示例路19号3幢");
  g_assert_cmpstr (seal->name, ==, "王一");
  g_assert_null (seal->address);
}

static void
test_number_decides (void)
{
  g_autoptr (YzSuggestion) found =
      read_words ("姓名李二\n性别女民族汉\n出生1908年7月7日\n公民身份号码330481190001010013");

  g_assert_true (found->decided);
  g_assert_cmpint (found->sex, ==, YZ_SEX_MALE);
  assert_day (&found->birth, 1900, 1, 1);
}

static void
test_misread_number (void)
{
  g_autoptr (YzSuggestion) found =
      read_words ("姓名李二\n性别女民族回\n出生1988年7月7日\n公民身份号码330481190001010014");

  g_assert_null (found->number);
  g_assert_false (found->decided);
  g_assert_cmpint (found->sex, ==, YZ_SEX_FEMALE);
  assert_day (&found->birth, 1988, 7, 7);
}

static void
test_booklet (void)
{
  g_autoptr (YzSuggestion) found =
      read_words ("常住人口登记卡\n姓名：阿不都·买买提 户主或与户主关系 户主\n曾用名 性别 男\n"
                  "公民身份证件编号 33048119011111004x\n");

  g_assert_cmpstr (found->name, ==, "阿不都·买买提");
  g_assert_cmpstr (found->number, ==, "33048119011111004X");
}

static void
test_nothing (void)
{
  GDate today = { 0 };

  g_date_set_dmy (&today, 25, G_DATE_NOVEMBER, 2026);
  g_assert_null (read_words (""));
  g_assert_null (read_words ("说明\n本人同意。\n12345678901234567890"));
  g_assert_null (read_words ("姓名"));
  g_assert_null (read_words ("姓名 A1B2"));
  g_assert_null (yz_suggestion_read ("\xff\xfe 330481190001010013", &today));
}

static void
test_tomorrow (void)
{
  g_autoptr (YzSuggestion) found = read_words ("姓名王一\n出生2026年11月26日");

  g_assert_cmpstr (found->name, ==, "王一");
  g_assert_false (g_date_valid (&found->birth));
}

static void
assert_fact (const YzSuggestion *found, const char *id, const char *value)
{
  g_assert_nonnull (found);
  g_assert_nonnull (found->facts);
  g_assert_cmpstr (g_hash_table_lookup (found->facts, id), ==, value);
}

/* As the reader finds the cells of the certificate, one beside the other. */
static void
test_certificate (void)
{
  g_autoptr (YzSuggestion) found =
      read_words ("出生医学证明\n编号 T330123456\n新生儿姓名 | 王小一 性别 | 女 出生孕周 | 39 周\n"
                  "出生时间 | 2026 年 3 月 1 日 8 时 26 分 出生体重 | 3250 克\n出生地 | "
                  "示例省示例市 | 50 厘米\n"
                  "母亲姓名 李一 年龄 28 岁 民族 汉族\n有效身份证件号码 330481190407180020\n"
                  "父亲姓名 王一 年龄 30 岁\n有效身份证件号码 330481199003070010\n");

  assert_fact (found, "child-name", "王小一");
  assert_fact (found, "child-sex", "女");
  assert_fact (found, "birth-date", "2026-03-01");
  assert_fact (found, "birth-place", "示例省示例市");
  assert_fact (found, "birth-certificate-number", "T330123456");
  assert_fact (found, "mother-number", "330481190407180020");
  assert_fact (found, "father-number", "330481199003070010");
  g_assert_null (found->name); /* nobody's card: it is offered to no applicant */
  g_assert_null (found->number);
}

/* What was misread, or stands in the wrong place, is not offered. */
static void
test_bad_certificate (void)
{
  g_autoptr (YzSuggestion) found =
      read_words ("新生儿姓名 A1 性别 未知\n出生时间 2027年3月1日\n编号 T33\n"
                  "母亲姓名 李一 330481190407180021\n父亲姓名 王一 330481190203150015\n"
                  "出生地 市\n签发日期 2026年3月2日\n");
  g_autoptr (YzSuggestion) letter = read_words (
      "为新生儿申报户口，附出生医学证明一份\n姓名 王一\n公民身份号码 330481190001010013\n");

  g_assert_null (found);
  g_assert_nonnull (letter);
  g_assert_cmpstr (letter->name, ==, "王一");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggestion/reads-an-identity-card", test_card);
  g_test_add_func ("/suggestion/marks-behind-an-address-are-cut-off", test_marks_behind_an_address);
  g_test_add_func ("/suggestion/other-addresses-and-seals-are-none",
                   test_other_addresses_and_seals);
  g_test_add_func ("/suggestion/the-number-decides-sex-and-birth", test_number_decides);
  g_test_add_func ("/suggestion/a-misread-number-is-not-offered", test_misread_number);
  g_test_add_func ("/suggestion/reads-a-booklet-page", test_booklet);
  g_test_add_func ("/suggestion/offers-nothing-where-nothing-is", test_nothing);
  g_test_add_func ("/suggestion/nobody-is-born-tomorrow", test_tomorrow);
  g_test_add_func ("/suggestion/reads-a-certificate-of-birth", test_certificate);
  g_test_add_func ("/suggestion/a-misread-certificate-offers-nothing", test_bad_certificate);
  return g_test_run ();
}
