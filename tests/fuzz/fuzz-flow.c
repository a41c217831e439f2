/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/flow-reader.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Any text is a flow or gets a sentence; a flow can be asked, drawn and read again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (YzFlow) flow = yz_flow_parse ("fuzz", (const char *) data, size, &findings, &error);

  g_assert_true ((flow == NULL) == (error != NULL));
  g_assert_true ((flow == NULL) == (findings->len > 0));
  if (flow != NULL) {
    g_autofree char *svg = yz_flow_draw (flow);
    g_autoptr (YzFlow) again = yz_flow_parse ("fuzz", flow->text, strlen (flow->text), NULL, NULL);

    g_assert_nonnull (yz_flow_get_start (flow));
    g_assert_true (g_str_has_suffix (svg, "</svg>\n"));
    g_assert_true (again != NULL && again->steps->len == flow->steps->len);
  }
  return 0;
}
