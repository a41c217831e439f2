/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/review-page.h"

#include "ui/ask.h"
#include "ui/case-facts.h"
#include "ui/decision-bar.h"
#include "ui/history.h"
#include "ui/inbox.h"
#include "ui/originals.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>
#include <handy.h>

#define CALM 120 /* milliseconds in which several changes make one reading */

struct _YzReviewPage {
  GtkBox parent;
  YzInbox *inbox;
  GtkStack *stack;
  HdyStatusPage *nothing;
  YzOriginals *originals;
  GtkScrolledWindow *scroller;
  GtkWidget *panel;
  YzCaseFacts *facts;
  YzHistory *history;
  YzDecisionBar *bar;

  YzDesk *desk;
  YzPictures *pictures;
  GSimpleActionGroup *actions;
  GCancellable *cancellable; /* of the case being opened */
  GCancellable *ahead;       /* of the case read beforehand */
  char *number;              /* (nullable) the case wanted */
  YzOpenCase *next_case;     /* (nullable) read beforehand */
  char *seen;                /* (nullable) what is shown: the case and its version */
  guint refresh;
  gboolean shown, deciding, wants_focus;
};

G_DEFINE_FINAL_TYPE (YzReviewPage, yz_review_page, GTK_TYPE_BOX)

static guint said_signal;

static void
say (YzReviewPage *self, const char *sentence)
{
  g_signal_emit (self, said_signal, 0, sentence);
}

static void
show_nothing (YzReviewPage *self, const char *title, const char *sentence)
{
  g_clear_pointer (&self->seen, g_free);
  hdy_status_page_set_title (self->nothing, title);
  hdy_status_page_set_description (self->nothing, sentence);
  gtk_widget_hide (self->panel);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
take_focus (YzReviewPage *self)
{
  if (self->wants_focus)
    yz_originals_focus (self->originals);
  self->wants_focus = FALSE;
}

static void
on_read_ahead (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  YzOpenCase *open_case = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzReviewPage *self = data;

  if (open_case == NULL)
    return; /* it is read again when it is wanted, and says then what is wrong */
  g_clear_pointer (&self->next_case, yz_open_case_unref);
  self->next_case = open_case;
  yz_originals_prefetch (self->originals, self->pictures, open_case);
}

static void
forget_ahead (YzReviewPage *self)
{
  g_cancellable_cancel (self->ahead);
  g_clear_object (&self->ahead);
  g_clear_pointer (&self->next_case, yz_open_case_unref);
}

/* The case one comes to after this one, and its first page. */
static void
read_ahead (YzReviewPage *self)
{
  const char *next = yz_inbox_peek (self->inbox, 1);

  if (next == NULL ||
      (self->next_case != NULL && g_strcmp0 (self->next_case->dossier->number, next) == 0))
    return;
  forget_ahead (self);
  self->ahead = g_cancellable_new ();
  yz_ask_open_case (self->desk, next, self->ahead, on_read_ahead, self);
}

/* The same version of the same case is not built up again: only what may be done with it. */
static void
show_case (YzReviewPage *self, YzOpenCase *open_case)
{
  gint64 now = g_get_real_time ();
  g_autofree char *seen =
      g_strdup_printf ("%s/%u", open_case->dossier->number, open_case->dossier->version);

  if (g_strcmp0 (self->seen, seen) == 0) {
    yz_decision_bar_show (self->bar, open_case);
    take_focus (self);
    return;
  }
  g_free (self->seen);
  self->seen = g_steal_pointer (&seen);
  gtk_stack_set_visible_child_name (self->stack, "case");
  gtk_widget_show (self->panel);
  yz_originals_show (self->originals, self->pictures, open_case);
  yz_case_facts_show (self->facts, open_case, yz_desk_get_calendar (self->desk), now);
  yz_history_show (self->history, open_case);
  yz_decision_bar_show (self->bar, open_case);
  take_focus (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzOpenCase) open_case = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzReviewPage *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (open_case == NULL) {
    g_autofree char *words = yz_words_error (error);

    yz_decision_bar_show (self->bar, NULL);
    show_nothing (self, _ ("This case cannot be shown"), words);
    return;
  }
  show_case (self, open_case);
  read_ahead (self);
}

static void
read_case (YzReviewPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->number == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  yz_ask_open_case (self->desk, self->number, self->cancellable, on_opened, self);
}

static void
open_case (YzReviewPage *self, const char *number)
{
  g_autofree char *own = g_strdup (number);

  g_free (self->number);
  self->number = g_steal_pointer (&own);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  if (self->next_case != NULL && g_strcmp0 (self->next_case->dossier->number, self->number) == 0)
    show_case (self, self->next_case); /* at once; what is read now replaces it */
  read_case (self);
}

static void
close_case (YzReviewPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->number, g_free);
  yz_decision_bar_show (self->bar, NULL);
  yz_originals_show (self->originals, self->pictures, NULL);
  if (yz_inbox_get_length (self->inbox) > 0)
    show_nothing (self, _ ("Choose a case"), _ ("F8 goes to the next one in the list."));
  else
    show_nothing (self, _ ("All done"), _ ("No case in this list waits for you."));
}

static void
on_inbox_chosen (YzReviewPage *self, const char *number)
{
  if (g_strcmp0 (number, self->number) != 0)
    open_case (self, number);
}

static void
on_inbox_activated (YzReviewPage *self, const char *number)
{
  self->wants_focus = TRUE;
  open_case (self, number);
}

static void
on_inbox_filled (YzReviewPage *self)
{
  if (self->deciding)
    return;
  if (self->number != NULL && yz_inbox_get_chosen (self->inbox) == NULL)
    yz_inbox_choose (self->inbox, self->number);
  if (self->number == NULL && !yz_inbox_choose_row (self->inbox, 0))
    close_case (self);
  else
    read_ahead (self);
}

void
yz_review_page_open (YzReviewPage *self, const char *number)
{
  self->wants_focus = TRUE;
  if (g_strcmp0 (number, self->number) != 0)
    open_case (self, number);
  else
    take_focus (self);
  yz_inbox_choose (self->inbox, number);
}

const char *
yz_review_page_get_number (YzReviewPage *self)
{
  return self->number;
}

/* Decided: on to the case that moves up into its place, or to the last one. */
static void
on_decided (YzReviewPage *self, const char *number)
{
  int row = yz_inbox_get_row (self->inbox);
  int last = 0;

  if (row < 0) /* opened from elsewhere: there is no next one */
    return;
  self->deciding = TRUE;
  yz_inbox_hide (self->inbox, number);
  self->deciding = FALSE;
  g_clear_pointer (&self->number, g_free);
  self->wants_focus = TRUE;
  last = (int) yz_inbox_get_length (self->inbox) - 1;
  if (!yz_inbox_choose_row (self->inbox, MIN (row, last)))
    close_case (self);
}

static void
on_undone (YzReviewPage *self, const char *number)
{
  yz_inbox_unhide (self->inbox, number);
  yz_review_page_open (self, number);
}

static void
on_acted (YzReviewPage *self, const char *number)
{
  yz_inbox_settle (self->inbox, number);
  if (g_strcmp0 (number, self->number) == 0)
    read_case (self);
}

static void
on_refused (YzReviewPage *self, const char *number)
{
  yz_inbox_unhide (self->inbox, number);
  yz_inbox_refresh (self->inbox);
  if (self->number == NULL)
    yz_review_page_open (self, number);
  else if (g_strcmp0 (number, self->number) == 0)
    read_case (self);
}

static void
on_wanted (YzReviewPage *self, const char *number)
{
  yz_review_page_open (self, number);
}

static gboolean
on_calm (gpointer data)
{
  YzReviewPage *self = data;

  self->refresh = 0;
  forget_ahead (self);
  yz_inbox_refresh (self->inbox);
  return G_SOURCE_REMOVE;
}

static void
on_desk_changed (YzReviewPage *self, const char *number)
{
  if (!self->shown)
    return; /* all is read anew when the page is shown */
  if (g_strcmp0 (number, self->number) == 0)
    read_case (self);
  if (self->refresh == 0)
    self->refresh = g_timeout_add (CALM, on_calm, self);
}

void
yz_review_page_set_shown (YzReviewPage *self, gboolean shown)
{
  g_autoptr (YzStaff) staff = NULL;

  self->shown = shown;
  if (!shown) {
    yz_decision_bar_flush (self->bar);
    g_clear_handle_id (&self->refresh, g_source_remove);
    return;
  }
  staff = yz_desk_get_staff (self->desk);
  yz_decision_bar_set_staff (self->bar, staff);
  self->wants_focus = TRUE;
  forget_ahead (self);
  yz_inbox_refresh (self->inbox);
  read_case (self);
}

static void
move_case (YzReviewPage *self, int steps)
{
  self->wants_focus = TRUE;
  if (yz_inbox_move (self->inbox, steps))
    return;
  self->wants_focus = FALSE;
  say (self, steps > 0 ? _ ("This is the last case of the list.")
                       : _ ("This is the first case of the list."));
}

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzReviewPage *self = data;
  GQuark name = g_quark_from_string (g_action_get_name (G_ACTION (action)));

  if (name == g_quark_from_static_string ("approve"))
    yz_decision_bar_forward (self->bar);
  else if (name == g_quark_from_static_string ("return"))
    yz_decision_bar_return (self->bar);
  else if (name == g_quark_from_static_string ("reject"))
    yz_decision_bar_reject (self->bar);
  else if (name == g_quark_from_static_string ("undo"))
    yz_decision_bar_undo (self->bar);
  else if (name == g_quark_from_static_string ("next-case"))
    move_case (self, 1);
  else if (name == g_quark_from_static_string ("previous-case"))
    move_case (self, -1);
}

static void
on_view_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzReviewPage *self = data;
  GQuark name = g_quark_from_string (g_action_get_name (G_ACTION (action)));

  if (name == g_quark_from_static_string ("next-page"))
    yz_originals_move (self->originals, 1);
  else if (name == g_quark_from_static_string ("previous-page"))
    yz_originals_move (self->originals, -1);
  else if (name == g_quark_from_static_string ("zoom-in"))
    yz_originals_zoom (self->originals, 1.25);
  else if (name == g_quark_from_static_string ("zoom-out"))
    yz_originals_zoom (self->originals, 1 / 1.25);
  else if (name == g_quark_from_static_string ("fit"))
    yz_originals_fit (self->originals);
  else if (name == g_quark_from_static_string ("turn"))
    yz_originals_turn (self->originals);
  else if (name == g_quark_from_static_string ("whole"))
    yz_originals_set_whole (self->originals, !yz_originals_get_whole (self->originals));
  else if (name == g_quark_from_static_string ("two-pages"))
    yz_originals_set_two (self->originals, !yz_originals_get_two (self->originals));
}

static void
on_search_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzReviewPage *self = data;

  self->wants_focus = FALSE; /* a case that is still coming does not take the cursor away */
  yz_inbox_focus_search (self->inbox);
}

static void
on_refresh_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  yz_inbox_refresh (YZ_REVIEW_PAGE (data)->inbox);
  read_case (data);
}

static void
add_actions (YzReviewPage *self)
{
  static const GActionEntry ENTRIES[] = {
    { .name = "approve", .activate = on_action },
    { .name = "return", .activate = on_action },
    { .name = "reject", .activate = on_action },
    { .name = "undo", .activate = on_action },
    { .name = "next-case", .activate = on_action },
    { .name = "previous-case", .activate = on_action },
    { .name = "next-page", .activate = on_view_action },
    { .name = "previous-page", .activate = on_view_action },
    { .name = "zoom-in", .activate = on_view_action },
    { .name = "zoom-out", .activate = on_view_action },
    { .name = "fit", .activate = on_view_action },
    { .name = "turn", .activate = on_view_action },
    { .name = "whole", .activate = on_view_action },
    { .name = "two-pages", .activate = on_view_action },
    { .name = "search", .activate = on_search_action },
    { .name = "refresh", .activate = on_refresh_action },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), ENTRIES, G_N_ELEMENTS (ENTRIES),
                                   self);
}

GActionGroup *
yz_review_page_get_actions (YzReviewPage *self)
{
  return G_ACTION_GROUP (self->actions);
}

GtkWidget *
yz_review_page_new (YzDesk *desk, YzPictures *pictures)
{
  YzReviewPage *self = g_object_new (YZ_TYPE_REVIEW_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->pictures = g_object_ref (pictures);
  yz_inbox_set_desk (self->inbox, desk);
  yz_decision_bar_set_desk (self->bar, desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static void
yz_review_page_dispose (GObject *object)
{
  YzReviewPage *self = YZ_REVIEW_PAGE (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  forget_ahead (self);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->seen, g_free);
  g_clear_object (&self->actions);
  g_clear_object (&self->pictures);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_review_page_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (YZ_TYPE_INBOX);
  g_type_ensure (YZ_TYPE_ORIGINALS);
  g_type_ensure (YZ_TYPE_CASE_FACTS);
  g_type_ensure (YZ_TYPE_HISTORY);
  g_type_ensure (YZ_TYPE_DECISION_BAR);
  g_type_ensure (HDY_TYPE_STATUS_PAGE);
}

static void
yz_review_page_class_init (YzReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_review_page_dispose;
  said_signal = g_signal_new ("said", YZ_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, originals);
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, panel);
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, facts);
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, history);
  gtk_widget_class_bind_template_child (widget_class, YzReviewPage, bar);
  gtk_widget_class_bind_template_callback (widget_class, on_inbox_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_inbox_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_inbox_filled);
  gtk_widget_class_bind_template_callback (widget_class, on_decided);
  gtk_widget_class_bind_template_callback (widget_class, on_undone);
  gtk_widget_class_bind_template_callback (widget_class, on_acted);
  gtk_widget_class_bind_template_callback (widget_class, on_refused);
  gtk_widget_class_bind_template_callback (widget_class, on_wanted);
}

static void
yz_review_page_init (YzReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
  show_nothing (self, _ ("Choose a case"), _ ("F8 goes to the next one in the list."));
}
