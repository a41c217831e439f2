/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/store-sqlite-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The file itself: pages, indexes, references. */
static gboolean
verify_file (YzStoreSqlite *self, GPtrArray *damages, GError **error)
{
  g_autoptr (sqlite3_stmt) whole = yz_sqlite_query (self, error, "PRAGMA integrity_check", "");
  g_autoptr (sqlite3_stmt) references = NULL;

  while (whole != NULL && yz_sqlite_step (self, whole, NULL)) {
    g_autofree char *text = yz_sqlite_text (whole, 0);

    if (!g_str_equal (text, "ok"))
      yz_sqlite_add_damage (damages, _ ("The database file is damaged: %s"), text);
  }
  references = yz_sqlite_query (self, error, "PRAGMA foreign_key_check", "");
  while (references != NULL && yz_sqlite_step (self, references, NULL)) {
    g_autofree char *table = yz_sqlite_text (references, 0);
    g_autofree char *other = yz_sqlite_text (references, 2);

    yz_sqlite_add_damage (damages, _ ("A row of “%s” names a row of “%s” that is not there."),
                          table, other);
  }
  return whole != NULL && references != NULL;
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
    yz_sqlite_add_damage (damages, _ ("%s: event %u is missing."), walk->dossier, walk->seq + 1);
  else if (g_strcmp0 (text_at (row, PREVIOUS), walk->head) != 0 ||
           g_strcmp0 (text_at (row, HASH), hash) != 0)
    yz_sqlite_add_damage (damages, _ ("%s: event %u was changed after it was recorded."),
                          walk->dossier, link.seq);
  if (link.at < walk->at)
    yz_sqlite_add_damage (damages, _ ("%s: event %u is dated before the one it follows."),
                          walk->dossier, link.seq);
  if (g_strcmp0 (link.from, walk->state) != 0)
    yz_sqlite_add_damage (damages, _ ("%s: event %u does not begin where the one before ended."),
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
    yz_sqlite_add_damage (damages, _ ("%s: its events are there, the case itself is not."),
                          walk->dossier);
  else if (sqlite3_column_int64 (row, 0) != walk->seq ||
           g_strcmp0 (text_at (row, 1), walk->head) != 0)
    yz_sqlite_add_damage (damages, _ ("%s: the case says %d events, its chain ends with event %u."),
                          walk->dossier, sqlite3_column_int (row, 0), walk->seq);
  else if (g_strcmp0 (text_at (row, 2), walk->state) != 0)
    yz_sqlite_add_damage (damages, _ ("%s: the case stands in “%s”, its events lead to “%s”."),
                          walk->dossier, text_at (row, 2), walk->state);
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
  { "SELECT d.number FROM dossier d WHERE d.turnaround IS NOT coalesce ((SELECT"
    " e.payload ->> '$.clock.turnaround' FROM event e WHERE e.dossier = d.number"
    " AND e.payload -> '$.clock.turnaround' IS NOT NULL ORDER BY e.seq DESC LIMIT 1), -1)"
    " OR d.accepted_at <> coalesce ((SELECT e.payload ->> '$.clock.accepted' FROM event e"
    " WHERE e.dossier = d.number AND e.payload -> '$.clock.accepted' IS NOT NULL), 0)",
    N_ ("%s: the turnaround differs from what was recorded.") },
  { "SELECT d.number FROM dossier d WHERE (SELECT count (*) FROM person p WHERE p.dossier = d.number)"
    " <> (SELECT json_array_length (e.payload, '$.persons') FROM event e WHERE e.dossier = d.number"
    " AND e.payload -> '$.persons' IS NOT NULL ORDER BY e.seq DESC LIMIT 1)",
    N_ ("%s: a person that was recorded is missing.") },
  { "SELECT e.dossier FROM event e, json_each (e.payload, '$.facts') j"
    " WHERE e.action = 'record' AND NOT EXISTS (SELECT 1 FROM event l WHERE l.dossier = e.dossier"
    " AND l.action = 'record' AND l.seq > e.seq)"
    " AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.dossier = e.dossier AND f.id = j.key)",
    N_ ("%s: a fact that was recorded is missing.") },
  { "SELECT h.dossier FROM sheet h JOIN event e ON e.dossier = h.dossier"
    " AND e.payload ->> '$.sheet' = h.id AND e.seq = (SELECT max (l.seq) FROM event l"
    " WHERE l.dossier = h.dossier AND l.action IN ('attach', 'arrange', 'detach')"
    " AND l.payload ->> '$.sheet' = h.id)"
    " WHERE h.detached <> (e.action = 'detach')"
    " OR (e.action <> 'detach' AND h.material <> e.payload ->> '$.material')",
    N_ ("%s: a page does not lie where it was put.") },
  { "SELECT d.number FROM dossier d WHERE (SELECT count (*) FROM pause p WHERE p.dossier = d.number)"
    " <> (SELECT count (DISTINCT e.at) FROM event e JOIN flow_state s ON s.flow = d.flow"
    " AND s.digest = d.flow_digest AND s.id = e.dst AND s.kind = 2"
    " WHERE e.dossier = d.number AND e.src <> e.dst)",
    N_ ("%s: the pauses differ from what was recorded.") },
  { "WITH counted AS (SELECT d.unit AS unit, (e.at / 1000000 + 28800) / 86400 AS day,"
    " sum (e.payload -> '$.clock.accepted' IS NOT NULL) AS received,"
    " sum (e.payload -> '$.clock.turnaround' IS NOT NULL) AS decided,"
    " sum (coalesce (e.payload ->> '$.clock.in_time', 0)) AS in_time,"
    " sum (coalesce (e.payload ->> '$.clock.returned', 0)) AS returned,"
    " sum (e.payload -> '$.clock.turnaround' IS NOT NULL AND d.returns = 0) AS first,"
    " sum ((e.action = 'attach') - (e.action = 'detach')"
    "      + coalesce (e.payload ->> '$.restored', 0)) AS pages"
    " FROM event e JOIN dossier d ON d.number = e.dossier"
    " WHERE e.payload -> '$.clock' IS NOT NULL OR e.action IN ('attach', 'detach', 'arrange')"
    " GROUP BY 1, 2)"
    " SELECT DISTINCT coalesce (c.unit, f.unit) FROM counted c"
    " FULL JOIN figure_day f ON f.unit = c.unit AND f.day = c.day"
    " WHERE (c.received, c.decided, c.in_time, c.returned, c.first, c.pages)"
    " IS NOT (f.received, f.decided, f.in_time, f.returned, f.first_time_complete, f.pages)",
    N_ ("Unit %s: the figures do not agree with the cases.") },
  { "WITH counted AS (SELECT unit, CAST (strftime ('%Y%m', decided_at / 1000000 + 28800, 'unixepoch')"
    " AS INTEGER) AS month, CAST (turnaround AS INTEGER) AS days, count (*) AS cases"
    " FROM dossier WHERE turnaround >= 0 GROUP BY 1, 2, 3)"
    " SELECT DISTINCT coalesce (c.unit, f.unit) FROM counted c FULL JOIN figure_turnaround f"
    " ON f.unit = c.unit AND f.month = c.month AND f.days = c.days WHERE c.cases IS NOT f.cases",
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
      yz_sqlite_add_damage (damages, _ (QUESTIONS[i].sentence), number);
#pragma GCC diagnostic pop
    }
  }
  return TRUE;
}

static gboolean
verify (YzStore *store, GPtrArray *damages, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);

  return verify_file (self, damages, error) && yz_sqlite_verify_schema (self, damages, error) &&
         yz_sqlite_verify_rules (self, damages, error) && verify_chains (self, damages, error) &&
         verify_rows (self, damages, error);
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
