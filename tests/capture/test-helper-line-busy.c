/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Memory that the system is just moving about: linked with fcntl() wrapped, which refuses so often.
 */

#include "capture/helper-line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

static guint refusals;

int __real_fcntl64 (int fd, int command, long argument);
int __wrap_fcntl64 (int fd, int command, ...);

int
__wrap_fcntl64 (int fd, int command, ...)
{
  va_list arguments;
  long argument = 0;

  va_start (arguments, command);
  argument = va_arg (arguments, long);
  va_end (arguments);
  if (command == F_ADD_SEALS && refusals > 0) {
    refusals--;
    errno = EBUSY;
    return -1;
  }
  return __real_fcntl64 (fd, command, argument);
}

static void
test_busy_memory_is_waited_for (void)
{
  g_autoptr (GError) error = NULL;
  int fd = -1;

  refusals = 3;
  fd = yz_helper_seal_bytes ("abc", 3, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpuint (refusals, ==, 0);
  close (fd);
}

static void
test_memory_that_stays_busy_is_an_error (void)
{
  g_autoptr (GError) error = NULL;

  refusals = G_MAXUINT;
  g_assert_cmpint (yz_helper_seal_bytes ("abc", 3, &error), ==, -1);
  g_assert_nonnull (error);
  refusals = 0;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/helper-line-busy/busy-memory-is-waited-for", test_busy_memory_is_waited_for);
  g_test_add_func ("/helper-line-busy/memory-that-stays-busy-is-an-error",
                   test_memory_that_stays_busy_is_an_error);
  return g_test_run ();
}
