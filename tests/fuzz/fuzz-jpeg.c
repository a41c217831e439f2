/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/codec-jpeg.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  YzPictureHeader header;

  /* What is large is only slow here, and refused by its header or timed out in the helper. */
  if (yz_jpeg_is (data, size) && yz_jpeg_read_header (data, size, &header, NULL) &&
      header.width <= 2000 && header.height <= 2000)
    for (int longest = 0; longest <= 64; longest += 64) {
      g_autoptr (YzBitmap) bitmap = yz_jpeg_decode (data, size, longest, NULL);

      if (bitmap != NULL && longest == 0)
        g_assert_cmpint (bitmap->width, ==, header.width);
    }
  return 0;
}
