/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/sandbox.h"

#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>
#include <seccomp.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED TRUE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED TRUE
#endif
#endif
#ifndef SANITIZED
#define SANITIZED FALSE
#endif

typedef void *Filter;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (Filter, seccomp_release, NULL)

/* What decoding needs: memory, the line to the desk, clocks, locks, and an end. */
static const int ALLOWED[] = {
  SCMP_SYS (read),         SCMP_SYS (readv),          SCMP_SYS (write),
  SCMP_SYS (writev),       SCMP_SYS (close),          SCMP_SYS (recvmsg),
  SCMP_SYS (recvfrom),     SCMP_SYS (sendmsg),        SCMP_SYS (sendto),
  SCMP_SYS (poll),         SCMP_SYS (ppoll),          SCMP_SYS (fcntl),
  SCMP_SYS (fstat),        SCMP_SYS (newfstatat),     SCMP_SYS (lseek),
  SCMP_SYS (munmap),       SCMP_SYS (mremap),         SCMP_SYS (brk),
  SCMP_SYS (madvise),      SCMP_SYS (futex),          SCMP_SYS (sched_yield),
  SCMP_SYS (getpid),       SCMP_SYS (gettid),         SCMP_SYS (tgkill),
  SCMP_SYS (rt_sigreturn), SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigaction),
  SCMP_SYS (sigaltstack),  SCMP_SYS (clock_gettime),  SCMP_SYS (gettimeofday),
  SCMP_SYS (getrandom),    SCMP_SYS (rseq),           SCMP_SYS (restart_syscall),
  SCMP_SYS (exit),         SCMP_SYS (exit_group),     SCMP_SYS (alarm),
  SCMP_SYS (sysinfo), /* the C library's qsort asks how much memory there is */
};

/* What the sanitizers ask besides: their leak check forks a tracer and reads the memory map. */
static const int FOR_SANITIZERS[] = {
  SCMP_SYS (openat),
  SCMP_SYS (readlink),
  SCMP_SYS (readlinkat),
  SCMP_SYS (clone),
  SCMP_SYS (clone3),
  SCMP_SYS (ptrace),
  SCMP_SYS (wait4),
  SCMP_SYS (prctl),
  SCMP_SYS (getppid),
  SCMP_SYS (kill),
  SCMP_SYS (getuid),
  SCMP_SYS (geteuid),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (prlimit64),
  SCMP_SYS (getrlimit),
  SCMP_SYS (getdents),
  SCMP_SYS (getdents64),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (uname),
  SCMP_SYS (stat),
  SCMP_SYS (ioctl),
  SCMP_SYS (getcwd),
  SCMP_SYS (membarrier),
  SCMP_SYS (process_vm_readv),
  SCMP_SYS (arch_prctl),
  SCMP_SYS (pipe2),
  SCMP_SYS (dup2),
  SCMP_SYS (open),
  SCMP_SYS (access),
  SCMP_SYS (faccessat),
};

/* Flags of open(2) with which a file is not only read. */
#define NEVER_TO_READ ((guint64) (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND))

static gboolean
fail (const char *what, int number, GError **error)
{
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
               _ ("This system cannot shut the darkroom in (%s: %s); pictures are not opened."),
               what, g_strerror (number));
  return FALSE;
}

static gboolean
limit (int resource, rlim_t most, GError **error)
{
  const struct rlimit limits = { most, most };

  return setrlimit ((__rlimit_resource_t) resource, &limits) == 0 || fail ("rlimit", errno, error);
}

static gboolean
set_limits (gsize memory, GError **error)
{
  /* Writing to a file fails then; that a library tried is no reason to end. */
  signal (SIGXFSZ, SIG_IGN);
  if (!limit (RLIMIT_CORE, 0, error) || !limit (RLIMIT_FSIZE, 0, error))
    return FALSE;
  if (SANITIZED)
    return TRUE;
  return limit (RLIMIT_AS, memory, error) && limit (RLIMIT_NPROC, 0, error) &&
         limit (RLIMIT_NOFILE, 16, error);
}

/* Bits of each Landlock version over the one before it; the first has thirteen file rights. */
static guint64
count_rights (int version)
{
  guint n = 13;

  n += version >= 2; /* moving between folders */
  n += version >= 3; /* truncating */
  n += version >= 5; /* commanding devices */
  return (G_GUINT64_CONSTANT (1) << n) - 1;
}

/* A folder that is not there needs no rule. */
static int
open_folder (int rules, const char *path)
{
  struct landlock_path_beneath_attr beneath = {
    .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    .parent_fd = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC),
  };
  int number = 0;

  if (beneath.parent_fd < 0)
    return 0;
  if (syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0)
    number = errno;
  close (beneath.parent_fd);
  return number;
}

/* A ruleset that handles every right and grants hardly any. A kernel without Landlock is no fault.
 */
static gboolean
close_file_system (const char *const *readable, int *out_version, GError **error)
{
  struct landlock_ruleset_attr rules = { 0 };
  const long version =
      syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  int fd = -1;
  int number = 0;

  *out_version = (int) MAX (version, 0);
  if (version <= 0 || SANITIZED)
    return TRUE;
  rules.handled_access_fs = count_rights ((int) version);
  fd = (int) syscall (SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (fd < 0)
    return fail ("landlock", errno, error);
  for (gsize i = 0; readable != NULL && readable[i] != NULL && number == 0; i++)
    number = open_folder (fd, readable[i]);
  if (number == 0 && syscall (SYS_landlock_restrict_self, fd, 0) != 0)
    number = errno;
  close (fd);
  return number == 0 || fail ("landlock", number, error);
}

static int
allow (Filter filter, const int *calls, gsize n)
{
  int result = 0;

  for (gsize i = 0; i < n && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0);
  return result;
}

static int
deny (Filter filter, int number, const int *calls, gsize n)
{
  int result = 0;

  for (gsize i = 0; i < n && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (number), calls[i], 0);
  return result;
}

/* Libraries that open something or look for it by the way are told that they may not, and those
 * that would work with several threads do with one. */
static int
deny_gently (Filter filter, gboolean reads)
{
  static const int LOOKING[] = { SCMP_SYS (open),       SCMP_SYS (access),   SCMP_SYS (faccessat),
                                 SCMP_SYS (faccessat2), SCMP_SYS (stat),     SCMP_SYS (lstat),
                                 SCMP_SYS (statx),      SCMP_SYS (readlink), SCMP_SYS (readlinkat),
                                 SCMP_SYS (statfs),     SCMP_SYS (fstatfs) };
  static const int TO_READ[] = { SCMP_SYS (pread64), SCMP_SYS (getdents64) };
  static const int THREADS[] = { SCMP_SYS (clone), SCMP_SYS (clone3) };
  int result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (mmap), 1,
                                 SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));

  if (result != 0 || SANITIZED)
    return result;
  result = deny (filter, EACCES, LOOKING, G_N_ELEMENTS (LOOKING));
  if (result == 0)
    result = deny (filter, EAGAIN, THREADS, G_N_ELEMENTS (THREADS));
  if (result == 0 && !reads)
    return seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (openat), 0);
  /* To be read, and only where Landlock allows it. */
  if (result == 0)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (openat), 1,
                               SCMP_A2 (SCMP_CMP_MASKED_EQ, NEVER_TO_READ, 0));
  for (guint64 flag = 1; flag <= NEVER_TO_READ && result == 0; flag <<= 1)
    if (flag & NEVER_TO_READ)
      result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (openat), 1,
                                 SCMP_A2 (SCMP_CMP_MASKED_EQ, flag, flag));
  return result == 0 ? allow (filter, TO_READ, G_N_ELEMENTS (TO_READ)) : result;
}

static gboolean
load_filter (gboolean lenient, gboolean reads, GError **error)
{
  g_auto (Filter) filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  int result = 0;

  if (filter == NULL)
    return fail ("seccomp", ENOSYS, error);
  result = allow (filter, ALLOWED, G_N_ELEMENTS (ALLOWED));
  /* Memory may be had, but never to be executed. */
  if (result == 0)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                               SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  if (result == 0)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                               SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  if (result == 0 && lenient)
    result = deny_gently (filter, reads);
  if (result == 0 && SANITIZED)
    result = allow (filter, FOR_SANITIZERS, G_N_ELEMENTS (FOR_SANITIZERS));
  if (result == 0)
    result = seccomp_load (filter);
  return result == 0 || fail ("seccomp", -result, error);
}

gboolean
yz_sandbox_enter (gsize memory,
                  gboolean lenient,
                  const char *const *readable,
                  YzSandbox *out_sandbox,
                  GError **error)
{
  int version = 0;

  g_return_val_if_fail (out_sandbox != NULL, FALSE);
  g_return_val_if_fail (lenient || readable == NULL, FALSE);

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return fail ("no_new_privs", errno, error);
  if (!SANITIZED)
    prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (!set_limits (memory, error) || !close_file_system (readable, &version, error) ||
      !load_filter (lenient, readable != NULL && version > 0, error))
    return FALSE;
  out_sandbox->relaxed = SANITIZED;
  out_sandbox->landlock = version;
  return TRUE;
}
