/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/helper-line.h"

#include "capture/capture-error.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define MESSAGE_TYPE ((const GVariantType *) "(usa{sv})")
/* A receiver that lets this pass without taking a packet is as good as gone. */
#define SEND_TIMEOUT_MS 10000
#define MOST_TRIES 20 /* of closing memory for writing */

void
yz_helper_message_free (YzHelperMessage *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->verb);
  g_variant_unref (self->details);
  g_free (self);
}

static gboolean
fail_with_errno (GError **error, YzCaptureError code, const char *what)
{
  int number = errno;

  g_set_error (error, YZ_CAPTURE_ERROR, code, "%s: %s", what, g_strerror (number));
  return FALSE;
}

/* How long until @deadline (monotonic microseconds, -1 for ever) in the terms of poll(). */
static int
get_rest_ms (gint64 deadline)
{
  gint64 rest = deadline < 0 ? -1 : (deadline - g_get_monotonic_time () + 999) / 1000;

  return deadline < 0 ? -1 : (int) CLAMP (rest, 0, G_MAXINT);
}

static gint64
get_deadline (int timeout_ms)
{
  return timeout_ms < 0 ? -1 : g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
}

static gboolean
wait_for (int socket, short events, gint64 deadline, GError **error)
{
  struct pollfd item = { .fd = socket, .events = events };

  for (;;) {
    int n = poll (&item, 1, get_rest_ms (deadline));

    if (n > 0)
      return TRUE;
    if (n < 0 && errno != EINTR)
      return fail_with_errno (error, YZ_CAPTURE_ERROR_PROTOCOL, "cannot wait for the other side");
    if (n == 0) {
      g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT,
                           "the other side did not answer in time");
      return FALSE;
    }
  }
}

static void
attach_fd (struct msghdr *header, char *control, gsize size, int fd)
{
  struct cmsghdr *item = NULL;

  header->msg_control = control;
  header->msg_controllen = size;
  item = CMSG_FIRSTHDR (header);
  item->cmsg_level = SOL_SOCKET;
  item->cmsg_type = SCM_RIGHTS;
  item->cmsg_len = CMSG_LEN (sizeof fd);
  memcpy (CMSG_DATA (item), &fd, sizeof fd);
}

static gboolean
send_packet (int socket, const struct msghdr *header, GError **error)
{
  gint64 deadline = get_deadline (SEND_TIMEOUT_MS);

  for (;;) {
    if (sendmsg (socket, header, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
      return TRUE;
    if (errno == EINTR)
      continue;
    if (errno == EAGAIN) {
      if (!wait_for (socket, POLLOUT, deadline, error))
        return FALSE;
    } else if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN) {
      return fail_with_errno (error, YZ_CAPTURE_ERROR_LOST, "the other side is gone");
    } else {
      return fail_with_errno (error, YZ_CAPTURE_ERROR_PROTOCOL, "cannot send");
    }
  }
}

/**
 * yz_helper_send:
 * @socket: one end of the line
 * @generation: which run of work this belongs to; answers carry the number of their command
 * @verb: what to do, or what happened
 * @details: (nullable): an a{sv}; sunk when floating
 * @fd: goes along, -1 for none; not consumed
 * @error: LOST when the other side is gone, TIMEOUT when it takes nothing for ten seconds
 */
gboolean
yz_helper_send (
    int socket, guint32 generation, const char *verb, GVariant *details, int fd, GError **error)
{
  g_autoptr (GVariant) message = NULL;
  union {
    char bytes[CMSG_SPACE (sizeof (int))];
    struct cmsghdr align;
  } control = { 0 };
  struct iovec part = { 0 };
  struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

  g_return_val_if_fail (verb != NULL && *verb != '\0', FALSE);
  if (details == NULL)
    details = g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);
  message = g_variant_ref_sink (g_variant_new ("(us@a{sv})", generation, verb, details));
  part.iov_base = (void *) g_variant_get_data (message);
  part.iov_len = g_variant_get_size (message);
  if (part.iov_len > YZ_HELPER_MESSAGE_MAX) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                 "the message “%s” of %zu bytes is too long", verb, part.iov_len);
    return FALSE;
  }
  if (fd >= 0)
    attach_fd (&header, control.bytes, sizeof control.bytes, fd);
  return send_packet (socket, &header, error);
}

/**
 * yz_helper_message_parse:
 * @data: one packet, untrusted
 * @length: its bytes
 *
 * Returns: (transfer full): the message without a file descriptor, or NULL with PROTOCOL
 */
YzHelperMessage *
yz_helper_message_parse (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) message = NULL;
  YzHelperMessage *self = NULL;

  if (length == 0 || length > YZ_HELPER_MESSAGE_MAX) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                 "a message has %zu bytes; 1 to %d are allowed", length, YZ_HELPER_MESSAGE_MAX);
    return NULL;
  }
  bytes = g_bytes_new (data, length);
  message = g_variant_ref_sink (g_variant_new_from_bytes (MESSAGE_TYPE, bytes, FALSE));
  if (!g_variant_is_normal_form (message)) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         "a message is not of the agreed form");
    return NULL;
  }
  self = g_new0 (YzHelperMessage, 1);
  self->fd = -1;
  g_variant_get (message, "(us@a{sv})", &self->generation, &self->verb, &self->details);
  return self;
}

/* Takes the first descriptor and closes what else was smuggled in beside it. */
static gboolean
take_fd (struct msghdr *header, int *out_fd)
{
  int count = 0;

  for (struct cmsghdr *item = CMSG_FIRSTHDR (header); item != NULL;
       item = CMSG_NXTHDR (header, item)) {
    if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS)
      continue;
    for (gsize i = 0; i < (item->cmsg_len - CMSG_LEN (0)) / sizeof (int); i++) {
      int fd = -1;

      memcpy (&fd, CMSG_DATA (item) + i * sizeof fd, sizeof fd);
      if (count++ == 0)
        *out_fd = fd;
      else
        close (fd);
    }
  }
  return count <= 1;
}

static gssize
receive_packet (int socket, struct msghdr *header, gint64 deadline, GError **error)
{
  for (;;) {
    gssize n = 0;

    if (!wait_for (socket, POLLIN, deadline, error))
      return -1;
    n = recvmsg (socket, header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (n > 0)
      return n;
    if (n == 0 || errno == ECONNRESET) {
      g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST,
                           "the other side is gone");
      return -1;
    }
    if (errno != EINTR && errno != EAGAIN) {
      fail_with_errno (error, YZ_CAPTURE_ERROR_PROTOCOL, "cannot receive");
      return -1;
    }
  }
}

/**
 * yz_helper_receive:
 * @socket: one end of the line
 * @timeout_ms: milliseconds, 0 takes only what is there, -1 waits for ever
 * @error: LOST when the other side is gone, TIMEOUT, or PROTOCOL for a malformed packet (the line
 *   goes on; what to think of the other side is up to the caller)
 *
 * Returns: (transfer full): the next message
 */
YzHelperMessage *
yz_helper_receive (int socket, int timeout_ms, GError **error)
{
  g_autofree guint8 *data = g_malloc (YZ_HELPER_MESSAGE_MAX);
  union {
    char bytes[CMSG_SPACE (sizeof (int))];
    struct cmsghdr align;
  } control = { 0 };
  struct iovec part = { .iov_base = data, .iov_len = YZ_HELPER_MESSAGE_MAX };
  struct msghdr header = { .msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes };
  YzHelperMessage *message = NULL;
  int fd = -1;
  gboolean single = FALSE;
  gssize n = receive_packet (socket, &header, get_deadline (timeout_ms), error);

  if (n < 0)
    return NULL;
  single = take_fd (&header, &fd);
  if (!single || (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         "a message is longer or carries more than agreed");
  else
    message = yz_helper_message_parse (data, (gsize) n, error);
  if (message != NULL)
    message->fd = fd;
  else if (fd >= 0)
    close (fd);
  return message;
}

static char *
find_program (const char *name)
{
  const char *own = g_getenv ("YIZHAN_LIBEXECDIR");

  return g_build_filename (own != NULL && *own != '\0' ? own : YZ_PKGLIBEXECDIR, name, NULL);
}

typedef struct {
  const char *program;
  const char *const *arguments;
  int socket; /* the child's end */
  GPid pid;
  GError *error;
  gboolean done;
  GMutex lock;
  GCond finished;
} Spawn;

/* Between fork and exec: only async-signal-safe calls. */
static void
bind_to_parent (gpointer parent)
{
  sigset_t none;

  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  if (prctl (PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid () != GPOINTER_TO_INT (parent))
    _exit (127);
}

static void
run_spawn (gpointer data, gpointer user_data)
{
  Spawn *spawn = data;
  g_autofree char *path = find_program (spawn->program);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const int target = YZ_HELPER_FD;

  g_ptr_array_add (argv, path);
  for (gsize i = 0; spawn->arguments != NULL && spawn->arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) spawn->arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_async_with_pipes_and_fds (NULL, (const char *const *) argv->pdata, NULL,
                                    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
                                    bind_to_parent, GINT_TO_POINTER (getpid ()), -1, -1, -1,
                                    &spawn->socket, &target, 1, &spawn->pid, NULL, NULL, NULL,
                                    &spawn->error);
  g_mutex_lock (&spawn->lock);
  spawn->done = TRUE;
  g_cond_signal (&spawn->finished);
  g_mutex_unlock (&spawn->lock);
}

/* The kernel ends a child when the thread that forked it ends, not the process: therefore all are
 * forked by one thread that stays as long as the process. */
static GThreadPool *
get_spawner (void)
{
  static gsize pool = 0;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (run_spawn, NULL, 1, TRUE, NULL));
  return (GThreadPool *) pool;
}

static gboolean
spawn_on_thread (Spawn *spawn, GError **error)
{
  g_mutex_init (&spawn->lock);
  g_cond_init (&spawn->finished);
  g_thread_pool_push (get_spawner (), spawn, NULL);
  g_mutex_lock (&spawn->lock);
  while (!spawn->done)
    g_cond_wait (&spawn->finished, &spawn->lock);
  g_mutex_unlock (&spawn->lock);
  g_mutex_clear (&spawn->lock);
  g_cond_clear (&spawn->finished);
  if (spawn->error == NULL)
    return TRUE;
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
               "cannot start the program %s: %s", spawn->program, spawn->error->message);
  g_clear_error (&spawn->error);
  return FALSE;
}

/**
 * yz_helper_spawn:
 * @program: a file name in the folder of helper programs
 * @arguments: (nullable): without the program's own name, NULL-terminated
 * @out_pid: (out): the caller reaps it, with g_child_watch_add() or waitpid()
 * @out_socket: (out): our end of the line; close it to let the helper end by itself
 * @error: NOT_FOUND when the program cannot be started
 *
 * The child keeps standard error, gets nothing on its standard input, and its standard output is
 * thrown away; all other descriptors are closed.
 */
gboolean
yz_helper_spawn (const char *program,
                 const char *const *arguments,
                 GPid *out_pid,
                 int *out_socket,
                 GError **error)
{
  int ends[2] = { -1, -1 };
  Spawn spawn = { .program = program, .arguments = arguments };
  gboolean started = FALSE;

  g_return_val_if_fail (program != NULL && out_pid != NULL && out_socket != NULL, FALSE);
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return fail_with_errno (error, YZ_CAPTURE_ERROR_PROTOCOL, "cannot make a line to a helper");
  spawn.socket = ends[1];
  started = spawn_on_thread (&spawn, error);
  close (ends[1]);
  if (!started) {
    close (ends[0]);
    return FALSE;
  }
  *out_pid = spawn.pid;
  *out_socket = ends[0];
  return TRUE;
}

int
yz_helper_memfd_new (gsize size, GError **error)
{
  int fd = memfd_create ("yizhan", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && ftruncate (fd, (off_t) size) == 0 &&
      fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) == 0)
    return fd;
  fail_with_errno (error, YZ_CAPTURE_ERROR_PROTOCOL, "cannot make shared memory");
  if (fd >= 0)
    close (fd);
  return -1;
}

/* The size of a memfd that carries all of @seals, or 0. */
static gsize
get_sealed_size (int fd, int seals)
{
  struct stat status;
  int present = fcntl (fd, F_GET_SEALS);

  if (present < 0 || (present & seals) != seals || fstat (fd, &status) != 0 || status.st_size < 0)
    return 0;
  return (gsize) status.st_size;
}

void *
yz_helper_map (int fd, gsize size, gboolean writable, GError **error)
{
  void *memory = NULL;

  if (size == 0 || get_sealed_size (fd, F_SEAL_SHRINK) != size) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         "the shared memory is not of the agreed size or could shrink");
    return NULL;
  }
  memory = mmap (NULL, size, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, fd, 0);
  if (memory != MAP_FAILED)
    return memory;
  fail_with_errno (error, YZ_CAPTURE_ERROR_PROTOCOL, "cannot map shared memory");
  return NULL;
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0) {
    gssize n = write (fd, data, length);

    if (n < 0 && errno != EINTR)
      return FALSE;
    if (n > 0) {
      data += n;
      length -= (gsize) n;
    }
  }
  return TRUE;
}

/* Linux refuses to close memory for writing while it moves one of its pages about, as it does when
 * memory is short. Each try waits for that a moment by itself. */
static gboolean
seal (int fd, int seals)
{
  guint tries = 0;

  while (fcntl (fd, F_ADD_SEALS, seals) != 0)
    if (errno != EBUSY || ++tries >= MOST_TRIES)
      return FALSE;
  return TRUE;
}

/**
 * yz_helper_seal_bytes:
 * @data: a picture
 * @length: its bytes
 *
 * Returns: a file descriptor, close-on-exec, for yz_helper_send(), or -1 with PROTOCOL
 */
int
yz_helper_seal_bytes (const void *data, gsize length, GError **error)
{
  int fd = memfd_create ("yizhan", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && write_all (fd, data, length) &&
      seal (fd, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL))
    return fd;
  fail_with_errno (error, YZ_CAPTURE_ERROR_PROTOCOL, "cannot keep a picture in shared memory");
  if (fd >= 0)
    close (fd);
  return -1;
}

typedef struct {
  void *memory;
  gsize size;
} Mapping;

static void
free_mapping (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->memory, mapping->size);
  g_free (mapping);
}

GBytes *
yz_helper_map_bytes (int fd, gsize max, GError **error)
{
  gsize size = get_sealed_size (fd, F_SEAL_SHRINK | F_SEAL_WRITE);
  Mapping *mapping = NULL;
  void *memory = NULL;

  if (size == 0 || size > max) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                 "the shared picture has %zu bytes or could still change", size);
    return NULL;
  }
  memory = mmap (NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (memory == MAP_FAILED) {
    fail_with_errno (error, YZ_CAPTURE_ERROR_PROTOCOL, "cannot map a shared picture");
    return NULL;
  }
  mapping = g_new0 (Mapping, 1);
  mapping->memory = memory;
  mapping->size = size;
  return g_bytes_new_with_free_func (memory, size, free_mapping, mapping);
}

/* Which of our codes says best what happened in another domain. */
static int
get_capture_code (const GError *error)
{
  if (error->domain == YZ_CAPTURE_ERROR)
    return error->code;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return YZ_CAPTURE_ERROR_CANCELLED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return YZ_CAPTURE_ERROR_TIMEOUT;
  return YZ_CAPTURE_ERROR_PROTOCOL;
}

/**
 * yz_helper_pack_error:
 * @error: of any domain; what is no YZ_CAPTURE_ERROR arrives as the nearest of them
 *
 * Returns: (transfer floating): details for yz_helper_send()
 */
GVariant *
yz_helper_pack_error (const GError *error)
{
  g_autofree char *sentence =
      g_utf8_make_valid (error->message, MIN (strlen (error->message), 4096));
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&details, "{sv}", "code", g_variant_new_int32 (get_capture_code (error)));
  g_variant_builder_add (&details, "{sv}", "sentence", g_variant_new_string (sentence));
  return g_variant_builder_end (&details);
}

/**
 * yz_helper_unpack_error:
 * @details: from the other side, untrusted: without a known code it becomes PROTOCOL
 * @error: (nullable): always set
 */
void
yz_helper_unpack_error (GVariant *details, GError **error)
{
  int code = -1;
  const char *sentence = NULL;

  if (!g_variant_lookup (details, "code", "i", &code) ||
      !g_variant_lookup (details, "sentence", "&s", &sentence) || code < 0 ||
      code > YZ_CAPTURE_ERROR_HOSTILE) {
    g_set_error_literal (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL,
                         "the helper gave an error of an unknown kind");
    return;
  }
  g_set_error_literal (error, YZ_CAPTURE_ERROR, code, sentence);
}
