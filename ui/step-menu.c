/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/step-menu.h"

#include "ui/decision-words.h"
#include "ui/papers.h"

#include <glib/gi18n-lib.h>

struct _YzStepMenu {
  GtkMenuButton parent;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (YzStepMenu, yz_step_menu, GTK_TYPE_MENU_BUTTON)

enum { STEP_CHOSEN, PAPER_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_step_clicked (YzStepMenu *self, GtkWidget *button)
{
  g_autofree char *action = g_strdup (g_object_get_data (G_OBJECT (button), "action"));

  gtk_popover_popdown (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self)));
  g_signal_emit (self, signals[STEP_CHOSEN], 0, action);
}

static void
on_paper_clicked (YzStepMenu *self, GtkWidget *button)
{
  gtk_popover_popdown (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self)));
  g_signal_emit (self, signals[PAPER_CHOSEN], 0,
                 GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "paper")));
}

static GtkWidget *
add_more (YzStepMenu *self, const char *text, GCallback callback)
{
  GtkWidget *button = gtk_model_button_new ();

  g_object_set (button, "text", text, NULL);
  atk_object_set_name (gtk_widget_get_accessible (button), text);
  gtk_container_add (GTK_CONTAINER (self->list), button);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_widget_show (button);
  return button;
}

static void
add_hint (YzStepMenu *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_widget_set_margin_start (label, 8);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), "dim-label");
  gtk_container_add (GTK_CONTAINER (self->list), label);
  gtk_widget_show (label);
}

static guint
fill_steps (YzStepMenu *self,
            const YzOpenCase *open_case,
            const YzStaff *staff,
            const YzFlowStep *const *shown,
            guint n_shown)
{
  guint count = 0;

  for (guint i = 0; open_case->steps != NULL && i < open_case->steps->len; i++) {
    const YzFlowStep *step = g_ptr_array_index (open_case->steps, i);
    g_autofree char *text = NULL;
    g_autofree char *why = yz_decision_words_refuse (open_case, staff, step);
    GtkWidget *button = NULL;
    gboolean elsewhere = FALSE;

    for (guint j = 0; j < n_shown; j++)
      elsewhere = elsewhere || shown[j] == step;
    if (elsewhere)
      continue;
    text = g_strconcat (step->name, step->note ? "…" : "", NULL);
    button = add_more (self, text, G_CALLBACK (on_step_clicked));
    g_object_set_data_full (G_OBJECT (button), "action", g_strdup (step->action), g_free);
    gtk_widget_set_sensitive (button, why == NULL);
    if (why != NULL)
      add_hint (self, why);
    count++;
  }
  return count;
}

static gboolean
was_rejected (const YzOpenCase *open_case)
{
  GPtrArray *events = open_case->dossier->events;

  for (guint i = 0; events != NULL && open_case->flow != NULL && i < events->len; i++) {
    const YzEvent *event = g_ptr_array_index (events, i);
    const YzFlowStep *step =
        event->role == NULL || event->from == NULL
            ? NULL
            : yz_flow_find_step (open_case->flow, event->from, event->action, event->role);

    if (step != NULL && (step->effect & YZ_EFFECT_REJECT) != 0)
      return TRUE;
  }
  return FALSE;
}

static void
add_paper (YzStepMenu *self, const char *text, YzPaperKind kind)
{
  GtkWidget *button = add_more (self, text, G_CALLBACK (on_paper_clicked));

  g_object_set_data (G_OBJECT (button), "paper", GINT_TO_POINTER (kind));
}

static guint
fill_papers (YzStepMenu *self, const YzOpenCase *open_case)
{
  const YzDossier *dossier = open_case->dossier;
  gboolean accepted = dossier->accepted_at != 0;
  guint count = 0;

  if (open_case->matter == NULL)
    return 0;
  if (accepted && ++count > 0)
    add_paper (self, _ ("Print the receipt…"), YZ_PAPER_RECEIPT);
  if (dossier->kind == YZ_STATE_PAUSED && ++count > 0)
    add_paper (self, _ ("Print the one-time notice…"), YZ_PAPER_NOTICE);
  if (was_rejected (open_case) && ++count > 0)
    add_paper (self, _ ("Print the refusal…"),
               accepted ? YZ_PAPER_NOT_APPROVED : YZ_PAPER_NOT_ACCEPTED);
  return count;
}

void
yz_step_menu_show (YzStepMenu *self,
                   const YzOpenCase *open_case,
                   const YzStaff *staff,
                   const YzFlowStep *const *elsewhere,
                   guint n_elsewhere)
{
  guint count = 0;

  gtk_container_foreach (GTK_CONTAINER (self->list), (GtkCallback) (GCallback) gtk_widget_destroy,
                         NULL);
  count += fill_steps (self, open_case, staff, elsewhere, n_elsewhere);
  count += fill_papers (self, open_case);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}

static void
yz_step_menu_class_init (YzStepMenuClass *klass)
{
  signals[STEP_CHOSEN] = g_signal_new ("step-chosen", YZ_TYPE_STEP_MENU, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PAPER_CHOSEN] = g_signal_new ("paper-chosen", YZ_TYPE_STEP_MENU, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
yz_step_menu_init (YzStepMenu *self)
{
  GtkWidget *popover = gtk_popover_new (GTK_WIDGET (self));

  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_object_set (self->list, "margin", 8, NULL);
  gtk_container_add (GTK_CONTAINER (popover), self->list);
  gtk_widget_show (self->list);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self), popover);
}
