/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The approver's way, by real keys: the program itself over a store of its own, and xdotool. */

#include "app/application.h"
#include "tests/ui/made-up-store.h"
#include "ui/decision-bar.h"
#include "ui/inbox.h"
#include "ui/originals.h"
#include "ui/review-page.h"
#include "ui/window.h"

#define GUARD 60     /* seconds until a test gives up waiting; a sanitized program is slow */
#define TICK 50      /* milliseconds between two looks */
#define GRACE 600000 /* milliseconds: however slow the machine, there is time for an undo */
#define PAGES 10

typedef struct {
  char *store;
  YzDesk *desk; /* ours, beside the running program's */
  GtkWindow *window;
  GPtrArray *numbers; /* (element-type utf8) the cases, the one of ten pages first */
  int result;
} World;

static World world;

/* Making the store */

static void
add_case (YzDesk *desk, guint pages, GBytes *picture)
{
  g_autofree char *number = made_up_store_open_case (desk, pages, picture);
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) handed_in = yz_desk_act (desk, number, 0, "submit", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (handed_in);
  g_ptr_array_insert (world.numbers, 0, g_steal_pointer (&number));
}

static void
make_store (void)
{
  g_autoptr (GBytes) picture = made_up_store_load_picture ("08-application-letter.jpg");

  world.desk = made_up_store_new (&world.store);
  world.numbers = g_ptr_array_new_with_free_func (g_free);
  /* Of two that are equally pressing the list shows the later one first. */
  add_case (world.desk, 1, picture);
  add_case (world.desk, 1, picture);
  add_case (world.desk, PAGES, picture);
}

/* Waiting and pressing */

static gboolean
on_guard (gpointer data)
{
  g_error ("gave up waiting for %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE; /* wakes the loop, for the store says nothing by itself */
}

static void
wait_until (gboolean (*holds) (gconstpointer), gconstpointer data, const char *what)
{
  guint guard = g_timeout_add_seconds (GUARD, on_guard, (gpointer) what);
  guint tick = g_timeout_add (TICK, on_tick, NULL);

  while (!holds (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (guard);
}

/* Types as a person does: the keys come from the display, not from the program. */
static void
run_xdotool (const char *verb, const char *what)
{
  const char *const command[] = { "xdotool", verb, what, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  while (gtk_events_pending ())
    gtk_main_iteration ();
}

static void
press (const char *key)
{
  run_xdotool ("key", key);
}

typedef struct {
  GType type;
  GtkWidget *found;
} Search;

static void
search (GtkWidget *widget, gpointer data)
{
  Search *self = data;

  if (g_type_is_a (G_OBJECT_TYPE (widget), self->type))
    self->found = widget;
  else if (GTK_IS_CONTAINER (widget) && self->found == NULL)
    gtk_container_forall (GTK_CONTAINER (widget), search, self);
}

static gpointer
find (GType type)
{
  Search self = { type, NULL };

  search (GTK_WIDGET (world.window), &self);
  return self.found;
}

static const char *
get_number (void)
{
  YzReviewPage *page = find (YZ_TYPE_REVIEW_PAGE);

  return page != NULL ? yz_review_page_get_number (page) : NULL;
}

static gboolean
is_active (gconstpointer data)
{
  return gtk_window_is_active (world.window);
}

static gboolean
is_at_case (gconstpointer number)
{
  YzOriginals *originals = find (YZ_TYPE_ORIGINALS);

  return g_strcmp0 (get_number (), number) == 0 && originals != NULL &&
         yz_originals_get_place (originals) > 0;
}

static gboolean
is_at_page (gconstpointer place)
{
  YzOriginals *originals = find (YZ_TYPE_ORIGINALS);

  return originals != NULL && yz_originals_get_place (originals) == GPOINTER_TO_UINT (place);
}

static gboolean
asks_who (gconstpointer data)
{
  return get_number () == NULL && GTK_IS_ENTRY (gtk_window_get_focus (world.window));
}

/* What the store says of a case, read by a desk of our own. */
static YzDossier *last_read;

typedef struct {
  const char *number, *state;
} Expectation;

static gboolean
is_in_state (gconstpointer data)
{
  const Expectation *expected = data;

  g_clear_pointer (&last_read, yz_dossier_unref);
  last_read = yz_desk_load (world.desk, expected->number, NULL);
  return last_read != NULL && g_strcmp0 (last_read->state, expected->state) == 0;
}

static void
wait_for_state (const char *number, const char *state)
{
  Expectation expected = { number, state };

  wait_until (is_in_state, &expected, state);
}

static const YzEvent *
get_last_event (void)
{
  GPtrArray *events = last_read->events;

  return g_ptr_array_index (events, events->len - 1);
}

static void
sign_in (const char *login)
{
  wait_until (is_active, NULL, "the window");
  wait_until (asks_who, NULL, "the sign-in page");
  if (!gtk_entry_get_visibility (GTK_ENTRY (gtk_window_get_focus (world.window))))
    press ("shift+Tab"); /* it remembers who sat here last, and asks for the password */
  press ("ctrl+a");
  run_xdotool ("type", login);
  press ("Tab");
  run_xdotool ("type", MADE_UP_PASSWORD);
  press ("Return");
}

/* The way */

static const char *
get_case (guint index)
{
  return g_ptr_array_index (world.numbers, index);
}

static void
test_sign_in (void)
{
  sign_in ("examiner");
  wait_until (is_at_case, get_case (0), "the first case");
  yz_decision_bar_set_grace (find (YZ_TYPE_DECISION_BAR), GRACE);
}

static gboolean
shows_all (gconstpointer data)
{
  return yz_inbox_get_length (find (YZ_TYPE_INBOX)) == world.numbers->len;
}

static gboolean
reads (gconstpointer data)
{
  return gtk_widget_is_ancestor (gtk_window_get_focus (world.window), find (YZ_TYPE_ORIGINALS));
}

/* Typing and Return come faster than the inbox answers: no other case may open. */
static void
open_by_number (const char *number)
{
  press ("ctrl+f");
  run_xdotool ("type", number);
  press ("Return");
  wait_until (is_at_case, number, "the case whose number was typed");
}

static void
test_return_waits_for_the_search (void)
{
  open_by_number (get_case (2));
  open_by_number (get_case (0));
  press ("ctrl+f");
  press ("Escape");
  wait_until (shows_all, NULL, "the whole inbox");
  press ("Return");
  wait_until (reads, NULL, "the cursor on the originals");
}

static void
test_ten_keys (void)
{
  guint keys = 0;

  for (; keys < PAGES - 1; keys++) {
    press ("Page_Down");
    wait_until (is_at_page, GUINT_TO_POINTER (keys + 2), "the next page");
  }
  press ("ctrl+Return"); /* the decision and the next case: one key */
  keys++;
  wait_until (is_at_case, get_case (1), "the next case");
  g_assert_cmpuint (keys, ==, 10);
}

static void
test_undo (void)
{
  press ("ctrl+z");
  wait_until (is_at_case, get_case (0), "the case taken back");
  wait_for_state (get_case (0), "station-examination");
  press ("ctrl+Return");
  wait_until (is_at_case, get_case (1), "the next case");
}

static void
test_return (void)
{
  press ("ctrl+b");
  press ("1");
  press ("3");
  press ("ctrl+Return");
  wait_until (is_at_case, get_case (2), "the case after the return");
  /* The decision before is final by now; the return may still be taken back. */
  wait_for_state (get_case (0), "station-decision");
  wait_for_state (get_case (1), "station-examination");
}

static void
test_sign_out (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (world.window), "sign-out", NULL);
  wait_until (asks_who, NULL, "the sign-in page");
  sign_in ("chief");
  wait_until (is_at_case, get_case (0), "the case to be decided");
  wait_for_state (get_case (1), "returned");
  g_assert_cmpstr (get_last_event ()->actor, ==, "examiner");
  g_assert_cmpstr (get_last_event ()->note, ==,
                   "1. A page is not legible.\n"
                   "2. The name or the citizen number differs between the originals.");
}

static void
test_reject (void)
{
  g_autoptr (YzMatter) matter = yz_desk_get_matter (world.desk, MADE_UP_MATTER);

  press ("ctrl+d");
  press ("ctrl+Return"); /* no reason: nothing happens but a sentence */
  g_assert_cmpstr (get_number (), ==, get_case (0));
  run_xdotool ("type", "Not eligible");
  press ("ctrl+Return");
  wait_for_state (get_case (0), "rejected");
  g_assert_cmpstr (get_last_event ()->note, ==, "Not eligible");
  g_assert_cmpstr (get_last_event ()->basis, ==, matter->basis);
}

static gboolean
on_running (gpointer data)
{
  GtkApplication *application = data;

  world.window = gtk_application_get_active_window (application);
  if (world.window == NULL)
    return G_SOURCE_CONTINUE;
  world.result = g_test_run ();
  g_clear_pointer (&last_read, yz_dossier_unref);
  yz_window_leave (YZ_WINDOW (world.window));
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (YzApplication) application = NULL;
  char *arguments[] = { argv[0], (char *) "--store", NULL, NULL };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/approver/signs-in-and-sees-the-first-case", test_sign_in);
  g_test_add_func ("/approver/return-waits-for-the-search", test_return_waits_for_the_search);
  g_test_add_func ("/approver/passes-a-case-of-ten-pages-on-with-ten-keys", test_ten_keys);
  g_test_add_func ("/approver/undo-comes-back-to-the-case-before-anything-is-stored", test_undo);
  g_test_add_func ("/approver/returns-with-numbered-reasons", test_return);
  g_test_add_func ("/approver/signing-out-is-no-undo", test_sign_out);
  g_test_add_func ("/approver/a-rejection-demands-a-reason-and-offers-the-basis", test_reject);
  make_store ();
  arguments[2] = world.store;
  application = yz_application_new ();
  g_idle_add (on_running, application);
  g_application_run (G_APPLICATION (application), 3, arguments);
  yz_desk_close (world.desk);
  g_object_unref (world.desk);
  made_up_store_remove (world.store);
  g_free (world.store);
  g_ptr_array_unref (world.numbers);
  return world.result;
}
