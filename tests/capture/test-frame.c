/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/frame.h"

static void
test_keeps_bytes (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xff\xd8\xff", 3);
  g_autoptr (YzFrame) frame = yz_frame_new (bytes, "image/jpeg", NULL, "Camera 1", 42);
  g_autoptr (YzFrame) second = yz_frame_ref (frame);

  g_assert_true (g_bytes_equal (second->bytes, bytes));
  g_assert_cmpstr (second->media_type, ==, "image/jpeg");
  g_assert_null (second->name);
  g_assert_cmpint (second->shot_at, ==, 42);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/keeps-the-bytes-as-given", test_keeps_bytes);
  return g_test_run ();
}
