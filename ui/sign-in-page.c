/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/sign-in-page.h"

#include "ui/ask.h"
#include "ui/settings.h"
#include "ui/words.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>

#define PRACTICE_PASSWORD "practice"
#define SHORTEST_PASSWORD 8

struct _YzSignInPage {
  GtkBox parent;
  GtkStack *stack;
  GtkLabel *place;
  GtkEntry *login;
  GtkEntry *password;
  GtkButton *enter;
  GtkLabel *sentence;
  GtkWidget *practice;
  GtkListBox *accounts;
  GtkEntry *first_login;
  GtkEntry *first_name;
  GtkEntry *first_password;
  GtkEntry *first_again;
  GtkButton *first_create;
  GtkLabel *first_sentence;
  GtkLabel *trouble;
  YzOffice *office;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (YzSignInPage, yz_sign_in_page, GTK_TYPE_BOX)

enum { SIGNED_IN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_sentence (GtkLabel *label, const char *sentence, gboolean wrong)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (label));

  if (wrong)
    gtk_style_context_add_class (context, "error-sentence");
  else
    gtk_style_context_remove_class (context, "error-sentence");
  gtk_label_set_text (label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL && *sentence != '\0');
}

static void
say (GtkLabel *label, const char *sentence)
{
  show_sentence (label, sentence, TRUE);
}

static void
say_error (GtkLabel *label, const GError *error)
{
  g_autofree char *words = yz_words_error (error);

  say (label, words);
}

static void
set_busy (YzSignInPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !busy);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzStaff) staff = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzSignInPage *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (staff == NULL) {
    say_error (self->sentence, error);
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
    return;
  }
  gtk_entry_set_text (self->password, "");
  yz_settings_set_last_login (staff->login);
  g_signal_emit (self, signals[SIGNED_IN], 0, staff);
}

static void
sign_in (YzSignInPage *self, const char *login, const char *password)
{
  set_busy (self, TRUE);
  say (self->sentence, NULL);
  yz_ask_sign_in (yz_office_get_desk (self->office), login, password, self->cancellable,
                  on_signed_in, self);
}

static void
on_enter (YzSignInPage *self)
{
  g_autofree char *login = g_strstrip (g_strdup (gtk_entry_get_text (self->login)));
  const char *password = gtk_entry_get_text (self->password);

  if (*login == '\0') {
    say (self->sentence, _ ("Type your login."));
    gtk_widget_grab_focus (GTK_WIDGET (self->login));
  } else if (*password == '\0') {
    say (self->sentence, _ ("Type your password."));
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  } else {
    sign_in (self, login, password);
  }
}

static void
on_login_activated (YzSignInPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
on_account_activated (YzSignInPage *self, GtkListBoxRow *row)
{
  const char *login = g_object_get_data (G_OBJECT (row), "login");

  gtk_entry_set_text (self->login, login);
  sign_in (self, login, PRACTICE_PASSWORD);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), style);
  return label;
}

static GtkWidget *
make_account_row (const YzStaff *staff)
{
  g_autofree char *roles = yz_words_roles (staff->roles);
  g_autofree char *detail = g_strdup_printf ("%s · %s", roles, staff->unit_name);
  g_autofree char *spoken =
      g_strdup_printf (_ ("Sign in as %1$s, %2$s, %3$s"), staff->login, staff->name, detail);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *login = make_label (staff->login, "dim-label");

  gtk_container_add (GTK_CONTAINER (lines), make_label (staff->name, "item-name"));
  gtk_container_add (GTK_CONTAINER (lines), make_label (detail, "dim-label"));
  gtk_box_pack_start (GTK_BOX (box), lines, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (box), login, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_style_context_add_class (gtk_widget_get_style_context (row), "item");
  g_object_set_data_full (G_OBJECT (row), "login", g_strdup (staff->login), g_free);
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  gtk_widget_show_all (row);
  return row;
}

static void
show_accounts (YzSignInPage *self)
{
  g_autoptr (GPtrArray) staff = yz_desk_list_practice_logins (yz_office_get_desk (self->office));

  gtk_container_foreach (GTK_CONTAINER (self->accounts),
                         (GtkCallback) (GCallback) gtk_widget_destroy, NULL);
  for (guint i = 0; staff != NULL && i < staff->len; i++)
    gtk_list_box_insert (self->accounts, make_account_row (g_ptr_array_index (staff, i)), -1);
  gtk_widget_set_visible (self->practice, staff != NULL && staff->len > 0);
}

void
yz_sign_in_page_begin (YzSignInPage *self, const char *login, const char *sentence)
{
  g_autofree char *last = yz_settings_get_last_login ();

  if (yz_office_get_desk (self->office) == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "enter");
  gtk_entry_set_text (self->login, login != NULL ? login : last);
  gtk_entry_set_text (self->password, "");
  show_sentence (self->sentence, sentence, FALSE);
  show_accounts (self);
  gtk_widget_grab_focus (
      GTK_WIDGET (*gtk_entry_get_text (self->login) != '\0' ? self->password : self->login));
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzSignInPage) self = data;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (!yz_office_create_finish (YZ_OFFICE (source), result, &error)) {
    say_error (self->first_sentence, error);
    return;
  }
  yz_sign_in_page_begin (self, gtk_entry_get_text (self->first_login),
                         _ ("The store is made. Sign in with the account you just named."));
  gtk_entry_set_text (self->first_password, "");
  gtk_entry_set_text (self->first_again, "");
}

static const char *
find_fault (YzSignInPage *self)
{
  const char *password = gtk_entry_get_text (self->first_password);

  if (*gtk_entry_get_text (self->first_login) == '\0')
    return _ ("The administrator needs a login.");
  if (*gtk_entry_get_text (self->first_name) == '\0')
    return _ ("The administrator needs a name: it stands beside every action.");
  if (g_utf8_strlen (password, -1) < SHORTEST_PASSWORD)
    return _ ("The password needs at least 8 characters.");
  if (g_strcmp0 (password, gtk_entry_get_text (self->first_again)) != 0)
    return _ ("The two passwords differ: type the same one twice.");
  return NULL;
}

static void
on_create (YzSignInPage *self)
{
  const char *fault = find_fault (self);

  say (self->first_sentence, fault);
  if (fault != NULL)
    return;
  set_busy (self, TRUE);
  yz_office_create_async (
      self->office, gtk_entry_get_text (self->first_login), gtk_entry_get_text (self->first_name),
      gtk_entry_get_text (self->first_password), on_created, g_object_ref (self));
}

static void
open_office (YzSignInPage *self)
{
  g_autoptr (GError) error = NULL;

  if (yz_office_get_desk (self->office) == NULL && !yz_office_open (self->office, &error) &&
      !g_error_matches (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND)) {
    say_error (self->trouble, error);
    gtk_stack_set_visible_child_name (self->stack, "trouble");
  } else if (yz_office_needs_administrator (self->office)) {
    gtk_stack_set_visible_child_name (self->stack, "first");
    gtk_widget_grab_focus (GTK_WIDGET (self->first_login));
  } else {
    yz_sign_in_page_begin (self, NULL, NULL);
  }
}

void
yz_sign_in_page_set_office (YzSignInPage *self, YzOffice *office)
{
  g_set_object (&self->office, office);
  gtk_label_set_text (self->place, yz_office_get_location (office));
  open_office (self);
}

static void
yz_sign_in_page_dispose (GObject *object)
{
  YzSignInPage *self = YZ_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (yz_sign_in_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, place);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, enter);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, practice);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, accounts);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, first_login);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, first_name);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, first_password);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, first_again);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, first_create);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, first_sentence);
  gtk_widget_class_bind_template_child (widget_class, YzSignInPage, trouble);
}

static void
yz_sign_in_page_class_init (YzSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_sign_in_page_dispose;
  signals[SIGNED_IN] = g_signal_new ("signed-in", YZ_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/sign-in-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_login_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_account_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_create);
  gtk_widget_class_bind_template_callback (widget_class, open_office);
}

static void
yz_sign_in_page_init (YzSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}
