/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page-digest.h"

G_BEGIN_DECLS

/* What is to be read of a page. */
typedef enum {
  YZ_READ_WORDS = 1 << 0,
  YZ_READ_CODES = 1 << 1, /* barcodes and QR codes */
  YZ_READ_FORM =
      1 << 2, /* the words as of a form or card: piece by piece, those beside each other one line */
} YzRead;

/* A printed line, or a code with what it says. The box is in pixels of the page as it was read. */
typedef struct {
  char *text;        /* UTF-8, never empty */
  const char *kind;  /* NULL for a line; "qr", "code-128" and so on for a code */
  int x, y;          /* its top left */
  int width, height; /* at least 1 */
  double confidence; /* 0 … 1 */
} YzReadingPart;

/*
 * What stands on a page, read by machine: immutable, reference-counted; read its fields. Words
 * read by a machine are an offer, never a fact.
 */
typedef struct {
  int width, height;   /* of the page as it was read: straightened and upright */
  guint quarters;      /* quarter turns clockwise that made it upright */
  double sure;         /* of that, 0 … 1; 0 when the page has too few words to tell */
  YzPageDigest digest; /* of the page as it was read */
  GPtrArray *lines;    /* (element-type YzReadingPart) from the top down */
  GPtrArray *codes;    /* (element-type YzReadingPart) */
} YzReading;

YzReading *yz_reading_new (int width, int height);
YzReading *yz_reading_ref (YzReading *self);
void yz_reading_unref (YzReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzReading, yz_reading_unref)

/**
 * yz_reading_add:
 * @part: its text is copied, and left out when it is empty or no UTF-8
 *
 * Adds a line, or a code when @part names its kind.
 */
void yz_reading_add (YzReading *self, const YzReadingPart *part);

/**
 * yz_reading_get_text:
 *
 * Returns: (transfer full): all lines, each ended by a line feed
 */
char *yz_reading_get_text (const YzReading *self);

/**
 * yz_reading_close_up:
 * @text: UTF-8
 *
 * Readers put spaces between the words they guess, and Chinese has none: a space goes when a
 * Chinese character or full-width mark stands on either side of it. Spaces at the ends go as well.
 *
 * Returns: (transfer full): @text closed up
 */
char *yz_reading_close_up (const char *text);

/* Sides, quarters, sure, digest, lines, codes: what yz_reading_pack() makes. */
#define YZ_READING_FORM "(iiudaya(siiiid)a(ssiiiid))"

/* (transfer floating): all of it, to cross the line between helper and desk */
GVariant *yz_reading_pack (const YzReading *self);

/**
 * yz_reading_unpack:
 * @packed: of any type; nothing in it is believed
 *
 * Returns: (transfer full) (nullable): the reading; NULL with PROTOCOL when it is not of the agreed
 * form
 */
YzReading *yz_reading_unpack (GVariant *packed, GError **error);

G_END_DECLS
