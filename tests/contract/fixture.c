/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/contract/fixture.h"

#include "workflow/digest.h"
#include "workflow/flow-reader.h"

#include <string.h>

#define START G_GINT64_CONSTANT (1764032400000000) /* 2025-11-25T09:00+08:00 */
#define MINUTE (60 * G_USEC_PER_SEC)

static const struct {
  const char *role;
  const char *unit;
} PLACES[] = {
  { "clerk", "W01" },          { "officer", "W01" },         { "station-examiner", "S01" },
  { "station-leader", "S01" }, { "bureau-examiner", "B01" }, { "bureau-leader", "B01" },
  { "supervisor", "B01" },     { "administrator", "B01" },   { "auditor", "B01" },
};

static gint64
tell_time (gpointer data)
{
  return ((Fixture *) data)->now;
}

const char *
fixture_unit_of (const char *role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    if (g_str_equal (PLACES[i].role, role))
      return PLACES[i].unit;
  return "B01";
}

const char *
fixture_login (const char *role, gboolean second)
{
  static char login[64];

  g_snprintf (login, sizeof login, "%s%s", role, second ? ".2" : "");
  return g_intern_string (login);
}

static void
add_person (Fixture *self, const char *role, const char *unit, const char *login)
{
  const char *const roles[] = { role, NULL };
  g_autoptr (YzStaff) staff = yz_staff_new (login, login, unit, NULL, roles);
  g_autoptr (GError) error = NULL;

  YZ_STORE_CALL (self->store, set_actor, "administrator");
  YZ_STORE_CALL (self->store, add_staff, staff, "sealed", &error);
  g_assert_no_error (error);
}

static void
add_places (Fixture *self)
{
  static const struct {
    const char *code, *parent;
    YzLevel level;
  } UNITS[] = {
    { "B01", NULL, YZ_LEVEL_BUREAU },   { "S01", "B01", YZ_LEVEL_STATION },
    { "S02", "B01", YZ_LEVEL_STATION }, { "W01", "S01", YZ_LEVEL_WINDOW },
    { "W02", "S02", YZ_LEVEL_WINDOW },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (UNITS); i++) {
    g_autoptr (YzUnit) unit =
        yz_unit_new (UNITS[i].code, UNITS[i].code, UNITS[i].level, UNITS[i].parent);

    YZ_STORE_CALL (self->store, add_unit, unit, &error);
    g_assert_no_error (error);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++) {
    add_person (self, PLACES[i].role, PLACES[i].unit, fixture_login (PLACES[i].role, FALSE));
    add_person (self, PLACES[i].role, PLACES[i].unit, fixture_login (PLACES[i].role, TRUE));
  }
  add_person (self, "clerk", "W02", "stranger");
  add_person (self, "station-examiner", "S02", "stranger.station");
}

static char *
make_matter_text (const char *code)
{
  return g_strdup_printf ("[Matter]\nName=Test of %s\nFlow=%s\n", code, code);
}

static void
publish (Fixture *self)
{
  g_autofree char *folder = g_build_filename (g_getenv ("YIZHAN_DATADIR"), "flows", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;

  self->flows = yz_flow_load_folders (folders, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < self->flows->len; i++) {
    const YzFlow *flow = g_ptr_array_index (self->flows, i);
    g_autofree char *text = make_matter_text (flow->code);
    g_autoptr (GPtrArray) materials = g_ptr_array_new ();
    YzMaterial booklet = { .id = "booklet", .name = "Booklet", .required = TRUE };
    YzMatter matter = { .code = flow->code, .flow = flow->code, .text = text };

    g_autofree char *flow_digest = yz_digest_bytes (flow->text, strlen (flow->text));
    g_autofree char *matter_digest = yz_digest_bytes (text, strlen (text));

    g_ptr_array_add (materials, &booklet);
    matter.materials = materials;
    YZ_STORE_CALL (self->store, publish_flow, flow, flow_digest, &error);
    g_assert_no_error (error);
    YZ_STORE_CALL (self->store, publish_matter, &matter, matter_digest, &error);
    g_assert_no_error (error);
  }
}

void
fixture_set_up (Fixture *self, FixtureOpen open_store)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("yizhan-contract-XXXXXX", NULL);
  self->now = START;
  self->store = open_store (self->folder, &error);
  g_assert_no_error (error);
  YZ_STORE_CALL (self->store, set_clock, tell_time, self);
  add_places (self);
  publish (self);
}

void
fixture_tear_down (Fixture *self)
{
  const char *const argv[] = { "rm", "-rf", self->folder, NULL };

  YZ_STORE_CALL (self->store, close);
  g_clear_object (&self->store);
  g_ptr_array_unref (self->flows);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (self->folder);
}

const YzFlow *
fixture_get_flow (const Fixture *self, const char *code)
{
  for (guint i = 0; i < self->flows->len; i++)
    if (g_str_equal (((YzFlow *) g_ptr_array_index (self->flows, i))->code, code))
      return g_ptr_array_index (self->flows, i);
  g_assert_not_reached ();
}

gboolean
fixture_append (Fixture *self,
                const char *number,
                const char *login,
                const char *role,
                const char *unit,
                guint seq,
                const char *action,
                const char *from,
                const char *to,
                const char *note,
                const char *payload,
                GError **error)
{
  g_autoptr (YzDossier) dossier = YZ_STORE_CALL (self->store, load, number, NULL);
  YzDraft draft = {
    .number = (char *) number,
    .seq = seq != 0 ? seq : dossier->version + 1,
    .at = self->now,
    .actor = login,
    .role = role,
    .unit = unit,
    .action = action,
    .from = from,
    .to = to,
    .note = note,
    .basis = note,
    .payload = payload != NULL ? payload : "{}",
  };

  self->now += MINUTE;
  YZ_STORE_CALL (self->store, set_actor, login);
  return YZ_STORE_CALL (self->store, append, &draft, error);
}

char *
fixture_begin (Fixture *self, const char *code)
{
  const YzFlow *flow = fixture_get_flow (self, code);
  const char *start = yz_flow_get_start (flow)->id;
  g_autofree char *text = make_matter_text (code);
  g_autofree char *matter_digest = yz_digest_bytes (text, strlen (text));
  g_autofree char *flow_digest = yz_digest_bytes (flow->text, strlen (flow->text));
  g_autofree char *payload = g_strdup_printf (
      "{\"unit\":\"W01\",\"year\":2025,\"matter\":\"%s\",\"matter_digest\":\"%s\",\"flow\":\"%s\","
      "\"flow_digest\":\"%s\",\"persons\":[{\"name\":\"王一\",\"id_number\":\"\",\"relation\":"
      "\"applicant\"}]}",
      code, matter_digest, code, flow_digest);
  YzDraft draft = {
    .seq = 1,
    .at = self->now,
    .year = 2025,
    .actor = "clerk",
    .role = "clerk",
    .unit = "W01",
    .action = "create",
    .to = start,
    .payload = payload,
  };
  g_autoptr (GError) error = NULL;

  YZ_STORE_CALL (self->store, set_actor, "clerk");
  YZ_STORE_CALL (self->store, append, &draft, &error);
  g_assert_no_error (error);
  fixture_append (self, draft.number, "clerk", "clerk", "W01", 0, "attach", start, start, NULL,
                  "{\"sheet\":1,\"material\":\"booklet\",\"position\":1,\"digest\":"
                  "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":1,"
                  "\"media_type\":\"image/jpeg\",\"captured_at\":1,\"origin\":\"camera\","
                  "\"device\":\"test\"}",
                  &error);
  g_assert_no_error (error);
  return draft.number;
}

typedef struct {
  const char *state;
  int previous; /* index of the entry it was reached from */
  const YzFlowStep *step;
} Visit;

/* Breadth first: the shortest way of steps from the start to @state. */
static GArray *
find_way (const YzFlow *flow, const char *state)
{
  GArray *visits = g_array_new (FALSE, TRUE, sizeof (Visit));
  Visit first = { yz_flow_get_start (flow)->id, -1, NULL };

  g_array_append_val (visits, first);
  for (guint at = 0; at < visits->len; at++) {
    const char *here = g_array_index (visits, Visit, at).state;

    if (g_str_equal (here, state)) {
      g_array_set_size (visits, at + 1);
      return visits;
    }
    for (guint i = 0; i < flow->steps->len; i++) {
      const YzFlowStep *step = g_ptr_array_index (flow->steps, i);
      Visit next = { step->to, (int) at, step };
      gboolean known = !g_str_equal (step->from, here);

      for (guint k = 0; !known && k < visits->len; k++)
        known = g_str_equal (g_array_index (visits, Visit, k).state, step->to);
      if (!known)
        g_array_append_val (visits, next);
    }
  }
  g_array_unref (visits);
  return NULL;
}

gboolean
fixture_bring (Fixture *self, const char *number, const char *code, const char *state)
{
  g_autoptr (GArray) visits = find_way (fixture_get_flow (self, code), state);
  g_autoptr (GPtrArray) way = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (visits == NULL)
    return FALSE;
  for (int at = (int) visits->len - 1; g_array_index (visits, Visit, at).step != NULL;
       at = g_array_index (visits, Visit, at).previous)
    g_ptr_array_insert (way, 0, (gpointer) g_array_index (visits, Visit, at).step);
  for (guint i = 0; i < way->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (way, i);

    fixture_append (self, number, fixture_login (step->role, FALSE), step->role,
                    fixture_unit_of (step->role), 0, step->action, step->from, step->to, "reason",
                    NULL, &error);
    g_assert_no_error (error);
  }
  return TRUE;
}
