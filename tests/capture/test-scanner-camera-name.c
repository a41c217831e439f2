/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-info.h"
#include "capture/scanner-camera-name.h"
#include "capture/usb-place.h"
#include "tests/support/plugs.h"

typedef struct {
  UMockdevTestbed *bed;
} Desk;

static void
setup (Desk *desk, gconstpointer data)
{
  desk->bed = yz_plugs_new ();
}

static void
teardown (Desk *desk, gconstpointer data)
{
  g_assert_finalize_object (desk->bed);
}

static void
assert_id (const char *device, const char *wanted)
{
  g_autofree char *id = yz_scanner_name_find_id (device);

  g_assert_cmpstr (id, ==, wanted);
}

static void
test_replugged (Desk *desk, gconstpointer data)
{
  yz_plugs_add_scanner (desk->bed, "2", 4, "S-1");
  assert_id ("genesys:libusb:001:004", "scan:genesys:usb:dead:1ead:S-1");
  yz_plugs_remove_ptp_camera (desk->bed, "2");
  yz_plugs_add_scanner (desk->bed, "3", 9, "S-1");
  assert_id ("genesys:libusb:001:009", "scan:genesys:usb:dead:1ead:S-1");
}

static void
test_no_serial (Desk *desk, gconstpointer data)
{
  yz_plugs_add_scanner (desk->bed, "2", 4, NULL);
  assert_id ("epson2:libusb:001:004", "scan:epson2:usb:dead:1ead");
  yz_plugs_remove_ptp_camera (desk->bed, "2");
  yz_plugs_add_scanner (desk->bed, "5", 17, NULL);
  assert_id ("epson2:libusb:001:017", "scan:epson2:usb:dead:1ead");
}

static char *
name_place (const YzCameraInfo *info)
{
  return yz_scanner_name_find_place (info->address);
}

static void
add (GPtrArray *infos, const char *device)
{
  g_autofree char *id = yz_scanner_name_find_id (device);

  g_ptr_array_add (
      infos, yz_camera_info_new (device, "Scanner", id, "scanner", YZ_CAMERA_ROLE_FLATBED, 0));
}

static void
test_alike (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) infos =
      g_ptr_array_new_with_free_func ((GDestroyNotify) yz_camera_info_free);

  yz_plugs_add_scanner (desk->bed, "2", 4, NULL);
  yz_plugs_add_scanner (desk->bed, "3", 5, NULL);
  add (infos, "epson2:libusb:001:004");
  add (infos, "epson2:libusb:001:005");
  yz_camera_info_tell_apart (infos, name_place);
  g_assert_cmpstr (((YzCameraInfo *) infos->pdata[0])->id, ==, "scan:epson2:usb-1-2");
  g_assert_cmpstr (((YzCameraInfo *) infos->pdata[1])->id, ==, "scan:epson2:usb-1-3");
}

static void
test_other_names (Desk *desk, gconstpointer data)
{
  yz_plugs_add_scanner (desk->bed, "2", 4, "S-1");
  assert_id ("test:0", "scan:test:0");
  assert_id ("airscan:e0:Scanner in the hall", "scan:airscan:e0:Scanner in the hall");
  assert_id ("fujitsu:fi-7160:0815", "scan:fujitsu:fi-7160:0815");
  assert_id ("genesys:libusb:001:099", "scan:genesys:libusb:001:099"); /* gone already */
  assert_id ("genesys:libusb:nonsense", "scan:genesys:libusb:nonsense");
}

#define ADD(claim, test)                                                                           \
  g_test_add ("/scanner-camera-name/" claim, Desk, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("serial-number-stays-at-every-socket", test_replugged);
  ADD ("model-stays-where-there-is-no-serial-number", test_no_serial);
  ADD ("two-alike-are-told-apart-by-their-sockets", test_alike);
  ADD ("other-names-are-the-id-themselves", test_other_names);
  return g_test_run ();
}
