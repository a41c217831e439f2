/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/desk-private.h"
#include "workflow/password.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * The practice store: made-up people, made-up cases in every state, photographs that the project
 * renders itself. Everything goes through the desk, at the pace and in the order in which a county
 * would have done it; only the clock is wound.
 */

#define PASSWORD "practice"
#define N_CASES 42
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)

/* clang-format off */
static const struct { const char *code, *name; YzLevel level; const char *parent; } UNITS[] = {
  { "B01", N_ ("Practice county bureau"),     YZ_LEVEL_BUREAU,  NULL },
  { "S01", N_ ("Riverside police station"),   YZ_LEVEL_STATION, "B01" },
  { "S02", N_ ("Hilltop police station"),     YZ_LEVEL_STATION, "B01" },
  { "W01", N_ ("Riverside window 1"),         YZ_LEVEL_WINDOW,  "S01" },
  { "W02", N_ ("Riverside window 2"),         YZ_LEVEL_WINDOW,  "S01" },
  { "W03", N_ ("Hilltop window"),             YZ_LEVEL_WINDOW,  "S02" },
};
static const struct { const char *login, *name, *unit, *roles; } STAFF[] = {
  { "clerk",      "林小禾", "W01", "clerk" },
  { "officer",    "周明远", "W01", "officer" },
  { "clerk2",     "沈雨桐", "W02", "clerk" },
  { "clerk3",     "何静",   "W03", "clerk" },
  { "officer3",   "罗一鸣", "W03", "officer" },
  { "examiner",   "陈立新", "S01", "station-examiner" },
  { "chief",      "吴建国", "S01", "station-examiner station-leader" },
  { "examiner3",  "许文",   "S02", "station-examiner" },
  { "chief3",     "曹卫东", "S02", "station-leader" },
  { "bureau",     "郑雅琴", "B01", "bureau-examiner" },
  { "leader",     "孙志刚", "B01", "bureau-leader" },
  { "supervisor", "高岚",   "B01", "supervisor" },
  { "auditor",    "赵审计", "B01", "auditor" },
  { "admin",      "钱管理", "B01", "administrator" },
};
static const char *const FAMILY[] = { "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周",
                                      "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林", "罗" };
static const char *const GIVEN[] = { "一", "小雨", "建华", "子涵", "秀英", "浩然", "思远", "桂兰",
                                     "明", "佳怡", "志强", "雪梅", "天宇", "文静", "海燕" };
/* Common and rare matters, so that every flow is met. A code that the catalogue lacks is passed
 * over. */
static const char *const MATTERS[] = { "R01", "B01", "C01", "B05", "R04", "M20", "R06", "H02",
                                       "C02", "B08", "R03", "D01", "R07", "Z02", "M30", "C05" };
/* clang-format on */

typedef struct {
  YzDesk *desk;
  GRand *rand;
  gint64 now;       /* the wound clock */
  gint64 today;     /* the real moment; nothing happens after it */
  GPtrArray *pages; /* (element-type GBytes) */
  guint next_page;
} Stage;

static gint64
tell_time (gpointer data)
{
  return ((Stage *) data)->now;
}

static gboolean
is_open_day (const Stage *stage, gint64 time)
{
  g_autofree char *iso = yz_time_format_iso (time);
  GDate day = { 0 };

  iso[10] = '\0';
  g_date_set_parse (&day, iso);
  return g_date_valid (&day) && yz_calendar_is_working_day (stage->desk->calendar, &day);
}

/* Office hours of a working day, @days working days on; never after the real moment. */
static gboolean
wind (Stage *stage, guint days)
{
  gint64 midnight = (stage->now + 8 * HOUR) / DAY * DAY - 8 * HOUR;
  gint64 next = 0;

  for (guint passed = 0; passed < days;) {
    midnight += DAY;
    passed += is_open_day (stage, midnight);
  }
  next =
      midnight + 9 * HOUR + (gint64) g_rand_int_range (stage->rand, 0, 7 * 3600) * G_USEC_PER_SEC;
  if (days == 0)
    next = stage->now + (gint64) g_rand_int_range (stage->rand, 120, 900) * G_USEC_PER_SEC;
  if (next >= stage->today)
    return FALSE;
  stage->now = next;
  return TRUE;
}

static void
sit_down (Stage *stage, const char *login)
{
  YzDesk *desk = stage->desk;
  g_autoptr (YzAccount) account = YZ_STORE_CALL (desk->store, find_account, login, NULL);

  g_clear_pointer (&desk->staff, yz_staff_unref);
  desk->staff = account != NULL ? yz_staff_ref (account->staff) : NULL;
  YZ_STORE_CALL (desk->store, set_actor, login);
}

/* A citizen number with its check character (ISO 7064, MOD 11-2). */
static char *
make_number (Stage *stage, gboolean male)
{
  static const int WEIGHTS[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  static const char CHECKS[] = "10X98765432";
  char number[19] = "";
  int sum = 0;

  g_snprintf (number, sizeof number, "330481%04d%02d%02d%03d",
              g_rand_int_range (stage->rand, 1950, 2005), g_rand_int_range (stage->rand, 1, 13),
              g_rand_int_range (stage->rand, 1, 29),
              g_rand_int_range (stage->rand, 0, 450) * 2 + male);
  for (gsize i = 0; i < G_N_ELEMENTS (WEIGHTS); i++)
    sum += (number[i] - '0') * WEIGHTS[i];
  number[17] = CHECKS[sum % 11];
  return g_strdup (number);
}

static GPtrArray *
make_persons (Stage *stage, guint n)
{
  GPtrArray *persons = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_person_free);

  for (guint i = 0; i < n; i++) {
    g_autofree char *number = make_number (stage, g_rand_boolean (stage->rand));
    g_autofree char *name =
        g_strconcat (FAMILY[g_rand_int_range (stage->rand, 0, G_N_ELEMENTS (FAMILY))],
                     GIVEN[g_rand_int_range (stage->rand, 0, G_N_ELEMENTS (GIVEN))], NULL);

    g_ptr_array_add (persons, yz_person_new (name, number, i == 0 ? "applicant" : "mover"));
  }
  return persons;
}

static char *
make_fact (Stage *stage, const YzFactField *field)
{
  if (g_strcmp0 (field->kind, "date") == 0)
    return g_strdup_printf ("2026-%02d-%02d", g_rand_int_range (stage->rand, 1, 10),
                            g_rand_int_range (stage->rand, 1, 29));
  if (g_strcmp0 (field->kind, "id-number") == 0)
    return make_number (stage, TRUE);
  if (g_strcmp0 (field->kind, "phone") == 0)
    return g_strdup_printf ("139%08d", g_rand_int_range (stage->rand, 0, 99999999));
  if (strstr (field->id, "address") != NULL)
    return g_strdup_printf ("练习市河滨路%d号", g_rand_int_range (stage->rand, 1, 300));
  if (strstr (field->id, "name") != NULL)
    return g_strconcat (FAMILY[g_rand_int_range (stage->rand, 0, G_N_ELEMENTS (FAMILY))],
                        GIVEN[g_rand_int_range (stage->rand, 0, G_N_ELEMENTS (GIVEN))], NULL);
  return g_strdup_printf ("练习-%04d", g_rand_int_range (stage->rand, 1, 9999));
}

static gboolean
lay_page (Stage *stage, const char *number, const char *material, GError **error)
{
  YzDesk *desk = stage->desk;
  GBytes *bytes = g_ptr_array_index (stage->pages, stage->next_page++ % stage->pages->len);
  g_autofree char *digest = yz_desk_keep (desk, bytes, error);
  YzSheet sheet = {
    .material = material,
    .digest = digest,
    .size = g_bytes_get_size (bytes),
    .media_type = "image/jpeg",
    .captured_at = stage->now,
    .origin = "camera",
    .device = "Yizhan practice camera",
    .verdicts = "",
  };

  return digest != NULL && yz_desk_attach (desk, number, &sheet, error) != 0;
}

static gboolean
fill_in (Stage *stage, const YzDossier *dossier, const YzMatter *matter, GError **error)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (YzDossier) recorded = NULL;

  for (guint i = 0; i < matter->facts->len; i++) {
    const YzFactField *field = g_ptr_array_index (matter->facts, i);

    g_hash_table_insert (facts, g_strdup (field->id), make_fact (stage, field));
  }
  recorded = yz_desk_record (stage->desk, dossier->number, 0, dossier->persons, facts, error);
  if (recorded == NULL)
    return FALSE;
  for (guint i = 0; i < matter->materials->len && stage->pages->len > 0; i++) {
    const YzMaterial *material = g_ptr_array_index (matter->materials, i);

    stage->now += G_USEC_PER_SEC * g_rand_int_range (stage->rand, 4, 40);
    if (material->required && !lay_page (stage, dossier->number, material->id, error))
      return FALSE;
  }
  return TRUE;
}

/* The step that carries a case on, or the one that sends it back. */
static const YzFlowStep *
choose_step (const YzFlow *flow, const char *state, gboolean back)
{
  const YzFlowStep *choice = NULL;

  for (guint i = 0; i < flow->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (flow->steps, i);
    guint aside = YZ_EFFECT_WITHDRAW | YZ_EFFECT_EXTEND | YZ_EFFECT_REJECT | YZ_EFFECT_RETURN;

    if (!g_str_equal (step->from, state))
      continue;
    if (back && (step->effect & YZ_EFFECT_RETURN))
      return step;
    if (!back && !(step->effect & aside) && !step->note &&
        (choice == NULL ||
         (g_str_equal (step->action, "submit") && !g_str_equal (choice->action, "submit"))))
      choice = step;
  }
  return choice;
}

/* Whoever may take the step does: the first of the staff that the store lets through. */
static gboolean
take_step (Stage *stage, const YzDossier *dossier, const YzFlowStep *step)
{
  const char *note =
      step->note ? _ ("The certificate's seal cannot be read; please bring it again.") : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (STAFF); i++) {
    g_autoptr (YzDossier) after = NULL;

    sit_down (stage, STAFF[i].login);
    if (!yz_staff_has_role (stage->desk->staff, step->role))
      continue;
    after = yz_desk_act (stage->desk, dossier->number, 0, step->action, note,
                         step->basis ? _ ("Licensing Law, article 32") : NULL, NULL);
    if (after != NULL)
      return TRUE;
  }
  return FALSE;
}

static YzDossier *
look (Stage *stage, const char *number)
{
  sit_down (stage, "bureau");
  return yz_desk_load (stage->desk, number, NULL);
}

/* Carries a case on for @steps steps, each some working days after the one before. */
static void
carry (Stage *stage, const char *number, guint steps, guint pace, gboolean back)
{
  for (guint i = 0; i < steps; i++) {
    g_autoptr (YzDossier) dossier = look (stage, number);
    YzFlow *flow = dossier != NULL ? yz_desk_find_flow (stage->desk, dossier, NULL) : NULL;
    const YzFlowStep *step = NULL;

    if (flow == NULL || dossier->kind == YZ_STATE_FINAL ||
        !wind (stage, i == 0 ? 0 : (guint) g_rand_int_range (stage->rand, 0, (gint) pace + 1)))
      return;
    if (back)
      step = choose_step (flow, dossier->state, TRUE);
    back = back && step == NULL;
    if (step == NULL)
      step = choose_step (flow, dossier->state, FALSE);
    if (step == NULL || !take_step (stage, dossier, step))
      return;
  }
}

static gboolean
play_case (Stage *stage, guint n, GError **error)
{
  static const char *const COUNTERS[] = { "clerk", "clerk", "clerk2", "clerk3" };
  static const guint STEPS[] = { 9, 1, 9, 3, 2, 9, 0, 9, 3, 1, 9, 2 };
  g_autoptr (YzMatter) matter =
      yz_desk_get_matter (stage->desk, MATTERS[n % G_N_ELEMENTS (MATTERS)]);
  g_autoptr (GPtrArray) persons = make_persons (stage, 1 + n % 3);
  g_autoptr (YzDossier) dossier = NULL;

  if (matter == NULL || matter->flow == NULL)
    return TRUE;
  stage->now = stage->today - (gint64) (N_CASES - n) * 15 * HOUR - 2 * DAY;
  if (!wind (stage, 1))
    stage->now = stage->today - HOUR;
  sit_down (stage, COUNTERS[n % G_N_ELEMENTS (COUNTERS)]);
  dossier = yz_desk_new_dossier (stage->desk, matter->code, persons, error);
  if (dossier == NULL || !fill_in (stage, dossier, matter, error))
    return FALSE;
  carry (stage, dossier->number, STEPS[(n * 5 + n / 4) % G_N_ELEMENTS (STEPS)], 1 + n % 3,
         n % 9 == 4);
  return TRUE;
}

static GPtrArray *
load_pages (const char *datadir)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *shipped = g_build_filename (datadir, "practice", NULL);
  const char *built = g_getenv ("YIZHAN_PRACTICEDIR");
  const char *folder = g_file_test (shipped, G_FILE_TEST_IS_DIR) || built == NULL ? shipped : built;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    char *data = NULL;
    gsize length = 0;

    if (g_str_has_suffix (name, ".jpg") && g_file_get_contents (path, &data, &length, NULL))
      g_ptr_array_add (pages, g_bytes_new_take (data, length));
  }
  return pages;
}

static gboolean
add_people (YzDesk *self, GError **error)
{
  g_autofree char *sealed = yz_password_seal (PASSWORD);

  for (gsize i = 0; i < G_N_ELEMENTS (UNITS); i++) {
    g_autoptr (YzUnit) unit =
        yz_unit_new (UNITS[i].code, _ (UNITS[i].name), UNITS[i].level, UNITS[i].parent);

    if (!YZ_STORE_CALL (self->store, add_unit, unit, error))
      return FALSE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (STAFF); i++) {
    g_auto (GStrv) roles = g_strsplit (STAFF[i].roles, " ", -1);
    g_autoptr (YzStaff) staff = yz_staff_new (STAFF[i].login, STAFF[i].name, STAFF[i].unit, NULL,
                                              (const char *const *) roles);

    if (!YZ_STORE_CALL (self->store, add_staff, staff, sealed, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * yz_practice_fill:
 * @datadir: shipped data; its practice/ folder has the photographs. Without it the cases have no
 *   pages and stay at the counter
 *
 * Fills a new store. The same moment gives the same cases.
 */
gboolean
yz_practice_fill (YzDesk *self, const char *datadir, GError **error)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20141);
  g_autoptr (GPtrArray) pages = load_pages (datadir);
  Stage stage = { self, rand, 0, g_get_real_time (), pages, 0 };
  gboolean good = add_people (self, error);

  YZ_STORE_CALL (self->store, set_clock, tell_time, &stage);
  for (guint i = 0; good && i < N_CASES; i++)
    good = play_case (&stage, i, error);
  YZ_STORE_CALL (self->store, set_clock, NULL, NULL);
  yz_desk_sign_out (self);
  return good;
}
