/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/capture-error.h"
#include "capture/gphoto-camera.h"
#include "tests/vm/video-claims.h"

#include <stdio.h>
#include <string.h>

/* A device on a cable that speaks PTP, through libusb: QEMU's own, which keeps files and has no
 * shutter. */

static GPtrArray *
list_cameras (void)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_camera_info_free);

  yz_gphoto_camera_list (infos);
  return infos;
}

/* The only one. */
static YzCamera *
make_camera (void)
{
  g_autoptr (GPtrArray) infos = list_cameras ();

  g_assert_cmpuint (infos->len, ==, 1);
  return yz_gphoto_camera_new (((YzCameraInfo *) infos->pdata[0])->address);
}

static YzCamera *
open_camera (void)
{
  YzCamera *camera = make_camera ();
  g_autoptr (GError) error = NULL;

  yz_camera_open (camera, NULL, &error);
  g_assert_no_error (error);
  return camera;
}

/* The file of the system through which the kernel can be told about the device's socket. */
static char *
find_socket (YzCamera *camera, const char *file)
{
  guint bus = 0;
  guint number = 0;
  g_autoptr (GDir) devices = g_dir_open ("/sys/bus/usb/devices", 0, NULL);
  const char *name = NULL;
  const char *address = yz_camera_get_info (camera)->address;

  g_assert_cmpint (sscanf (address, "usb:%u,%u", &bus, &number), ==, 2); /* NOLINT */
  while ((name = g_dir_read_name (devices)) != NULL) {
    g_autofree char *uevent = g_build_filename ("/sys/bus/usb/devices", name, "uevent", NULL);
    g_autofree char *wanted = g_strdup_printf ("DEVNAME=bus/usb/%03u/%03u\n", bus, number);
    g_autofree char *text = NULL;

    if (g_file_get_contents (uevent, &text, NULL, NULL) && strstr (text, wanted) != NULL)
      return g_build_filename ("/sys/bus/usb/devices", name, file, NULL);
  }
  g_error ("the system knows no device at %s", address);
  return NULL;
}

static void
tell_kernel (const char *path, const char *word)
{
  FILE *stream = fopen (path, "we");

  g_assert_nonnull (stream);
  g_assert_cmpint (fputs (word, stream), >=, 0);
  g_assert_cmpint (fclose (stream), ==, 0);
}

static void
test_listed (void)
{
  YzCamera *camera = open_camera ();
  const YzCameraInfo *info = yz_camera_get_info (camera);
  g_autoptr (GPtrArray) infos = list_cameras ();
  const YzCameraInfo *listed = infos->pdata[0];

  g_test_message ("%s %s %s", info->address, info->id, info->model);
  g_assert_cmpstr (info->backend, ==, "gphoto");
  g_assert_cmpstr (info->id, ==, listed->id);
  g_assert_cmpstr (info->address, ==, listed->address);
  yz_claims_close (camera);
}

static void
test_claimed (void)
{
  YzCamera *holder = open_camera ();
  YzCamera *other = make_camera ();
  g_autoptr (GError) error = NULL;

  g_assert_false (yz_camera_open (other, NULL, &error));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_CLAIMED);
  yz_claims_close (holder);
  g_clear_error (&error);
  yz_camera_open (other, NULL, &error);
  g_assert_no_error (error);
  yz_claims_close (other);
}

static void
test_pulled_out (void)
{
  YzCamera *camera = open_camera ();
  g_autofree char *authorized = find_socket (camera, "authorized");
  g_autoptr (GError) error = NULL;
  g_autoptr (YzShot) shot = NULL;
  YzCameraEvent event = YZ_CAMERA_EVENT_NONE;
  gint64 deadline = yz_claims_soon (YZ_GUARD_S);

  tell_kernel (authorized, "0");
  while (error == NULL && g_get_monotonic_time () < deadline)
    yz_camera_wait_event (camera, 50, &event, &shot, &error);
  g_test_message ("%s", error->message);
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  yz_claims_close (camera);
  tell_kernel (authorized, "1");
  yz_claims_close (open_camera ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usb-ptp/is-listed-as-it-opens", test_listed);
  g_test_add_func ("/usb-ptp/camera-of-another-program-is-claimed", test_claimed);
  g_test_add_func ("/usb-ptp/pulled-out-is-lost-and-opens-again", test_pulled_out);
  return g_test_run ();
}
