/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/places.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>

/* A build that is not installed yet names its own folders in the environment. */
static const char *
get_place (const char *variable, const char *installed)
{
  const char *own = g_getenv (variable);

  return own != NULL && *own != '\0' ? own : installed;
}

const char *
yz_places_get_datadir (void)
{
  return get_place ("YIZHAN_DATADIR", YZ_PKGDATADIR);
}

const char *
yz_places_get_localedir (void)
{
  return get_place ("YIZHAN_LOCALEDIR", YZ_LOCALEDIR);
}

char *
yz_places_default_store (void)
{
  return g_build_filename (g_get_user_data_dir (), "yizhan", "store", NULL);
}

void
yz_places_start_language (const char *language)
{
  if (language != NULL)
    g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "");
  if (g_strcmp0 (nl_langinfo (CODESET), "UTF-8") != 0) {
    g_setenv ("LC_ALL", "C.UTF-8", TRUE);
    setlocale (LC_ALL, "");
  }
  bindtextdomain (GETTEXT_PACKAGE, yz_places_get_localedir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
