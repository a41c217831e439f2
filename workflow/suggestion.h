/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/identity.h"

G_BEGIN_DECLS

/*
 * What the words on an identity card or a booklet page say about a person, offered to the clerk for
 * each field. Words read by a machine are never facts: only a citizen number whose check character
 * is right decides, and then it decides birth date and sex as well.
 */
typedef struct {
  char *name;    /* (nullable) */
  char *nation;  /* (nullable) ethnicity as printed, "汉" */
  char *address; /* (nullable) */
  char *number;  /* (nullable) citizen number with a right check character */
  YzSex sex;
  GDate birth;      /* invalid when unknown */
  gboolean decided; /* sex and birth come from the number, not from the words */
} YzSuggestion;

/**
 * yz_suggestion_read:
 * @text: what the reader found on one page, UTF-8, a line for each printed line; spaces between
 *   Chinese characters, as Tesseract puts them, do not matter
 * @today: a birth date after it is no birth date
 *
 * Looks for the labels printed on the second-generation identity card (GA 490) and on the member
 * page of the booklet.
 *
 * Returns: (transfer full) (nullable): what could be read, NULL when nothing was
 */
YzSuggestion *yz_suggestion_read (const char *text, const GDate *today);
YzSuggestion *yz_suggestion_copy (const YzSuggestion *self);
void yz_suggestion_free (YzSuggestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzSuggestion, yz_suggestion_free)

G_END_DECLS
