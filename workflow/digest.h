/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Digests: SHA-256 (FIPS 180-4) by OpenSSL, which is nine times faster than GChecksum here.
 */

#define YZ_DIGEST_HEX 64 /* characters of a digest in hex */

/* Returns: (transfer full): 64 lower-case hex characters */
char *yz_digest_bytes (gconstpointer data, gsize length);

/* A digest fed piece by piece. */
typedef struct _YzDigest YzDigest;
YzDigest *yz_digest_new (void);
void yz_digest_update (YzDigest *self, gconstpointer data, gsize length);
char *yz_digest_finish (YzDigest *self); /* (transfer full) hex; nothing may be fed afterwards */
void yz_digest_free (YzDigest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzDigest, yz_digest_free)

/* TRUE when @text is 64 lower-case hex characters: fit to name a file. */
gboolean yz_digest_is_hex (const char *text);

G_END_DECLS
