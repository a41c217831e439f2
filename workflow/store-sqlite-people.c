/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/store-sqlite-private.h"

#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>

static gboolean
is_there (YzStoreSqlite *self, const char *sql, const char *key)
{
  g_autoptr (sqlite3_stmt) statement = yz_sqlite_query (self, NULL, sql, "s", key);

  return statement != NULL && yz_sqlite_step (self, statement, NULL);
}

static gboolean
add_unit (YzStore *store, const YzUnit *unit, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  if (is_there (self, "SELECT 1 FROM unit WHERE code = ?", unit->code)) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_EXISTS,
                 _ ("There is a unit “%s” already."), unit->code);
    return FALSE;
  }
  return yz_sqlite_run (self, error,
                        "INSERT INTO unit (code, name, level, parent) VALUES (?, ?, ?, ?)", "ssis",
                        unit->code, unit->name, (gint64) unit->level, unit->parent);
}

static GPtrArray *
list_units (YzStore *store, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_unit_unref);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (sqlite3_stmt) statement = yz_sqlite_query (
      self, error, "SELECT code, name, level, parent FROM unit ORDER BY level DESC, code", "");
  enum { CODE, NAME, LEVEL, PARENT };

  if (statement == NULL)
    return NULL;
  while (yz_sqlite_step (self, statement, &wrong))
    g_ptr_array_add (units, yz_unit_new ((const char *) sqlite3_column_text (statement, CODE),
                                         (const char *) sqlite3_column_text (statement, NAME),
                                         (YzLevel) sqlite3_column_int (statement, LEVEL),
                                         (const char *) sqlite3_column_text (statement, PARENT)));
  if (wrong == NULL)
    return g_steal_pointer (&units);
  g_propagate_error (error, g_steal_pointer (&wrong));
  return NULL;
}

static gboolean
write_staff (YzStoreSqlite *self, const YzStaff *staff, const char *sealed, GError **error)
{
  if (!yz_sqlite_run (self, error,
                      "INSERT INTO staff (login, name, unit, password) VALUES (?, ?, ?, ?)", "ssss",
                      staff->login, staff->name, staff->unit, sealed))
    return FALSE;
  for (guint i = 0; staff->roles[i] != NULL; i++)
    if (!yz_sqlite_run (self, error, "INSERT INTO staff_role (login, role) VALUES (?, ?)", "ss",
                        staff->login, staff->roles[i]))
      return FALSE;
  return TRUE;
}

static gboolean
add_staff (YzStore *store, const YzStaff *staff, const char *sealed, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  if (is_there (self, "SELECT 1 FROM staff WHERE login = ?", staff->login)) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_EXISTS,
                 _ ("Somebody has the login “%s” already."), staff->login);
    return FALSE;
  }
  return yz_sqlite_begin (self, error) &&
         yz_sqlite_end (self, write_staff (self, staff, sealed, error), error);
}

#define STAFF_COLUMNS                                                                              \
  "s.login, s.name, s.unit, u.name, s.password, s.failures, s.wait_until,"                         \
  " (SELECT group_concat (role, ' ') FROM (SELECT role FROM staff_role WHERE login = s.login"      \
  "  ORDER BY role))"                                                                              \
  " FROM staff s JOIN unit u ON u.code = s.unit"
enum { LOGIN, NAME, UNIT, UNIT_NAME, PASSWORD, FAILURES, WAIT_UNTIL, ROLES };

static YzStaff *
read_staff (sqlite3_stmt *row)
{
  g_autofree char *roles = yz_sqlite_text (row, ROLES);
  g_auto (GStrv) list = *roles != '\0' ? g_strsplit (roles, " ", -1) : g_new0 (char *, 1);

  return yz_staff_new ((const char *) sqlite3_column_text (row, LOGIN),
                       (const char *) sqlite3_column_text (row, NAME),
                       (const char *) sqlite3_column_text (row, UNIT),
                       (const char *) sqlite3_column_text (row, UNIT_NAME),
                       (const char *const *) list);
}

static GPtrArray *
list_staff (YzStore *store, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_staff_unref);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (sqlite3_stmt) statement =
      yz_sqlite_query (self, error, "SELECT " STAFF_COLUMNS " ORDER BY u.level, s.login", "");

  if (statement == NULL)
    return NULL;
  while (yz_sqlite_step (self, statement, &wrong))
    g_ptr_array_add (staff, read_staff (statement));
  if (wrong == NULL)
    return g_steal_pointer (&staff);
  g_propagate_error (error, g_steal_pointer (&wrong));
  return NULL;
}

static YzAccount *
find_account (YzStore *store, const char *login, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  g_autoptr (sqlite3_stmt) statement =
      yz_sqlite_query (self, error, "SELECT " STAFF_COLUMNS " WHERE s.login = ?", "s", login);
  YzAccount *account = NULL;

  if (statement == NULL || !yz_sqlite_step (self, statement, error))
    return NULL;
  account = g_new0 (YzAccount, 1);
  account->staff = read_staff (statement);
  account->sealed = yz_sqlite_text (statement, PASSWORD);
  account->failures = (guint) sqlite3_column_int (statement, FAILURES);
  account->wait_until = sqlite3_column_int64 (statement, WAIT_UNTIL);
  return account;
}

static gboolean
save_account (YzStore *store, const YzAccount *account, GError **error)
{
  return yz_sqlite_run (
      YZ_STORE_SQLITE (store), error,
      "UPDATE staff SET password = ?, failures = ?, wait_until = ? WHERE login = ?", "siis",
      account->sealed, (gint64) account->failures, account->wait_until, account->staff->login);
}

/* Published rules. */

static gboolean
write_step (YzStoreSqlite *self,
            const YzFlow *flow,
            const char *digest,
            const YzFlowStep *step,
            GError **error)
{
  if (!yz_sqlite_run (self, error,
                      "INSERT INTO flow_step (flow, digest, src, action, role, dst, effect, note,"
                      " basis, complete, once) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "ssssssiiiii", flow->code, digest, step->from, step->action, step->role,
                      step->to, (gint64) step->effect, (gint64) step->note, (gint64) step->basis,
                      (gint64) step->complete, (gint64) step->once))
    return FALSE;
  for (guint i = 0; step->excludes != NULL && step->excludes[i] != NULL; i++)
    if (!yz_sqlite_run (self, error,
                        "INSERT INTO flow_exclusion (flow, digest, src, action, role, earlier)"
                        " VALUES (?, ?, ?, ?, ?, ?)",
                        "ssssss", flow->code, digest, step->from, step->action, step->role,
                        step->excludes[i]))
      return FALSE;
  return TRUE;
}

static gint64
count_exclusions (const YzFlow *flow)
{
  gint64 count = 0;

  for (guint i = 0; i < flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (flow->steps, i);

    count += step->excludes != NULL ? g_strv_length ((char **) step->excludes) : 0;
  }
  return count;
}

static gboolean
write_flow (YzStoreSqlite *self, const YzFlow *flow, const char *digest, GError **error)
{
  if (!yz_sqlite_run (self, error,
                      "INSERT INTO flow (code, digest, version, text, published_at, states, steps,"
                      " exclusions) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                      "ssisiiii", flow->code, digest, (gint64) flow->version, flow->text,
                      g_get_real_time (), (gint64) flow->states->len, (gint64) flow->steps->len,
                      count_exclusions (flow)))
    return FALSE;
  for (guint i = 0; i < flow->states->len; i++) {
    const YzFlowState *state = g_ptr_array_index (flow->states, i);

    if (!yz_sqlite_run (self, error,
                        "INSERT INTO flow_state (flow, digest, id, kind, level)"
                        " VALUES (?, ?, ?, ?, ?)",
                        "sssii", flow->code, digest, state->id, (gint64) state->kind,
                        (gint64) state->level))
      return FALSE;
  }
  for (guint i = 0; i < flow->steps->len; i++)
    if (!write_step (self, flow, digest, g_ptr_array_index (flow->steps, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
is_published (YzStoreSqlite *self, const char *sql, const char *code, const char *digest)
{
  g_autoptr (sqlite3_stmt) statement = yz_sqlite_query (self, NULL, sql, "ss", code, digest);

  return statement != NULL && yz_sqlite_step (self, statement, NULL);
}

static gboolean
publish_flow (YzStore *store, const YzFlow *flow, const char *digest, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  const char *sql = "SELECT 1 FROM flow WHERE code = ? AND digest = ?";

  if (is_published (self, sql, flow->code, digest))
    return TRUE;
  if (!yz_sqlite_begin (self, error))
    return FALSE;
  return yz_sqlite_end (
      self, is_published (self, sql, flow->code, digest) || write_flow (self, flow, digest, error),
      error);
}

static char *
load_flow (YzStore *store, const char *code, const char *digest, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  g_autoptr (sqlite3_stmt) statement = yz_sqlite_query (
      self, error, "SELECT text FROM flow WHERE code = ? AND digest = ?", "ss", code, digest);

  if (statement != NULL && yz_sqlite_step (self, statement, error))
    return yz_sqlite_text (statement, 0);
  if (error != NULL && *error == NULL)
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_DAMAGED,
                 _ ("The flow “%s” that a case is pinned to is missing from the store."), code);
  return NULL;
}

static gboolean
write_matter (YzStoreSqlite *self, const YzMatter *matter, const char *digest, GError **error)
{
  if (!yz_sqlite_run (self, error,
                      "INSERT INTO matter (code, digest, text, published_at, materials)"
                      " VALUES (?, ?, ?, ?, ?)",
                      "sssii", matter->code, digest, matter->text, g_get_real_time (),
                      (gint64) matter->materials->len))
    return FALSE;
  for (guint i = 0; i < matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (matter->materials, i);

    if (!yz_sqlite_run (self, error,
                        "INSERT INTO matter_material (matter, digest, id, demanded)"
                        " VALUES (?, ?, ?, ?)",
                        "sssi", matter->code, digest, material->id,
                        (gint64) (material->required && !material->later)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
publish_matter (YzStore *store, const YzMatter *matter, const char *digest, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  const char *sql = "SELECT 1 FROM matter WHERE code = ? AND digest = ?";

  if (is_published (self, sql, matter->code, digest))
    return TRUE;
  if (!yz_sqlite_begin (self, error))
    return FALSE;
  return yz_sqlite_end (self,
                        is_published (self, sql, matter->code, digest) ||
                            write_matter (self, matter, digest, error),
                        error);
}

static char *
load_matter (YzStore *store, const char *code, const char *digest, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  g_autoptr (sqlite3_stmt) statement = yz_sqlite_query (
      self, error, "SELECT text FROM matter WHERE code = ? AND digest = ?", "ss", code, digest);

  if (statement != NULL && yz_sqlite_step (self, statement, error))
    return yz_sqlite_text (statement, 0);
  if (error != NULL && *error == NULL)
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_DAMAGED,
                 _ ("The matter “%s” that a case is pinned to is missing from the store."), code);
  return NULL;
}

void
yz_sqlite_init_people (YzStoreClass *klass)
{
  klass->add_unit = add_unit;
  klass->list_units = list_units;
  klass->add_staff = add_staff;
  klass->list_staff = list_staff;
  klass->find_account = find_account;
  klass->save_account = save_account;
  klass->publish_flow = publish_flow;
  klass->load_flow = load_flow;
  klass->publish_matter = publish_matter;
  klass->load_matter = load_matter;
}
