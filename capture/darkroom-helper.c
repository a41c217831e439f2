/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/darkroom-helper.h"

#include "capture/capture-error.h"
#include "capture/page-parcel.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "yizhan-darkroom"
#define START_MS 20000 /* for the helper to say that it is ready */
#define END_MS 5000    /* for the helper to end by itself */

void
yz_darkroom_helper_init (YzDarkroomHelper *self)
{
  *self = (YzDarkroomHelper){ .socket = -1, .memory_fd = -1 };
}

/* Reaps the helper: it ends when its line is closed, or is ended. */
static void
reap (GPid pid, gboolean at_once)
{
  const int fd = (int) syscall (SYS_pidfd_open, pid, 0);
  struct pollfd item = { .fd = fd, .events = POLLIN };
  int result = 0;

  if (fd < 0 || at_once || poll (&item, 1, END_MS) <= 0)
    kill (pid, SIGKILL);
  do
    result = waitpid (pid, NULL, 0);
  while (result < 0 && errno == EINTR);
  if (fd >= 0)
    close (fd);
}

void
yz_darkroom_helper_stop (YzDarkroomHelper *self, gboolean at_once)
{
  const GPid pid = self->pid;

  if (self->socket >= 0)
    close (self->socket);
  if (self->memory_fd >= 0)
    close (self->memory_fd);
  if (self->memory != NULL)
    munmap (self->memory, YZ_PARCEL_SIZE);
  yz_darkroom_helper_init (self);
  if (pid > 0)
    reap (pid, at_once);
}

/* The next answer to our last order; answers to older ones are passed over. */
static YzHelperMessage *
receive_answer (YzDarkroomHelper *self, const char *verb, int timeout_ms, GError **error)
{
  g_autoptr (YzHelperMessage) message = NULL;

  do {
    g_clear_pointer (&message, yz_helper_message_free);
    message = yz_helper_receive (self->socket, timeout_ms, error);
    if (message == NULL)
      return NULL;
  } while (message->generation != self->generation);
  if (g_str_equal (message->verb, verb))
    return g_steal_pointer (&message);
  if (g_str_equal (message->verb, "failed"))
    yz_helper_unpack_error (message->details, error);
  else
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                 "the darkroom answered “%s” instead of “%s”", message->verb, verb);
  return NULL;
}

static gboolean
share_memory (YzDarkroomHelper *self, GError **error)
{
  g_autoptr (YzHelperMessage) message = NULL;

  self->memory_fd = yz_helper_memfd_new (YZ_PARCEL_SIZE, error);
  if (self->memory_fd < 0)
    return FALSE;
  self->memory = yz_helper_map (self->memory_fd, YZ_PARCEL_SIZE, TRUE, error);
  if (self->memory == NULL ||
      !yz_helper_send (self->socket, ++self->generation, "open", NULL, self->memory_fd, error))
    return FALSE;
  message = receive_answer (self, "done", START_MS, error);
  return message != NULL;
}

gboolean
yz_darkroom_helper_start (YzDarkroomHelper *self, const char *const *arguments, GError **error)
{
  yz_darkroom_helper_init (self);
  if (yz_helper_spawn (PROGRAM, arguments, &self->pid, &self->socket, error))
    return TRUE;
  yz_darkroom_helper_init (self);
  return FALSE;
}

gboolean
yz_darkroom_helper_greet (YzDarkroomHelper *self, GError **error)
{
  g_autoptr (YzHelperMessage) message = receive_answer (self, "ready", START_MS, error);

  if (message != NULL && share_memory (self, error))
    return TRUE;
  g_prefix_error (error, "starting the darkroom: ");
  return FALSE;
}

gboolean
yz_darkroom_helper_is_alive (const YzDarkroomHelper *self)
{
  struct pollfd item = { .fd = self->socket, .events = POLLIN };

  if (self->socket < 0)
    return FALSE;
  return poll (&item, 1, 0) <= 0 || (item.revents & (POLLHUP | POLLERR)) == 0;
}

gboolean
yz_darkroom_helper_lay (YzDarkroomHelper *self, GBytes *bytes, GError **error)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);

  if (length > YZ_PARCEL_IN) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_HOSTILE,
                 _ ("The file has more than %d MB; it is not opened."), (int) (YZ_PARCEL_IN >> 20));
    return FALSE;
  }
  if (length > 0)
    memcpy (self->memory, data, length);
  return TRUE;
}

YzHelperMessage *
yz_darkroom_helper_ask (YzDarkroomHelper *self,
                        const char *verb,
                        GVariant *details,
                        const char *answer,
                        int timeout_ms,
                        GError **error)
{
  if (!yz_helper_send (self->socket, ++self->generation, verb, details, -1, error))
    return NULL;
  return receive_answer (self, answer, timeout_ms, error);
}
