/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/decision-bar.h"

#include "ui/ask.h"
#include "ui/decision-words.h"
#include "ui/paper-printer.h"
#include "ui/reason-form.h"
#include "ui/step-menu.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzDecisionBar {
  GtkBox parent;
  GtkRevealer *undo_line;
  GtkLabel *undo_words;
  GtkProgressBar *undo_progress;
  GtkRevealer *refusal;
  GtkLabel *refusal_words;
  GtkWidget *refusal_go;
  GtkStack *stack;
  YzReasonForm *form;
  GtkLabel *explanation;
  GtkButton *forward;
  GtkButton *back;
  GtkButton *refuse;
  YzStepMenu *more;

  YzDesk *desk;
  YzStaff *staff;
  YzOpenCase *open_case;
  YzGrace *grace;
  YzDecisionTell tell;
  gpointer tell_data;
  char *refused; /* (nullable) the case whose decision was refused last */
  guint tick;
  gboolean gone;
};

G_DEFINE_FINAL_TYPE (YzDecisionBar, yz_decision_bar, GTK_TYPE_BOX)

enum { DECIDED, UNDONE, ACTED, REFUSED, WANTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const YzFlowStep *
find_step (YzDecisionBar *self, const char *action)
{
  GPtrArray *steps = self->open_case != NULL ? self->open_case->steps : NULL;

  for (guint i = 0; steps != NULL && i < steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (steps, i);

    if (g_strcmp0 (step->action, action) == 0)
      return step;
  }
  return NULL;
}

/* Forward is the decision, or the only thing there is to do: to resume, to carry out. */
static const YzFlowStep *
get_forward (YzDecisionBar *self)
{
  const YzFlowStep *step = yz_open_case_get_forward (self->open_case);
  GPtrArray *steps = self->open_case->steps;

  for (guint i = 0; step == NULL && steps != NULL && i < steps->len; i++) {
    const YzFlowStep *at = g_ptr_array_index (steps, i);

    if ((at->effect &
         (YZ_EFFECT_WITHDRAW | YZ_EFFECT_EXTEND | YZ_EFFECT_RETURN | YZ_EFFECT_REJECT)) == 0)
      step = at;
  }
  return step;
}

static gboolean
is_case (YzDecisionBar *self, const char *number)
{
  return self->open_case != NULL && number != NULL &&
         g_strcmp0 (self->open_case->dossier->number, number) == 0;
}

static gboolean
is_held (YzDecisionBar *self)
{
  const YzDecision *held = yz_grace_get_held (self->grace);

  return held != NULL && is_case (self, held->number);
}

static void
show_form (YzDecisionBar *self, gboolean shown)
{
  gtk_stack_set_visible_child_name (self->stack, shown ? "form" : "buttons");
}

static void
hide_refusal (YzDecisionBar *self)
{
  g_clear_pointer (&self->refused, g_free);
  gtk_label_set_text (self->refusal_words, "");
  gtk_revealer_set_reveal_child (self->refusal, FALSE);
}

static void
hold (YzDecisionBar *self, const YzFlowStep *step, const char *note, const char *basis)
{
  const YzDossier *dossier = self->open_case->dossier;
  YzDecision decision = {
    .number = (char *) dossier->number,
    .applicant = (char *) dossier->applicant,
    .action = (char *) step->action,
    .name = (char *) step->name,
    .seen = dossier->version,
    .note = (char *) note,
    .basis = (char *) basis,
  };
  g_autofree char *number = g_strdup (dossier->number);

  hide_refusal (self);
  yz_grace_hold (self->grace, yz_decision_copy (&decision));
  yz_reason_form_put_away (self->form);
  show_form (self, FALSE);
  g_signal_emit (self, signals[DECIDED], 0, number);
}

static void
take_step (YzDecisionBar *self, const YzFlowStep *step)
{
  g_autofree char *why = NULL;

  if (step == NULL || is_held (self))
    return;
  why = yz_decision_words_refuse (self->open_case, self->staff, step);
  if (why != NULL) {
    gtk_label_set_text (self->explanation, why);
    gtk_widget_show (GTK_WIDGET (self->explanation));
    return;
  }
  if (step->note || step->basis) {
    show_form (self, TRUE); /* before, so that it can take the focus */
    yz_reason_form_ask (self->form, self->open_case, step);
    return;
  }
  hold (self, step, NULL, NULL);
}

void
yz_decision_bar_step (YzDecisionBar *self, const char *action)
{
  take_step (self, find_step (self, action));
}

void
yz_decision_bar_forward (YzDecisionBar *self)
{
  if (yz_reason_form_is_asking (self->form))
    yz_reason_form_confirm (self->form);
  else if (self->open_case != NULL)
    take_step (self, get_forward (self));
}

void
yz_decision_bar_return (YzDecisionBar *self)
{
  if (self->open_case != NULL)
    take_step (self, yz_open_case_get_back (self->open_case));
}

void
yz_decision_bar_reject (YzDecisionBar *self)
{
  if (self->open_case != NULL)
    take_step (self, yz_open_case_get_refusal (self->open_case));
}

static void
on_form_confirmed (YzDecisionBar *self)
{
  const YzFlowStep *step = yz_reason_form_get_step (self->form);
  g_autofree char *note = yz_reason_form_read_note (self->form);
  g_autofree char *basis = yz_reason_form_read_basis (self->form);

  if (step != NULL && self->open_case != NULL)
    hold (self, step, note, basis);
}

static void
on_form_cancelled (YzDecisionBar *self)
{
  yz_reason_form_put_away (self->form);
  show_form (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->forward));
}

static void
print (YzDecisionBar *self, YzPaperKind kind, GPtrArray *missing)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  YzPaperFacts facts = {
    .kind = kind,
    .dossier = self->open_case->dossier,
    .matter = self->open_case->matter,
    .officer = self->staff != NULL ? self->staff->name : NULL,
    .printed_at = g_get_real_time (),
    .missing = missing,
    .is_practice = self->desk != NULL && yz_desk_is_practice (self->desk),
  };

  if (!yz_paper_print (&facts, GTK_IS_WINDOW (window) ? GTK_WINDOW (window) : NULL, NULL, &error)) {
    g_autofree char *words = yz_words_error (error);

    gtk_label_set_text (self->refusal_words, words);
    gtk_revealer_set_reveal_child (self->refusal, TRUE);
  }
}

static void
on_form_notice (YzDecisionBar *self)
{
  g_autoptr (GPtrArray) chosen = yz_reason_form_list_chosen (self->form);
  g_autofree char *note = yz_reason_form_read_note (self->form);

  if (chosen->len == 0 && *note != '\0')
    g_ptr_array_add (chosen, g_strdup (note));
  if (self->open_case != NULL)
    print (self, YZ_PAPER_NOTICE, chosen);
}

static void
on_paper_chosen (YzDecisionBar *self, int kind)
{
  if (self->open_case != NULL)
    print (self, kind, self->open_case->missing);
}

static void
show_button (YzDecisionBar *self, GtkButton *button, const YzFlowStep *step)
{
  g_autofree char *why =
      step == NULL ? NULL : yz_decision_words_refuse (self->open_case, self->staff, step);

  gtk_widget_set_visible (GTK_WIDGET (button), step != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (button), why == NULL && !is_held (self));
  if (step == NULL)
    return;
  gtk_button_set_label (button, step->name);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (button)), step->name);
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (button)),
                              why != NULL ? why : "");
}

static void
show_buttons (YzDecisionBar *self)
{
  const YzFlowStep *shown[] = { get_forward (self), yz_open_case_get_back (self->open_case),
                                yz_open_case_get_refusal (self->open_case) };
  g_autofree char *why = yz_decision_words_explain (self->open_case, self->staff);

  show_button (self, self->forward, shown[0]);
  show_button (self, self->back, shown[1]);
  show_button (self, self->refuse, shown[2]);
  gtk_label_set_text (self->explanation, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), why != NULL);
  yz_step_menu_show (self->more, self->open_case, self->staff, shown, G_N_ELEMENTS (shown));
}

static void
show_refusal_way (YzDecisionBar *self)
{
  gtk_widget_set_visible (self->refusal_go,
                          self->refused != NULL && !is_case (self, self->refused));
}

void
yz_decision_bar_show (YzDecisionBar *self, YzOpenCase *open_case)
{
  gboolean same = open_case != NULL && is_case (self, open_case->dossier->number);
  const YzFlowStep *asked = yz_reason_form_get_step (self->form);

  if (open_case != NULL)
    yz_open_case_ref (open_case);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  self->open_case = open_case;
  if (!same || (asked != NULL && find_step (self, asked->action) == NULL)) {
    yz_reason_form_put_away (self->form);
    show_form (self, FALSE);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->stack), open_case != NULL);
  if (open_case != NULL)
    show_buttons (self);
  show_refusal_way (self);
}

void
yz_decision_bar_undo (YzDecisionBar *self)
{
  g_autoptr (YzDecision) decision = yz_grace_undo (self->grace);

  if (decision == NULL)
    return;
  g_signal_emit (self, signals[UNDONE], 0, decision->number);
}

void
yz_decision_bar_flush (YzDecisionBar *self)
{
  yz_grace_flush (self->grace);
}

const YzDecision *
yz_decision_bar_get_held (YzDecisionBar *self)
{
  return yz_grace_get_held (self->grace);
}

const char *
yz_decision_bar_get_refusal (YzDecisionBar *self)
{
  return gtk_label_get_text (self->refusal_words);
}

static void
say_refusal (YzDecisionBar *self, const YzDecision *decision, const GError *error)
{
  g_autofree char *words = yz_words_error (error);
  g_autofree char *what = yz_decision_words_taken (decision->name, decision->applicant);
  /* Translators: the step and whose case, then why the desk did not take it */
  g_autofree char *sentence = g_strdup_printf (_ ("Not done – %1$s. %2$s"), what, words);

  g_free (self->refused);
  self->refused = g_strdup (decision->number);
  gtk_label_set_text (self->refusal_words, sentence);
  gtk_revealer_set_reveal_child (self->refusal, TRUE);
  show_refusal_way (self);
}

void
yz_decision_bar_answer (YzDecisionBar *self, const YzDecision *decision, const GError *error)
{
  if (error == NULL) {
    yz_reason_form_forget (self->form, decision->number, decision->action);
    g_signal_emit (self, signals[ACTED], 0, decision->number);
    return;
  }
  say_refusal (self, decision, error);
  g_signal_emit (self, signals[REFUSED], 0, decision->number);
}

typedef struct {
  YzDecisionBar *bar; /* kept until the desk has answered */
  YzDecision *decision;
} Told;

static void
on_acted (GObject *source, GAsyncResult *result, gpointer data)
{
  Told *told = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzDossier) dossier = yz_desk_call_finish (YZ_DESK (source), result, &error);

  if (!told->bar->gone)
    yz_decision_bar_answer (told->bar, told->decision, error);
  else if (dossier == NULL)
    g_warning ("%s: %s", told->decision->number, error->message);
  yz_decision_free (told->decision);
  g_object_unref (told->bar);
  g_free (told);
}

static void
tell_desk (const YzDecision *decision, gpointer data)
{
  YzDecisionBar *self = data;
  Told *told = NULL;

  if (self->desk == NULL)
    return;
  told = g_new0 (Told, 1);
  told->bar = g_object_ref (self);
  told->decision = yz_decision_copy (decision);
  yz_ask_act (self->desk, decision->number, decision->seen, decision->action, decision->note,
              decision->basis, on_acted, told);
}

static void
on_final (YzDecisionBar *self, const YzDecision *decision)
{
  self->tell (decision, self->tell_data);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  YzDecisionBar *self = YZ_DECISION_BAR (widget);

  gtk_progress_bar_set_fraction (self->undo_progress, 1 - yz_grace_get_progress (self->grace));
  return G_SOURCE_CONTINUE;
}

static void
on_grace_changed (YzDecisionBar *self)
{
  const YzDecision *held = yz_grace_get_held (self->grace);

  if (self->gone)
    return;
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  gtk_revealer_set_reveal_child (self->undo_line, held != NULL);
  if (held != NULL) {
    g_autofree char *words = yz_decision_words_taken (held->name, held->applicant);

    gtk_label_set_text (self->undo_words, words);
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  }
  if (self->open_case != NULL)
    show_buttons (self);
}

static void
on_refusal_go (YzDecisionBar *self)
{
  g_autofree char *number = g_strdup (self->refused);

  if (number != NULL)
    g_signal_emit (self, signals[WANTED], 0, number);
}

void
yz_decision_bar_set_grace (YzDecisionBar *self, guint milliseconds)
{
  if (self->grace != NULL)
    yz_grace_flush (self->grace);
  g_clear_object (&self->grace);
  self->grace = yz_grace_new (milliseconds);
  g_signal_connect_object (self->grace, "final", G_CALLBACK (on_final), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grace, "changed", G_CALLBACK (on_grace_changed), self,
                           G_CONNECT_SWAPPED);
}

void
yz_decision_bar_set_desk (YzDecisionBar *self, YzDesk *desk)
{
  g_set_object (&self->desk, desk);
}

void
yz_decision_bar_set_tell (YzDecisionBar *self, YzDecisionTell tell, gpointer data, guint grace)
{
  self->tell = tell;
  self->tell_data = data;
  yz_decision_bar_set_grace (self, grace);
}

void
yz_decision_bar_set_staff (YzDecisionBar *self, YzStaff *staff)
{
  if (staff != NULL)
    yz_staff_ref (staff);
  g_clear_pointer (&self->staff, yz_staff_unref);
  self->staff = staff;
  if (self->open_case != NULL)
    show_buttons (self);
}

static void
yz_decision_bar_dispose (GObject *object)
{
  YzDecisionBar *self = YZ_DECISION_BAR (object);

  self->gone = TRUE;
  if (self->grace != NULL)
    yz_grace_flush (self->grace); /* closing is no undo */
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->grace);
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  g_clear_pointer (&self->staff, yz_staff_unref);
  g_clear_pointer (&self->refused, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_decision_bar_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, undo_line);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, undo_words);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, undo_progress);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, refusal);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, refusal_words);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, refusal_go);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, stack);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, form);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, explanation);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, forward);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, back);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, refuse);
  gtk_widget_class_bind_template_child (widget_class, YzDecisionBar, more);
}

static void
yz_decision_bar_class_init (YzDecisionBarClass *klass)
{
  static const char *const NAMES[] = { "decided", "undone", "acted", "refused", "wanted" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_decision_bar_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    signals[i] = g_signal_new (NAMES[i], YZ_TYPE_DECISION_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (YZ_TYPE_REASON_FORM);
  g_type_ensure (YZ_TYPE_STEP_MENU);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/decision-bar.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, yz_decision_bar_forward);
  gtk_widget_class_bind_template_callback (widget_class, yz_decision_bar_return);
  gtk_widget_class_bind_template_callback (widget_class, yz_decision_bar_reject);
  gtk_widget_class_bind_template_callback (widget_class, yz_decision_bar_undo);
  gtk_widget_class_bind_template_callback (widget_class, yz_decision_bar_step);
  gtk_widget_class_bind_template_callback (widget_class, on_paper_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_form_confirmed);
  gtk_widget_class_bind_template_callback (widget_class, on_form_cancelled);
  gtk_widget_class_bind_template_callback (widget_class, on_form_notice);
  gtk_widget_class_bind_template_callback (widget_class, on_refusal_go);
  gtk_widget_class_bind_template_callback (widget_class, hide_refusal);
}

static void
yz_decision_bar_init (YzDecisionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yz_decision_bar_set_tell (self, tell_desk, self, YZ_GRACE_DEFAULT);
}
