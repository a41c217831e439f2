/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/helper-line.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* A packet from a hostile helper: either refused, or every part of it can be read. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzHelperMessage) message = yz_helper_message_parse (data, size, &error);

  g_assert_true ((message == NULL) == (error != NULL));
  if (message != NULL) {
    g_autofree char *text = g_variant_print (message->details, TRUE);
    g_autoptr (GError) inner = NULL;

    g_assert_true (message->verb != NULL && message->fd == -1 && text != NULL);
    yz_helper_unpack_error (message->details, &inner);
    g_assert_nonnull (inner);
  }
  return 0;
}
