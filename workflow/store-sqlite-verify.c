/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/store-sqlite-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void G_GNUC_PRINTF (2, 3) add_damage (GPtrArray *damages, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (damages, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* The file itself: pages, indexes, references. */
static gboolean
verify_file (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  g_autoptr (sqlite3_stmt) whole = yz_sqlite_query (self, error, "PRAGMA integrity_check", "");
  g_autoptr (sqlite3_stmt) references = NULL;

  while (whole != NULL && yz_sqlite_step (self, whole, NULL)) {
    g_autofree char *text = yz_sqlite_text (whole, 0);

    if (!g_str_equal (text, "ok"))
      add_damage (damages, _ ("The database file is damaged: %s"), text);
  }
  references = yz_sqlite_query (self, error, "PRAGMA foreign_key_check", "");
  while (references != NULL && yz_sqlite_step (self, references, NULL)) {
    g_autofree char *table = yz_sqlite_text (references, 0);
    g_autofree char *other = yz_sqlite_text (references, 2);

    add_damage (damages, _ ("A row of “%s” names a row of “%s” that is not there."), table, other);
  }
  return whole != NULL && references != NULL;
}

/* The walls: a store whose guards were taken down proves nothing from then on. */
static gboolean
verify_guards (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  static const char *const GUARDS[] = {
    "event_guard",   "event_frozen", "event_stays",         "event_applied",      "dossier_begins",
    "dossier_stays", "flow_frozen",  "dossier_follows",     "flow_step_frozen",   "flow_step_stays",
    "sheet_stays",   "serial_grows", "person_guard_insert", "sheet_guard_update", "serial_stays",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (GUARDS); i++) {
    g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
        self, error, "SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND name = ?", "s",
        GUARDS[i]);

    if (row == NULL)
      return FALSE;
    if (!yz_sqlite_step (self, row, NULL))
      add_damage (damages, _ ("The guard “%s” was taken out of the database."), GUARDS[i]);
  }
  return TRUE;
}

typedef struct {
  char *dossier;
  char *head;
  guint seq;
  gint64 at;
  char *state;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_free (walk->dossier);
  g_free (walk->head);
  g_free (walk->state);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

enum {
  DOSSIER,
  SEQ,
  AT,
  ACTOR,
  ROLE,
  UNIT,
  ACTION,
  SRC,
  DST,
  NOTE,
  BASIS,
  PAYLOAD,
  PREVIOUS,
  HASH
};

static const char *
text_at (sqlite3_stmt *row, int column)
{
  return (const char *) sqlite3_column_text (row, column);
}

static void
verify_link (Walk *walk, sqlite3_stmt *row, GPtrArray *damages)
{
  YzLink link = {
    .previous = walk->head,
    .dossier = walk->dossier,
    .seq = (guint) sqlite3_column_int64 (row, SEQ),
    .at = sqlite3_column_int64 (row, AT),
    .actor = text_at (row, ACTOR),
    .role = text_at (row, ROLE),
    .unit = text_at (row, UNIT),
    .action = text_at (row, ACTION),
    .from = text_at (row, SRC),
    .to = text_at (row, DST),
    .note = text_at (row, NOTE),
    .basis = text_at (row, BASIS),
    .payload = text_at (row, PAYLOAD),
  };
  g_autofree char *hash = yz_chain_digest (&link);

  if (link.seq != walk->seq + 1)
    add_damage (damages, _ ("%s: event %u is missing."), walk->dossier, walk->seq + 1);
  else if (g_strcmp0 (text_at (row, PREVIOUS), walk->head) != 0 ||
           g_strcmp0 (text_at (row, HASH), hash) != 0)
    add_damage (damages, _ ("%s: event %u was changed after it was recorded."), walk->dossier,
                link.seq);
  if (link.at < walk->at)
    add_damage (damages, _ ("%s: event %u is dated before the one it follows."), walk->dossier,
                link.seq);
  if (g_strcmp0 (link.from, walk->state) != 0)
    add_damage (damages, _ ("%s: event %u does not begin where the one before ended."),
                walk->dossier, link.seq);
  walk->seq = link.seq;
  walk->at = link.at;
  g_free (walk->head);
  walk->head = g_strdup (text_at (row, HASH));
  g_free (walk->state);
  walk->state = g_strdup (link.to);
}

/* The case's own row must say what its last event says. */
static gboolean
verify_end (YzStoreSqlite *self, const Walk *walk, GPtrArray *damages, GError **error)
{
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error, "SELECT version, head, state FROM dossier WHERE number = ?", "s", walk->dossier);

  if (row == NULL)
    return FALSE;
  if (!yz_sqlite_step (self, row, NULL))
    add_damage (damages, _ ("%s: its events are there, the case itself is not."), walk->dossier);
  else if (sqlite3_column_int64 (row, 0) != walk->seq ||
           g_strcmp0 (text_at (row, 1), walk->head) != 0)
    add_damage (damages, _ ("%s: the case says %d events, its chain ends with event %u."),
                walk->dossier, sqlite3_column_int (row, 0), walk->seq);
  else if (g_strcmp0 (text_at (row, 2), walk->state) != 0)
    add_damage (damages, _ ("%s: the case stands in “%s”, its events lead to “%s”."), walk->dossier,
                text_at (row, 2), walk->state);
  return TRUE;
}

static void
walk_begin (Walk *walk, const char *dossier)
{
  walk_clear (walk);
  walk->dossier = g_strdup (dossier);
  walk->head = g_strdup (YZ_CHAIN_START);
  walk->state = g_strdup ("");
  walk->seq = 0;
  walk->at = 0;
}

static gboolean
verify_chains (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  g_auto (Walk) walk = { 0 };
  g_autoptr (sqlite3_stmt) row =
      yz_sqlite_query (self, error,
                       "SELECT dossier, seq, at, actor, role, unit, action, src, dst, note, basis, "
                       "payload, previous,"
                       " hash FROM event ORDER BY dossier, seq",
                       "");

  if (row == NULL)
    return FALSE;
  while (yz_sqlite_step (self, row, NULL)) {
    if (g_strcmp0 (walk.dossier, text_at (row, DOSSIER)) != 0) {
      if (walk.dossier != NULL && !verify_end (self, &walk, damages, error))
        return FALSE;
      walk_begin (&walk, text_at (row, DOSSIER));
    }
    verify_link (&walk, row, damages);
  }
  return walk.dossier == NULL || verify_end (self, &walk, damages, error);
}

/* Questions whose every answer is a damage; the first column names the case. */
/* clang-format off */
static const struct { const char *sql, *sentence; } QUESTIONS[] = {
  { "SELECT number FROM dossier d WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.dossier = d.number)",
    N_ ("%s: the case is there, its events are not.") },
  { "SELECT e.dossier FROM event e WHERE e.action = 'attach' AND NOT EXISTS ("
    " SELECT 1 FROM sheet h WHERE h.dossier = e.dossier AND h.id = e.payload ->> '$.sheet'"
    " AND h.digest = e.payload ->> '$.digest')",
    N_ ("%s: a page that an event attached is missing or was exchanged.") },
  { "SELECT h.dossier FROM sheet h WHERE NOT EXISTS ("
    " SELECT 1 FROM event e WHERE e.dossier = h.dossier AND e.action = 'attach'"
    " AND e.payload ->> '$.sheet' = h.id)",
    N_ ("%s: a page is there that no event attached.") },
  { "SELECT d.number FROM dossier d WHERE d.sheets <> ("
    " SELECT count (*) FROM sheet h WHERE h.dossier = d.number AND NOT h.detached)",
    N_ ("%s: the number of pages does not agree with the pages.") },
  { "SELECT p.dossier FROM person p WHERE NOT EXISTS ("
    " SELECT 1 FROM event e, json_each (e.payload, '$.persons') j WHERE e.dossier = p.dossier"
    " AND e.seq = (SELECT max (seq) FROM event l WHERE l.dossier = p.dossier"
    "              AND l.payload -> '$.persons' IS NOT NULL)"
    " AND j.key = p.position - 1 AND j.value ->> '$.name' = p.name"
    " AND j.value ->> '$.id_number' = p.id_number AND j.value ->> '$.relation' = p.relation)",
    N_ ("%s: a person differs from what was recorded.") },
  { "SELECT f.dossier FROM fact f WHERE NOT EXISTS ("
    " SELECT 1 FROM event e, json_each (e.payload, '$.facts') j WHERE e.dossier = f.dossier"
    " AND e.seq = (SELECT max (seq) FROM event l WHERE l.dossier = f.dossier"
    "              AND l.payload -> '$.facts' IS NOT NULL)"
    " AND j.key = f.id AND j.value = f.value)",
    N_ ("%s: a fact differs from what was recorded.") },
  { "SELECT d.number FROM dossier d WHERE d.due IS NOT coalesce ((SELECT e.payload ->> '$.clock.due'"
    " FROM event e WHERE e.dossier = d.number AND e.payload -> '$.clock.due' IS NOT NULL"
    " ORDER BY e.seq DESC LIMIT 1), 0)",
    N_ ("%s: the deadline differs from what was recorded.") },
  { "SELECT d.number FROM dossier d JOIN serial s ON s.unit = d.unit"
    " AND s.year = CAST (substr (d.number, length (d.unit) + 2, 4) AS INTEGER)"
    " WHERE CAST (substr (d.number, -6) AS INTEGER) > s.last",
    N_ ("%s: its number was never given out.") },
  { "SELECT f.unit FROM (SELECT unit, total (decided) AS decided FROM figure_day GROUP BY unit) f"
    " WHERE f.decided <> (SELECT count (*) FROM dossier d"
    " WHERE d.unit = f.unit AND d.turnaround >= 0)",
    N_ ("Unit %s: the figures do not agree with the cases.") },
  { "SELECT f.unit FROM (SELECT unit, total (cases) AS cases FROM figure_turnaround GROUP BY unit) f"
    " WHERE f.cases <> (SELECT count (*) FROM dossier d"
    " WHERE d.unit = f.unit AND d.turnaround >= 0)",
    N_ ("Unit %s: the turnarounds do not agree with the cases.") },
};
/* clang-format on */

static gboolean
verify_rows (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (QUESTIONS); i++) {
    g_autoptr (sqlite3_stmt) row = yz_sqlite_query (self, error, QUESTIONS[i].sql, "");

    if (row == NULL)
      return FALSE;
    while (yz_sqlite_step (self, row, NULL)) {
      g_autofree char *number = yz_sqlite_text (row, 0);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      add_damage (damages, _ (QUESTIONS[i].sentence), number);
#pragma GCC diagnostic pop
    }
  }
  return TRUE;
}

static gboolean
verify (YzStore *store, GPtrArray *damages, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  return verify_file (self, damages, error) && verify_guards (self, damages, error) &&
         verify_chains (self, damages, error) && verify_rows (self, damages, error);
}

static GPtrArray *
list_digests (YzStore *store, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error, "SELECT digest || ' ' || min (dossier) FROM sheet GROUP BY digest ORDER BY 1",
      "");

  if (row == NULL)
    return NULL;
  while (yz_sqlite_step (self, row, NULL))
    g_ptr_array_add (digests, yz_sqlite_text (row, 0));
  return g_steal_pointer (&digests);
}

void
yz_sqlite_init_verify (YzStoreClass *klass)
{
  klass->verify = verify;
  klass->list_digests = list_digests;
}
