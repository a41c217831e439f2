/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/store-sqlite.h"

#include "workflow/chain.h"
#include "workflow/schema-resources.h"
#include "workflow/store-sqlite-private.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define APPLICATION_ID 0x597a6861 /* "Yzha" */
#define SCHEMA_VERSION 2
#define BUSY_STEP_MS 2      /* flat: SQLite's own steps let a writer starve */
#define BUSY_LIMIT_MS 10000 /* then somebody holds the store who should not */

G_DEFINE_FINAL_TYPE (YzStoreSqlite, yz_store_sqlite, YZ_TYPE_STORE)

static gboolean
is_full (int code)
{
  return (code & 0xff) == SQLITE_FULL;
}

void
yz_sqlite_set_error (YzStoreSqlite *self, GError **error)
{
  int code = sqlite3_extended_errcode (self->db);
  const char *message = sqlite3_errmsg (self->db);

  if (code == SQLITE_CONSTRAINT_TRIGGER)
    yz_store_refuse (error, message);
  else if (is_full (code))
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NO_SPACE,
                         _ ("The disk is full: nothing was changed, nothing saved before is lost. "
                            "Free some room and try again."));
  else if ((code & 0xff) == SQLITE_BUSY)
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_BUSY,
                         _ ("Another program holds the store. Wait a moment and try again."));
  else if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_DAMAGED,
                 _ ("The store is damaged (%s). Call the administrator."), message);
  else
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FAILED, _ ("The store failed: %s."),
                 message);
}

static gboolean
bind (sqlite3_stmt *statement, const char *types, va_list *values)
{
  int code = SQLITE_OK;

  for (int i = 0; code == SQLITE_OK && types[i] != '\0'; i++)
    if (types[i] == 's')
      code = sqlite3_bind_text (statement, i + 1, va_arg (*values, const char *), -1,
                                SQLITE_TRANSIENT);
    else if (types[i] == 'd')
      code = sqlite3_bind_double (statement, i + 1, va_arg (*values, double));
    else
      code = sqlite3_bind_int64 (statement, i + 1, va_arg (*values, gint64));
  return code == SQLITE_OK;
}

sqlite3_stmt *
yz_sqlite_query (YzStoreSqlite *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean bound = FALSE;
  va_list values;

  va_start (values, types);
  bound = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK &&
          bind (statement, types, &values);
  va_end (values);
  if (bound)
    return g_steal_pointer (&statement);
  yz_sqlite_set_error (self, error);
  return NULL;
}

/* The one that was kept, or a new one. */
static sqlite3_stmt *
take_idle (YzStoreSqlite *self, const char *sql, char **out_key)
{
  gpointer key = NULL;
  gpointer kept = NULL;
  sqlite3_stmt *statement = NULL;

  if (g_hash_table_steal_extended (self->idle, sql, &key, &kept)) {
    *out_key = key;
    return kept;
  }
  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    return NULL;
  *out_key = g_strdup (sql);
  return statement;
}

gboolean
yz_sqlite_run (YzStoreSqlite *self, GError **error, const char *sql, const char *types, ...)
{
  char *key = NULL;
  sqlite3_stmt *statement = take_idle (self, sql, &key);
  gboolean done = FALSE;
  va_list values;

  va_start (values, types);
  done = statement != NULL && bind (statement, types, &values) &&
         sqlite3_step (statement) == SQLITE_DONE;
  va_end (values);
  if (!done)
    yz_sqlite_set_error (self, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  g_hash_table_replace (self->idle, key, statement);
  return done;
}

gboolean
yz_sqlite_step (YzStoreSqlite *self, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    yz_sqlite_set_error (self, error);
  return code == SQLITE_ROW;
}

char *
yz_sqlite_text (sqlite3_stmt *statement, int column)
{
  const unsigned char *text = sqlite3_column_text (statement, column);

  return g_strdup (text != NULL ? (const char *) text : "");
}

gboolean
yz_sqlite_begin (YzStoreSqlite *self, GError **error)
{
  return self->held || yz_sqlite_run (self, error, "BEGIN IMMEDIATE", "");
}

gboolean
yz_sqlite_end (YzStoreSqlite *self, gboolean good, GError **error)
{
  if (self->held)
    return good;
  if (good && yz_sqlite_run (self, error, "COMMIT", ""))
    return TRUE;
  if (!sqlite3_get_autocommit (self->db))
    (void) yz_sqlite_run (self, NULL, "ROLLBACK", "");
  return FALSE;
}

static gboolean
begin (YzStore *store, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  self->held = yz_sqlite_begin (self, error);
  return self->held;
}

static gboolean
end (YzStore *store, gboolean good, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  self->held = FALSE;
  return yz_sqlite_end (self, good, error);
}

static int
on_busy (void *data, int tries)
{
  if (tries * BUSY_STEP_MS >= BUSY_LIMIT_MS)
    return 0;
  g_usleep (BUSY_STEP_MS * 1000);
  return 1;
}

/* What the desk lends the database. */

static void
tell_actor (sqlite3_context *context, int n, sqlite3_value **values)
{
  YzStoreSqlite *self = sqlite3_user_data (context);

  if (self->actor != NULL)
    sqlite3_result_text (context, self->actor, -1, SQLITE_TRANSIENT);
  else
    sqlite3_result_null (context);
}

static gint64
get_now (YzStore *store)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  return self->clock != NULL ? self->clock (self->clock_data) : g_get_real_time ();
}

static void
tell_now (sqlite3_context *context, int n, sqlite3_value **values)
{
  sqlite3_result_int64 (context, get_now (sqlite3_user_data (context)));
}

static void
tell_chain (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *texts[13] = { NULL };
  YzLink link = { 0 };

  for (int i = 0; i < n; i++)
    texts[i] = (const char *) sqlite3_value_text (values[i]);
  link = (YzLink){
    .previous = texts[0],
    .dossier = texts[1],
    .seq = (guint) sqlite3_value_int64 (values[2]),
    .at = sqlite3_value_int64 (values[3]),
    .actor = texts[4],
    .role = texts[5],
    .unit = texts[6],
    .action = texts[7],
    .from = texts[8],
    .to = texts[9],
    .note = texts[10],
    .basis = texts[11],
    .payload = texts[12],
  };
  sqlite3_result_text (context, yz_chain_digest (&link), -1, g_free);
}

static gboolean
lend_functions (YzStoreSqlite *self)
{
  return sqlite3_create_function (self->db, "yz_actor", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, self,
                                  tell_actor, NULL, NULL) == SQLITE_OK &&
         sqlite3_create_function (self->db, "yz_now", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, self,
                                  tell_now, NULL, NULL) == SQLITE_OK &&
         sqlite3_create_function (self->db, "yz_chain", 13,
                                  SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC, self,
                                  tell_chain, NULL, NULL) == SQLITE_OK;
}

/* Opening. */

static gboolean
execute (YzStoreSqlite *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  yz_sqlite_set_error (self, error);
  return FALSE;
}

static gint64
read_pragma (YzStoreSqlite *self, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = yz_sqlite_query (self, error, sql, "");

  if (statement == NULL || !yz_sqlite_step (self, statement, error))
    return -1;
  return sqlite3_column_int64 (statement, 0);
}

static gboolean
migrate_once (YzStoreSqlite *self, guint version, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/cn/yizhan/workflow/schema/%04u.sql", version);
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %d",
                                            version, APPLICATION_ID);
  g_autoptr (GBytes) sql =
      g_resource_lookup_data (yz_schema_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  gboolean good = FALSE;

  if (sql == NULL || !yz_sqlite_begin (self, error))
    return FALSE;
  good = execute (self, g_bytes_get_data (sql, NULL), error) && execute (self, stamp, error);
  return yz_sqlite_end (self, good, error);
}

gboolean
yz_sqlite_run_schema (sqlite3 *db)
{
  for (guint version = 1; version <= SCHEMA_VERSION; version++) {
    g_autofree char *path = g_strdup_printf ("/cn/yizhan/workflow/schema/%04u.sql", version);
    g_autoptr (GBytes) sql = g_resource_lookup_data (yz_schema_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    if (sql == NULL ||
        sqlite3_exec (db, g_bytes_get_data (sql, NULL), NULL, NULL, NULL) != SQLITE_OK)
      return FALSE;
  }
  return TRUE;
}

static gboolean
migrate (YzStoreSqlite *self, YzStoreMode mode, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  gint64 application = read_pragma (self, "PRAGMA application_id", &wrong);
  gint64 version = wrong == NULL ? read_pragma (self, "PRAGMA user_version", &wrong) : -1;

  if (wrong != NULL) {
    g_propagate_error (error, g_steal_pointer (&wrong));
    return FALSE;
  }
  if (version > SCHEMA_VERSION) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NEWER,
                 _ ("This store was written by a newer Yizhan (version %d of its tables, this one "
                    "knows %d). Update this computer; nothing was changed."),
                 (int) version, SCHEMA_VERSION);
    return FALSE;
  }
  if (mode != YZ_STORE_CREATE && application != APPLICATION_ID) {
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_DAMAGED,
                         _ ("This file is no store of Yizhan."));
    return FALSE;
  }
  if (mode == YZ_STORE_READ && version < SCHEMA_VERSION) {
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FAILED,
                         _ ("This store is of an older version; open it once with the desk."));
    return FALSE;
  }
  for (; version < SCHEMA_VERSION; version++)
    if (!migrate_once (self, (guint) version + 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
configure (YzStoreSqlite *self, YzStoreMode mode, GError **error)
{
  sqlite3_busy_handler (self->db, on_busy, NULL);
  sqlite3_extended_result_codes (self->db, 1);
  if (!lend_functions (self)) {
    yz_sqlite_set_error (self, error);
    return FALSE;
  }
  /* trusted_schema stays on: SQLite 3.40 does not count its JSON functions as innocuous, and no
   * function that this connection knows has a side effect that a tampered schema could call. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!execute (self,
                "PRAGMA foreign_keys = ON;"
                "PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON;"
                "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL",
                error))
    return FALSE;
  return mode == YZ_STORE_READ || execute (self, "PRAGMA journal_mode = WAL", error);
}

static gboolean
check_place (const char *path, YzStoreMode mode, GError **error)
{
  gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);

  if (there == (mode != YZ_STORE_CREATE))
    return TRUE;
  if (there)
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_EXISTS,
                 _ ("There is a store already: %s."), path);
  else
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                 _ ("There is no store here: %s."), path);
  return FALSE;
}

/* On a disk that cannot be written there is no room for the log's index either; nobody writes
 * there, so the file may be read as it is. */
static gboolean
open_file (YzStoreSqlite *self, const char *path, int flags)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  g_autofree char *fixed = g_strconcat (uri, "?immutable=1", NULL);
  gboolean frozen = (flags & SQLITE_OPEN_READONLY) != 0 && access (folder, W_OK) != 0;

  return sqlite3_open_v2 (frozen ? fixed : absolute, &self->db,
                          frozen ? flags | SQLITE_OPEN_URI : flags, NULL) == SQLITE_OK;
}

YzStore *
yz_store_sqlite_open (const char *path, YzStoreMode mode, GError **error)
{
  static const int FLAGS[] = {
    [YZ_STORE_OPEN] = SQLITE_OPEN_READWRITE,
    [YZ_STORE_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [YZ_STORE_READ] = SQLITE_OPEN_READONLY,
  };
  g_autoptr (YzStoreSqlite) self = NULL;

  if (!check_place (path, mode, error))
    return NULL;
  self = g_object_new (YZ_TYPE_STORE_SQLITE, NULL);
  if (!open_file (self, path, FLAGS[mode] | SQLITE_OPEN_FULLMUTEX)) {
    yz_sqlite_set_error (self, error);
    return NULL;
  }
  if (!configure (self, mode, error) || !migrate (self, mode, error))
    return NULL;
  return YZ_STORE (g_steal_pointer (&self));
}

static void
close_store (YzStore *store)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  g_hash_table_remove_all (self->idle);
  if (self->db != NULL)
    sqlite3_close_v2 (g_steal_pointer (&self->db));
}

static void
set_actor (YzStore *store, const char *login)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  g_free (self->actor);
  self->actor = g_strdup (login);
}

static void
set_clock (YzStore *store, gint64 (*clock) (gpointer data), gpointer data)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  self->clock = clock;
  self->clock_data = data;
}

static char *
get_meta (YzStore *store, const char *key)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  g_autoptr (sqlite3_stmt) statement =
      yz_sqlite_query (self, NULL, "SELECT value FROM meta WHERE key = ?", "s", key);

  if (statement == NULL || !yz_sqlite_step (self, statement, NULL))
    return NULL;
  return yz_sqlite_text (statement, 0);
}

static gboolean
set_meta (YzStore *store, const char *key, const char *value, GError **error)
{
  return yz_sqlite_run (YZ_STORE_SQLITE (store), error,
                        "INSERT INTO meta (key, value) VALUES (?, ?)"
                        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        "ss", key, value);
}

static void
finalize (GObject *object)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (object);

  close_store (YZ_STORE (self));
  g_hash_table_unref (self->idle);
  g_free (self->actor);
  G_OBJECT_CLASS (yz_store_sqlite_parent_class)->finalize (object);
}

static void
yz_store_sqlite_class_init (YzStoreSqliteClass *klass)
{
  YzStoreClass *store_class = YZ_STORE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  store_class->close = close_store;
  store_class->set_actor = set_actor;
  store_class->set_clock = set_clock;
  store_class->get_now = get_now;
  store_class->begin = begin;
  store_class->end = end;
  store_class->get_meta = get_meta;
  store_class->set_meta = set_meta;
  yz_sqlite_init_people (store_class);
  yz_sqlite_init_case (store_class);
  yz_sqlite_init_lists (store_class);
  yz_sqlite_init_verify (store_class);
}

static void
yz_store_sqlite_init (YzStoreSqlite *self)
{
  self->idle =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sqlite3_finalize);
}
