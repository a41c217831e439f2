/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/health-panel.h"

#include "capture/camera-host.h"
#include "ui/ask.h"
#include "ui/label.h"
#include "ui/words.h"

#include <glib/gi18n-lib.h>

#define WIDTH 70

struct _YzHealthPanel {
  GtkBox parent;
  GtkBox *calendar;
  GtkBox *store;
  GtkWidget *verify;
  GtkSpinner *verifying;
  GtkBox *cameras;
  GtkWidget *look;
  GtkSpinner *looking;

  YzDesk *desk;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (YzHealthPanel, yz_health_panel, GTK_TYPE_BOX)

static void
empty (GtkBox *box)
{
  gtk_container_foreach (GTK_CONTAINER (box), (GtkCallback) (GCallback) gtk_widget_destroy, NULL);
}

static void
add_line (GtkBox *box, gboolean good, const char *text)
{
  gtk_container_add (GTK_CONTAINER (box),
                     yz_label_new_with_icon (good ? "yz-done-symbolic" : "dialog-warning-symbolic",
                                             text, good ? "done" : "late", WIDTH));
}

static void
show_calendar (YzHealthPanel *self)
{
  const YzCalendar *calendar = yz_desk_get_calendar (self->desk);
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) now = g_date_time_new_now (china);
  guint year = (guint) g_date_time_get_year (now);
  g_autofree char *loaded = g_strdup_printf (
      _ ("Working days, holidays and make-up Saturdays are loaded for %1$u to %2$u."),
      yz_calendar_get_first_year (calendar), yz_calendar_get_last_year (calendar));

  empty (self->calendar);
  add_line (self->calendar, yz_calendar_has_year (calendar, year), loaded);
  for (guint at = year; at <= year + 1; at++) {
    g_autofree char *warning = NULL;

    if (yz_calendar_has_year (calendar, at))
      continue;
    warning = g_strdup_printf (
        _ ("%u is not loaded: deadlines that reach into it are counted provisionally, Monday to "
           "Friday. The State Council announces each year in November; then add it to the calendar "
           "file."),
        at);
    add_line (self->calendar, FALSE, warning);
  }
}

static void
set_verifying (YzHealthPanel *self, gboolean on)
{
  gtk_widget_set_sensitive (self->verify, !on);
  g_object_set (self->verifying, "active", on, NULL);
}

static void
show_damages (YzHealthPanel *self, GPtrArray *damages)
{
  g_autofree char *when = yz_words_moment (g_get_real_time ());
  g_autofree char *summary =
      damages->len == 0
          ? g_strdup_printf (_ ("All is whole: every chain of events, every original, every link. "
                                "Verified %s."),
                             when)
          : g_strdup_printf (
                g_dngettext (GETTEXT_PACKAGE,
                             "%1$u damage was found (%2$s). Keep the store as it is, "
                             "and compare it with the last backup.",
                             "%1$u damages were found (%2$s). Keep the store as it is, "
                             "and compare it with the last backup.",
                             damages->len),
                damages->len, when);

  add_line (self->store, damages->len == 0, summary);
  for (guint i = 0; i < damages->len; i++)
    add_line (self->store, FALSE, g_ptr_array_index (damages, i));
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) damages = yz_desk_call_finish (YZ_DESK (source), result, &error);
  YzHealthPanel *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_verifying (self, FALSE);
  empty (self->store);
  if (damages != NULL) {
    show_damages (self, damages);
  } else {
    g_autofree char *words = yz_words_error (error);

    add_line (self->store, FALSE, words);
  }
}

static void
on_verify (YzHealthPanel *self)
{
  empty (self->store);
  gtk_container_add (GTK_CONTAINER (self->store),
                     yz_label_new (_ ("Reading every event and every original…"), NULL, WIDTH));
  set_verifying (self, TRUE);
  yz_ask_verify (self->desk, self->cancellable, on_verified, self);
}

static void
list_cameras (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *cameras = yz_camera_host_list (&error);

  if (cameras != NULL)
    g_task_return_pointer (task, cameras, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
show_cameras (YzHealthPanel *self, GPtrArray *cameras)
{
  if (cameras->len == 0)
    gtk_container_add (GTK_CONTAINER (self->cameras),
                       yz_label_new (_ ("No camera is plugged in. Plug one in, switch it on, and "
                                        "look again."),
                                     NULL, WIDTH));
  for (guint i = 0; i < cameras->len; i++) {
    const YzCameraInfo *camera = g_ptr_array_index (cameras, i);
    g_autofree char *text = g_strjoin (" · ", camera->model, camera->address, NULL);

    add_line (self->cameras, TRUE, text);
  }
}

static void
on_cameras (GObject *source, GAsyncResult *result, gpointer data)
{
  YzHealthPanel *self = YZ_HEALTH_PANEL (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cameras = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  gtk_widget_set_sensitive (self->look, TRUE);
  g_object_set (self->looking, "active", FALSE, NULL);
  empty (self->cameras);
  if (cameras != NULL) {
    show_cameras (self, cameras);
  } else {
    g_autofree char *words = yz_words_error (error);

    add_line (self->cameras, FALSE, words);
  }
}

static void
on_look (YzHealthPanel *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_cameras, NULL);

  gtk_widget_set_sensitive (self->look, FALSE);
  g_object_set (self->looking, "active", TRUE, NULL);
  g_task_run_in_thread (task, list_cameras);
}

void
yz_health_panel_refresh (YzHealthPanel *self)
{
  show_calendar (self);
  if (gtk_widget_get_sensitive (self->look))
    on_look (self);
}

void
yz_health_panel_set_desk (YzHealthPanel *self, YzDesk *desk)
{
  g_set_object (&self->desk, desk);
}

static void
yz_health_panel_dispose (GObject *object)
{
  YzHealthPanel *self = YZ_HEALTH_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yz_health_panel_parent_class)->dispose (object);
}

static void
yz_health_panel_class_init (YzHealthPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yz_health_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/cn/yizhan/Yizhan/health-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, YzHealthPanel, calendar);
  gtk_widget_class_bind_template_child (widget_class, YzHealthPanel, store);
  gtk_widget_class_bind_template_child (widget_class, YzHealthPanel, verify);
  gtk_widget_class_bind_template_child (widget_class, YzHealthPanel, verifying);
  gtk_widget_class_bind_template_child (widget_class, YzHealthPanel, cameras);
  gtk_widget_class_bind_template_child (widget_class, YzHealthPanel, look);
  gtk_widget_class_bind_template_child (widget_class, YzHealthPanel, looking);
  gtk_widget_class_bind_template_callback (widget_class, on_verify);
  gtk_widget_class_bind_template_callback (widget_class, on_look);
}

static void
yz_health_panel_init (YzHealthPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  gtk_container_add (
      GTK_CONTAINER (self->store),
      yz_label_new (_ ("Not verified since the program was started."), "dim-label", WIDTH));
}
