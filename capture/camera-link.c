/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-camera-link"

#include "capture/camera-link.h"

#include "capture/capture-error.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#define PROGRAM "yizhan-camera"
#define PING_MS 1000
/* So many pings in a row without an answer, and the helper is taken for hung. */
#define PINGS_MAX 5
#define FAREWELL_MS 6000
/* Messages read in one go, so that a flood does not stop the desk. */
#define BATCH 16

struct _YzCameraLink {
  GMainContext *context;
  const YzCameraLinkListener *listener; /* NULL: nobody listens any more */
  gpointer data;
  GPid pid;
  int line;
  guint32 generation;
  guint pings; /* unanswered */
  gboolean gone;
  GSource *reader;
  GSource *pinger;
  GSource *reaper;
  GSource *killer;
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach (YzCameraLink *self, GSource *source, GSourceFunc function)
{
  g_source_set_callback (source, function, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

static gboolean
on_farewell_over (gpointer data)
{
  YzCameraLink *self = data;

  g_debug ("helper %d does not end; it is killed", self->pid);
  kill (self->pid, SIGKILL);
  clear_source (&self->killer);
  return G_SOURCE_REMOVE;
}

static void
close_line (YzCameraLink *self, gboolean at_once)
{
  if (self->gone)
    return;
  self->gone = TRUE;
  clear_source (&self->reader);
  clear_source (&self->pinger);
  close (self->line);
  self->line = -1;
  if (at_once)
    kill (self->pid, SIGKILL);
  else
    self->killer = attach (self, g_timeout_source_new (FAREWELL_MS), on_farewell_over);
}

/* Ends the link because of the helper, and tells why. */
static void
lose (YzCameraLink *self, YzCaptureError code, const char *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (YZ_CAPTURE_ERROR, (int) code, sentence);

  close_line (self, TRUE);
  if (self->listener != NULL)
    self->listener->gone (self, error, self->data);
}

static void
handle (YzCameraLink *self, YzHelperMessage *message)
{
  gboolean overdue = FALSE;

  if (!g_str_equal (message->verb, "pong")) {
    self->listener->message (self, message, self->data);
    return;
  }
  self->pings = 0;
  if (g_variant_lookup (message->details, "overdue", "b", &overdue) && overdue)
    lose (self, YZ_CAPTURE_ERROR_TIMEOUT,
          _ ("The camera stopped answering. It was connected anew; try again."));
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  YzCameraLink *self = data;

  for (int i = 0; i < BATCH && !self->gone; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (YzHelperMessage) message = yz_helper_receive (fd, 0, &error);

    if (message != NULL)
      handle (self, message);
    else if (g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT))
      break;
    else if (g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST))
      lose (self, YZ_CAPTURE_ERROR_LOST,
            _ ("The camera's driver ended unexpectedly. It was started anew; try again."));
    else
      lose (self, YZ_CAPTURE_ERROR_PROTOCOL,
            _ ("The camera's driver spoke nonsense. It was started anew; try again."));
  }
  return self->gone ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
on_ping_time (gpointer data)
{
  YzCameraLink *self = data;

  if (self->pings++ < PINGS_MAX) {
    yz_camera_link_send (self, "ping", NULL);
    return G_SOURCE_CONTINUE;
  }
  lose (self, YZ_CAPTURE_ERROR_TIMEOUT,
        _ ("The camera stopped answering. It was connected anew; try again."));
  return G_SOURCE_REMOVE;
}

static void
on_ended (GPid pid, int status, gpointer data)
{
  YzCameraLink *self = data;

  g_debug ("helper %d ended with %d", pid, status);
  if (!self->gone)
    on_readable (self->line, G_IO_IN, self); /* what it still said */
  if (!self->gone)
    lose (self, YZ_CAPTURE_ERROR_LOST,
          _ ("The camera's driver ended unexpectedly. It was started anew; try again."));
  clear_source (&self->killer);
  clear_source (&self->reaper);
  if (self->listener != NULL)
    self->listener->ended (self, self->data);
  g_spawn_close_pid (self->pid);
  g_main_context_unref (self->context);
  g_free (self);
}

YzCameraLink *
yz_camera_link_start (GMainContext *context,
                      const char *address,
                      const YzCameraLinkListener *listener,
                      gpointer data,
                      GError **error)
{
  const char *const arguments[] = { address, NULL };
  GPid pid = 0;
  int line = -1;
  YzCameraLink *self = NULL;

  if (!yz_helper_spawn (PROGRAM, arguments, &pid, &line, error))
    return NULL;
  self = g_new0 (YzCameraLink, 1);
  self->context = g_main_context_ref (context);
  self->listener = listener;
  self->data = data;
  self->pid = pid;
  self->line = line;
  self->reader = attach (self, g_unix_fd_source_new (line, G_IO_IN | G_IO_HUP | G_IO_ERR),
                         G_SOURCE_FUNC (on_readable));
  self->pinger = attach (self, g_timeout_source_new (PING_MS), on_ping_time);
  self->reaper = attach (self, g_child_watch_source_new (pid), G_SOURCE_FUNC (on_ended));
  return self;
}

void
yz_camera_link_send_again (YzCameraLink *self,
                           guint32 generation,
                           const char *verb,
                           GVariant *details)
{
  g_autoptr (GVariant) held = details != NULL ? g_variant_ref_sink (details) : NULL;
  g_autoptr (GError) error = NULL;

  if (!self->gone && !yz_helper_send (self->line, generation, verb, held, -1, &error))
    g_debug ("%s is not sent: %s", verb, error->message);
}

guint32
yz_camera_link_send (YzCameraLink *self, const char *verb, GVariant *details)
{
  self->generation = self->generation == G_MAXUINT32 ? 1 : self->generation + 1;
  yz_camera_link_send_again (self, self->generation, verb, details);
  return self->generation;
}

void
yz_camera_link_end (YzCameraLink *self, gboolean at_once)
{
  if (self->gone && at_once)
    kill (self->pid, SIGKILL);
  close_line (self, at_once);
}

void
yz_camera_link_abandon (YzCameraLink *self)
{
  self->listener = NULL;
  yz_camera_link_end (self, FALSE);
}

GPid
yz_camera_link_get_pid (YzCameraLink *self)
{
  return self->pid;
}
