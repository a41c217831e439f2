/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define INSIDE 42 /* exit code of a child that came through */
#define REFUSED 43

typedef void (*Deed) (void);

static gboolean relaxed;

/* Does the deed in a child that has shut itself in, and tells how the child ended. */
static int
run_inside (Deed deed)
{
  const pid_t pid = fork ();
  int status = 0;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0) {
    YzSandbox sandbox;

    if (!yz_sandbox_enter ((gsize) 1 << 30, FALSE, NULL, &sandbox, NULL))
      _exit (REFUSED);
    deed ();
    _exit (INSIDE);
  }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static void
assert_killed_by (Deed deed, int signal)
{
  const int status = run_inside (deed);

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, signal);
}

static void
assert_killed (Deed deed)
{
  assert_killed_by (deed, SIGSYS);
}

static void
make_socket (void)
{
  socket (AF_INET, SOCK_STREAM, 0);
}

static void
run_program (void)
{
  execl ("/bin/true", "true", NULL);
}

static void
open_file (void)
{
  open ("/etc/hostname", O_RDONLY | O_CLOEXEC);
}

static void
make_memory_executable (void)
{
  mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void
change_owner (void)
{
  g_assert_cmpint (setuid (1), ==, 0);
}

/* Work without an end, and nobody left who would end it. */
static void
hang_on_a_leash (void)
{
  alarm (1);
  for (;;)
    poll (NULL, 0, -1);
}

static void
compute (void)
{
  int ends[2];
  char *memory = NULL;
  gint64 now = g_get_monotonic_time ();

  for (gsize size = 1024; size < 64 << 20; size *= 4) {
    memory = g_malloc (size);
    memset (memory, (int) now, size);
    g_free (memory);
  }
  ends[0] = ends[1] = -1;
  if (write (-1, "", 1) >= 0 || read (ends[0], ends, 1) >= 0)
    _exit (1);
}

static void
take_too_much (void)
{
  const char *memory = mmap (NULL, (gsize) 2 << 30, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  _exit (memory == MAP_FAILED ? INSIDE : 1);
}

static void
test_work_goes_on_inside (void)
{
  const int status = run_inside (compute);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, INSIDE);
}

static void
test_no_sockets_programs_or_owners (void)
{
  assert_killed (make_socket);
  assert_killed (run_program);
  assert_killed (change_owner);
}

static void
test_a_leash_holds (void)
{
  assert_killed_by (hang_on_a_leash, SIGALRM);
}

static void
test_no_executable_memory (void)
{
  assert_killed (make_memory_executable);
}

static void
test_no_files (void)
{
  if (relaxed) {
    g_test_skip ("the sanitizers' leak check opens files");
    return;
  }
  assert_killed (open_file);
}

static void
test_memory_is_limited (void)
{
  int status = 0;

  if (relaxed) {
    g_test_skip ("the sanitizers map terabytes");
    return;
  }
  status = run_inside (take_too_much);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, INSIDE);
}

static void
tell_relaxed (void)
{
  YzSandbox sandbox;

  _exit (yz_sandbox_enter ((gsize) 1 << 30, FALSE, NULL, &sandbox, NULL) ? sandbox.relaxed
                                                                         : REFUSED);
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  status = run_inside (compute);
  if (WIFEXITED (status) && WEXITSTATUS (status) == REFUSED) {
    g_print ("1..0 # SKIP this kernel has no seccomp\n");
    return 0;
  }
  {
    const pid_t pid = fork ();

    if (pid == 0)
      tell_relaxed ();
    waitpid (pid, &status, 0);
    relaxed = WEXITSTATUS (status) == 1;
  }
  g_test_add_func ("/sandbox/work-goes-on-inside", test_work_goes_on_inside);
  g_test_add_func ("/sandbox/no-sockets-programs-or-owners", test_no_sockets_programs_or_owners);
  g_test_add_func ("/sandbox/a-leash-holds", test_a_leash_holds);
  g_test_add_func ("/sandbox/no-executable-memory", test_no_executable_memory);
  g_test_add_func ("/sandbox/no-files", test_no_files);
  g_test_add_func ("/sandbox/memory-is-limited", test_memory_is_limited);
  return g_test_run ();
}
