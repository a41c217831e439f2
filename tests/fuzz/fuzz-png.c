/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-png.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  YzPictureHeader header;

  if (yz_png_is (data, size) && yz_png_read_header (data, size, &header, NULL) &&
      header.width <= 2000 && header.height <= 2000) {
    g_autoptr (YzBitmap) bitmap = yz_png_decode (data, size, NULL);

    if (bitmap != NULL)
      g_assert_cmpint (bitmap->height, ==, header.height);
  }
  return 0;
}
