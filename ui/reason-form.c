/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/reason-form.h"

#include "ui/decision-words.h"

#include <glib/gi18n-lib.h>

struct _YzReasonForm {
  GtkBox parent;
  GtkLabel *title;
  GtkWidget *offer;
  GtkBox *reasons;
  GtkLabel *note_label;
  GtkTextView *note;
  GtkWidget *basis_box;
  GtkTextView *basis;
  GtkLabel *wrong;
  GtkWidget *notice;
  GtkButton *confirm;

  YzOpenCase *open_case; /* (nullable) while nothing is asked */
  const YzFlowStep *step;
  GHashTable *drafts; /* "number\naction" → Draft */
};

/* What was typed and ticked for one step of one case. */
typedef struct {
  char *note, *basis;
  GHashTable *ticked; /* set of reasons */
} Draft;

G_DEFINE_FINAL_TYPE (YzReasonForm, yz_reason_form, GTK_TYPE_BOX)

enum { CONFIRMED, CANCELLED, NOTICE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
free_draft (gpointer data)
{
  Draft *draft = data;

  g_free (draft->note);
  g_free (draft->basis);
  g_hash_table_unref (draft->ticked);
  g_free (draft);
}

static char *
make_key (const char *number, const char *action)
{
  return g_strconcat (number, "\n", action, NULL);
}

static char *
read_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_text (GtkTextView *view, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text != NULL ? text : "", -1);
}

static const char *
get_reason (GtkWidget *check)
{
  return g_object_get_data (G_OBJECT (check), "reason");
}

GPtrArray *
yz_reason_form_list_chosen (YzReasonForm *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GList) checks = gtk_container_get_children (GTK_CONTAINER (self->reasons));

  for (GList *at = checks; at != NULL; at = at->next) {
    if (gtk_toggle_button_get_active (at->data))
      g_ptr_array_add (chosen, g_strdup (get_reason (at->data)));
  }
  return chosen;
}

char *
yz_reason_form_read_note (YzReasonForm *self)
{
  g_autoptr (GPtrArray) chosen = yz_reason_form_list_chosen (self);
  g_autofree char *written = read_text (self->note);

  return yz_decision_words_join (chosen, written);
}

char *
yz_reason_form_read_basis (YzReasonForm *self)
{
  return self->step != NULL && self->step->basis ? g_strstrip (read_text (self->basis)) : NULL;
}

static void
say_wrong (YzReasonForm *self, const char *sentence)
{
  gtk_label_set_text (self->wrong, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), sentence != NULL);
}

static void
set_class (GtkButton *button, const char *name, gboolean on)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (button));

  if (on)
    gtk_style_context_add_class (context, name);
  else
    gtk_style_context_remove_class (context, name);
}

static void
on_edited (YzReasonForm *self)
{
  say_wrong (self, NULL);
}

static GtkWidget *
make_reason (YzReasonForm *self, const char *reason, guint place, gboolean ticked)
{
  g_autofree char *caption = g_strdup_printf ("%u  %s", place, reason);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (caption);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_container_add (GTK_CONTAINER (check), label);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (check), ticked);
  atk_object_set_name (gtk_widget_get_accessible (check), caption);
  g_object_set_data_full (G_OBJECT (check), "reason", g_strdup (reason), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_edited), self);
  gtk_widget_show_all (check);
  return check;
}

static void
clear_reasons (YzReasonForm *self)
{
  gtk_container_foreach (GTK_CONTAINER (self->reasons),
                         (GtkCallback) (GCallback) gtk_widget_destroy, NULL);
}

/* What is missing in the case is ticked already: everything is told at once. */
static void
offer_reasons (YzReasonForm *self, const Draft *draft)
{
  guint found = 0;
  g_autoptr (GPtrArray) reasons = NULL;

  clear_reasons (self);
  gtk_widget_set_visible (self->offer, (self->step->effect & YZ_EFFECT_RETURN) != 0);
  if ((self->step->effect & YZ_EFFECT_RETURN) == 0)
    return;
  reasons = yz_decision_words_list_reasons (self->open_case, &found);
  for (guint i = 0; i < reasons->len; i++) {
    const char *reason = g_ptr_array_index (reasons, i);
    gboolean ticked = draft != NULL ? g_hash_table_contains (draft->ticked, reason) : i < found;

    gtk_container_add (GTK_CONTAINER (self->reasons), make_reason (self, reason, i + 1, ticked));
  }
}

static void
fill_basis (YzReasonForm *self, const Draft *draft)
{
  const YzMatter *matter = self->open_case->matter;

  gtk_widget_set_visible (self->basis_box, self->step->basis);
  set_text (self->basis, draft != NULL ? draft->basis : matter != NULL ? matter->basis : NULL);
}

static void
take_focus (YzReasonForm *self)
{
  g_autoptr (GList) checks = gtk_container_get_children (GTK_CONTAINER (self->reasons));

  gtk_widget_grab_focus (checks != NULL ? checks->data : GTK_WIDGET (self->note));
}

void
yz_reason_form_ask (YzReasonForm *self, YzOpenCase *open_case, const YzFlowStep *step)
{
  g_autofree char *key = make_key (open_case->dossier->number, step->action);
  const Draft *draft = NULL;

  yz_reason_form_put_away (self);
  draft = g_hash_table_lookup (self->drafts, key);
  self->open_case = yz_open_case_ref (open_case);
  self->step = step;
  gtk_label_set_text (self->title, step->name);
  gtk_label_set_text (self->note_label, (step->effect & YZ_EFFECT_RETURN) != 0
                                            ? _ ("In your own words")
                                            : _ ("Reason"));
  gtk_button_set_label (self->confirm, step->name);
  set_class (self->confirm, "destructive-action", (step->effect & YZ_EFFECT_REJECT) != 0);
  set_class (self->confirm, "suggested-action", (step->effect & YZ_EFFECT_REJECT) == 0);
  gtk_widget_set_visible (self->notice, (step->effect & YZ_EFFECT_RETURN) != 0);
  set_text (self->note, draft != NULL ? draft->note : NULL);
  fill_basis (self, draft);
  offer_reasons (self, draft);
  say_wrong (self, NULL);
  take_focus (self);
}

static void
keep_draft (YzReasonForm *self)
{
  Draft *draft = g_new0 (Draft, 1);
  g_autoptr (GPtrArray) chosen = yz_reason_form_list_chosen (self);

  draft->note = read_text (self->note);
  draft->basis = read_text (self->basis);
  draft->ticked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < chosen->len; i++)
    g_hash_table_add (draft->ticked, g_strdup (g_ptr_array_index (chosen, i)));
  g_hash_table_replace (self->drafts,
                        make_key (self->open_case->dossier->number, self->step->action), draft);
}

void
yz_reason_form_put_away (YzReasonForm *self)
{
  if (self->open_case == NULL)
    return;
  keep_draft (self);
  self->step = NULL;
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  clear_reasons (self);
}

void
yz_reason_form_forget (YzReasonForm *self, const char *number, const char *action)
{
  g_autofree char *key = make_key (number, action);

  g_hash_table_remove (self->drafts, key);
}

gboolean
yz_reason_form_is_asking (YzReasonForm *self)
{
  return self->open_case != NULL;
}

const YzFlowStep *
yz_reason_form_get_step (YzReasonForm *self)
{
  return self->step;
}

gboolean
yz_reason_form_check (YzReasonForm *self)
{
  g_autofree char *note = yz_reason_form_read_note (self);
  g_autofree char *basis = yz_reason_form_read_basis (self);

  if (self->step == NULL)
    return FALSE;
  if (self->step->note && *note == '\0') {
    say_wrong (self, (self->step->effect & YZ_EFFECT_RETURN) != 0
                         ? _ ("Tick a reason or write one: the applicant must know what to bring.")
                         : _ ("Write the reason: it stays with the case."));
    take_focus (self);
    return FALSE;
  }
  if (self->step->basis && *basis == '\0') {
    say_wrong (self, _ ("Write the legal basis: without it the decision does not stand."));
    gtk_widget_grab_focus (GTK_WIDGET (self->basis));
    return FALSE;
  }
  return TRUE;
}

void
yz_reason_form_confirm (YzReasonForm *self)
{
  if (yz_reason_form_check (self))
    g_signal_emit (self, signals[CONFIRMED], 0);
}

gboolean
yz_reason_form_toggle (YzReasonForm *self, guint index)
{
  g_autoptr (GList) checks = gtk_container_get_children (GTK_CONTAINER (self->reasons));
  GtkToggleButton *check = g_list_nth_data (checks, index);

  if (check == NULL)
    return FALSE;
  gtk_toggle_button_set_active (check, !gtk_toggle_button_get_active (check));
  return TRUE;
}

static void
on_cancel (YzReasonForm *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
on_notice (YzReasonForm *self)
{
  g_signal_emit (self, signals[NOTICE], 0);
}

/* Comes here only when the focused widget had no use for the key. */
static gboolean
yz_reason_form_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  YzReasonForm *self = YZ_REASON_FORM (widget);
  gunichar letter = gdk_keyval_to_unicode (event->keyval);

  if ((event->state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (event->keyval == GDK_KEY_Escape) {
    on_cancel (self);
    return GDK_EVENT_STOP;
  }
  if (letter >= '1' && letter <= '9' && yz_reason_form_toggle (self, letter - '1'))
    return GDK_EVENT_STOP;
  return GTK_WIDGET_CLASS (yz_reason_form_parent_class)->key_press_event (widget, event);
}

static void
yz_reason_form_dispose (GObject *object)
{
  YzReasonForm *self = YZ_REASON_FORM (object);

  self->step = NULL;
  g_clear_pointer (&self->open_case, yz_open_case_unref);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  G_OBJECT_CLASS (yz_reason_form_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, YZ_TYPE_REASON_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
yz_reason_form_class_init (YzReasonFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_reason_form_dispose;
  widget_class->key_press_event = yz_reason_form_key_press_event;
  signals[CONFIRMED] = add_signal ("confirmed");
  signals[CANCELLED] = add_signal ("cancelled");
  signals[NOTICE] = add_signal ("notice");
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/reason-form.ui");
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, title);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, offer);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, reasons);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, note_label);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, note);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, basis_box);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, basis);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, wrong);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, notice);
  gtk_widget_class_bind_template_child (widget_class, YzReasonForm, confirm);
  gtk_widget_class_bind_template_callback (widget_class, yz_reason_form_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_notice);
}

static void
yz_reason_form_init (YzReasonForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_draft);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->note), "changed",
                            G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->basis), "changed",
                            G_CALLBACK (on_edited), self);
}
