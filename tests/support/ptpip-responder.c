/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/ptpip-responder.h"

#include "tests/support/ptpip-packets.h"
#include "tests/support/ptpip-session.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define GREETING_S 5

static const char *const FAULTS[YZ_N_FAULTS] = {
  "deny",   "busy", "cut",   "reset",       "stall",      "drip",         "short",
  "ignore", "die",  "early", "die-preview", "no-picture", "busy-preview",
};

static void
free_object (gpointer data)
{
  Object *object = data;

  g_free (object->name);
  g_bytes_unref (object->bytes);
  g_free (object);
}

static void
acknowledge_command (YzPtpipResponder *self, int socket)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  Session *session = g_new0 (Session, 1);

  session->responder = self;
  session->command = socket;
  session->events = -1;
  session->fault = YZ_N_FAULTS;
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->sessions, session);
  session->number = self->sessions->len;
  g_mutex_unlock (&self->lock);
  yz_put32 (payload, session->number);
  for (int i = 0; i < 4; i++)
    yz_put32 (payload, 0x59495a48);
  for (const char *letter = "Loopback"; *letter != '\0'; letter++)
    yz_put16 (payload, (guint8) *letter);
  yz_put16 (payload, 0);
  yz_put32 (payload, 0x00010000);
  yz_ptpip_send (socket, YZ_PTPIP_INIT_COMMAND_ACK, payload);
  session->thread = g_thread_new ("session", yz_ptpip_run_session, session);
  yz_ptpip_tell (self, "connected");
}

static void
acknowledge_events (YzPtpipResponder *self, int socket, guint32 number)
{
  g_autoptr (GByteArray) nothing = g_byte_array_new ();
  gboolean known = FALSE;

  g_mutex_lock (&self->lock);
  if (number > 0 && number <= self->sessions->len) {
    Session *session = self->sessions->pdata[number - 1];

    known = session->command >= 0 && session->events < 0;
    if (known)
      session->events = socket;
  }
  g_mutex_unlock (&self->lock);
  if (known)
    yz_ptpip_send (socket, YZ_PTPIP_INIT_EVENT_ACK, nothing);
  else
    close (socket);
}

static void
greet (YzPtpipResponder *self, int socket)
{
  const struct timeval limit = { .tv_sec = GREETING_S };
  const struct timeval none = { 0 };
  const int on = 1;
  YzPtpipType type = YZ_PTPIP_INIT_FAIL;
  g_autoptr (GByteArray) hello = NULL;
  g_autoptr (GByteArray) refusal = g_byte_array_new ();

  setsockopt (socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt (socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  hello = yz_ptpip_receive (socket, &type);
  setsockopt (socket, SOL_SOCKET, SO_RCVTIMEO, &none, sizeof none);
  yz_ptpip_note_use (self);
  if (hello != NULL && type == YZ_PTPIP_INIT_EVENT) {
    acknowledge_events (self, socket, yz_get32 (hello, 0));
  } else if (hello != NULL && type == YZ_PTPIP_INIT_COMMAND &&
             !yz_ptpip_is_due (self, YZ_FAULT_DENY)) {
    acknowledge_command (self, socket);
  } else {
    yz_put32 (refusal, 1);
    yz_ptpip_send (socket, YZ_PTPIP_INIT_FAIL, refusal);
    close (socket);
  }
}

static gpointer
run_acceptor (gpointer data)
{
  YzPtpipResponder *self = data;
  GPollFD items[2] = { { .fd = self->listener, .events = G_IO_IN },
                       { .fd = self->wake[0], .events = G_IO_IN | G_IO_HUP } };

  for (;;) {
    int socket = -1;

    if (g_poll (items, 2, -1) < 0)
      continue;
    if (items[1].revents != 0)
      return NULL;
    socket = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);
    if (socket >= 0)
      greet (self, socket);
  }
}

static gboolean
listen_on_loopback (YzPtpipResponder *self, GError **error)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (self->options.port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  const int on = 1;

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (self->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind (self->listener, (struct sockaddr *) &address, sizeof address) != 0 ||
      listen (self->listener, 16) != 0 ||
      getsockname (self->listener, (struct sockaddr *) &address, &length) != 0) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "cannot listen on the loopback: %s", g_strerror (errno));
    return FALSE;
  }
  self->port = ntohs (address.sin_port);
  return TRUE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
find_pictures (YzPtpipResponder *self, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (self->options.pictures, 0, error);
  const char *name = NULL;

  if (folder == NULL)
    return FALSE;
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".jpg"))
      g_ptr_array_add (self->pictures, g_build_filename (self->options.pictures, name, NULL));
  g_ptr_array_sort (self->pictures, compare_paths);
  if (self->pictures->len > 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no *.jpg in %s",
               self->options.pictures);
  return FALSE;
}

static void
free_responder (YzPtpipResponder *self)
{
  for (guint i = 0; i < self->sessions->len; i++)
    g_free (self->sessions->pdata[i]);
  g_ptr_array_unref (self->sessions);
  g_hash_table_unref (self->objects);
  g_ptr_array_unref (self->pictures);
  g_mutex_clear (&self->lock);
  for (int i = 0; i < 2; i++)
    if (self->wake[i] >= 0)
      close (self->wake[i]);
  if (self->listener >= 0)
    close (self->listener);
  g_free (self);
}

YzPtpipResponder *
yz_ptpip_responder_start (const YzResponderOptions *options, GError **error)
{
  YzPtpipResponder *self = g_new0 (YzPtpipResponder, 1);

  self->options = *options;
  self->listener = self->wake[0] = self->wake[1] = -1;
  self->iso = 100;
  self->last_use = g_get_monotonic_time ();
  self->pictures = g_ptr_array_new_with_free_func (g_free);
  self->sessions = g_ptr_array_new ();
  self->objects = g_hash_table_new_full (NULL, NULL, NULL, free_object);
  g_mutex_init (&self->lock);
  if (!find_pictures (self, error) || !listen_on_loopback (self, error) ||
      pipe2 (self->wake, O_CLOEXEC) != 0) {
    free_responder (self);
    return NULL;
  }
  self->acceptor = g_thread_new ("acceptor", run_acceptor, self);
  return self;
}

void
yz_ptpip_responder_stop (YzPtpipResponder *self)
{
  close (self->wake[1]);
  self->wake[1] = -1;
  g_thread_join (self->acceptor);
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->sessions->len; i++)
    if (((Session *) self->sessions->pdata[i])->command >= 0)
      shutdown (((Session *) self->sessions->pdata[i])->command, SHUT_RDWR);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->sessions->len; i++)
    g_thread_join (((Session *) self->sessions->pdata[i])->thread);
  free_responder (self);
}

guint16
yz_ptpip_responder_get_port (YzPtpipResponder *self)
{
  return self->port;
}

void
yz_ptpip_responder_commit (YzPtpipResponder *self, YzFault fault, guint at, guint times)
{
  g_mutex_lock (&self->lock);
  self->plans[fault].at = at;
  self->plans[fault].times = times;
  g_mutex_unlock (&self->lock);
}

const char *
yz_ptpip_responder_name_fault (YzFault fault)
{
  return FAULTS[fault];
}

gboolean
yz_ptpip_responder_find_fault (const char *name, YzFault *out_fault)
{
  for (int i = 0; i < YZ_N_FAULTS; i++)
    if (g_str_equal (FAULTS[i], name)) {
      *out_fault = (YzFault) i;
      return TRUE;
    }
  return FALSE;
}

guint
yz_ptpip_responder_count_shots (YzPtpipResponder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->shots;
}

guint
yz_ptpip_responder_count_objects (YzPtpipResponder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_hash_table_size (self->objects);
}

guint
yz_ptpip_responder_count_blocks (YzPtpipResponder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->blocks;
}

gboolean
yz_ptpip_responder_is_live (YzPtpipResponder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->live;
}

gint64
yz_ptpip_responder_get_last_use (YzPtpipResponder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->last_use;
}

void
yz_ptpip_responder_press_button (YzPtpipResponder *self)
{
  guint32 handle = yz_ptpip_add_object (self, FALSE);

  for (guint i = 0; i < self->sessions->len; i++) {
    yz_ptpip_send_event (self->sessions->pdata[i], YZ_PTP_OBJECT_ADDED, handle);
    yz_ptpip_send_event (self->sessions->pdata[i], YZ_PTP_CAPTURE_COMPLETE, 0);
  }
}

const char *
yz_ptpip_responder_get_picture (YzPtpipResponder *self, guint shot)
{
  return self->pictures->pdata[(shot - 1) % self->pictures->len];
}
