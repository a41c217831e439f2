/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/mount-release.h"

static void
test_matches (void)
{
  static const struct {
    const char *address, *root, *device;
    gboolean same;
  } CASES[] = {
    { "usb:001,007", "gphoto2://%5Busb%3A001%2C007%5D/", NULL, TRUE },
    { "usb:001,007", "gphoto2://[usb:001,007]/", NULL, TRUE },
    { "usb:001,007", "gphoto2://[usb:001,008]/", NULL, FALSE },
    { "usb:001,007", "gphoto2://Canon_SN1234/", "/dev/bus/usb/001/007", TRUE },
    { "usb:001,007", "gphoto2://Canon_SN1234/", "/dev/bus/usb/001/070", FALSE },
    { "usb:001,007", "gphoto2://Canon_SN1234/", NULL, FALSE },
    { "usb:001,007", "file:///media/stick", "/dev/sda1", FALSE },
    { "video:/dev/video0", "gphoto2://[usb:001,007]/", "/dev/bus/usb/001/007", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_test_message ("%s and %s", CASES[i].address, CASES[i].root);
    g_assert_cmpint (yz_mount_release_matches (CASES[i].address, CASES[i].root, CASES[i].device),
                     ==, CASES[i].same);
  }
}

static void
test_nothing_mounted (void)
{
  g_autoptr (GMount) mount = yz_mount_release_find ("usb:999,999");

  g_assert_null (mount);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mount-release/drive-of-the-same-camera-is-known", test_matches);
  g_test_add_func ("/mount-release/camera-that-nobody-holds-has-no-drive", test_nothing_mounted);

  return g_test_run ();
}
