/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/counter-page.h"

#include "ui/ask.h"
#include "ui/capture-pane.h"
#include "ui/dossier-form.h"
#include "ui/handout.h"
#include "ui/matter-chooser.h"
#include "ui/page-hints.h"
#include "ui/passing-note.h"
#include "ui/recorder.h"
#include "ui/settings.h"
#include "ui/submission.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzCounterPage {
  GtkBox parent;
  GtkStack *stack;
  YzMatterChooser *chooser;
  GtkLabel *matter_name;
  GtkLabel *step;
  GtkLabel *saved;
  GtkButton *submit;
  GtkLabel *returned;
  YzCapturePane *pane;
  YzDossierForm *form;
  YzPassingNote *note;

  YzDesk *desk;
  YzRecorder *recorder;
  YzPageHints *hints;
  GSimpleActionGroup *actions;
  GCancellable *cancellable; /* of the reading of this case */
  YzOpenCase *open_case;
  char *pointed_at;      /* the case whose receipt lies here, which the note offers */
  YzOpenCase *submitted; /* the one whose receipt the note offers */
  char *number;
  char *location;
  char *papers;
  gboolean submitting;
};

G_DEFINE_FINAL_TYPE (YzCounterPage, yz_counter_page, GTK_TYPE_BOX)

enum { SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What the note's button would do is done with. */
static void
forget_note (YzCounterPage *self)
{
  g_clear_pointer (&self->submitted, yz_open_case_unref);
  g_clear_pointer (&self->pointed_at, g_free);
}

static void
say (YzCounterPage *self, const char *sentence)
{
  forget_note (self);
  yz_passing_note_say (self->note, sentence, NULL);
}

static void
say_error (YzCounterPage *self, const GError *error)
{
  g_autofree char *words = yz_words_error (error);

  say (self, words);
}

static GtkWindow *
get_window (YzCounterPage *self)
{
  return GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (self)));
}

static gboolean
is_editable (YzCounterPage *self)
{
  return self->open_case != NULL && self->open_case->matter != NULL &&
         yz_open_case_is_editable (self->open_case);
}

static void
set_enabled (YzCounterPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (YzCounterPage *self)
{
  set_enabled (self, "notice", self->open_case != NULL && self->open_case->matter != NULL);
  set_enabled (self, "submit",
               is_editable (self) && !self->submitting &&
                   yz_open_case_get_forward (self->open_case) != NULL);
}

/* A case that came back: why, before anything else. */
static void
show_returned (YzCounterPage *self)
{
  g_autofree char *text = yz_open_case_describe_return (self->open_case);

  gtk_label_set_text (self->returned, text);
  gtk_widget_set_visible (GTK_WIDGET (self->returned), text != NULL);
}

static void
show_heading (YzCounterPage *self)
{
  const YzDossier *dossier = self->open_case->dossier;
  const YzFlowStep *forward = yz_open_case_get_forward (self->open_case);
  const YzFlowState *next =
      forward != NULL ? yz_flow_get_state (self->open_case->flow, forward->to) : NULL;
  g_autofree char *step =
      next != NULL
          ? g_strdup_printf ("%s · %s → %s", dossier->number, dossier->state_name, next->name)
          : g_strdup_printf ("%s · %s", dossier->number, dossier->state_name);

  gtk_label_set_text (self->matter_name, dossier->matter_name);
  gtk_label_set_text (self->step, step);
  gtk_button_set_label (self->submit, forward != NULL ? forward->name : _ ("Submit"));
  show_returned (self);
}

static void
show_case (YzCounterPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "case");
  show_heading (self);
  yz_capture_pane_show (self->pane, self->open_case);
  yz_dossier_form_show (self->form, self->open_case);
  yz_page_hints_show (self->hints, self->open_case);
  update_actions (self);
}

static void
begin_new (YzCounterPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "chooser");
  yz_matter_chooser_begin (self->chooser);
}

static void
forget_case (YzCounterPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  g_clear_pointer (&self->number, g_free);
  self->submitting = FALSE;
}

static void
remember_case (YzCounterPage *self)
{
  g_autoptr (YzStaff) staff = yz_desk_get_staff (self->desk);

  if (self->location != NULL && staff != NULL)
    yz_settings_set_last_case (self->location, staff->login, self->number);
}

static void
leave_case (YzCounterPage *self)
{
  yz_recorder_set_case (self->recorder, NULL);
  yz_dossier_form_show (self->form, NULL);
  yz_capture_pane_set_case (self->pane, NULL);
  yz_page_hints_show (self->hints, NULL);
  forget_case (self);
  remember_case (self);
  update_actions (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzOpenCase) open_case = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzCounterPage *self = data;
  gboolean first = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (open_case == NULL) {
    leave_case (self);
    begin_new (self);
    say_error (self, error);
    return;
  }
  first = self->open_case == NULL;
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  self->open_case = g_steal_pointer (&open_case);
  show_case (self);
  if (first && yz_dossier_form_is_empty (self->form))
    yz_dossier_form_focus_first (self->form);
}

/* Reading again overtakes a reading that is under way. */
static void
read_case (YzCounterPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  yz_ask_open_case (self->desk, self->number, self->cancellable, on_opened, self);
}

void
yz_counter_page_open (YzCounterPage *self, const char *number)
{
  g_autofree char *wanted = g_strdup (number);

  if (g_strcmp0 (self->number, wanted) != 0) {
    yz_recorder_set_case (self->recorder, wanted);
    yz_dossier_form_show (self->form, NULL); /* what is typed now belongs to nobody */
    yz_capture_pane_set_case (self->pane, wanted);
    forget_case (self);
    self->number = g_strdup (wanted);
    remember_case (self);
    gtk_label_set_text (self->saved, "");
  } else if (self->open_case != NULL) {
    gtk_stack_set_visible_child_name (self->stack, "case");
  }
  read_case (self);
}

const char *
yz_counter_page_get_number (YzCounterPage *self)
{
  return self->number;
}

static void
on_changed (YzCounterPage *self, const char *number)
{
  if (g_strcmp0 (number, self->number) == 0)
    read_case (self);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzCounterPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) dossier = yz_desk_call_finish (YZ_DESK (source), result, &error);

  if (dossier == NULL)
    say_error (self, error);
  else
    yz_counter_page_open (self, dossier->number);
}

static void
on_matter_chosen (YzCounterPage *self, const char *code)
{
  yz_ask_new (self->desk, code, NULL, on_created, g_object_ref (self));
}

static void
on_case_chosen (YzCounterPage *self, const char *number)
{
  yz_counter_page_open (self, number);
}

static void
on_moved (YzCounterPage *self, const char *sentence)
{
  forget_note (self);
  yz_passing_note_say (self->note, sentence, _ ("Take back"));
}

static void
on_note_pressed (YzCounterPage *self)
{
  g_autofree char *number = g_steal_pointer (&self->pointed_at);

  if (number != NULL)
    yz_counter_page_open (self, number);
  else if (self->submitted != NULL)
    yz_handout_show (YZ_PAPER_RECEIPT, self->desk, self->submitted, get_window (self),
                     self->papers);
  else
    g_action_group_activate_action (G_ACTION_GROUP (self->actions), "undo", NULL);
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  begin_new (data);
}

static void
on_notice_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzCounterPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzOpenCase) open_case = yz_submission_finish (result, &error);

  if (open_case == NULL)
    say_error (self, error);
  else
    yz_handout_show (YZ_PAPER_NOTICE, self->desk, open_case, get_window (self), self->papers);
}

static void
on_notice (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzCounterPage *self = data;

  yz_submission_read_async (self->desk, self->recorder, self->number, on_notice_read,
                            g_object_ref (self));
}

static void
give_receipt (YzCounterPage *self, YzOpenCase *open_case)
{
  g_autofree char *sentence =
      yz_handout_give_receipt (self->desk, open_case, get_window (self), self->papers);

  forget_note (self);
  self->submitted = yz_open_case_ref (open_case);
  yz_passing_note_say (self->note, sentence, _ ("Open the receipt"));
}

static void
on_suggested (YzCounterPage *self, const YzSuggestion *suggestion, guint sheet)
{
  yz_dossier_form_suggest (self->form, suggestion);
}

static void
on_pointed (YzCounterPage *self, const char *number, gboolean known)
{
  g_autofree char *sentence =
      g_strdup_printf (known ? _ ("This page is the receipt of case %s.")
                             : _ ("This page carries the case number %s, which is not in this "
                                  "store or not yours to see."),
                       number);

  say (self, sentence);
  if (!known)
    return;
  self->pointed_at = g_strdup (number);
  yz_passing_note_say (self->note, sentence, _ ("Open that case"));
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzCounterPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzOpenCase) open_case = yz_submission_finish (result, &error);

  self->submitting = FALSE;
  update_actions (self);
  if (open_case == NULL) {
    if (!yz_dossier_form_is_dirty (self->form))
      gtk_label_set_text (self->saved, _ ("saved"));
    say_error (self, error);
    if (self->number != NULL)
      read_case (self);
    return;
  }
  if (g_strcmp0 (self->number, open_case->dossier->number) == 0) {
    leave_case (self);
    begin_new (self);
  }
  give_receipt (self, open_case);
}

static void
on_submit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzCounterPage *self = data;

  if (yz_capture_pane_is_importing (self->pane)) {
    say (self, _ ("Files are still being imported. Submit when all are here."));
    return;
  }
  self->submitting = TRUE;
  update_actions (self);
  gtk_label_set_text (self->saved, _ ("submitting…"));
  yz_submission_run_async (self->desk, self->recorder, yz_capture_pane_get_shutter (self->pane),
                           self->number, on_submitted, g_object_ref (self));
}

static void
on_edited (YzCounterPage *self)
{
  gtk_label_set_text (self->saved, _ ("saving…"));
}

static void
on_recorded (YzCounterPage *self, const YzDossier *dossier)
{
  if (!self->submitting && !yz_dossier_form_is_dirty (self->form))
    gtk_label_set_text (self->saved, _ ("saved"));
}

static void
on_record_refused (YzCounterPage *self, const GError *error)
{
  gtk_label_set_text (self->saved, _ ("not saved"));
  say_error (self, error);
}

/* Escape in the chooser goes back to the case that is open. */
static gboolean
on_chooser_key (YzCounterPage *self, GdkEventKey *event)
{
  if (event->keyval != GDK_KEY_Escape || self->open_case == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_stack_set_visible_child_name (self->stack, "case");
  return GDK_EVENT_STOP;
}

GActionGroup *
yz_counter_page_get_actions (YzCounterPage *self)
{
  return G_ACTION_GROUP (self->actions);
}

void
yz_counter_page_set_shown (YzCounterPage *self, gboolean shown)
{
  yz_capture_pane_set_shown (self->pane, shown);
  if (shown && self->number != NULL)
    read_case (self);
  else if (shown)
    begin_new (self);
}

void
yz_counter_page_set_camera (YzCounterPage *self, YzCameraHost *camera)
{
  yz_capture_pane_set_camera (self->pane, camera);
}

void
yz_counter_page_set_place (YzCounterPage *self, const char *location, const char *papers)
{
  g_autoptr (YzStaff) staff = yz_desk_get_staff (self->desk);
  g_autofree char *number =
      staff != NULL ? yz_settings_get_last_case (location, staff->login) : NULL;

  g_free (self->location);
  g_free (self->papers);
  self->location = g_strdup (location);
  self->papers = g_strdup (papers);
  if (number != NULL)
    yz_counter_page_open (self, number);
}

void
yz_counter_page_settle_async (YzCounterPage *self, GAsyncReadyCallback callback, gpointer user_data)
{
  yz_page_hints_close (self->hints); /* nobody is left to read for */
  g_action_group_activate_action (yz_capture_pane_get_actions (self->pane), "stop-import", NULL);
  yz_submission_settle_async (self->recorder, yz_capture_pane_get_shutter (self->pane),
                              g_task_new (self, NULL, callback, user_data));
}

gboolean
yz_counter_page_settle_finish (YzCounterPage *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
connect (YzCounterPage *self)
{
  const struct {
    gpointer object;
    const char *signal;
    GCallback callback;
  } connections[] = {
    { self->desk, "changed", G_CALLBACK (on_changed) },
    { self->pane, "said", G_CALLBACK (say) },
    { self->pane, "moved", G_CALLBACK (on_moved) },
    { self->recorder, "recorded", G_CALLBACK (on_recorded) },
    { self->recorder, "refused", G_CALLBACK (on_record_refused) },
    { self->form, "edited", G_CALLBACK (on_edited) },
    { self->hints, "suggested", G_CALLBACK (on_suggested) },
    { self->hints, "said", G_CALLBACK (say) },
    { self->hints, "pointed", G_CALLBACK (on_pointed) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (connections[i].object, connections[i].signal, connections[i].callback,
                             self, G_CONNECT_SWAPPED);
}

/* One group of actions for the page: what the pane can do and what the page can. */
static void
join_actions (YzCounterPage *self)
{
  GActionGroup *pane = yz_capture_pane_get_actions (self->pane);
  g_auto (GStrv) names = g_action_group_list_actions (pane);

  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (G_ACTION_MAP (self->actions),
                             g_action_map_lookup_action (G_ACTION_MAP (pane), names[i]));
}

GtkWidget *
yz_counter_page_new (YzDesk *desk, YzPictures *pictures, YzCameraHost *camera)
{
  YzCounterPage *self = g_object_new (YZ_TYPE_COUNTER_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->recorder = yz_recorder_new (desk, self->form);
  self->hints = yz_page_hints_new (desk);
  yz_matter_chooser_set_desk (self->chooser, desk);
  yz_capture_pane_set_desk (self->pane, desk, pictures);
  connect (self);
  yz_counter_page_set_camera (self, camera);
  update_actions (self);
  return GTK_WIDGET (self);
}

static void
yz_counter_page_dispose (GObject *object)
{
  YzCounterPage *self = YZ_COUNTER_PAGE (object);

  forget_case (self);
  forget_note (self);
  g_clear_object (&self->recorder);
  if (self->hints != NULL)
    yz_page_hints_close (self->hints);
  g_clear_object (&self->hints);
  g_clear_object (&self->desk);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->papers, g_free);
  G_OBJECT_CLASS (yz_counter_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, matter_name);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, step);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, saved);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, submit);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, returned);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, pane);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, form);
  gtk_widget_class_bind_template_child (widget_class, YzCounterPage, note);
}

static void
yz_counter_page_class_init (YzCounterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (YZ_TYPE_MATTER_CHOOSER);
  g_type_ensure (YZ_TYPE_CAPTURE_PANE);
  g_type_ensure (YZ_TYPE_DOSSIER_FORM);
  g_type_ensure (YZ_TYPE_PASSING_NOTE);
  G_OBJECT_CLASS (klass)->dispose = yz_counter_page_dispose;
  signals[SAID] = g_signal_new ("said", YZ_TYPE_COUNTER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/counter-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_matter_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_case_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_chooser_key);
  gtk_widget_class_bind_template_callback (widget_class, on_note_pressed);
}

static const GActionEntry ACTIONS[] = {
  { .name = "new", .activate = on_new },
  { .name = "notice", .activate = on_notice },
  { .name = "submit", .activate = on_submit },
};

static void
yz_counter_page_init (YzCounterPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), ACTIONS, G_N_ELEMENTS (ACTIONS),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  join_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "counter", G_ACTION_GROUP (self->actions));
}
