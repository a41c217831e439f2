/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/press-paper.h"

#include <math.h>

/* Everybody and everything here is made up. The citizen numbers pass GB 11643's check, but nobody
 * born in those years applies for anything. */
#define SERIF "Noto Serif CJK SC"
#define SANS "Noto Sans CJK SC"
#define BLACK 0x1b1b1e

#define HEAD "范立样"
#define HEAD_NUMBER "330481190203150014"
#define WIFE "练小禾"
#define WIFE_NUMBER "330481190407180020"
#define CHILD "范知新"
#define CHILD_NUMBER "330481190910090030"
#define OLD_ADDRESS "样本省样张市练习镇样张路 19 号 3 幢 201 室"
#define NEW_ADDRESS "样本省范例市演练街道试行路 8 号 5 幢 1102 室"

static void
write_serial (YzPressInk *ink, double x, double y, const char *prefix)
{
  g_autofree char *text =
      g_strdup_printf ("%s%08d", prefix, g_rand_int_range (ink->rand, 100000, 99999999));

  yz_press_ink_font (ink, SANS, 3.1, FALSE);
  yz_press_ink_colour (ink, 0xa5262c);
  yz_press_ink_write (ink, x, y, text);
  yz_press_ink_colour (ink, BLACK);
}

static void
write_title (YzPressInk *ink, double x, double y, double size, const char *text)
{
  yz_press_ink_colour (ink, BLACK);
  yz_press_ink_font (ink, SERIF, size, TRUE);
  yz_press_ink_write_centred (ink, x, y, text);
}

/* The gutter of a bound page: it darkens towards the thread. */
static void
draw_gutter (YzPressInk *ink, double x, double y, double width, double height)
{
  const gboolean upright = height > width;
  cairo_pattern_t *gutter = upright ? cairo_pattern_create_linear (x, 0, x + width, 0)
                                    : cairo_pattern_create_linear (0, y, 0, y + height);

  cairo_pattern_add_color_stop_rgba (gutter, 0, 0, 0, 0, upright ? 0.0 : 0.34);
  cairo_pattern_add_color_stop_rgba (gutter, 0.5, 0, 0, 0, upright ? 0.30 : 0.10);
  cairo_pattern_add_color_stop_rgba (gutter, 1, 0, 0, 0, 0);
  cairo_set_source (ink->cr, gutter);
  cairo_rectangle (ink->cr, x, y, width, height);
  cairo_fill (ink->cr);
  cairo_pattern_destroy (gutter);
}

static void
draw_register_card (
    YzPressInk *ink, double width, double height, const char *const *rows, const char *kind)
{
  yz_press_ink_guilloche (ink, width, height, 0xd9a6a0);
  write_title (ink, width / 2, 11, 5.4, "常 住 人 口 登 记 卡");
  yz_press_ink_font (ink, SERIF, 2.9, FALSE);
  yz_press_ink_write (ink, 9, 14, kind);
  yz_press_ink_table (ink, 8, 19, width - 16, 6.7, rows);
  yz_press_ink_font (ink, SERIF, 2.9, FALSE);
  yz_press_ink_write (ink, 9, height - 9.5, "承办人签章:");
  yz_press_ink_signature (ink, 27, height - 8, 15);
  yz_press_ink_colour (ink, BLACK);
  yz_press_ink_font (ink, SERIF, 2.9, FALSE);
  yz_press_ink_write (ink, width - 62, height - 9.5, "登记日期:1923 年 6 月 18 日");
  write_serial (ink, width - 32, 10, "No ");
  yz_press_ink_seal (ink, width - 44, height - 20, 15, "样张市公安局练习派出所", "户口专用章");
  draw_gutter (ink, 0, 0, width, 5);
}

static void
draw_booklet (YzPressInk *ink, double width, double height)
{
  static const char *const ROWS[] = {
    "#姓  名:3|" HEAD ":6|#户主或与户主关系:5|户主:5",
    "#曾用名:3|无:6|#性  别:5|男:5",
    "#出生地:3|样本省样张市:6|#民  族:5|汉族:5",
    "#籍  贯:3|样本省样张市:6|#出生日期:5|1902 年 3 月 15 日:5",
    "#本市(县)其他住址:5|无:8|#宗教信仰:3|无:3",
    "#公民身份号码:4|" HEAD_NUMBER ":8|#身高:2|172 厘米:3|#血型:2|A:2",
    "#文化程度:4|大学本科:5|#婚姻状况:4|有配偶:4|#兵役状况:4|未服兵役:4",
    "#服务处所:4|样张市示范纺织有限公司:9|#职业:3|工程师:5",
    "#何时由何地迁来本址:6|1921 年 5 月 6 日 样张市样本街道:13",
    "#住  址:3|" OLD_ADDRESS ":16",
    NULL,
  };

  draw_register_card (ink, width, height, ROWS, "户别:家庭户    户号:019000101");
}

static void
draw_member (YzPressInk *ink, double width, double height)
{
  static const char *const ROWS[] = {
    "#姓  名:3|" CHILD ":6|#户主或与户主关系:5|子:5",
    "#曾用名:3|无:6|#性  别:5|男:5",
    "#出生地:3|样本省样张市:6|#民  族:5|汉族:5",
    "#籍  贯:3|样本省样张市:6|#出生日期:5|1909 年 10 月 9 日:5",
    "#本市(县)其他住址:5|无:8|#宗教信仰:3|无:3",
    "#公民身份号码:4|" CHILD_NUMBER ":8|#身高:2|121 厘米:3|#血型:2|O:2",
    "#文化程度:4|小学:5|#婚姻状况:4|未婚:4|#兵役状况:4|未服兵役:4",
    "#服务处所:4|样张市练习小学:9|#职业:3|学生:5",
    "#何时由何地迁来本址:6|1909 年 10 月 20 日 出生登记:13",
    "#住  址:3|" OLD_ADDRESS ":16",
    NULL,
  };

  draw_register_card (ink, width, height, ROWS, "户别:家庭户    户号:019000101");
}

static void
draw_card_ground (YzPressInk *ink, double width, double height)
{
  cairo_pattern_t *tint = cairo_pattern_create_linear (0, 0, width, height);

  cairo_pattern_add_color_stop_rgb (tint, 0, 0.86, 0.92, 0.95);
  cairo_pattern_add_color_stop_rgb (tint, 0.5, 0.95, 0.93, 0.94);
  cairo_pattern_add_color_stop_rgb (tint, 1, 0.90, 0.90, 0.96);
  cairo_set_source (ink->cr, tint);
  cairo_paint (ink->cr);
  cairo_pattern_destroy (tint);
  yz_press_ink_guilloche (ink, width, height, 0x8fb3c7);
  yz_press_ink_rosette (ink, width * 0.70, height * 0.48, 17, 0xc79aa8);
}

static void
write_field (YzPressInk *ink, double x, double y, const char *label, const char *value)
{
  yz_press_ink_font (ink, SANS, 2.35, FALSE);
  yz_press_ink_colour (ink, 0x2f6f9f);
  yz_press_ink_write (ink, x, y + 0.35, label);
  yz_press_ink_font (ink, SANS, 3.1, FALSE);
  yz_press_ink_colour (ink, BLACK);
  yz_press_ink_write (ink, x + 9, y, value);
}

static void
draw_card_front (YzPressInk *ink, double width, double height)
{
  draw_card_ground (ink, width, height);
  write_field (ink, 6.5, 6.5, "姓 名", HEAD);
  write_field (ink, 6.5, 13, "性 别", "男");
  write_field (ink, 24, 13, "民 族", "汉");
  write_field (ink, 6.5, 19.5, "出 生", "1902 年 3 月 15 日");
  write_field (ink, 6.5, 26, "住 址", "样本省样张市练习镇");
  write_field (ink, 6.5, 30.5, "", "样张路 19 号 3 幢 201 室");
  yz_press_ink_font (ink, SANS, 2.5, FALSE);
  yz_press_ink_colour (ink, 0x2f6f9f);
  yz_press_ink_write (ink, 6.5, 43.2, "公民身份号码");
  yz_press_ink_font (ink, SANS, 4.0, TRUE);
  yz_press_ink_colour (ink, BLACK);
  yz_press_ink_write (ink, 26, 42, HEAD_NUMBER);
  yz_press_ink_portrait (ink, 57, 7, 23, 29);
}

/* No state emblem: a star in a ring stands for it. */
static void
draw_card_back (YzPressInk *ink, double width, double height)
{
  draw_card_ground (ink, width, height);
  yz_press_ink_colour (ink, 0xc2352f);
  cairo_set_line_width (ink->cr, 1.1);
  cairo_arc (ink->cr, 15.5, 16, 8.2, 0, 2 * M_PI);
  cairo_stroke (ink->cr);
  yz_press_ink_star (ink, 15.5, 16, 5.4);
  yz_press_ink_colour (ink, BLACK);
  yz_press_ink_font (ink, SERIF, 5.2, TRUE);
  yz_press_ink_write_centred (ink, width * 0.62, 11.5, "练 习 用 样 张 证 件");
  yz_press_ink_font (ink, SERIF, 7.2, TRUE);
  yz_press_ink_write_centred (ink, width * 0.62, 21.5, "居民身份证");
  write_field (ink, 16, 36.5, "签发机关", "   样张市公安局");
  write_field (ink, 16, 43, "有效期限", "   1920.01.01-1940.01.01");
}

static void
draw_birth (YzPressInk *ink, double width, double height)
{
  static const char *const ROWS[] = {
    "#新生儿姓名:4|" CHILD ":6|#性  别:3|男:3|#出生孕周:4|39 周:3",
    "#出生时间:4|1909 年 10 月 9 日 8 时 26 分:12|#出生体重:4|3250 克:3",
    "#出 生 地:4|样本省样张市:10|#出生身长:4|50 厘米:5",
    "#母亲姓名:4|" WIFE ":6|#年龄:3|28 岁:3|#民族:3|汉族:4",
    "#有效身份证件号码:6|" WIFE_NUMBER ":17",
    "#父亲姓名:4|" HEAD ":6|#年龄:3|30 岁:3|#民族:3|汉族:4",
    "#有效身份证件号码:6|" HEAD_NUMBER ":17",
    "#签证机构:4|样张市妇幼练习医院:11|#签证日期:4|1909.10.12:4",
    NULL,
  };

  cairo_set_source_rgb (ink->cr, 0.93, 0.96, 0.91);
  cairo_paint (ink->cr);
  yz_press_ink_guilloche (ink, width, height, 0x8dbf9b);
  yz_press_ink_rosette (ink, width / 2, height * 0.55, 44, 0xd49bb0);
  yz_press_ink_colour (ink, 0x3f8f63);
  cairo_set_line_width (ink->cr, 1.4);
  cairo_rectangle (ink->cr, 6, 6, width - 12, height - 12);
  cairo_stroke (ink->cr);
  cairo_set_line_width (ink->cr, 0.4);
  cairo_rectangle (ink->cr, 8, 8, width - 16, height - 16);
  cairo_stroke (ink->cr);
  write_title (ink, width / 2, 19, 9, "出 生 医 学 证 明");
  yz_press_ink_font (ink, SANS, 3.4, FALSE);
  yz_press_ink_write_centred (ink, width / 2, 27, "MEDICAL CERTIFICATE OF BIRTH");
  write_serial (ink, width - 56, 31, "编号 Y33");
  yz_press_ink_table (ink, 14, 38, width - 28, 10.4, ROWS);
  yz_press_ink_font (ink, SERIF, 3.6, FALSE);
  yz_press_ink_write (ink, 16, height - 22, "接生人员:");
  yz_press_ink_signature (ink, 36, height - 20, 24);
  yz_press_ink_seal (ink, width - 44, height - 30, 18, "样张市妇幼练习医院", "出生证专用章");
}

static void
write_spouse (YzPressInk *ink, double x, double y, const char *const *lines)
{
  yz_press_ink_font (ink, SANS, 3.5, FALSE);
  yz_press_ink_colour (ink, BLACK);
  for (guint i = 0; lines[i] != NULL; i++)
    yz_press_ink_write (ink, x, y + 7.2 * i, lines[i]);
}

static void
draw_marriage (YzPressInk *ink, double width, double height)
{
  static const char *const HUSBAND[] = { "姓名  " HEAD "        性别  男",
                                         "国籍  样本国        出生日期  1902.03.15",
                                         "身份证件号  " HEAD_NUMBER, NULL };
  static const char *const WOMAN[] = { "姓名  " WIFE "        性别  女",
                                       "国籍  样本国        出生日期  1904.07.18",
                                       "身份证件号  " WIFE_NUMBER, NULL };
  static const char *const HEADING[] = { "持证人      " HEAD, "登记日期    1926 年 10 月 18 日",
                                         "结婚证字号  J330000-1926-000190", "备  注      练习用",
                                         NULL };

  cairo_set_source_rgb (ink->cr, 0.47, 0.09, 0.11);
  cairo_paint (ink->cr);
  cairo_set_source_rgb (ink->cr, 0.97, 0.93, 0.90);
  cairo_rectangle (ink->cr, 2.2, 2.2, width - 4.4, height - 4.4);
  cairo_clip (ink->cr);
  cairo_paint (ink->cr);
  yz_press_ink_guilloche (ink, width, height, 0xe0a9a0);
  yz_press_ink_rosette (ink, width * 0.25, height * 0.4, 26, 0xd98b86);
  yz_press_ink_portrait (ink, width * 0.25 - 24, 22, 48, 33);
  yz_press_ink_portrait (ink, width * 0.25, 22, 24, 33);
  write_title (ink, width * 0.25, 13, 6.4, "结 婚 登 记");
  write_spouse (ink, 13, 66, HEADING);
  write_spouse (ink, width / 2 + 10, 18, HUSBAND);
  write_spouse (ink, width / 2 + 10, 50, WOMAN);
  yz_press_ink_font (ink, SERIF, 3.3, FALSE);
  yz_press_ink_write_wrapped (
      ink, width / 2 + 10, 84, width / 2 - 20, 1.5,
      "结婚申请,经练习审查予以登记,发给此证。本证为练习样张,不具任何效力。");
  yz_press_ink_seal (ink, width - 27, height - 24, 15, "样张市民政局婚姻登记处", "登记专用章");
  yz_press_ink_seal (ink, width * 0.25 + 22, 54, 9, "样张市民政局婚姻登记处", NULL);
  draw_gutter (ink, width / 2 - 8, 0, 16, height);
}

static void
draw_property (YzPressInk *ink, double width, double height)
{
  static const char *const ROWS[] = {
    "#权 利 人:2|" HEAD "、" WIFE ":6",
    "#共有情况:2|共同共有:6",
    "#坐    落:2|范例市试行路 8 号 5 幢 1102 室:6",
    "#不动产单元号:2|330000 019000 GB00019 F00080001:6",
    "#权利类型:2|国有建设用地使用权 / 房屋所有权:6",
    "#权利性质:2|出让 / 市场化商品房:6",
    "#用    途:2|城镇住宅用地 / 成套住宅:6",
    "#面    积:2|共有宗地 19000 平方米 / 房屋 88.19 平方米:6",
    "#使用期限:2|1900 年 1 月 1 日起 1970 年 1 月 1 日止:6",
    NULL,
  };

  yz_press_ink_guilloche (ink, width, height, 0xcdb98f);
  yz_press_ink_rosette (ink, width / 2, height / 2, 52, 0xc9a88a);
  write_title (ink, width / 2, 20, 7, "不 动 产 权 证 书");
  yz_press_ink_font (ink, SERIF, 3.6, FALSE);
  yz_press_ink_write_centred (ink, width / 2, 30, "样(1923)范例市不动产权第 0001900 号");
  write_serial (ink, width - 50, 36, "No D33");
  yz_press_ink_table (ink, 12, 43, width - 24, 9.6, ROWS);
  yz_press_ink_colour (ink, BLACK);
  cairo_set_line_width (ink->cr, 0.22);
  cairo_rectangle (ink->cr, 12, 43 + 9.6 * 9, width - 24, height - 43 - 9.6 * 9 - 13);
  cairo_stroke (ink->cr);
  yz_press_ink_font (ink, SERIF, 3.5, FALSE);
  yz_press_ink_write_wrapped (
      ink, 16, 43 + 9.6 * 9 + 4, width - 32, 1.5,
      "权利其他状况:房屋结构 钢筋混凝土;专有建筑面积 70.19 平方米,分摊建筑面积 "
      "18.00 平方米;房屋总层数 18 层,所在层数 11 层。");
  yz_press_ink_write (ink, width - 76, height - 24, "登记机构:1923 年 4 月 26 日");
  yz_press_ink_seal (ink, width - 42, height - 33, 17, "范例市不动产登记练习中心", "登记专用章");
  draw_gutter (ink, 0, 0, 9, height);
}

static void
write_letter (YzPressInk *ink, double width, double height, const char *title, const char *body)
{
  write_title (ink, width / 2, 34, 9, title);
  yz_press_ink_font (ink, SERIF, 4.9, FALSE);
  yz_press_ink_write_wrapped (ink, 26, 52, width - 52, 1.85, body);
  yz_press_ink_font (ink, SERIF, 4.9, FALSE);
  yz_press_ink_write (ink, width - 92, height - 74, "申请人(签名):");
  yz_press_ink_signature (ink, width - 56, height - 70, 26);
  yz_press_ink_colour (ink, BLACK);
  yz_press_ink_font (ink, SERIF, 4.9, FALSE);
  yz_press_ink_write (ink, width - 80, height - 60, "1923 年 11 月 6 日");
}

/* A thumb print in red ink paste over the name. */
static void
press_thumb (YzPressInk *ink, double x, double y)
{
  cairo_save (ink->cr);
  cairo_translate (ink->cr, x, y);
  cairo_rotate (ink->cr, 0.3);
  cairo_scale (ink->cr, 1, 1.35);
  cairo_set_operator (ink->cr, CAIRO_OPERATOR_MULTIPLY);
  cairo_set_line_width (ink->cr, 0.36);
  for (guint i = 1; i < 13; i++) {
    cairo_set_source_rgba (ink->cr, 0.80, 0.10, 0.13, g_rand_double_range (ink->rand, 0.55, 0.9));
    cairo_arc (ink->cr, sin (i * 0.9) * 0.5, 0.3 * i - 1.8, 0.56 * i, 0, 2 * M_PI);
    cairo_stroke (ink->cr);
  }
  cairo_restore (ink->cr);
}

static void
draw_application (YzPressInk *ink, double width, double height)
{
  write_letter (
      ink, width, height, "户 口 迁 移 申 请 书",
      "范例市公安局演练派出所:\n"
      "  本人" HEAD ",男,公民身份号码 " HEAD_NUMBER ",现户籍在" OLD_ADDRESS "。\n"
      "  因本人与妻子" WIFE "(公民身份号码 " WIFE_NUMBER
      ")在范例市购买成套住宅一处,坐落于" NEW_ADDRESS
      ",已取得不动产权证书并实际居住,现申请将本人、妻子" WIFE "及儿子" CHILD
      "三人的户口一并迁入上述住址,立为家庭户,户主为本人。\n"
      "  随申请提交居民户口簿、居民身份证、结婚证、出生医学证明、不动产权证书原件,请予审核。"
      "本人保证所述事实和所交材料真实,并愿承担相应责任。");
  press_thumb (ink, width - 34, height - 67);
}

static void
draw_consent (YzPressInk *ink, double width, double height)
{
  write_letter (ink, width, height, "同 意 书",
                "范例市公安局演练派出所:\n"
                "  本人" WIFE ",女,公民身份号码 " WIFE_NUMBER ",系" HEAD "之妻、" NEW_ADDRESS
                "房屋的共有人。\n"
                "  本人同意" HEAD "及儿子" CHILD "的户口迁入上述房屋立户,同意户主由" HEAD
                "担任,并同意本人户口随迁。\n"
                "  本人已知悉户口迁移后相关权利义务的变化,以上意思表示真实。");
  press_thumb (ink, width - 36, height - 66);
}

static void
draw_permit (YzPressInk *ink, double width, double height)
{
  static const char *const ROWS[] = {
    "#申请人姓名:3|" HEAD ":4|#公民身份号码:3|" HEAD_NUMBER ":6",
    "#迁入人姓名:3|#与申请人关系:3|#性别:2|#出生日期:3|#公民身份号码:5",
    HEAD ":3|本人:3|男:2|1902.03.15:3|" HEAD_NUMBER ":5",
    WIFE ":3|妻:3|女:2|1904.07.18:3|" WIFE_NUMBER ":5",
    CHILD ":3|子:3|男:2|1909.10.09:3|" CHILD_NUMBER ":5",
    "#现户口所在地:3|" OLD_ADDRESS ":13",
    "#拟迁往地址:3|" NEW_ADDRESS ":13",
    "#准迁理由:3|购房落户:4|#签发日期:3|1923 年 11 月 20 日:6",
    NULL,
  };

  cairo_set_source_rgb (ink->cr, 0.96, 0.94, 0.87);
  cairo_paint (ink->cr);
  yz_press_ink_guilloche (ink, width, height, 0xb7b28a);
  write_title (ink, width / 2, 14, 7.4, "户 口 准 迁 证");
  yz_press_ink_font (ink, SERIF, 3.3, FALSE);
  yz_press_ink_write (ink, 12, 18, "(第三联 由迁入人持有)");
  write_serial (ink, width - 48, 18, "样准字 ");
  yz_press_ink_table (ink, 10, 25, width - 20, 9.2, ROWS);
  yz_press_ink_font (ink, SERIF, 3.2, FALSE);
  yz_press_ink_write (ink, 12, height - 22,
                      "签发机关:范例市公安局    有效期四十日,自签发之日起计算");
  yz_press_ink_write (ink, 12, height - 15, "承办人:");
  yz_press_ink_signature (ink, 26, height - 13, 18);
  yz_press_ink_seal (ink, width - 36, height - 24, 17, "范例市公安局", "户口专用章");
  cairo_save (ink->cr);
  cairo_set_source_rgba (ink->cr, 0.3, 0.3, 0.3, 0.6);
  for (double y = 1; y < height; y += 2.4) {
    cairo_arc (ink->cr, 2.6, y, 0.45, 0, 2 * M_PI);
    cairo_fill (ink->cr);
  }
  cairo_restore (ink->cr);
}

static const YzPressPaper PAPERS[] = {
  { "household-booklet", 143, 105, 0, 0, 0, 0xf7f1ec, draw_booklet },
  { "household-member", 143, 105, 0, 0, 0, 0xf7f1ec, draw_member },
  { "identity-card-front", 85.6, 54, 3.18, 1, 0, 0xe8eef2, draw_card_front },
  { "identity-card-back", 85.6, 54, 3.18, 1, 0, 0xe8eef2, draw_card_back },
  { "birth-certificate", 210, 148, 0, 0, 1, 0xedf5e8, draw_birth },
  { "marriage-certificate", 178, 126, 2.0, 0.25, 0, 0xf7ede5, draw_marriage },
  { "property-certificate", 176, 250, 0, 0, 0, 0xf6f1e2, draw_property },
  { "application-letter", 210, 297, 0, 0, 2, 0xf8f8f6, draw_application },
  { "permit-to-move", 200, 138, 0, 0, 1, 0xf5f0de, draw_permit },
  { "consent-letter", 210, 297, 0, 0, 1, 0xf6f6f3, draw_consent },
};

const YzPressPaper *
yz_press_paper_list (gsize *out_length)
{
  *out_length = G_N_ELEMENTS (PAPERS);
  return PAPERS;
}

const YzPressPaper *
yz_press_paper_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAPERS); i++)
    if (g_str_equal (PAPERS[i].name, name))
      return &PAPERS[i];
  return NULL;
}

static void
cut_corners (cairo_t *cr, const YzPressPaper *paper)
{
  const double r = paper->radius;

  if (r <= 0) {
    cairo_rectangle (cr, 0, 0, paper->width, paper->height);
  } else {
    cairo_arc (cr, r, r, r, M_PI, 1.5 * M_PI);
    cairo_arc (cr, paper->width - r, r, r, -0.5 * M_PI, 0);
    cairo_arc (cr, paper->width - r, paper->height - r, r, 0, 0.5 * M_PI);
    cairo_arc (cr, r, paper->height - r, r, 0.5 * M_PI, M_PI);
    cairo_close_path (cr);
  }
  cairo_clip (cr);
}

/* A rim of two transparent pixels all round lets the photographer blend the edge into the mat. */
cairo_surface_t *
yz_press_paper_render (const YzPressPaper *self, double scale, guint32 seed)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (self->width * scale) + 5,
                                  (int) ceil (self->height * scale) + 5);
  g_autoptr (YzPressInk) ink = yz_press_ink_new (surface, scale, seed);

  cairo_translate (ink->cr, 2 / scale, 2 / scale);
  cut_corners (ink->cr, self);
  yz_press_ink_colour (ink, self->colour);
  cairo_paint (ink->cr);
  cairo_save (ink->cr);
  yz_press_ink_colour (ink, BLACK);
  self->draw (ink, self->width, self->height);
  cairo_restore (ink->cr);
  yz_press_ink_mark (ink, self->width, self->height);
  return surface;
}
