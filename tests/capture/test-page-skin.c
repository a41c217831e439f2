/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-skin.h"

static gboolean
is_skin (guint32 rgb)
{
  const float red = (float) (rgb >> 16 & 255);
  const float green = (float) (rgb >> 8 & 255);
  const float blue = (float) (rgb & 255);
  const float light = 0.299F * red + 0.587F * green + 0.114F * blue;

  return yz_skin_is_likely (light, 0.564F * (blue - light), 0.713F * (red - light));
}

static void
test_skin_of_every_shade (void)
{
  static const guint32 SKINS[] = { 0xf0c8a8, 0xce9e80, 0xa87858, 0x805840, 0x604030 };

  for (gsize i = 0; i < G_N_ELEMENTS (SKINS); i++)
    g_assert_true (is_skin (SKINS[i]));
}

static void
test_paper_and_mats_are_none (void)
{
  static const guint32 OTHERS[] = { 0xfafaf8, 0xf4f0e4, 0x2e6248, 0x7c7f81,
                                    0x212224, 0x4a5c7a, 0xc02020, 0x303030 };

  for (gsize i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    g_assert_false (is_skin (OTHERS[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-skin/skin-of-every-shade", test_skin_of_every_shade);
  g_test_add_func ("/page-skin/paper-and-mats-are-none", test_paper_and_mats_are_none);
  return g_test_run ();
}
