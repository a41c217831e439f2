/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/papers.h"

#include <glib/gstdio.h>
#include <locale.h>

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define ACCEPTED (G_GINT64_CONSTANT (1773192600) * G_USEC_PER_SEC) /* 2026-03-11 09:30 in China */

static const char DEFINITION[] = "[Matter]\nName=Join spouse\nName[zh_CN]=夫妻投靠\n"
                                 "[Material 1]\nName=Household booklet\nName[zh_CN]=居民户口簿\n"
                                 "[Material 2]\nName=Marriage certificate\nName[zh_CN]=结婚证\n";

typedef struct {
  YzMaterial materials[3];
  YzMatter matter;
  YzSheet sheets[3];
  YzEvent event;
  YzDossier dossier;
  YzPaperFacts facts;
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  gsize i;

  f->materials[0] =
      (YzMaterial){ .id = "booklet", .name = "Household booklet", .required = TRUE, .pages = 2 };
  f->materials[1] =
      (YzMaterial){ .id = "marriage", .name = "Marriage certificate", .required = TRUE };
  f->materials[2] = (YzMaterial){ .id = "divorce",
                                  .name = "Divorce agreement",
                                  .condition = "only if the spouse was married before" };
  f->matter = (YzMatter){ .code = "M01",
                          .name = "Join spouse",
                          .name_cn = "夫妻投靠",
                          .limit = 5,
                          .materials = g_ptr_array_new (),
                          .text = DEFINITION };
  for (i = 0; i < G_N_ELEMENTS (f->materials); i++)
    g_ptr_array_add (f->matter.materials, &f->materials[i]);
  f->sheets[0] = (YzSheet){ .id = 1, .material = "booklet", .origin = "camera", .verdicts = "" };
  f->sheets[1] = (YzSheet){ .id = 2, .material = "booklet", .origin = "camera", .verdicts = "" };
  f->sheets[2] =
      (YzSheet){ .id = 3, .material = "marriage", .origin = "camera", .verdicts = "blurred" };
  f->event = (YzEvent){ .note = "1. 结婚证照片模糊\n2. 缺少投靠人身份证",
                        .basis = "浙江省常住户口登记管理规定" };
  f->dossier = (YzDossier){ .number = "YZ01-2026-000123",
                            .applicant = "范立样",
                            .applicant_number = "330481199001011238",
                            .unit_name = "海宁市公安局硖石派出所",
                            .accepted_at = ACCEPTED,
                            .due = ACCEPTED + 7 * DAY,
                            .sheets = g_ptr_array_new (),
                            .events = g_ptr_array_new () };
  for (i = 0; i < G_N_ELEMENTS (f->sheets); i++)
    g_ptr_array_add (f->dossier.sheets, &f->sheets[i]);
  g_ptr_array_add (f->dossier.events, &f->event);
  f->facts = (YzPaperFacts){
    .dossier = &f->dossier, .matter = &f->matter, .officer = "沈小燕", .printed_at = ACCEPTED
  };
  f->folder = g_dir_make_tmp ("yizhan-papers-XXXXXX", NULL);
  g_assert_nonnull (f->folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (f->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_ptr_array_unref (f->matter.materials);
  g_ptr_array_unref (f->dossier.sheets);
  g_ptr_array_unref (f->dossier.events);
}

/* Runs a program; NULL and a skipped test when the machine does not have it. */
static char *
run (const char *const *arguments)
{
  g_autofree char *program = g_find_program_in_path (arguments[0]);
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = 0;

  if (program == NULL) {
    g_test_skip_printf ("%s is not installed", arguments[0]);
    return NULL;
  }
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return output;
}

static char *
print (Fixture *f, YzPaperKind kind)
{
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  char *path;

  f->facts.kind = kind;
  name = yz_papers_make_file_name (&f->facts);
  path = g_build_filename (f->folder, name, NULL);
  g_assert_true (yz_papers_print_pdf (&f->facts, path, &error));
  g_assert_no_error (error);
  return path;
}

static char *
read_paper (Fixture *f, YzPaperKind kind)
{
  g_autofree char *path = print (f, kind);
  const char *const arguments[] = { "pdftotext", "-layout", path, "-", NULL };

  return run (arguments);
}

static void
assert_says (const char *text, const char *wanted)
{
  if (strstr (text, wanted) == NULL)
    g_error ("“%s” is not on the paper:\n%s", wanted, text);
}

static void
test_receipt (Fixture *f, gconstpointer data)
{
  g_autofree char *text = read_paper (f, YZ_PAPER_RECEIPT);

  if (text == NULL)
    return;
  assert_says (text, "受理回执");
  assert_says (text, "Acceptance receipt");
  assert_says (text, "YZ01-2026-000123");
  assert_says (text, "范立样");
  assert_says (text, "夫妻投靠");
  assert_says (text, "2026年3月18日 09:30");
  assert_says (text, "沈小燕");
  assert_says (text, "居民户口簿");
  assert_says (text, "第 1 页 共 1 页");
}

/* Nobody photographed what came as a file, and nothing of it was given back. */
static void
test_receipt_tells_imported_pages_apart (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  const char *imported = NULL;

  f->sheets[2].origin = "import";
  text = read_paper (f, YZ_PAPER_RECEIPT);
  if (text == NULL)
    return;
  imported = strstr (text, "以文件形式导入的材料（非相机拍摄）");
  g_assert_nonnull (imported);
  g_assert_true (strstr (text, "居民户口簿") < imported);
  assert_says (imported, "Marriage certificate");
}

static void
test_receipt_is_plain_chinese (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  text = read_paper (f, YZ_PAPER_RECEIPT);
  g_setenv ("LANGUAGE", "en", TRUE);
  if (text == NULL)
    return;
  assert_says (text, "受理回执");
  g_assert_null (strstr (text, "Acceptance receipt"));
  g_assert_null (strstr (text, "Join spouse"));
}

static void
test_on_the_spot (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  f->dossier.due = 0;
  f->matter.limit = 0;
  text = read_paper (f, YZ_PAPER_RECEIPT);
  if (text != NULL)
    assert_says (text, "当场办结");
}

static void
test_code (Fixture *f, gconstpointer data)
{
  g_autofree char *path = print (f, YZ_PAPER_RECEIPT);
  g_autofree char *stem = g_build_filename (f->folder, "page", NULL);
  g_autofree char *picture = g_strconcat (stem, ".png", NULL);
  const char *const render[] = { "pdftoppm", "-r", "150", "-png", "-singlefile", path, stem, NULL };
  const char *const scan[] = { "zbarimg", "--quiet", "--raw", picture, NULL };
  g_autofree char *rendered = run (render);
  g_autofree char *scanned = rendered == NULL ? NULL : run (scan);

  if (scanned == NULL)
    return;
  g_strstrip (scanned);
  g_assert_cmpstr (scanned, ==, "YZ01-2026-000123");
}

static void
test_notice (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  f->facts.missing = g_ptr_array_new ();
  g_ptr_array_add (f->facts.missing, (gpointer) "The new address is missing.");
  text = read_paper (f, YZ_PAPER_NOTICE);
  g_ptr_array_unref (f->facts.missing);
  if (text == NULL)
    return;
  assert_says (text, "一次性告知单");
  assert_says (text, "居民户口簿：已收（2 页）");
  assert_says (text, "结婚证：有缺陷");
  assert_says (text, "only if the spouse was married before");
  assert_says (text, "1. The new address is missing.");
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  g_autofree char *not_accepted = read_paper (f, YZ_PAPER_NOT_ACCEPTED);
  g_autofree char *not_approved = read_paper (f, YZ_PAPER_NOT_APPROVED);

  if (not_accepted == NULL || not_approved == NULL)
    return;
  assert_says (not_accepted, "不予受理通知书");
  assert_says (not_approved, "不予批准决定书");
  assert_says (not_approved, "1. 结婚证照片模糊");
  assert_says (not_approved, "2. 缺少投靠人身份证");
  assert_says (not_approved, "浙江省常住户口登记管理规定");
  assert_says (not_approved, "六十日");
}

static void
test_practice_is_marked (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  f->facts.is_practice = TRUE;
  text = read_paper (f, YZ_PAPER_RECEIPT);
  if (text != NULL)
    assert_says (text, "练习用，无效力");
}

static void
test_long_notice_turns_pages (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  guint i;

  f->facts.missing = g_ptr_array_new_with_free_func (g_free);
  for (i = 0; i < 80; i++)
    g_ptr_array_add (f->facts.missing, g_strdup_printf ("Fact number %u is missing.", i + 1));
  text = read_paper (f, YZ_PAPER_NOTICE);
  g_ptr_array_unref (f->facts.missing);
  if (text == NULL)
    return;
  assert_says (text, "80. Fact number 80 is missing.");
  assert_says (text, "第 3 页 共 ");
}

static void
test_unwritable (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "nowhere", "receipt.pdf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_papers_print_receipt_pdf (&f->facts, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, path));
}

static void
add (const char *name, void (*test) (Fixture *f, gconstpointer data))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add ("/papers/receipt-names-case-applicant-and-deadline", test_receipt);
  add ("/papers/receipt-tells-imported-pages-apart", test_receipt_tells_imported_pages_apart);
  add ("/papers/receipt-is-plain-chinese-for-chinese-readers", test_receipt_is_plain_chinese);
  add ("/papers/receipt-without-limit-says-on-the-spot", test_on_the_spot);
  add ("/papers/receipt-code-is-the-case-number", test_code);
  add ("/papers/notice-tells-everything-at-once", test_notice);
  add ("/papers/refusal-gives-reasons-basis-and-remedies", test_refusals);
  add ("/papers/practice-is-marked", test_practice_is_marked);
  add ("/papers/long-notice-turns-pages", test_long_notice_turns_pages);
  add ("/papers/unwritable-place-is-a-sentence", test_unwritable);
  return g_test_run ();
}
