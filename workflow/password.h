/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Passwords, kept as argon2id (RFC 9106) with 19 MiB and two passes: about 30 ms a try.
 */

/* Returns: (transfer full): what the store keeps, salt and cost inside it */
char *yz_password_seal (const char *password);
/* Takes the same time whether @sealed is right, wrong or NULL (nobody has that login). */
gboolean yz_password_check (const char *sealed, const char *password);

G_END_DECLS
