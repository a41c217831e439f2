/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/identity.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* What is accepted has the normal shape and is accepted again; everything can be masked. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *typed = g_strndup ((const char *) data, size);
  g_autofree char *masked = yz_identity_mask (typed);
  g_autoptr (GError) error = NULL;
  YzIdentity identity = { 0 };
  YzIdentity again = { 0 };
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 2, G_DATE_MARCH, 2026);
  g_assert_true (g_utf8_validate (masked, -1, NULL));
  if (!yz_identity_check (typed, &today, &identity, &error)) {
    g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_true (strlen (identity.number) == 18 && g_date_valid (&identity.birth));
  g_assert_true (identity.sex != YZ_SEX_UNKNOWN);
  g_assert_true (g_utf8_validate (identity.region, -1, NULL));
  g_assert_true (identity.region_known == (*identity.region != '\0'));
  g_assert_true (yz_identity_check (identity.number, &today, &again, NULL));
  g_assert_true (strcmp (identity.number, again.number) == 0);
  return 0;
}
