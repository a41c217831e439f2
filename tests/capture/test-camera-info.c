/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/camera-info.h"
#include "capture/capture-error.h"

static void
test_crosses_the_line (void)
{
  g_autoptr (YzCameraInfo) sent =
      yz_camera_info_new ("usb:001,004", "Canon\tEOS", "123", "gphoto", YZ_CAMERA_ROLE_SIDE,
                          YZ_CAMERA_CAN_PREVIEW | YZ_CAMERA_HAS_BUTTON);
  g_autoptr (GVariant) packed = g_variant_ref_sink (yz_camera_info_pack (sent));
  g_autoptr (GError) error = NULL;
  g_autoptr (YzCameraInfo) arrived = yz_camera_info_unpack (packed, &error);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  line = yz_camera_info_print (arrived);
  g_assert_cmpstr (line, ==, "usb:001,004\t123\tgphoto\tside\tpreview,button\tCanon\\tEOS");
}

static void
assert_refused (const char *text)
{
  g_autoptr (GVariant) packed = g_variant_ref_sink (g_variant_new_parsed (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_camera_info_unpack (packed, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_PROTOCOL);
}

static void
test_refuses_nonsense (void)
{
  assert_refused ("{'address': <'usb:1,1'>}");
  assert_refused ("{'address': <'a'>, 'model': <'m'>, 'id': <'i'>, 'backend': <'b'>, "
                  "'role': <uint32 99>, 'abilities': <uint32 0>}");
  assert_refused ("{'address': <'a'>, 'model': <'m'>, 'id': <'i'>, 'backend': <'b'>, "
                  "'role': <uint32 0>, 'abilities': <uint32 4096>}");
}

static void
test_odd_names (void)
{
  g_autoptr (YzCameraInfo) info =
      yz_camera_info_new ("a", "\xff\xfe", "i", "b", YZ_CAMERA_ROLE_MAIN, 0);
  g_autoptr (YzCameraInfo) copy = yz_camera_info_copy (info);

  g_assert_true (g_utf8_validate (copy->model, -1, NULL));
}

static char *
name_place (const YzCameraInfo *info)
{
  return g_strconcat ("at ", info->address, NULL);
}

static void
test_shared_numbers (void)
{
  static const struct {
    const char *address, *id, *wanted;
  } DEVICES[] = {
    { "a", "1", "at a" },   { "b", "2", "2" },      { "c", "1", "at c" },
    { "c", "1", "at c#2" }, { "c", "1", "at c#3" }, { "d", "", "" },
  };
  g_autoptr (GPtrArray) infos =
      g_ptr_array_new_with_free_func ((GDestroyNotify) yz_camera_info_free);

  for (gsize i = 0; i < G_N_ELEMENTS (DEVICES); i++)
    g_ptr_array_add (infos, yz_camera_info_new (DEVICES[i].address, "m", DEVICES[i].id, "b",
                                                YZ_CAMERA_ROLE_MAIN, 0));
  yz_camera_info_tell_apart (infos, name_place);
  for (gsize i = 0; i < G_N_ELEMENTS (DEVICES); i++)
    g_assert_cmpstr (((YzCameraInfo *) infos->pdata[i])->id, ==, DEVICES[i].wanted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera-info/crosses-the-line-and-prints-one-line", test_crosses_the_line);
  g_test_add_func ("/camera-info/nonsense-is-refused", test_refuses_nonsense);
  g_test_add_func ("/camera-info/names-that-are-no-text-become-text", test_odd_names);
  g_test_add_func ("/camera-info/devices-that-share-a-number-are-told-apart", test_shared_numbers);
  return g_test_run ();
}
