/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-host.h"
#include "capture/capture-error.h"
#include "capture/helper-line.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "yizhan-camera"
#define LIST_MS 10000
#define CAMERAS_MAX 256

static void
on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **out = data;

  *out = g_object_ref (result);
}

YzFrame *
yz_camera_host_shoot_once (const char *address, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  YzCameraHost *host = NULL;
  YzFrame *frame = NULL;

  g_main_context_push_thread_default (context);
  host = yz_camera_host_new (address);
  yz_camera_host_open (host);
  yz_camera_host_shoot_async (host, NULL, on_shot, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  frame = yz_camera_host_shoot_finish (host, result, error);
  yz_camera_host_close (host);
  /* The camera must have left our hands before the next program wants it. */
  while (!yz_camera_host_is_quiet (host))
    g_main_context_iteration (context, TRUE);
  g_clear_object (&result);
  g_object_unref (host);
  g_main_context_pop_thread_default (context);
  return frame;
}

static gboolean
read_list (int line, GPtrArray *infos, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + LIST_MS * G_TIME_SPAN_MILLISECOND;

  for (;;) {
    gint64 rest = (deadline - g_get_monotonic_time ()) / 1000;
    g_autoptr (YzHelperMessage) message = yz_helper_receive (line, (int) MAX (rest, 0), error);
    YzCameraInfo *info = NULL;

    /* A slow driver does not hide what the others found. */
    if (message == NULL && infos->len > 0) {
      g_clear_error (error);
      return TRUE;
    }
    if (message == NULL) {
      g_prefix_error (error, "%s ", _ ("The search for cameras was not answered:"));
      return FALSE;
    }
    if (g_str_equal (message->verb, "done"))
      return TRUE;
    info = yz_camera_info_unpack (message->details, error);
    if (info == NULL)
      return FALSE;
    if (infos->len < CAMERAS_MAX)
      g_ptr_array_add (infos, info);
    else
      yz_camera_info_free (info);
  }
}

GPtrArray *
yz_camera_host_list (GError **error)
{
  static const char *const ARGUMENTS[] = { "--list", NULL };
  g_autoptr (GPtrArray) infos =
      g_ptr_array_new_with_free_func ((GDestroyNotify) yz_camera_info_free);
  GPid pid = 0;
  int line = -1;
  int status = 0;
  gboolean done = FALSE;

  if (!yz_helper_spawn (PROGRAM, ARGUMENTS, &pid, &line, error))
    return NULL;
  done = read_list (line, infos, error);
  close (line);
  kill (pid, SIGKILL);
  waitpid (pid, &status, 0);
  return done ? g_steal_pointer (&infos) : NULL;
}
