/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/application.h"
#include "app/places.h"

int
main (int argc, char **argv)
{
  g_autoptr (YzApplication) application = NULL;

  yz_places_start_language (NULL);
  application = yz_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
