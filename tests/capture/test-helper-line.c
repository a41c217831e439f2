/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/capture-error.h"
#include "capture/helper-line.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *own_name;

typedef struct {
  int here, there;
} Line;

static void
setup (Line *line, gconstpointer data)
{
  int ends[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
  line->here = ends[0];
  line->there = ends[1];
}

static void
teardown (Line *line, gconstpointer data)
{
  close (line->here);
  if (line->there >= 0)
    close (line->there);
}

static GVariant *
make_details (const char *key, const char *value)
{
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&details, "{sv}", key, g_variant_new_string (value));
  return g_variant_builder_end (&details);
}

static void
test_round_trip (Line *line, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzHelperMessage) message = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *value = NULL;
  int fd = yz_helper_seal_bytes ("picture", 7, &error);

  g_assert_no_error (error);
  g_assert_true (
      yz_helper_send (line->here, 7, "frame", make_details ("name", "一.jpg"), fd, &error));
  close (fd);
  message = yz_helper_receive (line->there, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (message->generation, ==, 7);
  g_assert_cmpstr (message->verb, ==, "frame");
  g_assert_true (g_variant_lookup (message->details, "name", "&s", &value));
  g_assert_cmpstr (value, ==, "一.jpg");
  g_assert_cmpint (fcntl (message->fd, F_GETFD), ==, FD_CLOEXEC);
  bytes = yz_helper_map_bytes (message->fd, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "picture", 7);
}

static void
test_no_details (Line *line, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzHelperMessage) message = NULL;

  g_assert_true (yz_helper_send (line->here, 0, "stop", NULL, -1, &error));
  message = yz_helper_receive (line->there, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (message->fd, ==, -1);
  g_assert_cmpuint (g_variant_n_children (message->details), ==, 0);
}

static void
test_nothing_comes (Line *line, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_helper_receive (line->here, 0, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
  g_clear_error (&error);
  g_assert_null (yz_helper_receive (line->here, 20, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_TIMEOUT);
}

static void
test_other_side_gone (Line *line, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  close (line->there);
  line->there = -1;
  g_assert_null (yz_helper_receive (line->here, -1, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_clear_error (&error);
  /* SIGPIPE would end this program here. */
  g_assert_false (yz_helper_send (line->here, 0, "shoot", NULL, -1, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
}

static void
test_too_long (Line *line, gconstpointer data)
{
  g_autofree char *value = g_strnfill (YZ_HELPER_MESSAGE_MAX, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (YzHelperMessage) message = NULL;

  g_assert_false (yz_helper_send (line->here, 0, "much", make_details ("k", value), -1, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_cmpint (send (line->here, value, YZ_HELPER_MESSAGE_MAX, 0), ==, YZ_HELPER_MESSAGE_MAX);
  g_assert_null (yz_helper_receive (line->there, 1000, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  g_clear_error (&error);
  /* The line goes on. */
  g_assert_true (yz_helper_send (line->here, 3, "next", NULL, -1, &error));
  message = yz_helper_receive (line->there, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (message->generation, ==, 3);
}

static void
test_nonsense (void)
{
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new ("(ss)", "shoot", "now"));
  static const guint8 BYTES[64] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_helper_message_parse (BYTES, 0, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_null (yz_helper_message_parse (BYTES, sizeof BYTES, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_null (
      yz_helper_message_parse (g_variant_get_data (other), g_variant_get_size (other), &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
test_smuggled_descriptors (Line *line, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  union {
    char bytes[CMSG_SPACE (2 * sizeof (int))];
    struct cmsghdr align;
  } control = { 0 };
  char byte = 0;
  struct iovec part = { .iov_base = &byte, .iov_len = 1 };
  struct msghdr header = { .msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes };
  struct cmsghdr *item = CMSG_FIRSTHDR (&header);
  const int fds[2] = { 0, 0 };
  const guint before = count_open_files ();

  item->cmsg_level = SOL_SOCKET;
  item->cmsg_type = SCM_RIGHTS;
  item->cmsg_len = CMSG_LEN (sizeof fds);
  memcpy (CMSG_DATA (item), fds, sizeof fds);
  g_assert_cmpint (sendmsg (line->here, &header, 0), ==, 1);
  g_assert_null (yz_helper_receive (line->there, 1000, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  g_assert_cmpuint (count_open_files (), ==, before);
}

static void
assert_not_mapped (int fd, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_helper_map (fd, size, FALSE, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_null (yz_helper_map_bytes (fd, size, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
}

static void
test_memory_that_could_shrink (void)
{
  int fd = memfd_create ("hostile", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  int file = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);

  g_assert_no_errno (ftruncate (fd, 4096));
  assert_not_mapped (fd, 4096);
  assert_not_mapped (file, (gsize) lseek (file, 0, SEEK_END));
  close (fd);
  close (file);
}

static void
test_memory_of_another_size (void)
{
  g_autoptr (GError) error = NULL;
  int fd = yz_helper_memfd_new (8192, &error);
  void *memory = NULL;

  g_assert_no_error (error);
  assert_not_mapped (fd, 4096);
  assert_not_mapped (fd, 16384);
  g_assert_cmpint (ftruncate (fd, 0), ==, -1);
  memory = yz_helper_map (fd, 8192, TRUE, &error);
  g_assert_no_error (error);
  memset (memory, 1, 8192);
  munmap (memory, 8192);
  /* Whoever still may write could change a picture after its digest was taken. */
  g_assert_null (yz_helper_map_bytes (fd, 8192, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  close (fd);
}

static void
test_sealed_picture (void)
{
  g_autoptr (GError) error = NULL;
  int fd = yz_helper_seal_bytes ("abc", 3, &error);

  g_assert_no_error (error);
  g_assert_cmpint (pwrite (fd, "x", 1, 0), ==, -1);
  g_assert_null (yz_helper_map_bytes (fd, 2, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
  close (fd);
}

static void
assert_crosses_as (GQuark domain, int code, YzCaptureError expected)
{
  g_autoptr (GError) sent = g_error_new_literal (domain, code, "sentence");
  g_autoptr (GVariant) details = g_variant_ref_sink (yz_helper_pack_error (sent));
  g_autoptr (GError) arrived = NULL;

  yz_helper_unpack_error (details, &arrived);
  g_assert_error (arrived, YZ_CAPTURE_ERROR, (int) expected);
  g_assert_cmpstr (arrived->message, ==, "sentence");
}

static void
test_errors_cross (void)
{
  for (int code = 0; code <= YZ_CAPTURE_ERROR_HOSTILE; code++)
    assert_crosses_as (YZ_CAPTURE_ERROR, code, code);
  assert_crosses_as (G_IO_ERROR, G_IO_ERROR_CANCELLED, YZ_CAPTURE_ERROR_CANCELLED);
  assert_crosses_as (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, YZ_CAPTURE_ERROR_TIMEOUT);
  assert_crosses_as (G_FILE_ERROR, G_FILE_ERROR_NOENT, YZ_CAPTURE_ERROR_PROTOCOL);
}

static void
test_unknown_error (void)
{
  g_autoptr (GVariant) details =
      g_variant_ref_sink (g_variant_new_parsed ("{'code': <99>, 'sentence': <'a trick'>}"));
  g_autoptr (GError) error = NULL;

  yz_helper_unpack_error (details, &error);
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
}

/* This program started again as a helper: says how many files it holds, then answers each message
 * with itself until the line is closed, or with "hang" pays no attention to that. */
static int
run_as_helper (gboolean hang)
{
  g_autofree char *files = g_strdup_printf ("%u", count_open_files ());

  yz_helper_send (YZ_HELPER_FD, (guint32) getpid (), "files", make_details ("files", files), -1,
                  NULL);
  for (;;) {
    g_autoptr (YzHelperMessage) message = yz_helper_receive (YZ_HELPER_FD, -1, NULL);

    if (message == NULL) {
      if (hang)
        pause ();
      return 0;
    }
    yz_helper_send (YZ_HELPER_FD, message->generation, message->verb, message->details, -1, NULL);
  }
}

static gpointer
spawn_helper (gpointer data)
{
  static const char *const ARGUMENTS[] = { "--as-helper", NULL };
  GPid *pid = data;
  g_autoptr (GError) error = NULL;
  int line = -1;

  g_assert_true (yz_helper_spawn (own_name, ARGUMENTS, pid, &line, &error));
  g_assert_no_error (error);
  return GINT_TO_POINTER (line);
}

static void
test_spawned_helper (void)
{
  g_autoptr (GError) error = NULL;
  GPid pid = 0;
  /* The thread that asks for a helper may end: the helper stays. */
  g_autoptr (GThread) thread = g_thread_new ("short", spawn_helper, &pid);
  int line = GPOINTER_TO_INT (g_thread_join (g_steal_pointer (&thread)));
  g_autoptr (YzHelperMessage) first = yz_helper_receive (line, 20000, &error);
  g_autoptr (YzHelperMessage) answer = NULL;
  const char *files = NULL;
  int status = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (first->generation, ==, pid);
  g_assert_true (g_variant_lookup (first->details, "files", "&s", &files));
  g_assert_cmpstr (files, ==, "5"); /* 0 to 3 and the folder being counted */
  g_assert_true (yz_helper_send (line, 9, "ping", NULL, -1, &error));
  answer = yz_helper_receive (line, 20000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->generation, ==, 9);
  close (line);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static int
run_as_parent (void)
{
  static const char *const ARGUMENTS[] = { "--as-hanging-helper", NULL };
  g_autoptr (YzHelperMessage) first = NULL;
  GPid pid = 0;
  int line = -1;

  if (!yz_helper_spawn (own_name, ARGUMENTS, &pid, &line, NULL))
    return 1;
  first = yz_helper_receive (line, 20000, NULL);
  yz_helper_send (YZ_HELPER_FD, first->generation, "helper", NULL, -1, NULL);
  pause ();
  return 0;
}

static void
test_helper_dies_with_its_parent (void)
{
  static const char *const ARGUMENTS[] = { "--as-parent", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (YzHelperMessage) message = NULL;
  GPid parent = 0;
  int line = -1;
  int status = 0;

  g_assert_no_errno (prctl (PR_SET_CHILD_SUBREAPER, 1));
  g_assert_true (yz_helper_spawn (own_name, ARGUMENTS, &parent, &line, &error));
  message = yz_helper_receive (line, 20000, &error);
  g_assert_no_error (error);
  g_assert_no_errno (kill (parent, SIGKILL));
  g_assert_cmpint (waitpid (parent, &status, 0), ==, parent);
  g_assert_cmpint (waitpid ((pid_t) message->generation, &status, 0), ==,
                   (pid_t) message->generation);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  close (line);
}

static void
test_no_such_program (void)
{
  g_autoptr (GError) error = NULL;
  GPid pid = 0;
  int line = -1;

  g_assert_false (yz_helper_spawn ("yizhan-nothing", NULL, &pid, &line, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND);
  g_assert_cmpint (line, ==, -1);
}

static int
run_role (const char *role)
{
  if (g_str_equal (role, "--as-parent"))
    return run_as_parent ();
  return run_as_helper (g_str_equal (role, "--as-hanging-helper"));
}

int
main (int argc, char **argv)
{
  g_autofree char *path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  own_name = name;
  g_setenv ("YIZHAN_LIBEXECDIR", folder, TRUE);
  if (argc == 2 && g_str_has_prefix (argv[1], "--as-"))
    return run_role (argv[1]);
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, test) g_test_add ("/helper-line/" claim, Line, NULL, setup, test, teardown)
  ADD ("message-and-picture-arrive-whole", test_round_trip);
  ADD ("message-without-details-has-none", test_no_details);
  ADD ("silence-is-a-timeout", test_nothing_comes);
  ADD ("closed-line-is-lost-without-a-signal", test_other_side_gone);
  ADD ("overlong-message-is-refused-and-the-line-goes-on", test_too_long);
  ADD ("smuggled-descriptors-are-closed", test_smuggled_descriptors);
  g_test_add_func ("/helper-line/nonsense-is-refused", test_nonsense);
  g_test_add_func ("/helper-line/memory-that-could-shrink-is-not-mapped",
                   test_memory_that_could_shrink);
  g_test_add_func ("/helper-line/memory-of-another-size-is-not-mapped",
                   test_memory_of_another_size);
  g_test_add_func ("/helper-line/sealed-picture-cannot-change", test_sealed_picture);
  g_test_add_func ("/helper-line/errors-cross-with-their-code", test_errors_cross);
  g_test_add_func ("/helper-line/unknown-error-is-protocol", test_unknown_error);
  g_test_add_func ("/helper-line/helper-holds-four-files-and-outlives-the-asking-thread",
                   test_spawned_helper);
  g_test_add_func ("/helper-line/helper-dies-with-its-parent", test_helper_dies_with_its_parent);
  g_test_add_func ("/helper-line/missing-program-is-not-found", test_no_such_program);
  return g_test_run ();
}
