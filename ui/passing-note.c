/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/passing-note.h"

#include <glib/gi18n-lib.h>

#define SHORTEST_MS 4000
#define PER_CHARACTER_MS 70

struct _YzPassingNote {
  GtkBin parent;
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;
  guint passing;
};

G_DEFINE_FINAL_TYPE (YzPassingNote, yz_passing_note, GTK_TYPE_BIN)

enum { PRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
yz_passing_note_hide (YzPassingNote *self)
{
  g_clear_handle_id (&self->passing, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static gboolean
on_passed (gpointer data)
{
  YzPassingNote *self = data;

  self->passing = 0;
  yz_passing_note_hide (self);
  return G_SOURCE_REMOVE;
}

/* Revealed only while it speaks, so that nobody tabs into a button that cannot be seen. */
static void
on_revealed (YzPassingNote *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_revealer_get_reveal_child (self->revealer) ||
                                                 gtk_revealer_get_child_revealed (self->revealer));
}

void
yz_passing_note_say (YzPassingNote *self, const char *sentence, const char *button)
{
  guint length = (guint) g_utf8_strlen (sentence, -1);

  gtk_label_set_text (self->label, sentence);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->button, button);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  g_clear_handle_id (&self->passing, g_source_remove);
  self->passing = g_timeout_add (SHORTEST_MS + length * PER_CHARACTER_MS, on_passed, self);
}

static void
on_button_clicked (YzPassingNote *self)
{
  yz_passing_note_hide (self);
  g_signal_emit (self, signals[PRESSED], 0);
}

GtkWidget *
yz_passing_note_new (void)
{
  return g_object_new (YZ_TYPE_PASSING_NOTE, NULL);
}

static void
yz_passing_note_dispose (GObject *object)
{
  g_clear_handle_id (&YZ_PASSING_NOTE (object)->passing, g_source_remove);
  G_OBJECT_CLASS (yz_passing_note_parent_class)->dispose (object);
}

static void
yz_passing_note_class_init (YzPassingNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_passing_note_dispose;
  signals[PRESSED] = g_signal_new ("pressed", YZ_TYPE_PASSING_NOTE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/passing-note.ui");
  gtk_widget_class_bind_template_child (widget_class, YzPassingNote, revealer);
  gtk_widget_class_bind_template_child (widget_class, YzPassingNote, label);
  gtk_widget_class_bind_template_child (widget_class, YzPassingNote, button);
  gtk_widget_class_bind_template_callback (widget_class, on_revealed);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
  gtk_widget_class_bind_template_callback (widget_class, yz_passing_note_hide);
}

static void
yz_passing_note_init (YzPassingNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  atk_object_set_role (gtk_widget_get_accessible (GTK_WIDGET (self)), ATK_ROLE_NOTIFICATION);
}
