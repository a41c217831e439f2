/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/application.h"
#include "app/places.h"

/* The library decides once, with the first text it is asked for, whether it translates at all: the
 * language must be known before the options are read. */
static const char *
find_language (int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    if (g_str_has_prefix (argv[i], "--lang="))
      return argv[i] + strlen ("--lang=");
    if (g_strcmp0 (argv[i], "--lang") == 0 && i + 1 < argc)
      return argv[i + 1];
  }
  return NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (YzApplication) application = NULL;

  yz_places_start_language (find_language (argc, argv));
  application = yz_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
