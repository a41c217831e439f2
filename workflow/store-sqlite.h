/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/store.h"

G_BEGIN_DECLS

/*
 * The embedded engine: one SQLite file, WAL, synchronous=FULL. Several programs may have it open;
 * one writes at a time.
 */
#define YZ_TYPE_STORE_SQLITE (yz_store_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (YzStoreSqlite, yz_store_sqlite, YZ, STORE_SQLITE, YzStore)

typedef enum {
  YZ_STORE_OPEN,   /* there already; an older one is migrated */
  YZ_STORE_CREATE, /* not there yet */
  YZ_STORE_READ,   /* there already, and not written to */
} YzStoreMode;

/**
 * yz_store_sqlite_open:
 * @path: the database file
 *
 * Fails with EXISTS, NOT_FOUND, NEWER when a newer Yizhan wrote it, DAMAGED when it is no store.
 */
YzStore *yz_store_sqlite_open (const char *path, YzStoreMode mode, GError **error);

G_END_DECLS
