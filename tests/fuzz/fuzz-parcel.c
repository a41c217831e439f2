/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-parcel.h"

#include <string.h>
#include <sys/mman.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint8 *
map_memory (void)
{
  guint8 *memory = mmap (NULL, YZ_PARCEL_SIZE, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  g_assert_true (memory != MAP_FAILED);
  return memory;
}

/* What a darkroom in good health sends of a small page. */
static GBytes *
pack_good_page (guint8 *memory)
{
  g_autoptr (YzPage) page = yz_page_new ();
  g_autoptr (GVariant) details = NULL;

  page->width = 40;
  page->height = 30;
  page->thumbnail = yz_bitmap_new_packed (8, 6);
  page->picture = yz_bitmap_new_packed (16, 12);
  page->jpeg = g_bytes_new_static ("\xff\xd8\xff\xd9", 4);
  details = g_variant_ref_sink (yz_parcel_pack_page (page, memory, NULL));
  return g_variant_get_data_as_bytes (details);
}

static guint64
sum_up (const YzBitmap *bitmap)
{
  guint64 sum = 0;

  for (int y = 0; bitmap != NULL && y < bitmap->height; y++)
    for (int x = 0; x < bitmap->width; x++)
      sum += yz_bitmap_get_row (bitmap, y)[x];
  return sum;
}

/* The input says which bytes of a good message a helper gone bad has changed, three bytes each. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static guint8 *memory;
  static GBytes *good;
  g_autoptr (GVariant) details = NULL;
  g_autoptr (YzPage) page = NULL;
  YzDevelopment development;
  YzRead what = 0;
  guint8 *changed = NULL;
  gsize length = 0;
  guint leaves = 0;

  if (memory == NULL) {
    memory = map_memory ();
    good = pack_good_page (memory);
  }
  changed = g_memdup2 (g_bytes_get_data (good, &length), g_bytes_get_size (good));
  length = g_bytes_get_size (good);
  for (gsize i = 0; i + 2 < size; i += 3)
    changed[((gsize) data[i] << 8 | data[i + 1]) % length] = data[i + 2];
  details = g_variant_ref_sink (
      g_variant_new_from_data (G_VARIANT_TYPE_VARDICT, changed, length, FALSE, g_free, changed));
  page = yz_parcel_unpack_page (details, memory, NULL);
  if (page != NULL) {
    volatile guint64 sum = sum_up (page->picture) + sum_up (page->thumbnail);

    (void) sum;
  }
  (void) yz_parcel_unpack_order (details, &development, &length, NULL);
  (void) yz_parcel_unpack_leaves (details, &leaves, NULL);
  (void) yz_parcel_unpack_reading_order (details, &development, &what, &length, NULL);
  return 0;
}
