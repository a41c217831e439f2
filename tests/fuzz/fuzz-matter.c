/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/matter.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Any text is a matter or gets a sentence; a matter's rows are whole and can be found. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzMatter) matter = yz_matter_parse ("X01", (const char *) data, size, &error);

  g_assert_true ((matter == NULL) == (error != NULL));
  if (matter == NULL)
    return 0;
  for (guint i = 0; i < matter->materials->len; i++) {
    const YzMaterial *material = g_ptr_array_index (matter->materials, i);

    g_assert_true (yz_matter_find_material (matter, material->id) == material);
    g_assert_nonnull (yz_matter_find_material (matter, material->name));
  }
  for (guint i = 0; i < matter->facts->len; i++)
    g_assert_nonnull (((const YzFactField *) g_ptr_array_index (matter->facts, i))->label);
  g_assert_true (yz_matter_matches (matter, matter->name_cn));
  g_assert_true (yz_matter_matches (matter, matter->initials));
  return 0;
}
