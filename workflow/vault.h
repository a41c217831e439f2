/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The vault: originals as files named by their digest, FOLDER/ab/abcd…. A file is whole or not
 * there: it is written beside, synced, renamed, and its folder synced. What is there is never
 * written again.
 */
typedef struct _YzVault YzVault;

/**
 * yz_vault_open:
 * @folder: made when it is missing
 */
YzVault *yz_vault_open (const char *folder, GError **error);
/* The vault as it lies there; nothing is made. For reading only. */
YzVault *yz_vault_look (const char *folder);
void yz_vault_free (YzVault *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzVault, yz_vault_free)

/**
 * yz_vault_keep:
 *
 * Returns: (transfer full): the digest, once the bytes are on disk; NULL with
 *   YZ_WORKFLOW_ERROR_NO_SPACE or YZ_WORKFLOW_ERROR_FAILED, then nothing is kept
 */
char *yz_vault_keep (YzVault *self, GBytes *bytes, GError **error);

/* Removes what a kill left half-written, unless somebody is just writing. */
void yz_vault_sweep (YzVault *self);

/* The bytes, checked against @digest: NOT_FOUND or DAMAGED otherwise. */
GBytes *yz_vault_read (YzVault *self, const char *digest, GError **error);
gboolean yz_vault_has (YzVault *self, const char *digest);

G_END_DECLS
