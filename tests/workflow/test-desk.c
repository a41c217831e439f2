/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/desk.h"

#include "workflow/workflow-error.h"

#include <glib/gstdio.h>
#include <string.h>

/* Everything happens in a practice store of its own: its people are known. */
typedef struct {
  char *folder;
  char *store;
  YzDesk *desk;
} Room;

static void
run (const char *const *argv)
{
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

static char *template;

/* Played once; every test gets a copy. */
static void
make_template (void)
{
  g_autoptr (GError) error = NULL;

  template = g_dir_make_tmp ("yizhan-desk-XXXXXX", NULL);
  yz_desk_create_store (template, g_getenv ("YIZHAN_DATADIR"), TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
remove_template (void)
{
  const char *const argv[] = { "rm", "-rf", template, NULL };

  run (argv);
  g_free (template);
}

static void
set_up (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  room->folder = g_dir_make_tmp ("yizhan-desk-XXXXXX", NULL);
  room->store = g_build_filename (room->folder, "store", NULL);
  {
    const char *const argv[] = { "cp", "-r", template, room->store, NULL };

    run (argv);
  }
  room->desk = yz_desk_open (room->store, g_getenv ("YIZHAN_DATADIR"), &error);
  g_assert_no_error (error);
}

static void
tear_down (Room *room, gconstpointer data)
{
  const char *const argv[] = { "rm", "-rf", room->folder, NULL };

  yz_desk_close (room->desk);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (room->desk);
  run (argv);
  g_free (room->folder);
  g_free (room->store);
}

static void
sit (Room *room, const char *login)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzStaff) staff = yz_desk_sign_in (room->desk, login, "practice", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (staff->login, ==, login);
}

/* A new case of the bureau's, complete, at the clerk's window. */
static char *
begin (Room *room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzMatter) matter = NULL;
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_person_free);
  g_autoptr (GHashTable) facts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) matters = yz_desk_list_matters (room->desk);
  g_autoptr (YzDossier) dossier = NULL;
  g_autoptr (YzDossier) recorded = NULL;
  g_autoptr (GBytes) original = g_bytes_new_static ("an original", 11);
  g_autofree char *digest = yz_desk_keep (room->desk, original, &error);

  for (guint i = 0; matter == NULL && i < matters->len; i++)
    if (g_strcmp0 (((YzMatter *) g_ptr_array_index (matters, i))->flow, "bureau") == 0)
      matter = yz_matter_ref (g_ptr_array_index (matters, i));
  g_assert_nonnull (matter);
  g_ptr_array_add (persons, yz_person_new (" 王一 ", "33048119011111004x", "applicant"));
  sit (room, "clerk");
  dossier = yz_desk_new_dossier (room->desk, matter->code, persons, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < matter->facts->len; i++)
    g_hash_table_insert (facts,
                         (gpointer) ((YzFactField *) g_ptr_array_index (matter->facts, i))->id,
                         (gpointer) "2026-01-01");
  recorded = yz_desk_record (room->desk, dossier->number, dossier->version, persons, facts, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (matter->materials, i);
    YzSheet sheet = { .material = material->name,
                      .digest = digest,
                      .size = 11,
                      .media_type = "image/jpeg",
                      .captured_at = 1,
                      .origin = "camera",
                      .device = "test" };

    g_assert_cmpuint (yz_desk_attach (room->desk, dossier->number, &sheet, &error), ==, i + 1);
    g_assert_no_error (error);
  }
  return g_strdup (dossier->number);
}

static YzDossier *
act (Room *room, const char *login, const char *number, const char *action)
{
  g_autoptr (GError) error = NULL;
  YzDossier *dossier = NULL;

  sit (room, login);
  dossier = yz_desk_act (room->desk, number, 0, action, "a reason", "an article", &error);
  g_assert_no_error (error);
  return dossier;
}

static void
refuse (Room *room, const char *login, const char *number, const char *action, YzWorkflowError code)
{
  g_autoptr (GError) error = NULL;

  sit (room, login);
  g_assert_null (yz_desk_act (room->desk, number, 0, action, "a reason", "an article", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, (int) code);
}

static void
test_way (Room *room, gconstpointer data)
{
  g_autofree char *number = begin (room);
  g_autoptr (YzDossier) submitted = act (room, "clerk", number, "submit");
  g_autoptr (YzDossier) passed = NULL;
  g_autoptr (YzDossier) examined = NULL;
  g_autoptr (YzDossier) approved = NULL;

  g_assert_cmpstr (submitted->applicant, ==, "王一");
  g_assert_cmpstr (submitted->applicant_number, ==, "33048119011111004X");
  g_assert_cmpint (submitted->due, >, submitted->accepted_at);
  g_assert_cmpint (submitted->stage_due, >, 0);
  refuse (room, "clerk", number, "examine-pass", YZ_WORKFLOW_ERROR_NOT_ALLOWED);
  refuse (room, "leader", number, "approve", YZ_WORKFLOW_ERROR_NOT_ALLOWED);
  passed = act (room, "examiner", number, "examine-pass");
  examined = act (room, "bureau", number, "examine-pass");
  g_assert_cmpstr (examined->state, ==, "bureau-decision");
  approved = act (room, "leader", number, "approve");
  g_assert_cmpint (approved->kind, ==, YZ_STATE_DECIDED);
  g_assert_cmpfloat (approved->turnaround, >=, 0);
  g_assert_cmpint (approved->decided_at, >, 0);
  g_assert_false (approved->overdue);
}

static void
test_pause (Room *room, gconstpointer data)
{
  g_autofree char *number = begin (room);
  g_autoptr (YzDossier) submitted = act (room, "clerk", number, "submit");
  g_autoptr (YzDossier) returned = act (room, "examiner", number, "return");
  g_autoptr (YzDossier) resumed = NULL;

  g_assert_cmpint (returned->kind, ==, YZ_STATE_PAUSED);
  g_assert_cmpint (returned->due, ==, 0);
  g_assert_cmpint (g_array_index (returned->pauses, YzPause, 0).to, ==, 0);
  resumed = act (room, "clerk", number, "resubmit");
  g_assert_cmpint (resumed->due, ==, submitted->due);
  g_assert_cmpint (g_array_index (resumed->pauses, YzPause, 0).to, >, 0);
}

static void
test_extension (Room *room, gconstpointer data)
{
  g_autofree char *number = begin (room);
  g_autoptr (YzDossier) submitted = act (room, "clerk", number, "submit");
  g_autoptr (YzDossier) passed = act (room, "examiner", number, "examine-pass");
  g_autoptr (YzDossier) examined = act (room, "bureau", number, "examine-pass");
  g_autoptr (YzDossier) extended = act (room, "leader", number, "extend");

  g_assert_cmpint (extended->due - examined->due, >=,
                   G_GINT64_CONSTANT (10) * 86400 * G_USEC_PER_SEC);
  refuse (room, "leader", number, "extend", YZ_WORKFLOW_ERROR_NOT_ALLOWED);
}

static void
test_stale (Room *room, gconstpointer data)
{
  g_autofree char *number = begin (room);
  g_autoptr (YzDossier) submitted = act (room, "clerk", number, "submit");
  g_autoptr (YzDossier) seen = NULL;
  g_autoptr (YzDossier) passed = NULL;
  g_autoptr (GError) error = NULL;

  sit (room, "chief");
  seen = yz_desk_load (room->desk, number, &error);
  g_assert_no_error (error);
  passed = act (room, "examiner", number, "examine-pass");
  sit (room, "chief");
  g_assert_null (yz_desk_act (room->desk, number, seen->version, "return", "late", NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_STALE);
}

static void
test_missing (Room *room, gconstpointer data)
{
  g_autofree char *number = begin (room);
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (YzDossier) before = NULL;
  g_autoptr (YzDossier) dossier = NULL;
  g_autoptr (YzMatter) matter = NULL;
  g_autoptr (GError) error = NULL;
  guint sheet = 0;

  before = yz_desk_load (room->desk, number, &error);
  matter = yz_desk_get_matter (room->desk, before->matter);
  for (guint i = 0; sheet == 0; i++)
    if (((YzMaterial *) g_ptr_array_index (matter->materials, i))->required)
      sheet = i + 1;
  g_assert_true (yz_desk_detach (room->desk, number, sheet, "blurred", &error));
  dossier = yz_desk_load (room->desk, number, &error);
  missing = yz_desk_list_missing (room->desk, dossier);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_null (yz_desk_act (room->desk, number, 0, "submit", NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INCOMPLETE);
  g_assert_cmpstr (error->message, ==, g_ptr_array_index (missing, 0));
}

static void
test_undo (Room *room, gconstpointer data)
{
  g_autofree char *number = begin (room);
  g_autoptr (YzDossier) before = yz_desk_load (room->desk, number, NULL);
  g_autoptr (YzDossier) after = NULL;
  const YzSheet *first = g_ptr_array_index (before->sheets, 0);

  g_assert_true (yz_desk_detach (room->desk, number, first->id, "by mistake", NULL));
  g_assert_true (
      yz_desk_arrange (room->desk, number, first->id, first->material, first->position, NULL));
  after = yz_desk_load (room->desk, number, NULL);
  g_assert_cmpuint (after->n_sheets, ==, before->n_sheets);
}

static void
test_strange_unit (Room *room, gconstpointer data)
{
  g_autofree char *number = begin (room);
  g_autoptr (GError) error = NULL;

  sit (room, "clerk3");
  g_assert_null (yz_desk_load (room->desk, number, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
}

static void
test_password (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzStaff) nobody = NULL;

  for (guint i = 0; i < 4; i++) {
    g_assert_null (yz_desk_sign_in (room->desk, "clerk", "wrong", &error));
    g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_PASSWORD);
    g_clear_error (&error);
  }
  /* Now even the right one has to wait, and the sentence says how long. */
  g_assert_null (yz_desk_sign_in (room->desk, "clerk", "practice", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_PASSWORD);
  g_assert_nonnull (strpbrk (error->message, "123456789"));
  g_clear_error (&error);
  g_assert_null (yz_desk_sign_in (room->desk, "nobody", "practice", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_PASSWORD);
  nobody = yz_desk_get_staff (room->desk);
  g_assert_null (nobody);
}

/* Whoever guesses logins learns nothing from the waiting. */
static void
test_stranger (Room *room, gconstpointer data)
{
  gboolean waits = FALSE;

  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) at_clerk = NULL;
    g_autoptr (GError) at_nobody = NULL;

    g_assert_null (yz_desk_sign_in (room->desk, "clerk", "wrong", &at_clerk));
    g_assert_null (yz_desk_sign_in (room->desk, "nobody", "wrong", &at_nobody));
    waits = strpbrk (at_clerk->message, "123456789") != NULL;
    g_strdelimit (at_clerk->message, "0123456789", '#'); /* how long: a moment apart */
    g_strdelimit (at_nobody->message, "0123456789", '#');
    g_assert_cmpstr (at_clerk->message, ==, at_nobody->message);
  }
  g_assert_true (waits);
}

static void
test_people (Room *room, gconstpointer data)
{
  static const char *const clerk[] = { "clerk", NULL };
  static const char *const leader[] = { "bureau-leader", NULL };
  g_autoptr (GError) error = NULL;

  sit (room, "clerk");
  g_assert_false (
      yz_desk_add_staff (room->desk, "new", "新人", clerk, "W01", "long enough", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  sit (room, "admin");
  g_assert_false (yz_desk_add_staff (room->desk, "new", "新人", clerk, "W01", "short", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (
      yz_desk_add_staff (room->desk, "new", "新人", leader, "W01", "long enough", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (yz_desk_add_unit (room->desk, "W09", "新窗口", YZ_LEVEL_WINDOW, "S02", &error));
  g_assert_true (
      yz_desk_add_staff (room->desk, "new", "新人", clerk, "W09", "long enough", &error));
  g_assert_no_error (error);
  g_assert_false (
      yz_desk_add_staff (room->desk, "new", "新人", clerk, "W09", "long enough", &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_EXISTS);
}

static void
test_figures (Room *room, gconstpointer data)
{
  g_autofree YzFigures *before = NULL;
  g_autofree YzFigures *after = NULL;
  g_autofree char *number = begin (room);
  g_autoptr (YzDossier) submitted = NULL;
  guint total = 0;

  sit (room, "supervisor");
  before = yz_desk_load_figures (room->desk, NULL);
  submitted = act (room, "clerk", number, "submit");
  sit (room, "supervisor");
  after = yz_desk_load_figures (room->desk, NULL);
  g_assert_cmpuint (after->received, ==, before->received + 1);
  g_assert_cmpuint (after->open, ==, before->open + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (after->histogram); i++)
    total += after->histogram[i];
  g_assert_cmpuint (total, ==, after->decided);
  g_assert_cmpuint (after->decided, >, 0);
}

static void
test_inbox (Room *room, gconstpointer data)
{
  YzDossierFilter filter = YZ_DOSSIER_FILTER_INIT;
  g_autofree char *number = begin (room);
  g_autoptr (YzDossier) submitted = act (room, "clerk", number, "submit");
  g_autoptr (GPtrArray) inbox = NULL;
  g_autoptr (GPtrArray) found = NULL;

  sit (room, "leader");
  filter.inbox = TRUE;
  filter.search = number;
  inbox = yz_desk_list (room->desk, &filter, NULL);
  g_assert_cmpuint (inbox->len, ==, 0);
  sit (room, "examiner");
  found = yz_desk_list (room->desk, &filter, NULL);
  g_assert_cmpuint (found->len, ==, 1);
}

static void
test_verify (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) damages = yz_desk_verify (room->desk, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < damages->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (damages, i));
  g_assert_cmpuint (damages->len, ==, 0);
}

static void
test_claim (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDesk) other = yz_desk_open (room->store, g_getenv ("YIZHAN_DATADIR"), &error);

  g_assert_no_error (error);
  g_assert_true (yz_desk_claim (room->desk, &error));
  g_assert_false (yz_desk_claim (other, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_BUSY);
  yz_desk_close (other);
}

static void
on_changed (YzDesk *desk, const char *number, gpointer data)
{
  g_ptr_array_add (data, g_strdup (number));
}

static gpointer
run_submit (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  return yz_desk_act (desk, data, 0, "submit", NULL, NULL, error);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gpointer *) data = yz_desk_call_finish (YZ_DESK (source), result, NULL);
}

static void
test_changed (Room *room, gconstpointer data)
{
  g_autofree char *number = begin (room);
  g_autoptr (GPtrArray) heard = g_ptr_array_new_with_free_func (g_free);
  gulong handler = 0;
  gpointer dossier = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  handler = g_signal_connect (room->desk, "changed", G_CALLBACK (on_changed), heard);
  yz_desk_call_async (room->desk, run_submit, g_strdup (number), g_free,
                      (GDestroyNotify) yz_dossier_unref, NULL, on_submitted, &dossier);
  while (dossier == NULL || heard->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (g_ptr_array_index (heard, 0), ==, number);
  g_signal_handler_disconnect (room->desk, handler);
  yz_dossier_unref (dossier);
}

/* A store of its own, without practice. */

static void
test_administrator (void)
{
  g_autofree char *folder = g_dir_make_tmp ("yizhan-desk-XXXXXX", NULL);
  const char *const argv[] = { "rm", "-rf", folder, NULL };
  const char *datadir = g_getenv ("YIZHAN_DATADIR");
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDesk) desk = NULL;
  g_autoptr (YzStaff) staff = NULL;

  g_assert_null (yz_desk_open (folder, datadir, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (yz_desk_create_store (folder, datadir, FALSE, NULL, NULL, NULL, &error));
  g_assert_false (yz_desk_create_store (folder, datadir, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_EXISTS);
  g_clear_error (&error);
  desk = yz_desk_open (folder, datadir, &error);
  g_assert_no_error (error);
  g_assert_true (yz_desk_needs_administrator (desk));
  g_assert_true (yz_desk_create_administrator (desk, "root", "管理员", "a good password", &error));
  g_assert_false (yz_desk_needs_administrator (desk));
  g_assert_false (yz_desk_create_administrator (desk, "two", "管理员", "a good password", &error));
  g_clear_error (&error);
  staff = yz_desk_sign_in (desk, "root", "a good password", &error);
  g_assert_no_error (error);
  g_assert_null (yz_desk_list_practice_logins (desk));
  yz_desk_close (desk);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  run (argv);
}

#define ADD(claim, test) g_test_add ("/desk/" claim, Room, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  make_template ();
  ADD ("a-case-goes-from-window-to-bureau", test_way);
  ADD ("a-return-stops-the-clock-until-resubmission", test_pause);
  ADD ("an-extension-lengthens-the-total-once", test_extension);
  ADD ("whoever-looked-at-an-older-version-decides-anew", test_stale);
  ADD ("what-is-missing-is-named", test_missing);
  ADD ("a-page-taken-out-comes-back", test_undo);
  ADD ("another-window-does-not-read-the-case", test_strange_unit);
  ADD ("wrong-passwords-make-one-wait", test_password);
  ADD ("an-unknown-login-waits-like-a-known-one", test_stranger);
  ADD ("only-an-administrator-adds-people", test_people);
  ADD ("figures-move-with-each-event", test_figures);
  ADD ("an-inbox-has-what-one-may-do", test_inbox);
  ADD ("the-practice-store-is-whole", test_verify);
  ADD ("two-desks-do-not-share-a-store", test_claim);
  ADD ("windows-hear-of-every-change", test_changed);
  g_test_add_func ("/desk/a-new-store-asks-for-its-administrator", test_administrator);
  result = g_test_run ();
  remove_template ();
  return result;
}
