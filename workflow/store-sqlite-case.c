/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/store-sqlite-private.h"

#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Appending an event. */

static char *
make_number (YzStoreSqlite *self, const YzDraft *draft, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      yz_sqlite_query (self, error, "SELECT last FROM serial WHERE unit = ? AND year = ?", "si",
                       draft->unit, (gint64) draft->year);
  gint64 last = 0;

  if (statement == NULL)
    return NULL;
  if (yz_sqlite_step (self, statement, NULL))
    last = sqlite3_column_int64 (statement, 0);
  return g_strdup_printf ("%s-%04u-%06" G_GINT64_FORMAT, draft->unit, draft->year, last + 1);
}

static char *
read_head (YzStoreSqlite *self, const char *number)
{
  g_autoptr (sqlite3_stmt) statement =
      yz_sqlite_query (self, NULL, "SELECT head FROM dossier WHERE number = ?", "s", number);

  if (statement != NULL && yz_sqlite_step (self, statement, NULL))
    return yz_sqlite_text (statement, 0);
  return g_strdup (YZ_CHAIN_START);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gboolean
write_event (YzStoreSqlite *self, YzDraft *draft, GError **error)
{
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  YzLink link = { 0 };

  if (draft->number == NULL)
    draft->number = make_number (self, draft, error);
  if (draft->number == NULL)
    return FALSE;
  previous = read_head (self, draft->number);
  link = (YzLink){
    .previous = previous,
    .dossier = draft->number,
    .seq = draft->seq,
    .at = draft->at,
    .actor = draft->actor,
    .role = draft->role,
    .unit = draft->unit,
    .action = draft->action,
    .from = or_empty (draft->from),
    .to = draft->to,
    .note = or_empty (draft->note),
    .basis = or_empty (draft->basis),
    .payload = draft->payload,
  };
  hash = yz_chain_digest (&link);
  return yz_sqlite_run (self, error,
                        "INSERT INTO event (dossier, seq, at, actor, role, unit, action, src, dst,"
                        " note, basis, payload, previous, hash)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        "siisssssssssss", link.dossier, (gint64) link.seq, link.at, link.actor,
                        link.role, link.unit, link.action, link.from, link.to, link.note,
                        link.basis, link.payload, previous, hash);
}

static gboolean
append (YzStore *store, YzDraft *draft, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  gboolean begins = draft->number == NULL;

  if (!yz_sqlite_begin (self, error))
    return FALSE;
  if (yz_sqlite_end (self, write_event (self, draft, error), error))
    return TRUE;
  if (begins)
    g_clear_pointer (&draft->number, g_free);
  return FALSE;
}

/* Reading one case. */

static GPtrArray *
read_persons (YzStoreSqlite *self, const char *number, GError **error)
{
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_person_free);
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error,
      "SELECT name, id_number, relation FROM person WHERE dossier = ? ORDER BY position", "s",
      number);

  while (row != NULL && yz_sqlite_step (self, row, error))
    g_ptr_array_add (persons, yz_person_new ((const char *) sqlite3_column_text (row, 0),
                                             (const char *) sqlite3_column_text (row, 1),
                                             (const char *) sqlite3_column_text (row, 2)));
  return g_steal_pointer (&persons);
}

static GHashTable *
read_facts (YzStoreSqlite *self, const char *number, GError **error)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (sqlite3_stmt) row =
      yz_sqlite_query (self, error, "SELECT id, value FROM fact WHERE dossier = ?", "s", number);

  while (row != NULL && yz_sqlite_step (self, row, error))
    g_hash_table_insert (facts, yz_sqlite_text (row, 0), yz_sqlite_text (row, 1));
  return g_steal_pointer (&facts);
}

/* "[x,y,…]" as the event carried it. */
static void
read_outline (YzSheet *sheet, const char *json)
{
  const char *at = json != NULL ? strchr (json, '[') : NULL;
  gsize n = 0;

  while (at != NULL && n < G_N_ELEMENTS (sheet->corners)) {
    char *end = NULL;

    sheet->corners[n] = g_ascii_strtod (at + 1, &end);
    if (end == at + 1)
      return;
    at = strchr (end, ',');
    n++;
  }
  sheet->outlined = n == G_N_ELEMENTS (sheet->corners);
}

static YzSheet *
read_sheet (sqlite3_stmt *row)
{
  enum {
    ID,
    MATERIAL,
    POSITION,
    DIGEST,
    SIZE,
    MEDIA_TYPE,
    CAPTURED_AT,
    ORIGIN,
    DEVICE,
    OPERATOR,
    OUTLINE,
    CONFIDENCE,
    DPI,
    ROTATION,
    VERDICTS,
    DETACHED,
  };
  YzSheet *sheet = g_new0 (YzSheet, 1);

  sheet->id = (guint) sqlite3_column_int64 (row, ID);
  sheet->material = yz_sqlite_text (row, MATERIAL);
  sheet->position = (guint) sqlite3_column_int64 (row, POSITION);
  sheet->digest = yz_sqlite_text (row, DIGEST);
  sheet->size = (guint64) sqlite3_column_int64 (row, SIZE);
  sheet->media_type = yz_sqlite_text (row, MEDIA_TYPE);
  sheet->captured_at = sqlite3_column_int64 (row, CAPTURED_AT);
  sheet->origin = yz_sqlite_text (row, ORIGIN);
  sheet->device = yz_sqlite_text (row, DEVICE);
  sheet->operator= yz_sqlite_text (row, OPERATOR);
  read_outline (sheet, (const char *) sqlite3_column_text (row, OUTLINE));
  sheet->confidence = sqlite3_column_double (row, CONFIDENCE);
  sheet->dpi = (guint) sqlite3_column_int (row, DPI);
  sheet->rotation = (guint) sqlite3_column_int (row, ROTATION);
  sheet->verdicts = yz_sqlite_text (row, VERDICTS);
  sheet->detached = sqlite3_column_int (row, DETACHED) != 0;
  return sheet;
}

static GPtrArray *
read_sheets (YzStoreSqlite *self, const char *number, GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_sheet_free);
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error,
      "SELECT h.id, h.material, h.position, h.digest, h.size, h.media_type, h.captured_at, "
      "h.origin,"
      " h.device, h.operator, h.outline, h.confidence, h.dpi, h.rotation, h.verdicts, h.detached"
      " FROM sheet h WHERE h.dossier = ? AND NOT h.detached"
      " ORDER BY (SELECT min (f.id) FROM sheet f"
      "           WHERE f.dossier = h.dossier AND f.material = h.material AND NOT f.detached),"
      " h.material, h.position, h.id",
      "s", number);

  while (row != NULL && yz_sqlite_step (self, row, error))
    g_ptr_array_add (sheets, read_sheet (row));
  return g_steal_pointer (&sheets);
}

static YzEvent *
read_event (sqlite3_stmt *row)
{
  enum { SEQ, AT, ACTOR, ACTOR_NAME, ROLE, UNIT, ACTION, SRC, DST, NOTE, BASIS, PAYLOAD, HASH };
  YzEvent *event = g_new0 (YzEvent, 1);

  event->seq = (guint) sqlite3_column_int64 (row, SEQ);
  event->at = sqlite3_column_int64 (row, AT);
  event->actor = yz_sqlite_text (row, ACTOR);
  event->actor_name = yz_sqlite_text (row, ACTOR_NAME);
  event->role = yz_sqlite_text (row, ROLE);
  event->unit = yz_sqlite_text (row, UNIT);
  event->action = yz_sqlite_text (row, ACTION);
  event->from = yz_sqlite_text (row, SRC);
  event->to = yz_sqlite_text (row, DST);
  event->note = yz_sqlite_text (row, NOTE);
  event->basis = yz_sqlite_text (row, BASIS);
  event->payload = yz_sqlite_text (row, PAYLOAD);
  event->hash = yz_sqlite_text (row, HASH);
  return event;
}

static GPtrArray *
read_events (YzStoreSqlite *self, const char *number, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_event_free);
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error,
      "SELECT e.seq, e.at, e.actor, coalesce (s.name, e.actor), e.role, e.unit, e.action, e.src,"
      " e.dst, e.note, e.basis, e.payload, e.hash FROM event e LEFT JOIN staff s ON s.login = "
      "e.actor"
      " WHERE e.dossier = ? ORDER BY e.seq",
      "s", number);

  while (row != NULL && yz_sqlite_step (self, row, error))
    g_ptr_array_add (events, read_event (row));
  return g_steal_pointer (&events);
}

static GArray *
read_pauses (YzStoreSqlite *self, const char *number, GError **error)
{
  g_autoptr (GArray) pauses = g_array_new (FALSE, TRUE, sizeof (YzPause));
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error, "SELECT from_at, to_at FROM pause WHERE dossier = ? ORDER BY from_at", "s",
      number);

  while (row != NULL && yz_sqlite_step (self, row, error)) {
    YzPause pause = { sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1) };

    g_array_append_val (pauses, pause);
  }
  return g_steal_pointer (&pauses);
}

/* All of one moment: a reader never sees half of an event. */
static YzDossier *
load_now (YzStoreSqlite *self, const char *number, GError **error)
{
  g_autoptr (YzDossier) dossier = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (sqlite3_stmt) row = yz_sqlite_query (
      self, error, "SELECT " YZ_SQLITE_DOSSIER_COLUMNS " WHERE d.number = ?", "s", number);

  if (row == NULL)
    return NULL;
  if (!yz_sqlite_step (self, row, &wrong)) {
    if (wrong != NULL)
      g_propagate_error (error, g_steal_pointer (&wrong));
    else
      g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                   _ ("There is no case “%s”."), number);
    return NULL;
  }
  dossier = yz_sqlite_read_dossier (row);
  dossier->persons = read_persons (self, number, &wrong);
  dossier->facts = read_facts (self, number, wrong == NULL ? &wrong : NULL);
  dossier->sheets = read_sheets (self, number, wrong == NULL ? &wrong : NULL);
  dossier->events = read_events (self, number, wrong == NULL ? &wrong : NULL);
  dossier->pauses = read_pauses (self, number, wrong == NULL ? &wrong : NULL);
  if (wrong == NULL)
    return g_steal_pointer (&dossier);
  g_propagate_error (error, g_steal_pointer (&wrong));
  return NULL;
}

static YzDossier *
load (YzStore *store, const char *number, GError **error)
{
  YzStoreSqlite *self = YZ_STORE_SQLITE (store);
  YzDossier *dossier = NULL;

  if (!self->held && !yz_sqlite_run (self, error, "BEGIN", ""))
    return NULL;
  dossier = load_now (self, number, error);
  if (!self->held)
    (void) yz_sqlite_run (self, NULL, "COMMIT", "");
  return dossier;
}

YzDossier *
yz_sqlite_read_dossier (sqlite3_stmt *row)
{
  enum {
    NUMBER,
    MATTER,
    MATTER_DIGEST,
    FLOW,
    FLOW_DIGEST,
    FLOW_VERSION,
    UNIT,
    UNIT_NAME,
    STATE,
    KIND,
    LEVEL,
    VERSION,
    APPLICANT,
    APPLICANT_NUMBER,
    CREATED_AT,
    ACCEPTED_AT,
    STAGE_AT,
    STAGE_DUE,
    DUE,
    TARGET,
    PROVISIONAL,
    DECIDED_AT,
    TURNAROUND,
    SHEETS,
    HEAD,
  };
  YzDossier *dossier = yz_dossier_new ();

  dossier->number = yz_sqlite_text (row, NUMBER);
  dossier->matter = yz_sqlite_text (row, MATTER);
  dossier->matter_digest = yz_sqlite_text (row, MATTER_DIGEST);
  dossier->flow = yz_sqlite_text (row, FLOW);
  dossier->flow_digest = yz_sqlite_text (row, FLOW_DIGEST);
  dossier->flow_version = (guint) sqlite3_column_int (row, FLOW_VERSION);
  dossier->unit = yz_sqlite_text (row, UNIT);
  dossier->unit_name = yz_sqlite_text (row, UNIT_NAME);
  dossier->state = yz_sqlite_text (row, STATE);
  dossier->kind = (YzStateKind) sqlite3_column_int (row, KIND);
  dossier->level = (YzLevel) sqlite3_column_int (row, LEVEL);
  dossier->version = (guint) sqlite3_column_int64 (row, VERSION);
  dossier->applicant = yz_sqlite_text (row, APPLICANT);
  dossier->applicant_number = yz_sqlite_text (row, APPLICANT_NUMBER);
  dossier->created_at = sqlite3_column_int64 (row, CREATED_AT);
  dossier->accepted_at = sqlite3_column_int64 (row, ACCEPTED_AT);
  dossier->stage_at = sqlite3_column_int64 (row, STAGE_AT);
  dossier->stage_due = sqlite3_column_int64 (row, STAGE_DUE);
  dossier->due = sqlite3_column_int64 (row, DUE);
  dossier->target = sqlite3_column_int64 (row, TARGET);
  dossier->provisional = sqlite3_column_int (row, PROVISIONAL) != 0;
  dossier->decided_at = sqlite3_column_int64 (row, DECIDED_AT);
  dossier->turnaround = sqlite3_column_double (row, TURNAROUND);
  dossier->n_sheets = (guint) sqlite3_column_int64 (row, SHEETS);
  dossier->head = yz_sqlite_text (row, HEAD);
  return dossier;
}

void
yz_sqlite_init_case (YzStoreClass *klass)
{
  klass->append = append;
  klass->load = load;
}
