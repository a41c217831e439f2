/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/* What is wrong with a picture; the clerk hears each as a sentence. */
typedef enum {
  YZ_VERDICT_NONE = 0,
  YZ_VERDICT_BLANK = 1 << 0,
  YZ_VERDICT_BLURRED = 1 << 1,
  YZ_VERDICT_NO_PAGE = 1 << 2, /* no page found; the whole frame is kept */
  YZ_VERDICT_DARK = 1 << 3,
  YZ_VERDICT_CUT_OFF = 1 << 4, /* the page touches the frame's edge */
  YZ_VERDICT_GLARE = 1 << 5,
  YZ_VERDICT_FINGER = 1 << 6,
  YZ_VERDICT_COARSE = 1 << 7,     /* fewer pixels per inch than its material demands */
  YZ_VERDICT_UNEXPECTED = 1 << 8, /* of another size than what its material is */
  YZ_VERDICT_SAME = 1 << 9,       /* an earlier page of the case, taken again */
  YZ_VERDICT_TURNED = 1 << 10,    /* its words do not stand upright */
} YzVerdict;

/**
 * yz_verdict_to_string:
 *
 * Returns: (transfer full): the names with commas between, "blank,blurred"; "" for none
 */
char *yz_verdict_to_string (YzVerdict verdicts);

/**
 * yz_verdict_from_string:
 * @text: (nullable): as yz_verdict_to_string() writes it; unknown names are passed over
 */
YzVerdict yz_verdict_from_string (const char *text);

/* Papers that are told apart by their proportion. */
typedef enum {
  YZ_PAPER_UNKNOWN,
  YZ_PAPER_A3,
  YZ_PAPER_A4,
  YZ_PAPER_A5,
  YZ_PAPER_B5,
  YZ_PAPER_ID_CARD, /* ISO/IEC 7810 ID-1, 85.6 × 54 mm */
  YZ_PAPER_BOOKLET, /* a household booklet, 143 × 105 mm */
} YzPaper;
const char *yz_paper_to_string (YzPaper paper); /* "a4", "id-card" */
YzPaper yz_paper_from_string (const char *text);
double yz_paper_get_longer_side (YzPaper paper); /* millimetres, 0 unknown */

/* One document in the frame: where its corners are, and how sure that is. */
typedef struct {
  double corners[8]; /* x,y clockwise from the document's top left, original pixels */
  double confidence; /* 0 … 1 */
  guint dpi;         /* effective, from the recognised paper size; 0 unknown */
  YzPaper paper;
} YzOutline;

/*
 * A finished page: immutable, reference-counted; read its fields.
 *
 * Corners are pixels of the original as its file stores it: an EXIF orientation is not applied to
 * them, "top left" is where the stored picture has it, and (0,0) is the outer corner of the first
 * stored pixel, so a page that fills the frame ends at (width, height). The picture, the thumbnail
 * and the JPEG are upright: the EXIF orientation is applied to them as quarter turns.
 */
typedef struct {
  int width, height; /* of the original */
  guint quarters;    /* turns clockwise that its file asks for (EXIF) */
  gboolean found;
  double corners[8]; /* x,y clockwise from the page's top left, original pixels */
  double confidence; /* 0 … 1 */
  guint dpi;         /* effective, from the recognised paper size; 0 unknown */
  YzPaper paper;
  double sharpness; /* 0 … 1 */
  double skew;      /* of the text lines, degrees clockwise, when asked for and found; else 0 */
  YzVerdict verdicts;
  GArray *outlines;    /* of YzOutline: every document in the frame, in reading order */
  YzBitmap *thumbnail; /* straightened, at most 160 px wide and high */
  YzBitmap *picture;   /* (nullable) straightened, when asked for */
  GBytes *jpeg;        /* (nullable) straightened, quality 85, when asked for; a PNG when bitonal */
} YzPage;

/**
 * yz_page_new:
 *
 * Returns: (transfer full): an empty page for its maker to fill: no document, no verdict
 */
YzPage *yz_page_new (void);
YzPage *yz_page_ref (YzPage *self);
void yz_page_unref (YzPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzPage, yz_page_unref)

/**
 * yz_page_take_outlines:
 * @outlines: (transfer full): of YzOutline, in reading order
 *
 * Keeps the documents, and the surest of them as the page itself.
 */
void yz_page_take_outlines (YzPage *self, GArray *outlines);

G_END_DECLS
