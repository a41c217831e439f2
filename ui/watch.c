/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/watch.h"

#include "ui/settings.h"

#define LOOK_SECONDS 20
#define AGAIN_US (60 * G_USEC_PER_SEC)

struct _YzWatch {
  GObject parent;
  gint64 moved;
  gint64 told;
  gulong hook;
  guint looking;
};

G_DEFINE_FINAL_TYPE (YzWatch, yz_watch, G_TYPE_OBJECT)

enum { IDLE, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Sees every event of every widget, so it does as little as can be. */
static gboolean
on_event (GSignalInvocationHint *hint, guint count, const GValue *values, gpointer data)
{
  const GdkEvent *event = count > 1 ? g_value_get_boxed (&values[1]) : NULL;
  YzWatch *self = data;

  if (event == NULL)
    return TRUE;
  if (event->type == GDK_KEY_PRESS || event->type == GDK_BUTTON_PRESS ||
      event->type == GDK_MOTION_NOTIFY || event->type == GDK_SCROLL)
    self->moved = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
on_look (gpointer data)
{
  YzWatch *self = data;
  gint64 now = g_get_monotonic_time ();
  guint minutes = yz_settings_get_idle_minutes ();

  if (minutes == 0 || now - self->moved < minutes * 60 * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;
  if (now - self->told >= AGAIN_US) {
    self->told = now;
    g_signal_emit (self, signals[IDLE], 0);
  }
  return G_SOURCE_CONTINUE;
}

void
yz_watch_end (YzWatch *self)
{
  g_clear_handle_id (&self->looking, g_source_remove);
  if (self->hook != 0)
    g_signal_remove_emission_hook (g_signal_lookup ("event", GTK_TYPE_WIDGET), self->hook);
  self->hook = 0;
}

void
yz_watch_begin (YzWatch *self)
{
  yz_watch_end (self);
  self->moved = g_get_monotonic_time ();
  self->told = 0;
  self->hook = g_signal_add_emission_hook (g_signal_lookup ("event", GTK_TYPE_WIDGET), 0, on_event,
                                           self, NULL);
  self->looking = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
}

YzWatch *
yz_watch_new (void)
{
  return g_object_new (YZ_TYPE_WATCH, NULL);
}

static void
yz_watch_finalize (GObject *object)
{
  yz_watch_end (YZ_WATCH (object));
  G_OBJECT_CLASS (yz_watch_parent_class)->finalize (object);
}

static void
yz_watch_class_init (YzWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yz_watch_finalize;
  signals[IDLE] =
      g_signal_new ("idle", YZ_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yz_watch_init (YzWatch *self)
{
}
