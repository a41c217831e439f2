/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/reading.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The input is what a helper gone bad leaves in the memory; its words are closed up besides. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GVariant) packed = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (YZ_READING_FORM), bytes, FALSE));
  g_autoptr (YzReading) reading = yz_reading_unpack (packed, NULL);
  g_autofree char *text = NULL;

  if (reading != NULL) {
    g_assert_cmpuint (reading->quarters, <=, 3);
    text = yz_reading_get_text (reading);
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
  if (g_utf8_validate ((const char *) data, (gssize) size, NULL)) {
    g_autofree char *whole = g_strndup ((const char *) data, size);
    g_autofree char *closed = yz_reading_close_up (whole);

    g_assert_cmpuint (strlen (closed), <=, strlen (whole));
  }
  return 0;
}
