/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"

G_BEGIN_DECLS

/**
 * yz_document_count_async:
 * @original: PDF bytes
 *
 * Asks the darkroom how many leaves a document has. Errors as yz_darkroom_develop_leaf_async() has
 * them; UNSUPPORTED as well when it has too many to be taken in.
 */
void yz_document_count_async (YzDarkroom *darkroom,
                              GBytes *original,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Returns: how many, at least 1; 0 on error */
guint yz_document_count_finish (YzDarkroom *darkroom, GAsyncResult *result, GError **error);
/* The same, blocking. */
guint yz_document_count (YzDarkroom *darkroom, GBytes *original, GError **error);

G_END_DECLS
