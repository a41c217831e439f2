/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/store-sqlite.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * Shared by the files of the embedded engine only.
 */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

struct _YzStoreSqlite {
  YzStore parent_instance;
  sqlite3 *db;
  GHashTable *idle; /* sql → sqlite3_stmt that yz_sqlite_run() keeps for the next time */
  gboolean held;    /* the caller's own transaction runs; those inside it are part of it */
  char *actor;      /* (nullable) whose session it is */
  gint64 (*clock) (gpointer data);
  gpointer clock_data;
};

/* The engine's last error as one of ours: what a guard said, a full disk, or a failure. */
void yz_sqlite_set_error (YzStoreSqlite *self, GError **error);

/* Parameters follow @sql in pairs: a type letter in @types ('s' text, 'i' gint64, 'd' double), the
 * value. */
sqlite3_stmt *
yz_sqlite_query (YzStoreSqlite *self, GError **error, const char *sql, const char *types, ...);
/* The same for statements that give no rows. They stay prepared: an event alone would otherwise
 * compile all its guards anew. */
gboolean
yz_sqlite_run (YzStoreSqlite *self, GError **error, const char *sql, const char *types, ...);
/* TRUE while there is a row; after FALSE @error tells whether it ended or failed. */
gboolean yz_sqlite_step (YzStoreSqlite *self, sqlite3_stmt *statement, GError **error);
char *yz_sqlite_text (sqlite3_stmt *statement, int column);

gboolean yz_sqlite_begin (YzStoreSqlite *self, GError **error);
/* Commits when @good, else rolls back; returns whether the transaction took place. Inside a held
 * one nothing is committed yet; a statement that was refused left nothing behind. */
gboolean yz_sqlite_end (YzStoreSqlite *self, gboolean good, GError **error);

/* A case's own row, as lists and single cases read it. */
#define YZ_SQLITE_DOSSIER_COLUMNS                                                                  \
  "d.number, d.matter, d.matter_digest, d.flow, d.flow_digest,"                                    \
  " (SELECT version FROM flow WHERE code = d.flow AND digest = d.flow_digest),"                    \
  " d.unit, u.name, d.state, d.kind, d.level, d.version, d.applicant, d.applicant_number,"         \
  " d.created_at, d.accepted_at, d.stage_at, d.stage_due, d.due, d.target, d.provisional,"         \
  " d.decided_at, d.turnaround, d.sheets, d.head"                                                  \
  " FROM dossier d JOIN unit u ON u.code = d.unit"
YzDossier *yz_sqlite_read_dossier (sqlite3_stmt *row);

/* Verifying: a sentence for each damage. */
void yz_sqlite_add_damage (GPtrArray *damages, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The tables and guards must be those that this program would make; one taken down or put in
 * between proves nothing any more. */
gboolean yz_sqlite_verify_schema (YzStoreSqlite *self, GPtrArray *damages, GError **error);
/* The rows of each published flow and matter must say what its text says. */
gboolean yz_sqlite_verify_rules (YzStoreSqlite *self, GPtrArray *damages, GError **error);
/* Brings a database up to @version with the shipped files; the model to compare with. */
gboolean yz_sqlite_run_schema (sqlite3 *db);

void yz_sqlite_init_case (YzStoreClass *klass);
void yz_sqlite_init_lists (YzStoreClass *klass);
void yz_sqlite_init_people (YzStoreClass *klass);
void yz_sqlite_init_verify (YzStoreClass *klass);

G_END_DECLS
