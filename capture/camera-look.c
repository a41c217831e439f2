/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-camera-look"

#include "capture/camera-look.h"

#include "capture/capture-error.h"
#include "capture/helper-line.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#define PROGRAM "yizhan-camera"
#define LIMIT_MS 10000
#define CAMERAS_MAX 256

struct _YzCameraLook {
  YzCameraLookCallback callback;
  gpointer data;
  GPid pid;
  int line;
  GSource *reader;
  GSource *timer;
  GPtrArray *infos;
};

static GSource *
attach (YzCameraLook *self, GSource *source, GSourceFunc function)
{
  g_source_set_callback (source, function, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* A process that is done is reaped whenever its end arrives; nobody waits for it. */
static void
on_reaped (GPid pid, int status, gpointer data)
{
  g_spawn_close_pid (pid);
}

void
yz_camera_look_cancel (YzCameraLook *self)
{
  g_autoptr (GSource) reaper = g_child_watch_source_new (self->pid);

  g_source_destroy (self->reader);
  g_source_unref (self->reader);
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  close (self->line);
  kill (self->pid, SIGKILL);
  g_source_set_callback (reaper, G_SOURCE_FUNC (on_reaped), NULL, NULL);
  g_source_attach (reaper, g_main_context_get_thread_default ());
  g_ptr_array_unref (self->infos);
  g_free (self);
}

/* Ends the look before its owner hears of it: the owner may ask anew at once. */
static void
answer (YzCameraLook *self, const GError *error)
{
  g_autoptr (GPtrArray) infos = error == NULL ? g_ptr_array_ref (self->infos) : NULL;
  YzCameraLookCallback callback = self->callback;
  gpointer data = self->data;

  yz_camera_look_cancel (self);
  callback (infos, error, data);
}

static gboolean
on_overdue (gpointer data)
{
  YzCameraLook *self = data;
  g_autoptr (GError) error =
      g_error_new_literal (YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT,
                           _ ("The search for cameras was not answered in time."));

  /* A slow driver does not hide what the others found. */
  answer (self, self->infos->len > 0 ? NULL : error);
  return G_SOURCE_REMOVE;
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  YzCameraLook *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YzHelperMessage) message = yz_helper_receive (fd, 0, &error);
  YzCameraInfo *info = NULL;

  if (g_error_matches (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT))
    return G_SOURCE_CONTINUE;
  if (message != NULL && g_str_equal (message->verb, "done")) {
    answer (self, NULL);
    return G_SOURCE_REMOVE;
  }
  if (message != NULL)
    info = yz_camera_info_unpack (message->details, &error);
  if (info == NULL) {
    answer (self, error);
    return G_SOURCE_REMOVE;
  }
  if (self->infos->len < CAMERAS_MAX)
    g_ptr_array_add (self->infos, info);
  else
    yz_camera_info_free (info);
  return G_SOURCE_CONTINUE;
}

YzCameraLook *
yz_camera_look_start (YzCameraLookKind kind,
                      YzCameraLookCallback callback,
                      gpointer data,
                      GError **error)
{
  static const char *const KINDS[] = { "--list=video", "--list=usb", "--list=scanners" };
  const char *const arguments[] = { KINDS[kind], NULL };
  YzCameraLook *self = NULL;
  GPid pid = 0;
  int line = -1;

  if (!yz_helper_spawn (PROGRAM, arguments, &pid, &line, error))
    return NULL;
  self = g_new0 (YzCameraLook, 1);
  self->callback = callback;
  self->data = data;
  self->pid = pid;
  self->line = line;
  self->infos = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_camera_info_free);
  self->reader = attach (self, g_unix_fd_source_new (line, G_IO_IN | G_IO_HUP | G_IO_ERR),
                         G_SOURCE_FUNC (on_readable));
  self->timer = attach (self, g_timeout_source_new (LIMIT_MS), on_overdue);
  return self;
}
