/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/papers.h"

#include "ui/paper-layout.h"
#include "ui/words.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* What a paper is called; the Chinese is the legal title and is never translated. */
static const struct {
  const char *title;
  const char *second;
  const char *stem; /* in file names */
} KINDS[] = {
  [YZ_PAPER_RECEIPT] = { "受理回执", N_ ("Acceptance receipt"), "receipt" },
  [YZ_PAPER_NOTICE] = { "户口业务办理一次性告知单", N_ ("One-time notice"), "notice" },
  [YZ_PAPER_NOT_ACCEPTED] = { "不予受理通知书", N_ ("Notice of refusal to accept"),
                              "not-accepted" },
  [YZ_PAPER_NOT_APPROVED] = { "不予批准决定书", N_ ("Decision not to approve"), "not-approved" },
};

typedef struct {
  const YzPaperFacts *facts;
  YzPaperLayout *layout;
  gboolean second; /* the reader's language is not Chinese */
} Composition;

static gboolean
reads_another_language (void)
{
  return !g_str_has_prefix (g_get_language_names ()[0], "zh");
}

/* The same in the reader's language, or NULL when that is Chinese. */
static const char *
tell (const Composition *self, const char *msgid)
{
  return self->second ? _ (msgid) : NULL;
}

static void
add_row (
    Composition *self, const char *label, const char *msgid, const char *value, const char *second)
{
  yz_paper_layout_add_row (self->layout, label, tell (self, msgid), value,
                           self->second && g_strcmp0 (value, second) != 0 ? second : NULL);
}

static GDateTime *
get_china_time (gint64 time)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return utc == NULL ? NULL : g_date_time_to_timezone (utc, china);
}

static char *
format_time (gint64 time, const char *format)
{
  g_autoptr (GDateTime) moment = get_china_time (time);

  return moment == NULL ? g_strdup ("") : g_date_time_format (moment, format);
}

static void
add_time_row (Composition *self, const char *label, const char *msgid, gint64 time)
{
  g_autofree char *text = format_time (time, "%Y年%-m月%-d日 %H:%M");
  g_autofree char *second = format_time (time, "%Y-%m-%d %H:%M");

  add_row (self, label, msgid, text, second);
}

static GKeyFile *
read_definition (const YzMatter *matter)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (matter->text == NULL || !g_key_file_load_from_data (file, matter->text, strlen (matter->text),
                                                          G_KEY_FILE_KEEP_TRANSLATIONS, NULL))
    return NULL;
  return g_steal_pointer (&file);
}

static gboolean
group_is_named (GKeyFile *file, const char *group, const char *name)
{
  g_autofree char *plain = g_key_file_get_string (file, group, "Name", NULL);
  g_autofree char *local = g_key_file_get_locale_string (file, group, "Name", NULL, NULL);

  return g_strcmp0 (plain, name) == 0 || g_strcmp0 (local, name) == 0;
}

/* The material's Chinese name, which the snapshot does not carry but the definition does. */
static char *
find_chinese_name (const YzMatter *matter, const char *name)
{
  g_autoptr (GKeyFile) file = read_definition (matter);
  g_auto (GStrv) groups = file == NULL ? NULL : g_key_file_get_groups (file, NULL);
  gsize i;

  for (i = 0; groups != NULL && groups[i] != NULL; i++)
    if (group_is_named (file, groups[i], name)) {
      g_autofree char *chinese =
          g_key_file_get_locale_string (file, groups[i], "Name", "zh_CN", NULL);

      if (chinese != NULL)
        return g_steal_pointer (&chinese);
    }
  return g_strdup (name);
}

/* (nullable) @origin: any */
static guint
count_sheets_from (const YzDossier *dossier,
                   const char *material,
                   const char *origin,
                   gboolean *out_faulty)
{
  guint count = 0;
  guint i;

  for (i = 0; dossier->sheets != NULL && i < dossier->sheets->len; i++) {
    const YzSheet *sheet = dossier->sheets->pdata[i];

    if (g_strcmp0 (sheet->material, material) != 0 ||
        (origin != NULL && g_strcmp0 (sheet->origin, origin) != 0))
      continue;
    count++;
    if (sheet->verdicts != NULL && *sheet->verdicts != '\0')
      *out_faulty = TRUE;
  }
  return count;
}

static guint
count_sheets (const YzDossier *dossier, const char *material, gboolean *out_faulty)
{
  return count_sheets_from (dossier, material, NULL, out_faulty);
}

static void
add_material (Composition *self, const YzMaterial *material, guint count, gboolean faulty)
{
  g_autofree char *chinese = find_chinese_name (self->facts->matter, material->name);
  const char *state;
  const char *second_state;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;
  YzPaperMark mark;

  if (faulty) {
    mark = YZ_PAPER_MARK_FAULTY;
    state = "有缺陷，请重新提供";
    second_state = _ ("defective, to be brought again");
  } else if (count > 0) {
    mark = YZ_PAPER_MARK_HAVE;
    state = "已收";
    second_state = _ ("received");
  } else {
    mark = YZ_PAPER_MARK_MISSING;
    state = material->later ? "可受理后补交" : "缺";
    second_state = material->later ? _ ("may follow after acceptance") : _ ("missing");
  }
  text = count > 0 ? g_strdup_printf ("%s：%s（%u 页）", chinese, state, count)
                   : g_strdup_printf ("%s：%s", chinese, state);
  second = g_strdup_printf ("%s: %s", material->name, second_state);
  yz_paper_layout_add_item (self->layout, mark, text, self->second ? second : NULL);
}

static guint
count_materials (const YzMatter *matter)
{
  return matter->materials == NULL ? 0 : matter->materials->len;
}

static void
add_originals_from (Composition *self, const char *origin)
{
  guint i;

  for (i = 0; i < count_materials (self->facts->matter); i++) {
    const YzMaterial *material = self->facts->matter->materials->pdata[i];
    gboolean faulty = FALSE;
    guint count = count_sheets_from (self->facts->dossier, material->id, origin, &faulty);

    if (count > 0)
      add_material (self, material, count, FALSE);
  }
}

static gboolean
has_imported (const YzDossier *dossier, gboolean imported)
{
  for (guint i = 0; dossier->sheets != NULL && i < dossier->sheets->len; i++)
    if (yz_words_is_imported (dossier->sheets->pdata[i]) == imported)
      return TRUE;
  return FALSE;
}

/* What was photographed: the originals go back into the applicant's hands. Of what came as files
 * nobody saw an original here. */
static void
add_returned_originals (Composition *self)
{
  const gboolean imported = has_imported (self->facts->dossier, TRUE);

  if (!imported || has_imported (self->facts->dossier, FALSE))
    yz_paper_layout_add_heading (self->layout, "已拍摄并当场退还的原件",
                                 tell (self, N_ ("Originals photographed and returned")));
  add_originals_from (self, "camera");
  if (!imported)
    return;
  yz_paper_layout_add_heading (self->layout, "以文件形式导入的材料（非相机拍摄）",
                               tell (self, N_ ("Imported from files (not seen by a camera)")));
  add_originals_from (self, "import");
}

/* What is asked for, received, missing or defective. A condition that nobody has answered is told
 * with its words, so that nothing is asked for on a second visit. */
static void
add_demanded_originals (Composition *self)
{
  guint i;

  yz_paper_layout_add_heading (self->layout, "所需原件",
                               tell (self, N_ ("Originals that are needed")));
  for (i = 0; i < count_materials (self->facts->matter); i++) {
    const YzMaterial *material = self->facts->matter->materials->pdata[i];
    gboolean faulty = FALSE;
    guint count = count_sheets (self->facts->dossier, material->id, &faulty);

    if (material->required || count > 0 || material->condition == NULL)
      add_material (self, material, count, faulty);
  }
}

static void
add_conditional_originals (Composition *self)
{
  gboolean is_headed = FALSE;
  guint i;

  for (i = 0; i < count_materials (self->facts->matter); i++) {
    const YzMaterial *material = self->facts->matter->materials->pdata[i];
    gboolean faulty = FALSE;
    g_autofree char *chinese = NULL;
    g_autofree char *text = NULL;

    if (material->required || material->condition == NULL ||
        count_sheets (self->facts->dossier, material->id, &faulty) > 0)
      continue;
    if (!is_headed)
      yz_paper_layout_add_heading (self->layout, "符合下列情形时另需",
                                   tell (self, N_ ("Needed only where this applies")));
    is_headed = TRUE;
    chinese = find_chinese_name (self->facts->matter, material->name);
    text = g_strdup_printf ("%s：%s", chinese, material->condition);
    yz_paper_layout_add_item (self->layout, YZ_PAPER_MARK_MISSING, text, NULL);
  }
}

static const YzEvent *
find_reasoned_event (const YzDossier *dossier)
{
  guint i;

  for (i = dossier->events == NULL ? 0 : dossier->events->len; i > 0; i--) {
    const YzEvent *event = dossier->events->pdata[i - 1];

    if (event->note != NULL && *event->note != '\0')
      return event;
  }
  return NULL;
}

static void
add_lines (Composition *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gsize i;

  for (i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      yz_paper_layout_add_paragraph (self->layout, lines[i], NULL);
}

static void
add_reason (Composition *self, const char *heading, const char *msgid)
{
  const YzEvent *event = find_reasoned_event (self->facts->dossier);

  if (event == NULL)
    return;
  yz_paper_layout_add_heading (self->layout, heading, tell (self, msgid));
  add_lines (self, event->note);
  if (event->basis == NULL || *event->basis == '\0')
    return;
  yz_paper_layout_add_heading (self->layout, "法律依据", tell (self, N_ ("Legal basis")));
  add_lines (self, event->basis);
}

static void
add_applicant (Composition *self)
{
  const YzDossier *dossier = self->facts->dossier;
  const YzMatter *matter = self->facts->matter;
  g_autofree char *matter_text = g_strdup_printf ("%s  %s", matter->code, matter->name_cn);

  add_row (self, "受理编号", N_ ("Case number"), dossier->number, NULL);
  add_row (self, "办理事项", N_ ("Matter"), matter_text, matter->name);
  add_row (self, "申请人", N_ ("Applicant"), dossier->applicant, NULL);
  if (dossier->applicant_number != NULL && *dossier->applicant_number != '\0')
    add_row (self, "公民身份号码", N_ ("Citizen ID number"), dossier->applicant_number, NULL);
}

static void
add_promise (Composition *self)
{
  const YzDossier *dossier = self->facts->dossier;

  if (dossier->due != 0)
    add_time_row (self, "承诺办结时间", N_ ("Promised by"), dossier->due);
  else
    add_row (self, "承诺办结时间", N_ ("Promised by"),
             self->facts->matter->limit == 0 ? "当场办结" : "自受理之日起计算",
             self->facts->matter->limit == 0 ? _ ("done on the spot")
                                             : _ ("counted from the day of acceptance"));
}

static void
compose_receipt (Composition *self)
{
  const YzDossier *dossier = self->facts->dossier;

  add_applicant (self);
  add_time_row (self, "受理时间", N_ ("Accepted at"),
                dossier->accepted_at != 0 ? dossier->accepted_at : self->facts->printed_at);
  add_promise (self);
  add_row (self, "受理窗口", N_ ("Window"), dossier->unit_name, NULL);
  add_row (self, "首接责任人", N_ ("Responsible officer"), self->facts->officer, NULL);
  if (self->facts->matter->result != NULL && *self->facts->matter->result != '\0')
    add_row (self, "办理结果", N_ ("Result"), self->facts->matter->result, NULL);
  add_returned_originals (self);
  yz_paper_layout_add_heading (self->layout, "查询与领取",
                               tell (self, N_ ("Asking and collecting")));
  yz_paper_layout_add_paragraph (
      self->layout,
      "凭本回执上的受理编号或二维码，可向受理窗口查询办理进度；领取结果时，请出示本回执和申请人的居"
      "民身份证。",
      tell (self,
            N_ ("With the case number or the QR code on this receipt the window tells how far the "
                "case is. To collect the result, show this receipt and the applicant's ID card.")));
  yz_paper_layout_add_signatures (self->layout, "受理人（受理专用章）",
                                  tell (self, N_ ("Accepted by (seal)")), "申请人签收",
                                  tell (self, N_ ("Received by the applicant")));
}

static void
compose_notice (Composition *self)
{
  guint i;

  add_applicant (self);
  add_time_row (self, "告知时间", N_ ("Told at"), self->facts->printed_at);
  add_row (self, "受理窗口", N_ ("Window"), self->facts->dossier->unit_name, NULL);
  add_row (self, "首接责任人", N_ ("Responsible officer"), self->facts->officer, NULL);
  add_demanded_originals (self);
  add_conditional_originals (self);
  if (self->facts->missing != NULL && self->facts->missing->len > 0)
    yz_paper_layout_add_heading (self->layout, "需要补正的内容",
                                 tell (self, N_ ("What is to be completed")));
  for (i = 0; self->facts->missing != NULL && i < self->facts->missing->len; i++) {
    g_autofree char *text =
        g_strdup_printf ("%u. %s", i + 1, (const char *) self->facts->missing->pdata[i]);

    yz_paper_layout_add_paragraph (self->layout, text, NULL);
  }
  if (self->facts->dossier->kind == YZ_STATE_PAUSED)
    add_reason (self, "退回补正的理由", N_ ("Why it came back"));
  yz_paper_layout_add_paragraph (
      self->layout,
      "以上为需要补正的全部内容，依照《中华人民共和国行政许可法》第三十二条一次告知。补正所用时间不"
      "计入办理时限。",
      tell (self,
            N_ ("This is everything that is missing, told at once as Article 32 of the "
                "Administrative Licensing Law demands. The time until it is completed does not "
                "count towards the limit.")));
  yz_paper_layout_add_signatures (self->layout, "告知人", tell (self, N_ ("Told by")), "申请人签收",
                                  tell (self, N_ ("Received by the applicant")));
}

static void
compose_refusal (Composition *self)
{
  add_applicant (self);
  add_time_row (self, "日期", N_ ("Date"), self->facts->printed_at);
  add_row (self, "受理窗口", N_ ("Window"), self->facts->dossier->unit_name, NULL);
  yz_paper_layout_add_paragraph (
      self->layout,
      self->facts->kind == YZ_PAPER_NOT_ACCEPTED ? "经审查，决定对上述申请不予受理。"
                                                 : "经审查，决定对上述申请不予批准。",
      self->facts->kind == YZ_PAPER_NOT_ACCEPTED
          ? tell (self, N_ ("After examination this application is not accepted."))
          : tell (self, N_ ("After examination this application is not approved.")));
  add_reason (self, "理由", N_ ("Reasons"));
  yz_paper_layout_add_heading (self->layout, "救济途径", tell (self, N_ ("Remedies")));
  /* Administrative Reconsideration Law (2023) Art. 20, Administrative Litigation Law Art. 46. */
  yz_paper_layout_add_paragraph (
      self->layout,
      "如不服本决定，可以自收到之日起六十日内依法申请行政复议，或者六个月内依法向人民法院提起行政诉"
      "讼。",
      tell (self,
            N_ ("Against this decision administrative reconsideration may be applied for within 60 "
                "days of receiving it, or a lawsuit filed with the people's court within six "
                "months.")));
  yz_paper_layout_add_signatures (self->layout, "决定机关（印章）",
                                  tell (self, N_ ("Deciding organ (seal)")), "申请人签收",
                                  tell (self, N_ ("Received by the applicant")));
}

struct _YzPrintout {
  YzPaperLayout *layout;
};

static void
add_head (Composition *self)
{
  const YzPaperFacts *facts = self->facts;

  yz_paper_layout_add_head (self->layout, facts->dossier->unit_name, KINDS[facts->kind].title,
                            tell (self, KINDS[facts->kind].second),
                            yz_qr_code_new (facts->dossier->number, NULL));
}

static void
set_foot (Composition *self)
{
  g_autofree char *time = format_time (self->facts->printed_at, "%Y-%m-%d %H:%M");
  g_autofree char *text =
      g_strdup_printf ("%s    打印时间 %s%s", self->facts->dossier->number, time,
                       self->facts->is_practice ? "    练习用，无效力" : "");

  yz_paper_layout_set_foot (self->layout, text);
  if (self->facts->is_practice)
    yz_paper_layout_set_watermark (self->layout, "练习");
}

YzPrintout *
yz_printout_new (const YzPaperFacts *facts)
{
  YzPrintout *self;
  Composition composition;

  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (facts->dossier != NULL, NULL);
  g_return_val_if_fail (facts->matter != NULL, NULL);

  self = g_new0 (YzPrintout, 1);
  self->layout = yz_paper_layout_new ();
  composition.facts = facts;
  composition.layout = self->layout;
  composition.second = reads_another_language ();
  add_head (&composition);
  set_foot (&composition);
  switch (facts->kind) {
  case YZ_PAPER_RECEIPT:
    compose_receipt (&composition);
    break;
  case YZ_PAPER_NOTICE:
    compose_notice (&composition);
    break;
  case YZ_PAPER_NOT_ACCEPTED:
  case YZ_PAPER_NOT_APPROVED:
    compose_refusal (&composition);
    break;
  default:
    g_assert_not_reached ();
  }
  return self;
}

void
yz_printout_free (YzPrintout *self)
{
  if (self == NULL)
    return;
  yz_paper_layout_free (self->layout);
  g_free (self);
}

guint
yz_printout_count_pages (const YzPrintout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return yz_paper_layout_count_pages (self->layout);
}

void
yz_printout_draw (const YzPrintout *self, cairo_t *cr, guint page)
{
  g_return_if_fail (self != NULL);

  yz_paper_layout_draw (self->layout, cr, page);
}

static cairo_status_t
draw_pdf (const YzPrintout *paper, const YzPaperFacts *facts, const char *path)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, YZ_PAPER_WIDTH, YZ_PAPER_HEIGHT);
  cairo_t *cr;
  cairo_status_t status;
  guint page;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, KINDS[facts->kind].title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, facts->dossier->number);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Yizhan");
  cr = cairo_create (surface);
  for (page = 0; page < yz_printout_count_pages (paper); page++) {
    yz_printout_draw (paper, cr, page);
    cairo_show_page (cr);
  }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

gboolean
yz_papers_print_pdf (const YzPaperFacts *facts, const char *path, GError **error)
{
  g_autoptr (YzPrintout) paper = yz_printout_new (facts);
  g_autofree char *half = NULL;

  g_return_val_if_fail (paper != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  half = g_strconcat (path, ".part", NULL);
  if (draw_pdf (paper, facts, half) == CAIRO_STATUS_SUCCESS && g_rename (half, path) == 0)
    return TRUE;
  (void) g_unlink (half);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _ ("The paper could not be written to “%s”. The case itself is kept. Choose another "
                  "folder and print it again."),
               path);
  return FALSE;
}

gboolean
yz_papers_print_receipt_pdf (const YzPaperFacts *facts, const char *path, GError **error)
{
  YzPaperFacts receipt;

  g_return_val_if_fail (facts != NULL, FALSE);

  receipt = *facts;
  receipt.kind = YZ_PAPER_RECEIPT;
  return yz_papers_print_pdf (&receipt, path, error);
}

char *
yz_papers_make_file_name (const YzPaperFacts *facts)
{
  g_return_val_if_fail (facts != NULL, NULL);

  return g_strdup_printf ("%s-%s.pdf", facts->dossier->number, KINDS[facts->kind].stem);
}

const char *
yz_papers_get_title (YzPaperKind kind)
{
  return reads_another_language () ? _ (KINDS[kind].second) : KINDS[kind].title;
}
