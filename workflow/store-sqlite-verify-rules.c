/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/store-sqlite-private.h"

#include "workflow/digest.h"
#include "workflow/flow-reader.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
yz_sqlite_add_damage (GPtrArray *damages, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (damages, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* What a database is made of: name → SQL. */
static GHashTable *
read_schema (sqlite3 *db)
{
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (sqlite3_stmt) row = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL", -1, &row,
                          NULL) != SQLITE_OK)
    return g_steal_pointer (&parts);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_hash_table_insert (parts, yz_sqlite_text (row, 0), yz_sqlite_text (row, 1));
  return g_steal_pointer (&parts);
}

static GHashTable *
read_model (void)
{
  sqlite3 *model = NULL;
  GHashTable *parts = NULL;

  if (sqlite3_open (":memory:", &model) == SQLITE_OK && yz_sqlite_run_schema (model))
    parts = read_schema (model);
  sqlite3_close (model);
  return parts;
}

gboolean
yz_sqlite_verify_schema (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  g_autoptr (GHashTable) model = read_model ();
  g_autoptr (GHashTable) found = read_schema (self->db);
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer sql = NULL;

  if (model == NULL) {
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FAILED,
                         _ ("There is too little memory to verify the store."));
    return FALSE;
  }
  g_hash_table_iter_init (&iter, model);
  while (g_hash_table_iter_next (&iter, &name, &sql)) {
    const char *other = g_hash_table_lookup (found, name);

    if (other == NULL)
      yz_sqlite_add_damage (damages, _ ("“%s” was taken out of the database."), (char *) name);
    else if (!g_str_equal (other, sql))
      yz_sqlite_add_damage (damages, _ ("“%s” was changed in the database."), (char *) name);
  }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &name, &sql))
    if (!g_hash_table_contains (model, name))
      yz_sqlite_add_damage (damages, _ ("“%s” was put into the database."), (char *) name);
  return TRUE;
}

static gboolean
is_text_of (const char *text, const char *digest)
{
  g_autofree char *found = yz_digest_bytes (text, strlen (text));

  return g_str_equal (found, digest);
}

enum { SRC, ACTION, ROLE, DST, EFFECT, NOTE, BASIS, COMPLETE, ONCE, EXCLUSIONS };

static gboolean
is_same_step (const YzFlowStep *step, sqlite3_stmt *row)
{
  guint excludes = step->excludes != NULL ? g_strv_length ((char **) step->excludes) : 0;

  return g_strcmp0 (step->to, (const char *) sqlite3_column_text (row, DST)) == 0 &&
         (int) step->effect == sqlite3_column_int (row, EFFECT) &&
         step->note == sqlite3_column_int (row, NOTE) &&
         step->basis == sqlite3_column_int (row, BASIS) &&
         step->complete == sqlite3_column_int (row, COMPLETE) &&
         step->once == sqlite3_column_int (row, ONCE) &&
         (int) excludes == sqlite3_column_int (row, EXCLUSIONS);
}

/* Each step that the guards go by, against the step that was published. */
static gboolean
are_steps_true (YzStoreSqlite *self, const YzFlow *flow, const char *digest)
{
  guint count = 0;
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, NULL,
      "SELECT s.src, s.action, s.role, s.dst, s.effect, s.note, s.basis, s.complete, s.once,"
      " (SELECT count (*) FROM flow_exclusion x WHERE x.flow = s.flow AND x.digest = s.digest"
      "  AND x.src = s.src AND x.action = s.action AND x.role = s.role)"
      " FROM flow_step s WHERE s.flow = ? AND s.digest = ?",
      "ss", flow->code, digest);

  while (row != NULL && yz_sqlite_step (self, row, NULL)) {
    const YzFlowStep *step = yz_flow_find_step (flow, (const char *) sqlite3_column_text (row, SRC),
                                                (const char *) sqlite3_column_text (row, ACTION),
                                                (const char *) sqlite3_column_text (row, ROLE));

    if (step == NULL || !is_same_step (step, row))
      return FALSE;
    count++;
  }
  return count == flow->steps->len;
}

static gboolean
is_flow_true (YzStoreSqlite *self, const char *code, const char *digest, const char *text)
{
  g_autoptr (YzFlow) flow = NULL;

  if (!is_text_of (text, digest))
    return FALSE;
  flow = yz_flow_parse (code, text, strlen (text), NULL, NULL);
  return flow != NULL && are_steps_true (self, flow, digest);
}

static gboolean
verify_flows (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
      yz_sqlite_query (self, error, "SELECT code, digest, text FROM flow", "");

  while (row != NULL && yz_sqlite_step (self, row, NULL)) {
    const char *code = (const char *) sqlite3_column_text (row, 0);

    if (!is_flow_true (self, code, (const char *) sqlite3_column_text (row, 1),
                       (const char *) sqlite3_column_text (row, 2)))
      yz_sqlite_add_damage (damages, _ ("The flow “%s” was changed after it was published."), code);
  }
  return row != NULL;
}

static gboolean
verify_matters (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error,
      "SELECT m.code, m.digest, m.text, m.materials = (SELECT count (*) FROM matter_material d"
      " WHERE d.matter = m.code AND d.digest = m.digest) FROM matter m",
      "");

  while (row != NULL && yz_sqlite_step (self, row, NULL))
    if (!is_text_of ((const char *) sqlite3_column_text (row, 2),
                     (const char *) sqlite3_column_text (row, 1)) ||
        sqlite3_column_int (row, 3) == 0)
      yz_sqlite_add_damage (damages, _ ("The matter “%s” was changed after it was published."),
                            (const char *) sqlite3_column_text (row, 0));
  return row != NULL;
}

gboolean
yz_sqlite_verify_rules (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  return verify_flows (self, damages, error) && verify_matters (self, damages, error);
}
