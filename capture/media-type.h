/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What kind of file an original is. A picture is one page; a document has leaves, and each becomes
 * a sheet of its own: they share one original, and the media type says which leaf is meant, as in
 * "application/pdf;page=3".
 */

/**
 * yz_media_type_guess:
 *
 * Looks at the first bytes and reads no further. A PDF may have up to a kilobyte of something else
 * in front.
 *
 * Returns: "image/jpeg", "image/png" or "application/pdf"; NULL for anything else
 */
const char *yz_media_type_guess (const guint8 *data, gsize length);

/* Whether such a file has leaves. (nullable) */
gboolean yz_media_type_is_document (const char *media_type);

/* (transfer full): "application/pdf;page=N" for leaf N, from 1. */
char *yz_media_type_name_leaf (guint leaf);

/**
 * yz_media_type_get_leaf:
 * @media_type: (nullable): of a sheet
 *
 * Returns: the leaf, from 1; 0 for a picture
 */
guint yz_media_type_get_leaf (const char *media_type);

/* What the name of such a file ends with, without the dot: "jpg", "png", "pdf". */
const char *yz_media_type_get_suffix (const char *media_type);

G_END_DECLS
