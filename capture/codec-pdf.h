/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/codec.h"

G_BEGIN_DECLS

/*
 * The leaves of a PDF as pictures. A leaf is drawn at YZ_PDF_DENSITY pixels an inch, or at as many
 * as a picture may have; that is what its corners count in, whatever a smaller drawing shows.
 * Scripts of a PDF are never run, and what is attached to it is not opened.
 */
#define YZ_PDF_DENSITY 300
#define YZ_PDF_MAX_LEAVES 1000

/**
 * yz_pdf_warm_up:
 *
 * Draws a leaf of our own with letters in it, so that everything that the library opens but once
 * (fonts' configuration, tables of characters) is open before the process is shut in.
 */
void yz_pdf_warm_up (void);

/* From now on a leaf with letters whose font is not in the file is refused (UNSUPPORTED): this
 * process cannot fetch fonts, and a page with gaps must not pass for the whole one. */
void yz_pdf_refuse_foreign_fonts (void);

/**
 * yz_pdf_count_leaves:
 * @out_leaves: (out)
 *
 * Returns: FALSE with UNSUPPORTED when it is locked, empty or has more than YZ_PDF_MAX_LEAVES,
 * HOSTILE when it is damaged
 */
gboolean yz_pdf_count_leaves (const guint8 *data, gsize length, guint *out_leaves, GError **error);

/* A leaf's size on paper, and what it would be as a picture. */
typedef struct {
  int width, height; /* pixels at @density */
  double density;    /* pixels an inch */
} YzPdfLeaf;

/**
 * yz_pdf_decode:
 * @leaf: from 1; 0 is the first as well
 * @longest: 0 for all pixels; else the drawing's longest side has that many, or all
 * @out_leaf: (out): at full size, also when the drawing is smaller
 *
 * Draws a leaf on white paper as it is to be seen: turned as it says, with notes and filled-in
 * fields. Letters whose font is not in the file are drawn with one of this system.
 *
 * Returns: (transfer full): the pixels; NULL with UNSUPPORTED or HOSTILE
 */
YzBitmap *yz_pdf_decode (
    const guint8 *data, gsize length, guint leaf, int longest, YzPdfLeaf *out_leaf, GError **error);

/**
 * yz_pdf_measure_dpi:
 *
 * A leaf that is nothing but a picture, as scanners make them, has no more to show than that
 * picture.
 *
 * Returns: that picture's pixels an inch of the leaf, 0 when the leaf is more than a picture or
 * cannot be read
 */
guint yz_pdf_measure_dpi (const guint8 *data, gsize length, guint leaf);

G_END_DECLS
