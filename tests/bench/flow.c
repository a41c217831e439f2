/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the guards, the chain and the rows that lists are read from cost: one step of a case against
 * one raw commit of as many bytes, taken in turns in one run. */

#include "tests/contract/fixture.h"
#include "workflow/store-sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#define DEFAULT_ROUNDS 300
#define ROW 700 /* bytes; about an event with its hashes */

typedef struct {
  GArray *wall; /* double, ms */
  double cpu;   /* ms, all together */
} Times;

static double
now_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return *left < *right ? -1 : *left > *right;
}

static double
percentile (const Times *times, double part)
{
  return g_array_index (times->wall, double, (guint) ((times->wall->len - 1) * part));
}

static YzStore *
open_store (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "yizhan.db", NULL);

  return yz_store_sqlite_open (path, YZ_STORE_CREATE, error);
}

static sqlite3 *
open_raw (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "raw.db", NULL);
  sqlite3 *raw = NULL;

  if (sqlite3_open (path, &raw) != SQLITE_OK ||
      sqlite3_exec (raw,
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                    "CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
                    NULL, NULL, NULL) != SQLITE_OK)
    g_error ("no raw store: %s", sqlite3_errmsg (raw));
  return raw;
}

static void
commit_raw (sqlite3_stmt *insert)
{
  if (sqlite3_step (insert) != SQLITE_DONE || sqlite3_reset (insert) != SQLITE_OK)
    g_error ("the raw commit failed");
}

static void
take_step (Fixture *fixture, char *number)
{
  g_autoptr (GError) error = NULL;
  YzDraft draft = {
    .number = number,
    .seq = 3, /* after the beginning and the sheet */
    .at = fixture->now,
    .actor = "clerk",
    .role = "clerk",
    .unit = "W01",
    .action = "submit",
    .from = "draft",
    .to = "station-examination",
    .payload = "{}",
  };

  if (!YZ_STORE_CALL (fixture->store, append, &draft, &error))
    g_error ("the step failed: %s", error->message);
}

static void
report (const char *name, Times *times)
{
  g_array_sort (times->wall, compare);
  g_print ("%-14s wall p50 %.3f ms  p99 %.3f ms  cpu %.3f ms\n", name, percentile (times, 0.5),
           percentile (times, 0.99), times->cpu / times->wall->len);
}

int
main (int argc, char **argv)
{
  guint rounds = argc > 1 ? (guint) atoi (argv[1]) : DEFAULT_ROUNDS;
  Times raw_times = { g_array_new (FALSE, FALSE, sizeof (double)), 0 };
  Times step_times = { g_array_new (FALSE, FALSE, sizeof (double)), 0 };
  g_autofree char *text = g_strnfill (ROW, 'x');
  Fixture fixture = { 0 };
  sqlite3 *raw = NULL;
  sqlite3_stmt *insert = NULL;

  if (rounds == 0 || g_getenv ("YIZHAN_DATADIR") == NULL) {
    g_printerr ("Use it so: YIZHAN_DATADIR=app/data bench-flow [ROUNDS]\n");
    return 2;
  }
  fixture_set_up (&fixture, open_store);
  raw = open_raw (fixture.folder);
  sqlite3_prepare_v2 (raw, "INSERT INTO rows (text) VALUES (?)", -1, &insert, NULL);
  sqlite3_bind_text (insert, 1, text, ROW, SQLITE_STATIC);
  for (guint i = 0; i < rounds; i++) {
    g_autofree char *number = fixture_begin (&fixture, "bureau");
    double wall[3];
    double cpu[3];
    double taken = 0;

    wall[0] = now_ms (CLOCK_MONOTONIC);
    cpu[0] = now_ms (CLOCK_PROCESS_CPUTIME_ID);
    commit_raw (insert);
    wall[1] = now_ms (CLOCK_MONOTONIC);
    cpu[1] = now_ms (CLOCK_PROCESS_CPUTIME_ID);
    take_step (&fixture, number);
    wall[2] = now_ms (CLOCK_MONOTONIC);
    cpu[2] = now_ms (CLOCK_PROCESS_CPUTIME_ID);
    taken = wall[1] - wall[0];
    g_array_append_val (raw_times.wall, taken);
    raw_times.cpu += cpu[1] - cpu[0];
    taken = wall[2] - wall[1];
    g_array_append_val (step_times.wall, taken);
    step_times.cpu += cpu[2] - cpu[1];
  }
  report ("raw commit", &raw_times);
  report ("guarded step", &step_times);
  g_print ("%-14s wall p50 %.2f  cpu %.2f  over %u rounds\n", "step to raw",
           percentile (&step_times, 0.5) / percentile (&raw_times, 0.5),
           step_times.cpu / raw_times.cpu, rounds);
  sqlite3_finalize (insert);
  sqlite3_close (raw);
  fixture_tear_down (&fixture);
  g_array_unref (raw_times.wall);
  g_array_unref (step_times.wall);
  return 0;
}
