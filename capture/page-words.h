/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/reading.h"

G_BEGIN_DECLS

/*
 * The words on a page, by Tesseract: simplified Chinese and what stands between it. It opens the
 * language data when it is made and no file afterwards, so it can be made before the process shuts
 * itself in.
 */
typedef struct _YzPageWords YzPageWords;

/**
 * yz_page_words_new:
 *
 * Returns: (transfer full) (nullable): a reader; NULL with UNSUPPORTED when the language data is
 * not installed
 */
YzPageWords *yz_page_words_new (GError **error);
void yz_page_words_free (YzPageWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzPageWords, yz_page_words_free)

/**
 * yz_page_words_read:
 * @page: the page, straightened; on any of its four sides
 * @dpi: its resolution, 0 when it is not known
 * @form: it is a form or card: read piece by piece, and join what stands beside each other to lines
 * @reading: gets quarters, sure, the sides and the lines
 *
 * Finds out which side is up and reads the lines. Where there are too few words for the
 * orientation to be measured, the page is read on several sides and the surest is kept.
 */
void yz_page_words_read (
    YzPageWords *self, YzBitmap *page, guint dpi, gboolean form, YzReading *reading);

G_END_DECLS
