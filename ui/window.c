/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-window"

#include "ui/window.h"

#include "capture/capture-error.h"
#include "ui/counter-page.h"
#include "ui/device-panel.h"
#include "ui/mount-release.h"
#include "ui/pages.h"
#include "ui/passing-note.h"
#include "ui/password-dialog.h"
#include "ui/preferences.h"
#include "ui/review-page.h"
#include "ui/settings.h"
#include "ui/sign-in-page.h"
#include "ui/watch.h"
#include "ui/window-size.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

struct _YzWindow {
  HdyApplicationWindow parent;
  HdyHeaderBar *header;
  GtkStackSwitcher *switcher;
  GtkMenuButton *menu;
  GtkLabel *who;
  GtkWidget *banner;
  GtkWidget *camera_bar;
  GtkLabel *camera_words;
  GtkWidget *camera_release;
  GtkWidget *camera_button;
  YzDevicePanel *camera_panel;
  GtkWidget *calendar_bar;
  GtkLabel *calendar_words;
  GtkStack *outer;
  GtkStack *pages;
  YzSignInPage *sign_in;
  YzPassingNote *note;
  YzOffice *office;
  YzWatch *watch;
  YzStaff *staff; /* NULL while nobody sits here */
  GtkWidget *shown;
  YzCameraHost *heard; /* the camera whose state is listened to */
  gboolean camera_was_lost;
  gboolean leaving;
};

G_DEFINE_FINAL_TYPE (YzWindow, yz_window, HDY_TYPE_APPLICATION_WINDOW)

void
yz_window_say (YzWindow *self, const char *sentence)
{
  yz_passing_note_say (self->note, sentence, NULL);
}

const char *
yz_window_get_page (YzWindow *self)
{
  return self->staff != NULL ? gtk_stack_get_visible_child_name (self->pages) : NULL;
}

/* Keys belong to the page that is seen: nothing else can be done by mistake. */
static void
turn_to (YzWindow *self, GtkWidget *page)
{
  const YzPageKind *kind = NULL;
  g_autofree char *name = NULL;

  if (self->shown == page)
    return;
  for (guint i = 0; i < yz_pages_count (); i++) {
    GtkWidget *other = gtk_stack_get_child_by_name (self->pages, yz_pages_get (i)->name);

    if (other != NULL && other == self->shown) {
      yz_pages_get (i)->set_shown (other, FALSE);
      gtk_widget_insert_action_group (GTK_WIDGET (self), yz_pages_get (i)->name, NULL);
    }
  }
  self->shown = page;
  if (page == NULL)
    return;
  gtk_container_child_get (GTK_CONTAINER (self->pages), page, "name", &name, NULL);
  kind = yz_pages_find (name);
  gtk_widget_insert_action_group (GTK_WIDGET (self), name, kind->get_actions (page));
  kind->set_shown (page, TRUE);
}

static void
on_page_turned (YzWindow *self)
{
  if (self->staff != NULL)
    turn_to (self, gtk_stack_get_visible_child (self->pages));
}

static void
on_said (YzWindow *self, const char *sentence)
{
  yz_window_say (self, sentence);
}

/* A number stands for cases: each of them can be looked at. */
static void
on_case_chosen (YzWindow *self, const char *number)
{
  GtkWidget *review = gtk_stack_get_child_by_name (self->pages, "review");

  if (review == NULL)
    return;
  gtk_stack_set_visible_child (self->pages, review);
  yz_review_page_open (YZ_REVIEW_PAGE (review), number);
}

static void
add_page (YzWindow *self, const YzPageKind *kind)
{
  GtkWidget *page = kind->make (self->office);

  gtk_widget_show (page);
  gtk_stack_add_titled (self->pages, page, kind->name, _ (kind->title));
  g_signal_connect_object (page, "said", G_CALLBACK (on_said), self, G_CONNECT_SWAPPED);
  if (g_signal_lookup ("case-chosen", G_OBJECT_TYPE (page)) != 0)
    g_signal_connect_object (page, "case-chosen", G_CALLBACK (on_case_chosen), self,
                             G_CONNECT_SWAPPED);
}

/* The file manager holds the camera, and this click can take it away from it. */
static gboolean
can_release (YzCameraHost *camera, const GError *error)
{
  g_autoptr (GMount) mount = NULL;

  if (g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CLAIMED))
    mount = yz_mount_release_find (yz_camera_host_get_address (camera));
  return mount != NULL;
}

static void
show_camera (YzWindow *self)
{
  YzCameraHost *camera = yz_office_get_camera (self->office);
  gboolean lost = camera != NULL && yz_camera_host_get_state (camera) == YZ_CAMERA_LOST;
  gboolean counter = self->shown != NULL && YZ_IS_COUNTER_PAGE (self->shown);
  const GError *error = lost ? yz_camera_host_get_error (camera) : NULL;
  g_autofree char *words = error != NULL ? yz_words_error (error) : NULL;

  if (lost)
    gtk_label_set_text (self->camera_words, words != NULL ? words : _ ("The camera is gone."));
  gtk_widget_set_visible (self->camera_release, lost && can_release (camera, error));
  gtk_widget_set_visible (self->camera_bar, lost && counter);
  gtk_widget_set_visible (self->camera_button, counter);
  if (self->camera_was_lost && camera != NULL &&
      yz_camera_host_get_state (camera) == YZ_CAMERA_READY)
    yz_window_say (self, _ ("The camera is back."));
  self->camera_was_lost = lost || (self->camera_was_lost && camera != NULL &&
                                   yz_camera_host_get_state (camera) == YZ_CAMERA_OPENING);
}

static void
on_camera (YzWindow *self)
{
  YzCameraHost *camera = yz_office_get_camera (self->office);
  GtkWidget *counter = gtk_stack_get_child_by_name (self->pages, "counter");

  if (self->heard != NULL)
    g_signal_handlers_disconnect_by_func (self->heard, show_camera, self);
  g_set_object (&self->heard, camera);
  if (camera != NULL)
    g_signal_connect_object (camera, "state", G_CALLBACK (show_camera), self, G_CONNECT_SWAPPED);
  if (counter != NULL)
    yz_counter_page_set_camera (YZ_COUNTER_PAGE (counter), camera);
  show_camera (self);
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (YzWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!yz_mount_release_finish (G_MOUNT (source), result, &error))
    yz_window_say (self, error->message);
  if (self->office != NULL)
    yz_office_look_for_camera (self->office);
}

static void
on_release (YzWindow *self)
{
  g_autoptr (GMount) mount =
      self->heard != NULL ? yz_mount_release_find (yz_camera_host_get_address (self->heard)) : NULL;

  if (mount != NULL)
    yz_mount_release_async (mount, on_released, g_object_ref (self));
}

static void
on_camera_panel_shown (YzWindow *self)
{
  yz_device_panel_set_rack (self->camera_panel, yz_office_get_rack (self->office));
  yz_device_panel_set_shown (self->camera_panel, TRUE);
}

static void
on_camera_panel_hidden (YzWindow *self)
{
  yz_device_panel_set_shown (self->camera_panel, FALSE);
}

static void
on_look_again (YzWindow *self)
{
  yz_office_look_for_camera (self->office);
}

static void
on_calendar_understood (YzWindow *self)
{
  gtk_widget_hide (self->calendar_bar);
}

/* A deadline may reach four weeks ahead: from December on next year's days are needed too. */
static void
show_calendar (YzWindow *self)
{
  YzCalendar *calendar = yz_desk_get_calendar (yz_office_get_desk (self->office));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  guint year = (guint) g_date_time_get_year (now);
  g_autofree char *words = NULL;

  if (yz_calendar_has_year (calendar, year) && g_date_time_get_month (now) == 12)
    year++;
  if (!yz_calendar_has_year (calendar, year)) {
    words = g_strdup_printf (_ ("The working days of %u are not loaded: deadlines that reach into "
                                "that year are provisional. The administrator can load them."),
                             year);
    gtk_label_set_text (self->calendar_words, words);
  }
  gtk_widget_set_visible (self->calendar_bar, words != NULL);
}

static void
set_staff_actions (YzWindow *self, gboolean enabled)
{
  static const char *const NAMES[] = { "lock", "sign-out", "password", "page" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), NAMES[i]);

    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
  }
}

static void
show_who (YzWindow *self)
{
  g_autofree char *who =
      self->staff != NULL ? g_strdup_printf ("%s · %s", self->staff->name, self->staff->unit_name)
                          : NULL;
  g_autofree char *spoken = who != NULL ? g_strdup_printf (_ ("Menu of %s"), who) : NULL;

  gtk_label_set_text (self->who, who != NULL ? who : "");
  gtk_widget_set_visible (GTK_WIDGET (self->who), who != NULL);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->menu)),
                       spoken != NULL ? spoken : _ ("Menu"));
  gtk_widget_set_visible (self->banner,
                          yz_office_get_desk (self->office) != NULL &&
                              yz_desk_is_practice (yz_office_get_desk (self->office)));
  set_staff_actions (self, self->staff != NULL);
}

static void
clear_pages (YzWindow *self)
{
  turn_to (self, NULL);
  gtk_container_foreach (GTK_CONTAINER (self->pages), (GtkCallback) (GCallback) gtk_widget_destroy,
                         NULL);
  gtk_widget_hide (GTK_WIDGET (self->switcher));
}

static void
on_signed_in (YzWindow *self, YzStaff *staff)
{
  guint count = 0;

  clear_pages (self);
  for (guint i = 0; i < yz_pages_count (); i++) {
    if (!yz_pages_may_see (staff, yz_pages_get (i)))
      continue;
    add_page (self, yz_pages_get (i));
    count++;
  }
  self->staff = yz_staff_ref (staff); /* only now: adding pages turns none */
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), count > 1);
  gtk_stack_set_visible_child_name (self->outer, "pages");
  if (yz_pages_get_first (staff) != NULL)
    gtk_stack_set_visible_child_name (self->pages, yz_pages_get_first (staff));
  show_who (self);
  show_calendar (self);
  on_camera (self);
  turn_to (self, gtk_stack_get_visible_child (self->pages));
  show_camera (self);
  yz_watch_begin (self->watch);
}

/* Why everything is put away: what follows when all is in the store. */
typedef enum {
  AFTER_LOCK,
  AFTER_SIGN_OUT,
  AFTER_LEAVE,
} After;

typedef struct {
  YzWindow *self;
  After after;
  char *login; /* who sat here */
} Departure;

static gpointer
run_sign_out (YzDesk *desk, gpointer data, GCancellable *cancellable, GError **error)
{
  yz_desk_sign_out (desk);
  return GINT_TO_POINTER (TRUE);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Departure *departure = data;
  g_autoptr (YzWindow) self = departure->self;
  g_autofree char *login = departure->login;
  g_autofree char *sentence = NULL;

  yz_desk_call_finish (YZ_DESK (source), result, NULL);
  if (self->office == NULL)
    return;
  if (departure->after == AFTER_LOCK)
    sentence = g_strdup (_ ("Locked. Everything is saved; sign in to go on."));
  show_who (self);
  gtk_stack_set_visible_child_name (self->outer, "sign-in");
  yz_sign_in_page_begin (self->sign_in, login, sentence);
}

static void
put_away (YzWindow *self, After after)
{
  Departure *departure = NULL;

  yz_watch_end (self->watch);
  if (after == AFTER_LEAVE) {
    g_clear_pointer (&self->staff, yz_staff_unref);
    clear_pages (self);
    gtk_widget_destroy (GTK_WIDGET (self));
    return;
  }
  departure = g_new0 (Departure, 1);
  departure->self = g_object_ref (self);
  departure->after = after;
  departure->login = g_strdup (self->staff->login);
  g_clear_pointer (&self->staff, yz_staff_unref);
  clear_pages (self);
  yz_desk_call_async (yz_office_get_desk (self->office), run_sign_out, NULL, NULL, NULL, NULL,
                      on_signed_out, departure);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Departure *departure = data;
  g_autoptr (YzWindow) self = departure->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL, *sentence = NULL;

  self->leaving = FALSE;
  if (yz_counter_page_settle_finish (YZ_COUNTER_PAGE (source), result, &error)) {
    put_away (self, departure->after);
    return;
  }
  words = yz_words_error (error);
  sentence =
      g_strdup_printf (_ ("The form is not saved yet, so this window stays open. %s"), words);
  yz_window_say (self, sentence);
}

static void
depart (YzWindow *self, After after)
{
  GtkWidget *counter = gtk_stack_get_child_by_name (self->pages, "counter");
  Departure *departure = NULL;

  if (self->leaving)
    return;
  if (counter == NULL) {
    put_away (self, after);
    return;
  }
  self->leaving = TRUE;
  departure = g_new0 (Departure, 1);
  departure->self = g_object_ref (self);
  departure->after = after;
  yz_counter_page_settle_async (YZ_COUNTER_PAGE (counter), on_settled, departure);
}

void
yz_window_leave (YzWindow *self)
{
  depart (self, AFTER_LEAVE);
}

static void
on_idle (YzWindow *self)
{
  if (self->staff != NULL)
    depart (self, AFTER_LOCK);
}

static gboolean
on_delete (YzWindow *self)
{
  yz_window_leave (self);
  return GDK_EVENT_STOP;
}

static void
on_lock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  depart (data, AFTER_LOCK);
}

static void
on_sign_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  depart (data, AFTER_SIGN_OUT);
}

static void
on_leave (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  yz_window_leave (data);
}

static void
on_password (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzWindow *self = data;

  gtk_window_present (
      GTK_WINDOW (yz_password_dialog_new (GTK_WINDOW (self), yz_office_get_desk (self->office))));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (yz_preferences_new (GTK_WINDOW (data))));
}

static void
on_cameras (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzWindow *self = data;

  if (gtk_widget_get_visible (self->camera_button))
    gtk_button_clicked (GTK_BUTTON (self->camera_button));
}

static void
on_other_camera (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzWindow *self = data;
  YzCameraRack *rack = yz_office_get_rack (self->office);

  if (rack == NULL || !yz_camera_rack_switch (rack))
    yz_window_say (self, _ ("There is no second camera. Choose one under Cameras (Ctrl+K)."));
  else if (yz_camera_rack_get_hand (rack) == YZ_RACK_SIDE)
    yz_window_say (self, _ ("The side camera shoots now."));
  else
    yz_window_say (self, _ ("The main camera shoots now."));
}

static void
on_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  YzWindow *self = data;
  g_autoptr (GList) pages = gtk_container_get_children (GTK_CONTAINER (self->pages));
  GtkWidget *page = g_list_nth_data (pages, (guint) MAX (g_variant_get_int32 (parameter) - 1, 0));

  if (page != NULL)
    gtk_stack_set_visible_child (self->pages, page);
}

static const GActionEntry ACTIONS[] = {
  { "lock", on_lock },       { "sign-out", on_sign_out },
  { "leave", on_leave },     { "password", on_password },
  { "page", on_page, "i" },  { "preferences", on_preferences },
  { "cameras", on_cameras }, { "other-camera", on_other_camera },
};

GtkWidget *
yz_window_new (GtkApplication *application, YzOffice *office)
{
  YzWindow *self = g_object_new (YZ_TYPE_WINDOW, "application", application, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "camera", G_CALLBACK (on_camera), self, G_CONNECT_SWAPPED);
  yz_sign_in_page_set_office (self->sign_in, office);
  show_who (self);
  return GTK_WIDGET (self);
}

static void
yz_window_destroy (GtkWidget *widget)
{
  YzWindow *self = YZ_WINDOW (widget);

  yz_window_size_keep (GTK_WINDOW (self));
  g_clear_object (&self->heard);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->staff, yz_staff_unref);
  g_clear_object (&self->office);
  GTK_WIDGET_CLASS (yz_window_parent_class)->destroy (widget);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, YzWindow, header);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, who);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, camera_bar);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, camera_words);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, camera_release);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, camera_button);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, camera_panel);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, calendar_bar);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, calendar_words);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, outer);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, YzWindow, note);
}

static void
yz_window_class_init (YzWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (YZ_TYPE_SIGN_IN_PAGE);
  g_type_ensure (YZ_TYPE_PASSING_NOTE);
  g_type_ensure (YZ_TYPE_DEVICE_PANEL);
  widget_class->destroy = yz_window_destroy;
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_page_turned);
  gtk_widget_class_bind_template_callback (widget_class, on_look_again);
  gtk_widget_class_bind_template_callback (widget_class, on_release);
  gtk_widget_class_bind_template_callback (widget_class, on_camera_panel_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_camera_panel_hidden);
  gtk_widget_class_bind_template_callback (widget_class, on_calendar_understood);
}

static void
yz_window_init (YzWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), ACTIONS, G_N_ELEMENTS (ACTIONS), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = yz_watch_new ();
  g_signal_connect_object (self->watch, "idle", G_CALLBACK (on_idle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in, "signed-in", G_CALLBACK (on_signed_in), self,
                           G_CONNECT_SWAPPED);
  yz_window_size_restore (GTK_WINDOW (self));
}
