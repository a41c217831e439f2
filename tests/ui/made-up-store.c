/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/ui/made-up-store.h"

#include <ftw.h>
#include <stdio.h>

static void
add_staff (YzDesk *desk, const char *login, const char *role, const char *unit)
{
  g_autoptr (GError) error = NULL;
  const char *const roles[] = { role, NULL };

  yz_desk_add_staff (desk, login, login, roles, unit, MADE_UP_PASSWORD, &error);
  g_assert_no_error (error);
}

static void
add_unit (YzDesk *desk, const char *code, YzLevel level, const char *parent)
{
  g_autoptr (GError) error = NULL;

  yz_desk_add_unit (desk, code, code, level, parent, &error);
  g_assert_no_error (error);
}

void
made_up_store_sit_down (YzDesk *desk, const char *login)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzStaff) staff = yz_desk_sign_in (desk, login, MADE_UP_PASSWORD, &error);

  g_assert_no_error (error);
  g_assert_nonnull (staff);
}

guint
made_up_store_add_page (YzDesk *desk, const char *number, const char *material, GBytes *picture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = yz_desk_keep (desk, picture, &error);
  YzSheet sheet = { .material = material,
                    .digest = digest,
                    .media_type = "image/jpeg",
                    .captured_at = g_get_real_time (),
                    .origin = "camera",
                    .device = "test",
                    .verdicts = "" };
  guint id = 0;

  g_assert_no_error (error);
  id = yz_desk_attach (desk, number, &sheet, &error);
  g_assert_no_error (error);
  return id;
}

static const char *
make_fact (const YzFactField *field)
{
  if (g_strcmp0 (field->kind, "date") == 0)
    return "2026-03-02";
  if (g_strcmp0 (field->kind, "id-number") == 0)
    return "330481198506110024";
  return g_strcmp0 (field->kind, "phone") == 0 ? "13900000000" : "练习";
}

static void
fill_in (YzDesk *desk, YzDossier *dossier, const YzMatter *matter)
{
  g_autoptr (GHashTable) facts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) recorded = NULL;

  for (guint i = 0; i < matter->facts->len; i++) {
    const YzFactField *field = g_ptr_array_index (matter->facts, i);

    g_hash_table_insert (facts, (gpointer) field->id, (gpointer) make_fact (field));
  }
  recorded = yz_desk_record (desk, dossier->number, 0, dossier->persons, facts, &error);
  g_assert_no_error (error);
  g_assert_nonnull (recorded);
}

char *
made_up_store_begin_case (YzDesk *desk, const char *matter)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) dossier = yz_desk_new_dossier (desk, matter, nobody, &error);

  g_assert_no_error (error);
  return g_strdup (dossier->number);
}

char *
made_up_store_open_case (YzDesk *desk, guint pages, GBytes *picture)
{
  g_autoptr (YzMatter) matter = yz_desk_get_matter (desk, MADE_UP_MATTER);
  g_autoptr (GPtrArray) persons = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) dossier = NULL;
  YzPerson person = { "范立样", "330481199003070010", "applicant" };
  guint laid = 0;

  g_ptr_array_add (persons, &person);
  dossier = yz_desk_new_dossier (desk, MADE_UP_MATTER, persons, &error);
  g_assert_no_error (error);
  fill_in (desk, dossier, matter);
  for (guint i = 0; i < matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (matter->materials, i);

    if (material->required && ++laid > 0)
      made_up_store_add_page (desk, dossier->number, material->id, picture);
  }
  for (; laid < pages; laid++) {
    const YzMaterial *first = g_ptr_array_index (matter->materials, 0);

    made_up_store_add_page (desk, dossier->number, first->id, picture);
  }
  return g_strdup (dossier->number);
}

GBytes *
made_up_store_load_picture (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YIZHAN_PRACTICEDIR"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length = 0;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

YzDesk *
made_up_store_new (char **out_folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("yizhan-test-XXXXXX", &error);
  const char *datadir = g_getenv ("YIZHAN_DATADIR");
  YzDesk *desk = NULL;

  g_assert_no_error (error);
  yz_desk_create_store (folder, datadir, FALSE, "admin", "admin", MADE_UP_PASSWORD, &error);
  g_assert_no_error (error);
  desk = yz_desk_open (folder, datadir, &error);
  g_assert_no_error (error);
  made_up_store_sit_down (desk, "admin");
  add_unit (desk, "S01", YZ_LEVEL_STATION, NULL);
  add_unit (desk, "W01", YZ_LEVEL_WINDOW, "S01");
  add_staff (desk, "clerk", "clerk", "W01");
  add_staff (desk, "examiner", "station-examiner", "S01");
  add_staff (desk, "chief", "station-leader", "S01");
  made_up_store_sit_down (desk, "clerk");
  *out_folder = g_steal_pointer (&folder);
  return desk;
}

static int
remove_one (const char *path, const struct stat *info, int kind, struct FTW *walk)
{
  return remove (path);
}

void
made_up_store_remove (const char *folder)
{
  nftw (folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
