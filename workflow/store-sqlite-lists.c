/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/store-sqlite-private.h"

#include <string.h>

/* Which cases, most urgent first: what runs by its deadline, then what waits, then the rest by age.
 * A filter that is not asked for is NULL or 0 and lets everything through. */
static const char LIST[] =
    "SELECT " YZ_SQLITE_DOSSIER_COLUMNS
    " WHERE d.unit IN (SELECT unit FROM unit_above WHERE above = ?1)"
    " AND (?2 = 0 OR EXISTS ("
    "   SELECT 1 FROM flow_step s JOIN staff_role r ON r.role = s.role AND r.login = ?3"
    "   WHERE s.flow = d.flow AND s.digest = d.flow_digest AND s.src = d.state"
    "   AND (s.effect & ?4) = 0"
    "   AND (s.role NOT IN ('clerk', 'officer') OR d.unit = ?1)"
    "   AND NOT EXISTS (SELECT 1 FROM flow_exclusion x"
    "     JOIN event e ON e.dossier = d.number AND e.action = x.earlier AND e.actor = ?3"
    "     WHERE x.flow = s.flow AND x.digest = s.digest AND x.src = s.src"
    "     AND x.action = s.action AND x.role = s.role)))"
    " AND (?5 = 0 OR (d.kind IN (1, 2) AND d.due <> 0 AND d.due < ?6))"
    " AND (?7 = 0 OR d.kind <> 4)"
    " AND (?8 = 0 OR d.creator = ?3)"
    " AND (?9 IS NULL OR d.matter = ?9)"
    " AND (?10 IS NULL OR d.unit IN (SELECT unit FROM unit_above WHERE above = ?10))"
    " AND (?11 IS NULL OR instr (d.number, ?11) OR EXISTS ("
    "   SELECT 1 FROM person p WHERE p.dossier = d.number"
    "   AND (instr (p.name, ?11) OR instr (p.id_number, ?11))))"
    " AND (?12 < 0 OR (d.turnaround >= 0 AND min (CAST (d.turnaround AS INTEGER), 15) = ?12))"
    " ORDER BY d.kind = 4, d.kind = 3, d.due = 0, d.due, d.created_at DESC, d.number"
    " LIMIT ?13";

/* Steps that are open to somebody all the time do not make a case his to do. */
#define ASIDE (YZ_EFFECT_WITHDRAW | YZ_EFFECT_EXTEND)

static GPtrArray *
list (YzStore *store, const YzStoreQuery *query, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  const YzDossierFilter *filter = query->filter;
  const char *search = filter->search != NULL && *filter->search != '\0' ? filter->search : NULL;
  g_autoptr (GPtrArray) dossiers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) yz_dossier_unref);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error, LIST, "sisiiiiisssii", query->unit, (gint64) filter->inbox, query->actor,
      (gint64) ASIDE, (gint64) filter->overdue, query->now, (gint64) filter->open,
      (gint64) filter->mine, filter->matter, filter->unit, search, (gint64) filter->bucket,
      filter->limit != 0 ? (gint64) filter->limit : (gint64) -1);

  if (row == NULL)
    return NULL;
  while (yz_sqlite_step (self, row, &wrong))
    g_ptr_array_add (dossiers, yz_sqlite_read_dossier (row));
  if (wrong == NULL)
    return g_steal_pointer (&dossiers);
  g_propagate_error (error, g_steal_pointer (&wrong));
  return NULL;
}

/* Figures. */

static gboolean
read_sums (YzStoreSqlite *self, const YzStoreQuery *query, YzFigures *figures, GError **error)
{
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error,
      "SELECT total (received), total (decided), total (in_time), total (returned),"
      " total (first_time_complete), total (pages) FROM figure_day"
      " WHERE unit IN (SELECT unit FROM unit_above WHERE above = ?)",
      "s", query->unit);

  if (row == NULL || !yz_sqlite_step (self, row, error))
    return FALSE;
  figures->received = (guint) sqlite3_column_int64 (row, 0);
  figures->decided = (guint) sqlite3_column_int64 (row, 1);
  figures->in_time = (guint) sqlite3_column_int64 (row, 2);
  figures->returned = (guint) sqlite3_column_int64 (row, 3);
  figures->first_time_complete = (guint) sqlite3_column_int64 (row, 4);
  figures->pages = (guint) MAX (0, sqlite3_column_int64 (row, 5));
  return TRUE;
}

static gboolean
read_open (YzStoreSqlite *self, const YzStoreQuery *query, YzFigures *figures, GError **error)
{
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error,
      "SELECT total (kind = 1), total (kind = 2), total (due <> 0 AND due < ?2) FROM dossier"
      " WHERE kind IN (1, 2) AND unit IN (SELECT unit FROM unit_above WHERE above = ?1)",
      "si", query->unit, query->now);

  if (row == NULL || !yz_sqlite_step (self, row, error))
    return FALSE;
  figures->paused = (guint) sqlite3_column_int64 (row, 1);
  figures->open = (guint) sqlite3_column_int64 (row, 0) + figures->paused;
  figures->overdue = (guint) sqlite3_column_int64 (row, 2);
  return TRUE;
}

/* The value below which @share of @total cases lie, nearest rank. */
static double
percentile (const GArray *buckets, guint total, double share)
{
  guint rank = (guint) (share * total + 0.999999);
  guint seen = 0;

  for (guint i = 0; i < buckets->len; i++) {
    const guint *bucket = &g_array_index (buckets, guint, i);

    seen += *bucket;
    if (*bucket > 0 && seen >= MAX (rank, 1))
      return i;
  }
  return -1;
}

static gboolean
read_turnarounds (YzStoreSqlite *self,
                  const YzStoreQuery *query,
                  YzFigures *figures,
                  GError **error)
{
  g_autoptr (GArray) buckets = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (GError) wrong = NULL;
  guint total = 0;
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error,
      "SELECT days, total (cases) FROM figure_turnaround"
      " WHERE unit IN (SELECT unit FROM unit_above WHERE above = ?) GROUP BY days ORDER BY days",
      "s", query->unit);

  if (row == NULL)
    return FALSE;
  while (yz_sqlite_step (self, row, &wrong)) {
    guint days = (guint) CLAMP (sqlite3_column_int64 (row, 0), 0, 10000);
    guint cases = (guint) sqlite3_column_int64 (row, 1);

    if (buckets->len <= days)
      g_array_set_size (buckets, days + 1);
    g_array_index (buckets, guint, days) += cases;
    figures->histogram[MIN (days, G_N_ELEMENTS (figures->histogram) - 1)] += cases;
    total += cases;
  }
  figures->median = percentile (buckets, total, 0.5);
  figures->p90 = percentile (buckets, total, 0.9);
  if (wrong == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

static YzFigures *
load_figures (YzStore *store, const YzStoreQuery *query, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  g_autofree YzFigures *figures = g_new0 (YzFigures, 1);

  figures->median = figures->p90 = -1;
  figures->limit = 5;
  if (!read_sums (self, query, figures, error) || !read_open (self, query, figures, error) ||
      !read_turnarounds (self, query, figures, error))
    return NULL;
  return g_steal_pointer (&figures);
}

void
yz_sqlite_init_lists (YzStoreClass *klass)
{
  klass->list = list;
  klass->figures = load_figures;
}
