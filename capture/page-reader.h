/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"
#include "capture/reading.h"

G_BEGIN_DECLS

/*
 * The desk's side of reading: which way a page is up, its words, its barcodes. The work is done by
 * the helper of a darkroom made with yz_darkroom_new_to_read(), in the background.
 */

/**
 * yz_page_reader_read_async:
 * @darkroom: one that was made to read
 * @original: JPEG or PNG bytes; of a PDF the first leaf is read
 * @what: words, codes or both
 * @corners: (nullable): 8 numbers, where the page lies; NULL for the whole picture
 * @rotation: quarter turns clockwise known so far
 *
 * Errors as yz_darkroom_develop_async() has them; UNSUPPORTED as well, with a sentence, when the
 * language data is not installed.
 */
void yz_page_reader_read_async (YzDarkroom *darkroom,
                                GBytes *original,
                                YzRead what,
                                const double *corners,
                                guint rotation,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
YzReading *yz_page_reader_read_finish (YzDarkroom *darkroom, GAsyncResult *result, GError **error);
/* The same of any leaf of a document; ends with yz_page_reader_read_finish(). */
void yz_page_reader_read_leaf_async (YzDarkroom *darkroom,
                                     GBytes *original,
                                     YzRead what,
                                     const YzDevelopment *development,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
YzReading *yz_page_reader_read_leaf (YzDarkroom *darkroom,
                                     GBytes *original,
                                     YzRead what,
                                     const YzDevelopment *development,
                                     GError **error);
/* The same of a picture, blocking. */
YzReading *yz_page_reader_read (YzDarkroom *darkroom,
                                GBytes *original,
                                YzRead what,
                                const double *corners,
                                guint rotation,
                                GError **error);

G_END_DECLS
