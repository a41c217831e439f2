/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/dossier.h"

#include <cairo.h>

G_BEGIN_DECLS

/*
 * The papers a window hands out, printed from the same data the case consists of: what the list on
 * the paper says and what the store holds cannot differ. Chinese always; where the reader's
 * language is another, it stands beneath, smaller.
 */
typedef enum {
  YZ_PAPER_RECEIPT,      /* 受理回执 */
  YZ_PAPER_NOTICE,       /* 一次性告知单: everything that is missing, told at once */
  YZ_PAPER_NOT_ACCEPTED, /* 不予受理通知书 */
  YZ_PAPER_NOT_APPROVED, /* 不予批准决定书 */
} YzPaperKind;

typedef struct {
  YzPaperKind kind;
  const YzDossier *dossier; /* loaded whole, with persons, sheets and events */
  const YzMatter *matter;
  const char *officer;  /* name of who hands it out */
  gint64 printed_at;    /* microseconds since 1970 UTC */
  GPtrArray *missing;   /* (nullable) (element-type utf8): more that is missing, for the notice */
  gboolean is_practice; /* then every page says so */
} YzPaperFacts;

typedef struct _YzPrintout YzPrintout;

/**
 * yz_printout_new:
 * @facts: read during the call only
 *
 * Sets the paper, ready to be drawn on A4 pages.
 *
 * Returns: (transfer full): the paper
 */
YzPrintout *yz_printout_new (const YzPaperFacts *facts);
void yz_printout_free (YzPrintout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzPrintout, yz_printout_free)
guint yz_printout_count_pages (const YzPrintout *self);

/**
 * yz_printout_draw:
 * @cr: in points, the origin at the paper's corner: what GtkPrintOperation gives with
 *   gtk_print_operation_set_unit (GTK_UNIT_POINTS) and gtk_print_operation_set_use_full_page()
 * @page: from 0
 */
void yz_printout_draw (const YzPrintout *self, cairo_t *cr, guint page);

/**
 * yz_papers_print_pdf:
 * @path: written anew
 *
 * Writes the paper as a PDF file. Fails with G_IO_ERROR_FAILED when the file cannot be written; a
 * half-written file is not left behind.
 */
gboolean yz_papers_print_pdf (const YzPaperFacts *facts, const char *path, GError **error);

/**
 * yz_papers_print_receipt_pdf:
 *
 * The acceptance receipt as a PDF file: yz_papers_print_pdf() with the kind set.
 */
gboolean yz_papers_print_receipt_pdf (const YzPaperFacts *facts, const char *path, GError **error);

/* What the paper is called, in the reader's language. */
const char *yz_papers_get_title (YzPaperKind kind);

/* A file name for the paper: "YZ01-2026-000123-receipt.pdf". */
char *yz_papers_make_file_name (const YzPaperFacts *facts);

G_END_DECLS
