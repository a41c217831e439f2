/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/password-dialog.h"

#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define SHORTEST 8

struct _YzPasswordDialog {
  GtkDialog parent;
  GtkEntry *old;
  GtkEntry *first;
  GtkEntry *again;
  GtkLabel *sentence;
  YzDesk *desk;
};

G_DEFINE_FINAL_TYPE (YzPasswordDialog, yz_password_dialog, GTK_TYPE_DIALOG)

typedef struct {
  char *old_password;
  char *new_password;
} Change;

static void
free_change (gpointer data)
{
  Change *self = data;

  g_free (self->old_password);
  g_free (self->new_password);
  g_free (self);
}

static gpointer
run_change (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  Change *change = data;

  return GINT_TO_POINTER (
      yz_desk_change_password (desk, change->old_password, change->new_password, error));
}

static void
say (YzPasswordDialog *self, const char *sentence)
{
  gtk_label_set_text (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence != NULL);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzPasswordDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = yz_desk_call_finish (YZ_DESK (source), result, &error) != NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (done) {
    gtk_widget_destroy (GTK_WIDGET (self));
  } else {
    g_autofree char *words = yz_words_error (error);

    say (self, words);
  }
}

static const char *
find_fault (YzPasswordDialog *self)
{
  const char *wanted = gtk_entry_get_text (self->first);

  if (g_utf8_strlen (wanted, -1) < SHORTEST)
    return _ ("The password needs at least 8 characters.");
  if (g_strcmp0 (wanted, gtk_entry_get_text (self->again)) != 0)
    return _ ("The two passwords differ: type the same one twice.");
  return NULL;
}

static void
on_response (YzPasswordDialog *self, int response)
{
  const char *fault = find_fault (self);
  Change *change = NULL;

  if (response != GTK_RESPONSE_OK) {
    gtk_widget_destroy (GTK_WIDGET (self));
    return;
  }
  say (self, fault);
  if (fault != NULL)
    return;
  change = g_new0 (Change, 1);
  change->old_password = g_strdup (gtk_entry_get_text (self->old));
  change->new_password = g_strdup (gtk_entry_get_text (self->first));
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  yz_desk_call_async (self->desk, run_change, change, free_change, NULL, NULL, on_changed,
                      g_object_ref (self));
}

GtkWidget *
yz_password_dialog_new (GtkWindow *parent, YzDesk *desk)
{
  YzPasswordDialog *self = g_object_new (YZ_TYPE_PASSWORD_DIALOG, "use-header-bar", TRUE,
                                         "transient-for", parent, "modal", TRUE, NULL);

  self->desk = g_object_ref (desk);
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_OK);
  return GTK_WIDGET (self);
}

static void
yz_password_dialog_dispose (GObject *object)
{
  g_clear_object (&YZ_PASSWORD_DIALOG (object)->desk);
  G_OBJECT_CLASS (yz_password_dialog_parent_class)->dispose (object);
}

static void
yz_password_dialog_class_init (YzPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_password_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/cn/yizhan/Yizhan/password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YzPasswordDialog, old);
  gtk_widget_class_bind_template_child (widget_class, YzPasswordDialog, first);
  gtk_widget_class_bind_template_child (widget_class, YzPasswordDialog, again);
  gtk_widget_class_bind_template_child (widget_class, YzPasswordDialog, sentence);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
yz_password_dialog_init (YzPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
