/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/matter.h"
#include "workflow/workflow-error.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define HEAD                                                                                       \
  "[Matter]\nName=Parking\nName[zh_CN]=停车\nGroup=Own\nGroup[zh_CN]=本地\n"                   \
  "Initials=tc\nLevel=station\nGrade=P\n"
#define SMALLEST HEAD "Flow=spot\nLimit=0\n"
#define PAPER "[Material car-paper]\nName=Car paper\nName[zh_CN]=行驶证\n"

static YzMatter *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  YzMatter *matter = yz_matter_parse ("X01", text, strlen (text), &error);

  g_assert_no_error (error);
  return matter;
}

static void
test_fields (void)
{
  g_autoptr (YzMatter) matter = parse (
      HEAD "Flow=station\nLimit=15\nUnit=calendar-days\nBasis=Some law\nResult=A disc\n"
           "Sources=https://www.gov.cn/a;http://www.gov.cn/b\n" PAPER
           "Condition=only if by car\nCondition[zh_CN]=驾车的\nLater=true\nPages=2\nDpi=300\n"
           "Colour=false\n[Fact plate]\nLabel=Plate\nLabel[zh_CN]=车牌\nKind=text\n"
           "Required=true\n");
  const YzMaterial *material = g_ptr_array_index (matter->materials, 0);
  const YzFactField *field = g_ptr_array_index (matter->facts, 0);

  g_assert_cmpstr (matter->code, ==, "X01");
  g_assert_cmpstr (matter->name, ==, "Parking");
  g_assert_cmpstr (matter->name_cn, ==, "停车");
  g_assert_cmpstr (matter->group, ==, "Own");
  g_assert_cmpstr (matter->initials, ==, "tc");
  g_assert_cmpstr (matter->flow, ==, "station");
  g_assert_cmpstr (matter->level, ==, "station");
  g_assert_cmpuint (matter->limit, ==, 15);
  g_assert_true (matter->calendar_days);
  g_assert_cmpstr (matter->basis, ==, "Some law");
  g_assert_cmpstr (matter->grade, ==, "P");
  g_assert_true (matter->confirmed);
  g_assert_cmpstr (matter->result, ==, "A disc");
  g_assert_cmpstr (matter->sources[1], ==, "http://www.gov.cn/b");
  g_assert_null (matter->sources[2]);
  g_assert_cmpuint (matter->materials->len, ==, 1);
  g_assert_cmpstr (material->id, ==, "car-paper");
  g_assert_cmpstr (material->condition, ==, "only if by car");
  g_assert_false (material->required);
  g_assert_true (material->later);
  g_assert_cmpuint (material->pages, ==, 2);
  g_assert_cmpuint (material->dpi, ==, 300);
  g_assert_false (material->colour);
  g_assert_cmpuint (matter->facts->len, ==, 1);
  g_assert_cmpstr (field->id, ==, "plate");
  g_assert_cmpstr (field->label, ==, "Plate");
  g_assert_cmpstr (field->kind, ==, "text");
  g_assert_true (field->required);
}

static void
test_defaults (void)
{
  g_autoptr (YzMatter) matter = parse (SMALLEST PAPER);
  g_autoptr (YzMatter) scoped = parse ("[Matter]\nName=R\nName[zh_CN]=因\nGroup=G\n"
                                       "Group[zh_CN]=组\nLevel=scope\nLimit=7\nGrade=C\n");
  const YzMaterial *material = g_ptr_array_index (matter->materials, 0);

  g_assert_true (material->required);
  g_assert_null (material->condition);
  g_assert_cmpuint (material->dpi, ==, 200);
  g_assert_true (material->colour);
  g_assert_cmpstr (matter->basis, ==, "");
  g_assert_null (matter->sources[0]);
  g_assert_null (scoped->flow);
  g_assert_false (scoped->confirmed);
}

static void
test_language (void)
{
  g_autoptr (YzMatter) matter = NULL;
  const YzMaterial *material = NULL;
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));

  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  matter = parse (SMALLEST PAPER);
  material = g_ptr_array_index (matter->materials, 0);
  g_assert_cmpstr (matter->name, ==, "停车");
  g_assert_cmpstr (matter->group, ==, "本地");
  g_assert_cmpstr (material->name, ==, "行驶证");
  g_assert_true (yz_matter_find_material (matter, "Car paper") == material);
  g_setenv ("LANGUAGE", before != NULL ? before : "en", TRUE);
}

static void
test_refusals (void)
{
  static const struct {
    const char *text;
    const char *sentence;
  } cases[] = {
    { "", "The group [Matter] is missing." },
    { PAPER, "The group [Matter] is missing." },
    { HEAD "Limit=0\n", "Line 1: The way of the case is missing: Flow=… names a flow." },
    { HEAD "Flow=spot\n",
      "Line 1: The promised limit is missing: Limit=… days, 0 for on the spot." },
    { HEAD "Flow=Spot\nLimit=0\n",
      "Line 9: A flow is named in small letters, digits and hyphens." },
    { HEAD "Flow=spot\nLimit=seven\n", "Line 10: “Limit” is a whole number from 0 to 1000." },
    { SMALLEST "Unit=weeks\n", "Line 11: “Unit” is one of: working-days, calendar-days" },
    { SMALLEST "Sources=a book\n", "Line 11: “a book” is no address of a page." },
    { SMALLEST "Nmae=x\n", "Line 11: [Matter] knows no key “Nmae”." },
    { SMALLEST "Name=again\n", NULL },
    { SMALLEST PAPER PAPER, NULL },
    { SMALLEST "[Material Car]\n",
      "Line 11: An id is written in small letters, digits and hyphens." },
    { SMALLEST "[Paper x]\n",
      "Line 11: There is no group [Paper x]; the groups are Matter, Material ID and Fact ID." },
    { SMALLEST "[Material x]\nName=X\n",
      "Line 12: [Material x] says nothing in Chinese: Name[zh_CN]=…" },
    { SMALLEST "[Material x]\nName[zh_CN]=某\n",
      "Line 11: [Material x] has no text for people: Name=…" },
    { SMALLEST PAPER "Required=yes\n", "Line 14: “Required” is either true or false." },
    { SMALLEST PAPER "Condition=if\nCondition[zh_CN]=若\nRequired=true\n",
      "Line 16: “Car paper” is demanded under a condition; it cannot be demanded always too." },
    { SMALLEST "[Fact x]\nLabel=X\nLabel[zh_CN]=某\nKind=colour\n",
      "Line 14: “Kind” is one of: text, date, id-number, phone" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (yz_matter_parse ("X01", cases[i].text, strlen (cases[i].text), &error));
    g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
    if (cases[i].sentence != NULL)
      g_assert_cmpstr (error->message, ==, cases[i].sentence);
  }
}

static void
test_codes (void)
{
  static const char *const bad[] = { "", "m20", "20", "M 20", "../M20", "M20.x" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (yz_matter_parse (bad[i], SMALLEST, strlen (SMALLEST), &error));
    g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  }
}

static void
test_folders (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = g_dir_make_tmp ("yizhan-matters-XXXXXX", &error);
  g_autofree char *override = g_build_filename (own, "M20.matter", NULL);
  g_autofree char *added = g_build_filename (own, "X01.matter", NULL);
  g_autofree char *shipped = g_build_filename (g_getenv ("YIZHAN_DATADIR"), "matters", NULL);
  const char *const folders[] = { shipped, "/nowhere/at/all", own, NULL };
  g_autoptr (GPtrArray) matters = NULL;
  guint n_parking = 0;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (override, SMALLEST, -1, NULL));
  g_assert_true (g_file_set_contents (added, SMALLEST, -1, NULL));
  matters = yz_matter_load_folders (folders, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matters->len, ==, 77);
  for (guint i = 0; i < matters->len; i++) {
    const YzMatter *matter = g_ptr_array_index (matters, i);

    n_parking += g_str_equal (matter->name, "Parking");
    if (i > 0)
      g_assert_cmpstr (((YzMatter *) g_ptr_array_index (matters, i - 1))->code, <, matter->code);
  }
  g_assert_cmpuint (n_parking, ==, 2);

  g_assert_true (g_file_set_contents (added, "[Matter]\nNmae=x\n", -1, NULL));
  g_assert_null (yz_matter_load_folders (folders, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, added));
  g_unlink (override);
  g_unlink (added);
  g_rmdir (own);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matter-reader/reads-every-field", test_fields);
  g_test_add_func ("/matter-reader/what-is-missing-has-a-meaning", test_defaults);
  g_test_add_func ("/matter-reader/speaks-the-readers-language", test_language);
  g_test_add_func ("/matter-reader/refuses-with-line-and-sentence", test_refusals);
  g_test_add_func ("/matter-reader/a-code-is-a-capital-and-digits", test_codes);
  g_test_add_func ("/matter-reader/a-later-folder-overrides", test_folders);
  return g_test_run ();
}
