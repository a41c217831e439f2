/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/identity.h"

G_BEGIN_DECLS

/*
 * What the words on an identity card or a booklet page say about a person, or those on a medical
 * certificate of birth about a child and its parents, offered to the clerk for each field. Words
 * read by a machine are never facts: only a citizen number whose check character is right decides,
 * and then it decides birth date and sex as well.
 */
typedef struct {
  char *name;    /* (nullable) */
  char *nation;  /* (nullable) ethnicity as printed, "汉" */
  char *address; /* (nullable) */
  char *number;  /* (nullable) citizen number with a right check character */
  YzSex sex;
  GDate birth;      /* invalid when unknown */
  gboolean decided; /* sex and birth come from the number, not from the words */
  /* (nullable) (element-type utf8 utf8): of a certificate of birth, which is nobody's card: the
   * facts of a registration of birth by their ids, dates as "2026-03-01" */
  GHashTable *facts;
} YzSuggestion;

/**
 * yz_suggestion_read:
 * @text: what the reader found on one page, UTF-8, a line for each printed line; spaces between
 *   Chinese characters, as Tesseract puts them, do not matter
 * @today: a birth date after it is no birth date
 *
 * Looks for the labels printed on the second-generation identity card (GA 490) and on the member
 * page of the booklet, and for those of the medical certificate of birth (出生医学证明, edition of
 * 2014 and later).
 *
 * Returns: (transfer full) (nullable): what could be read, NULL when nothing was
 */
YzSuggestion *yz_suggestion_read (const char *text, const GDate *today);
YzSuggestion *yz_suggestion_copy (const YzSuggestion *self);
void yz_suggestion_free (YzSuggestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzSuggestion, yz_suggestion_free)

G_END_DECLS
