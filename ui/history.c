/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/history.h"

#include "ui/label.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define WIDTH 34

struct _YzHistory {
  GtkBox parent;
};

G_DEFINE_FINAL_TYPE (YzHistory, yz_history, GTK_TYPE_BOX)

/* Consecutive work on form and pages by one person. */
typedef struct {
  const YzEvent *last;
  guint attached;
} Work;

static gboolean
is_work (const YzEvent *event)
{
  static const char *const WORK[] = { "record", "attach", "outline", "detach", "arrange", NULL };

  return event->action != NULL && g_strv_contains (WORK, event->action);
}

static const char *
get_name (const YzEvent *event)
{
  return event->actor_name != NULL && *event->actor_name != '\0' ? event->actor_name : event->actor;
}

static GtkWidget *
add_entry (YzHistory *self, const YzEvent *event, const char *title)
{
  g_autofree char *when = yz_words_moment (event->at);
  const char *role =
      event->role != NULL && *event->role != '\0' ? yz_role_get_name (event->role) : NULL;
  g_autofree char *who = g_strjoin (" · ", get_name (event), when, role, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  gtk_container_add (GTK_CONTAINER (box), yz_label_new (title, "item-name", WIDTH));
  gtk_container_add (GTK_CONTAINER (box), yz_label_new (who, "dim-label", WIDTH));
  gtk_style_context_add_class (gtk_widget_get_style_context (box), "history-entry");
  gtk_container_add (GTK_CONTAINER (self), box);
  gtk_widget_show (box);
  return box;
}

static void
add_work (YzHistory *self, Work *work)
{
  g_autofree char *pages = NULL;
  const char *title = NULL;

  if (work->last == NULL)
    return;
  if (work->attached > 0) {
    pages = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u page filed", "%u pages filed", work->attached),
        work->attached);
    title = pages;
  } else {
    title = _ ("Form or pages changed");
  }
  add_entry (self, work->last, title);
  *work = (Work){ 0 };
}

static void
add_step (YzHistory *self, const YzOpenCase *open_case, const YzEvent *event)
{
  const YzFlowState *to =
      open_case->flow != NULL && event->to != NULL && g_strcmp0 (event->from, event->to) != 0
          ? yz_flow_get_state (open_case->flow, event->to)
          : NULL;
  const char *name = event->action_name != NULL ? event->action_name : event->action;
  g_autofree char *title =
      to != NULL ? g_strdup_printf ("%s → %s", name, to->name) : g_strdup (name);
  GtkWidget *box = add_entry (self, event, title);

  if (event->note != NULL && *event->note != '\0')
    gtk_container_add (GTK_CONTAINER (box), yz_label_new (event->note, "history-note", WIDTH));
  if (event->basis != NULL && *event->basis != '\0')
    gtk_container_add (GTK_CONTAINER (box), yz_label_new (event->basis, "dim-label", WIDTH));
}

void
yz_history_show (YzHistory *self, const YzOpenCase *open_case)
{
  GPtrArray *events = open_case != NULL ? open_case->dossier->events : NULL;
  Work work = { 0 };

  gtk_container_foreach (GTK_CONTAINER (self), (GtkCallback) (GCallback) gtk_widget_destroy, NULL);
  for (guint i = events != NULL ? events->len : 0; i > 0; i--) {
    const YzEvent *event = g_ptr_array_index (events, i - 1);

    if (!is_work (event)) {
      add_work (self, &work);
      add_step (self, open_case, event);
      continue;
    }
    if (work.last != NULL && g_strcmp0 (work.last->actor, event->actor) != 0)
      add_work (self, &work);
    if (work.last == NULL)
      work.last = event;
    if (g_strcmp0 (event->action, "attach") == 0)
      work.attached++;
  }
  add_work (self, &work);
}

static void
yz_history_class_init (YzHistoryClass *klass)
{
}

static void
yz_history_init (YzHistory *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
}
