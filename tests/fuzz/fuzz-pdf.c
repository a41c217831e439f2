/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-pdf.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint leaves = 0;

  if (!yz_pdf_count_leaves (data, size, &leaves, NULL))
    return 0;
  g_assert_cmpuint (leaves, >=, 1);
  g_assert_cmpuint (leaves, <=, YZ_PDF_MAX_LEAVES);
  for (guint leaf = 1; leaf <= MIN (leaves, 2); leaf++) {
    YzPdfLeaf full = { 0 };
    g_autoptr (YzBitmap) bitmap = yz_pdf_decode (data, size, leaf, 64, &full, NULL);

    yz_pdf_measure_dpi (data, size, leaf);
    if (bitmap == NULL)
      continue;
    g_assert_cmpint (MAX (bitmap->width, bitmap->height), <=, 64);
    g_assert_cmpint ((gint64) full.width * full.height, <=, YZ_CODEC_MAX_PIXELS);
    g_assert_true (full.density > 0 && full.density <= YZ_PDF_DENSITY);
  }
  return 0;
}
