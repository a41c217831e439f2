/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/virtual-script.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Any text is a script or gets an error that names a line. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = yz_virtual_script_parse (text, "/nowhere/script", &error);

  g_assert_true ((steps == NULL) == (error != NULL));
  g_assert_true (error == NULL || g_str_has_prefix (error->message, "/nowhere/script:"));
  g_assert_true (steps == NULL || steps->len > 0);
  return 0;
}
