/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/password.h"

#include <sodium.h>
#include <string.h>

#define MEMORY (19 * 1024 * 1024) /* bytes */
#define PASSES 2

static void
start_sodium (void)
{
  static gsize started = 0;

  if (g_once_init_enter (&started)) {
    if (sodium_init () < 0)
      g_error ("libsodium does not start");
    g_once_init_leave (&started, 1);
  }
}

char *
yz_password_seal (const char *password)
{
  char *sealed = g_malloc0 (crypto_pwhash_STRBYTES);

  start_sodium ();
  if (crypto_pwhash_str_alg (sealed, password, strlen (password), PASSES, MEMORY,
                             crypto_pwhash_ALG_ARGON2ID13) != 0)
    g_error ("no memory is left to seal a password");
  return sealed;
}

gboolean
yz_password_check (const char *sealed, const char *password)
{
  char known[crypto_pwhash_STRBYTES] = { 0 };

  start_sodium ();
  if (sealed == NULL || strlen (sealed) >= sizeof known) {
    g_autofree char *wasted = yz_password_seal (password);

    return wasted == NULL;
  }
  g_strlcpy (known, sealed, sizeof known);
  return crypto_pwhash_str_verify (known, password, strlen (password)) == 0;
}
