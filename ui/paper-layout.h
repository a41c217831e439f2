/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/qr-code.h"

G_BEGIN_DECLS

/*
 * The compositor of printed papers: blocks fall from top to bottom onto A4 pages, and none is cut
 * in two. All lengths are points (1/72 inch), so the same drawing serves PDF and GtkPrintOperation.
 */
typedef struct _YzPaperLayout YzPaperLayout;

#define YZ_PAPER_WIDTH 595.276
#define YZ_PAPER_HEIGHT 841.89

/* Drawn as a box, and always said in words beside it. */
typedef enum {
  YZ_PAPER_MARK_NONE,
  YZ_PAPER_MARK_HAVE,
  YZ_PAPER_MARK_MISSING,
  YZ_PAPER_MARK_FAULTY,
} YzPaperMark;

YzPaperLayout *yz_paper_layout_new (void);
void yz_paper_layout_free (YzPaperLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzPaperLayout, yz_paper_layout_free)

/*
 * Texts come in pairs: the Chinese, and the same in the reader's language or NULL, set smaller.
 */
void yz_paper_layout_add_head (YzPaperLayout *self,
                               const char *organ,
                               const char *title,
                               const char *second,
                               YzQrCode *code /* (transfer full) (nullable) */);
void yz_paper_layout_add_row (YzPaperLayout *self,
                              const char *label,
                              const char *second_label,
                              const char *value,
                              const char *second_value);
void yz_paper_layout_add_heading (YzPaperLayout *self, const char *text, const char *second);
void yz_paper_layout_add_paragraph (YzPaperLayout *self, const char *text, const char *second);
void yz_paper_layout_add_item (YzPaperLayout *self,
                               YzPaperMark mark,
                               const char *text,
                               const char *second);
/* Two places to sign, side by side, each with a line and a date. */
void yz_paper_layout_add_signatures (YzPaperLayout *self,
                                     const char *left,
                                     const char *second_left,
                                     const char *right,
                                     const char *second_right);

/* Stands at the foot of every page beside the page number. */
void yz_paper_layout_set_foot (YzPaperLayout *self, const char *text);
/* Written across every page: "练习" on papers of the practice store. */
void yz_paper_layout_set_watermark (YzPaperLayout *self, const char *text);

guint yz_paper_layout_count_pages (const YzPaperLayout *self);
void yz_paper_layout_draw (const YzPaperLayout *self, cairo_t *cr, guint page /* from 0 */);

G_END_DECLS
