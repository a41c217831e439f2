/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/contract/fixture.h"
#include "workflow/store-sqlite-private.h"
#include "workflow/workflow-error.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * What somebody can do with SQL alone: through the desk's own connection, signed in and with every
 * function at hand; with another tool; and as the owner of the file, who can take the guards down
 * and is found out by verify.
 */

static YzStore *
open_sqlite (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "yizhan.db", NULL);

  return yz_store_sqlite_open (path, YZ_STORE_CREATE, error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture_set_up (fixture, open_sqlite);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_tear_down (fixture);
}

/* A case in the middle of its way, with persons, facts, a page and a return; beside it one that is
 * decided. */
static char *
play (Fixture *fixture)
{
  char *number = fixture_begin (fixture, "bureau");
  g_autofree char *decided = fixture_begin (fixture, "spot");
  g_autoptr (GError) error = NULL;

  fixture_append (
      fixture, decided, "officer", "officer", "W01", 0, "approve", "draft", "approved", NULL,
      "{\"clock\":{\"accepted\":1764032400000000,\"turnaround\":0,\"in_time\":1}}", &error);
  g_assert_no_error (error);
  fixture_append (
      fixture, number, "clerk", "clerk", "W01", 0, "record", "draft", "draft", NULL,
      "{\"persons\":[{\"name\":\"王一\",\"id_number\":\"\",\"relation\":\"applicant\"}],"
      "\"facts\":{\"address\":\"河滨路1号\"}}",
      &error);
  g_assert_no_error (error);
  fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "submit", "draft",
                  "station-examination", NULL,
                  "{\"clock\":{\"accepted\":1764032400000000,\"due\":1764932400000000,"
                  "\"target\":0,\"stage_due\":0,\"provisional\":0}}",
                  &error);
  g_assert_no_error (error);
  fixture_append (fixture, number, "station-examiner", "station-examiner", "S01", 0, "return",
                  "station-examination", "returned", "the seal cannot be read",
                  "{\"clock\":{\"returned\":1,\"due\":0}}", &error);
  g_assert_no_error (error);
  return number;
}

static sqlite3 *
open_by_hand (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "yizhan.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

/* Statements that nobody may run, whoever is signed in. */
static const char *const ATTACKS[] = {
  "UPDATE event SET note = 'other' WHERE seq = 1",
  "DELETE FROM event WHERE seq = 4",
  "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1",
  "REPLACE INTO event SELECT dossier, seq, at, actor, role, unit, 'approve', src, 'approved', note,"
  " basis, payload, previous, hash FROM event WHERE seq = 4",
  "UPDATE dossier SET state = 'approved', kind = 3",
  "UPDATE dossier SET version = version + 1",
  "UPDATE dossier SET due = due + 1000000000",
  "UPDATE dossier SET turnaround = 0, decided_at = 1",
  "DELETE FROM dossier",
  "INSERT OR REPLACE INTO dossier SELECT * FROM dossier",
  "UPDATE person SET name = 'other'",
  "DELETE FROM person",
  "INSERT INTO person SELECT dossier, 9, 'other', '', 'mover' FROM person",
  "INSERT OR REPLACE INTO person SELECT dossier, position, 'other', '', 'mover' FROM person",
  "UPDATE fact SET value = 'other'",
  "DELETE FROM fact",
  "INSERT OR REPLACE INTO fact SELECT dossier, id, 'other' FROM fact",
  "UPDATE sheet SET material = 'other'",
  "UPDATE sheet SET digest = replace (digest, 'a', 'b')",
  "UPDATE sheet SET detached = 1",
  "DELETE FROM sheet",
  "INSERT OR REPLACE INTO sheet SELECT * FROM sheet",
  "UPDATE pause SET to_at = 1",
  "DELETE FROM pause",
  "UPDATE serial SET last = 0",
  "DELETE FROM serial",
  "UPDATE flow SET text = 'other'",
  "DELETE FROM flow",
  "INSERT INTO flow_step SELECT flow, digest, 'draft', 'approve', 'clerk', 'approved', 2, 0, 0, 0, "
  "0"
  " FROM flow WHERE code = 'bureau'",
  "UPDATE flow_step SET role = 'clerk'",
  "DELETE FROM flow_exclusion",
  "INSERT OR REPLACE INTO flow_step SELECT flow, digest, src, action, role, dst, effect, 0, 0, 0, 0"
  " FROM flow_step",
  "UPDATE matter_material SET demanded = 0",
  "DELETE FROM matter_material",
  "DELETE FROM staff",
  "DELETE FROM staff_role",
  "INSERT INTO staff_role (login, role) VALUES ('clerk', 'bureau-leader')",
  "UPDATE staff SET unit = 'B01' WHERE login = 'clerk'",
  "UPDATE staff SET password = 'other' WHERE login = 'bureau-leader'",
  "INSERT INTO staff (login, name, unit, password) VALUES ('new', 'new', 'W01', 'x')",
  "INSERT INTO unit (code, name, level, parent) VALUES ('W08', 'new', 0, 'S01')",
  "DELETE FROM unit",
  "DELETE FROM figure_day",
  "DELETE FROM figure_turnaround",
};

static void
test_insider (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = play (fixture);
  YzStoreSqlite *store = YZ_STORE_SQLITE (fixture->store);
  g_autoptr (YzDossier) before = YZ_STORE_CALL (fixture->store, load, number, NULL);
  g_autoptr (YzDossier) after = NULL;

  YZ_STORE_CALL (fixture->store, set_actor, "clerk");
  for (gsize i = 0; i < G_N_ELEMENTS (ATTACKS); i++) {
    g_autoptr (GError) error = NULL;

    if (yz_sqlite_run (store, &error, ATTACKS[i], ""))
      g_error ("accepted: %s", ATTACKS[i]);
    g_assert_true (error->domain == YZ_WORKFLOW_ERROR);
  }
  after = YZ_STORE_CALL (fixture->store, load, number, NULL);
  g_assert_cmpstr (after->head, ==, before->head);
  g_assert_cmpuint (after->version, ==, before->version);
}

/* Another tool has none of the desk's functions. */
static void
test_stranger (Fixture *fixture, gconstpointer data)
{
  static const char *const DOORS[] = {
    "INSERT INTO event (dossier, seq, at, actor, role, unit, action, src, dst, note, basis, "
    "payload,"
    " previous, hash) SELECT number, version + 1, 1764132400000000, 'clerk', 'clerk', 'W01',"
    " 'resubmit', 'returned', 'station-examination', '', '', '{}', head, 'hash' FROM dossier",
    "UPDATE staff SET failures = 0, wait_until = 0",
    "INSERT INTO meta (key, value) VALUES ('practice', '1')",
    "INSERT INTO flow SELECT 'own', digest, 1, text, 0, 9, 9, 9 FROM flow WHERE code = 'spot'",
    "INSERT INTO figure_day (unit, day) VALUES ('W01', 1)",
    "INSERT INTO serial (unit, year, last) VALUES ('W01', 2030, 1)",
  };
  g_autofree char *number G_GNUC_UNUSED = play (fixture);
  sqlite3 *db = open_by_hand (fixture);

  g_assert_cmpint (sqlite3_exec (db, "PRAGMA recursive_triggers = ON", NULL, NULL, NULL), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (ATTACKS); i++)
    if (sqlite3_exec (db, ATTACKS[i], NULL, NULL, NULL) == SQLITE_OK)
      g_error ("accepted: %s", ATTACKS[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (DOORS); i++)
    if (sqlite3_exec (db, DOORS[i], NULL, NULL, NULL) == SQLITE_OK)
      g_error ("accepted: %s", DOORS[i]);
  sqlite3_close (db);
}

/* Nobody slips a person or a fact into a step, and no clock into a form. */
static void
test_smuggling (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = play (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "resubmit",
                                  "returned", "station-examination", NULL,
                                  "{\"persons\":[{\"name\":\"other\",\"id_number\":\"\","
                                  "\"relation\":\"applicant\"}]}",
                                  &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "record", "returned",
                                  "returned", NULL, "{\"clock\":{\"due\":9}}", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  g_clear_error (&error);
  /* a page that skips a number, and one for a material that the matter does not ask for */
  g_assert_false (fixture_append (
      fixture, number, "clerk", "clerk", "W01", 0, "attach", "returned", "returned", NULL,
      "{\"sheet\":7,\"material\":\"booklet\",\"position\":1,\"digest\":"
      "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\"size\":1,"
      "\"media_type\":\"image/jpeg\",\"captured_at\":1,\"origin\":\"camera\",\"device\":\"test\"}",
      &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND);
}

/* The owner of the file takes the guards down, changes something and puts them up again. Each time
 * verify says what is wrong. */
typedef struct {
  const char *guards; /* taken down for it, separated by spaces */
  const char *sql;
  const char *sign; /* a part of a sentence; NULL: the case's number */
} Damage;

static const Damage DAMAGES[] = {
  { "event_frozen", "UPDATE event SET note = 'another reason' WHERE action = 'return'", NULL },
  { "event_frozen", "UPDATE event SET actor = 'station-examiner.2' WHERE action = 'return'", NULL },
  { "event_frozen", "UPDATE event SET at = at - 1 WHERE seq = 2", NULL },
  { "event_stays", "DELETE FROM event WHERE seq = 2", NULL },
  { "event_stays", "DELETE FROM event WHERE seq = 5", NULL },
  { "event_stays", "DELETE FROM event", NULL },
  { "dossier_stays", "PRAGMA foreign_keys = OFF; DELETE FROM dossier", NULL },
  { "dossier_follows", "UPDATE dossier SET state = 'station-examination', kind = 1", NULL },
  { "dossier_follows", "UPDATE dossier SET due = 9", NULL },
  { "dossier_follows", "UPDATE dossier SET turnaround = 1", NULL },
  { "person_guard_update", "UPDATE person SET name = 'other'", NULL },
  { "person_guard_delete", "DELETE FROM person", NULL },
  { "fact_guard_update", "UPDATE fact SET value = 'other'", NULL },
  { "fact_guard_delete", "DELETE FROM fact", NULL },
  { "sheet_guard_update", "UPDATE sheet SET digest = replace (digest, 'a', 'b')", NULL },
  { "sheet_guard_update", "UPDATE sheet SET detached = 1", NULL },
  { "sheet_stays", "DELETE FROM sheet", NULL },
  { "pause_stays", "DELETE FROM pause", NULL },
  { "figure_day_update", "UPDATE figure_day SET received = received + 1", "W01" },
  { "figure_day_stays", "DELETE FROM figure_day", "W01" },
  { "flow_step_frozen", "UPDATE flow_step SET note = 0 WHERE action = 'return'", "bureau" },
  { "flow_step_closed",
    "INSERT INTO flow_step SELECT code, digest, 'draft', 'approve', 'clerk', 'approved', 2, 0, 0, "
    "0,"
    " 0 FROM flow WHERE code = 'bureau'",
    "bureau" },
  { "matter_material_stays", "DELETE FROM matter_material", "bureau" },
  { "serial_grows", "UPDATE serial SET last = 0", NULL },
};

static char *
read_guard (sqlite3 *db, const char *name)
{
  g_autoptr (sqlite3_stmt) row = NULL;

  sqlite3_prepare_v2 (db, "SELECT sql FROM sqlite_schema WHERE name = ?", -1, &row, NULL);
  sqlite3_bind_text (row, 1, name, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  return g_strdup ((const char *) sqlite3_column_text (row, 0));
}

static void
execute (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

static void
damage (Fixture *fixture, const Damage *wrong)
{
  sqlite3 *db = open_by_hand (fixture);
  g_autofree char *guard = read_guard (db, wrong->guards);
  g_autofree char *drop = g_strconcat ("DROP TRIGGER ", wrong->guards, NULL);

  execute (db, drop);
  execute (db, wrong->sql);
  execute (db, guard);
  sqlite3_close (db);
}

static void
assert_found (Fixture *fixture, const char *sign)
{
  g_autofree char *path = g_build_filename (fixture->folder, "yizhan.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzStore) reader = yz_store_sqlite_open (path, YZ_STORE_READ, &error);
  g_autoptr (GPtrArray) damages = g_ptr_array_new_with_free_func (g_free);
  gboolean found = FALSE;

  g_assert_no_error (error);
  YZ_STORE_CALL (reader, verify, damages, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < damages->len; i++) {
    g_test_message ("%s", (char *) g_ptr_array_index (damages, i));
    found |= strstr (g_ptr_array_index (damages, i), sign) != NULL;
  }
  g_assert_true (found);
  YZ_STORE_CALL (reader, close);
}

static void
test_damage (gconstpointer data)
{
  const Damage *wrong = data;
  Fixture fixture = { 0 };
  g_autofree char *number = NULL;

  fixture_set_up (&fixture, open_sqlite);
  number = play (&fixture);
  damage (&fixture, wrong);
  assert_found (&fixture, wrong->sign != NULL ? wrong->sign : number);
  fixture_tear_down (&fixture);
}

/* A guard that stays down, one that was weakened and one that was added are damages themselves. */
static void
test_guards (Fixture *fixture, gconstpointer data)
{
  sqlite3 *db = open_by_hand (fixture);

  execute (db, "DROP TRIGGER event_guard");
  execute (db, "DROP TRIGGER serial_stays");
  execute (db, "CREATE TRIGGER serial_stays BEFORE DELETE ON serial BEGIN SELECT 1; END");
  execute (db, "CREATE TRIGGER helper AFTER INSERT ON event BEGIN SELECT 1; END");
  sqlite3_close (db);
  assert_found (fixture, "event_guard");
  assert_found (fixture, "serial_stays");
  assert_found (fixture, "helper");
}

/* Two programs decide one case at once. */
#define RACERS 2
#define ROUNDS 6

static int
race (const char *path, const char *number, guint seq, const char *login)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzStore) store = yz_store_sqlite_open (path, YZ_STORE_OPEN, &error);
  YzDraft draft = { .number = (char *) number,
                    .seq = seq,
                    .at = g_get_real_time (),
                    .actor = login,
                    .role = "station-examiner",
                    .unit = "S01",
                    .action = "return",
                    .from = "station-examination",
                    .to = "returned",
                    .note = "raced",
                    .payload = "{}" };

  if (store == NULL)
    return 3;
  YZ_STORE_CALL (store, set_actor, login);
  if (YZ_STORE_CALL (store, append, &draft, &error))
    return 0;
  return g_error_matches (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_STALE) ? 1 : 2;
}

static pid_t
start_racer (Fixture *fixture, const char *number, guint seq, guint n)
{
  g_autofree char *path = g_build_filename (fixture->folder, "yizhan.db", NULL);
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (race (path, number, seq, fixture_login ("station-examiner", n == 1)));
  return child;
}

static void
finish_racers (guint results[4])
{
  for (guint i = 0; i < RACERS; i++) {
    int status = 0;

    g_assert_cmpint (waitpid (-1, &status, 0), >, 0);
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), <, 4);
    results[WEXITSTATUS (status)]++;
  }
}

static void
test_race (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < ROUNDS; round++) {
    g_autofree char *number = fixture_begin (fixture, "bureau");
    guint results[4] = { 0 };

    g_assert_true (fixture_bring (fixture, number, "bureau", "station-examination"));
    for (guint i = 0; i < RACERS; i++)
      start_racer (fixture, number, 4, i);
    finish_racers (results);
    g_assert_cmpuint (results[0], ==, 1);
    g_assert_cmpuint (results[1], ==, RACERS - 1);
  }
}

/* A case keeps the flow it began with, whatever is published later. */
static void
test_pinned (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = fixture_begin (fixture, "bureau");
  const YzFlow *old = fixture_get_flow (fixture, "bureau");
  YzFlow newer = *old;
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  g_autofree char *text = g_strconcat (old->text, "\n# newer\n", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < old->steps->len; i++)
    if (!g_str_equal (((YzFlowStep *) g_ptr_array_index (old->steps, i))->action, "submit"))
      g_ptr_array_add (steps, g_ptr_array_index (old->steps, i));
  newer.steps = steps;
  newer.text = text;
  newer.version = 2;
  g_assert_true (YZ_STORE_CALL (fixture->store, publish_flow, &newer, "newer", &error));
  fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "submit", "draft",
                  "station-examination", NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "yizhan.db", NULL);
  sqlite3 *db = open_by_hand (fixture);
  g_autoptr (GError) error = NULL;

  execute (db, "PRAGMA user_version = 99");
  sqlite3_close (db);
  g_assert_null (yz_store_sqlite_open (path, YZ_STORE_OPEN, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NEWER);
}

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (
      g_file_set_contents (path, "this is a letter, not a database, and long enough", -1, NULL));
  g_assert_null (yz_store_sqlite_open (path, YZ_STORE_OPEN, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_DAMAGED);
}

/* A disk that is full refuses the event and keeps everything before it. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = play (fixture);
  YzStoreSqlite *store = YZ_STORE_SQLITE (fixture->store);
  g_autoptr (YzDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *filler = g_strnfill (600000, 'x');
  g_autofree char *payload = g_strdup_printf (
      "{\"persons\":[{\"name\":\"%s\",\"id_number\":\"\",\"relation\":\"applicant\"}],"
      "\"facts\":{}}",
      filler);

  sqlite3_exec (store->db, "PRAGMA max_page_count = 200", NULL, NULL, NULL);
  g_assert_false (fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "record", "returned",
                                  "returned", NULL, payload, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NO_SPACE);
  dossier = YZ_STORE_CALL (fixture->store, load, number, NULL);
  g_assert_cmpuint (dossier->version, ==, 5);
  sqlite3_exec (store->db, "PRAGMA max_page_count = 1000000", NULL, NULL, NULL);
  g_clear_error (&error);
  fixture_append (fixture, number, "clerk", "clerk", "W01", 0, "resubmit", "returned",
                  "station-examination", NULL, NULL, &error);
  g_assert_no_error (error);
}

#define ADD(claim, test) g_test_add ("/attack/" claim, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whoever-is-signed-in-changes-no-row-behind-the-door", test_insider);
  ADD ("another-tool-writes-nothing", test_stranger);
  ADD ("an-event-carries-what-belongs-to-it", test_smuggling);
  for (gsize i = 0; i < G_N_ELEMENTS (DAMAGES); i++) {
    g_autofree char *name =
        g_strdup_printf ("/attack/verify-finds/%02u-%s", (guint) i + 1, DAMAGES[i].guards);

    g_test_add_data_func (name, &DAMAGES[i], test_damage);
  }
  ADD ("verify-misses-its-guards", test_guards);
  ADD ("of-two-programs-one-decides", test_race);
  ADD ("a-case-keeps-its-flow", test_pinned);
  ADD ("a-newer-store-is-left-alone", test_newer);
  ADD ("a-letter-is-no-store", test_no_store);
  ADD ("a-full-disk-takes-nothing-away", test_full);
  return g_test_run ();
}
