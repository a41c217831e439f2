/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/plugs.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <linux/usbdevice_fs.h>
#include <linux/videodev2.h>
#include <string.h>
#include <sys/wait.h>

/* More than a helper ever opens. */
#define DESCRIPTORS 100
#define HUB "/sys/devices/pci0000:00/0000:00:14.0/usb1"

/* USB 2, class told by the interface, packets of 64; 0xdead:0x1ead, three strings */
#define DEVICE "1201000200000040addead1e000101020301"
/* Device and configuration descriptors of a still image camera with the three endpoints of PTP. */
#define PTP                                                                                        \
  DEVICE "09022700010100c001"                                                                      \
         "090400000306010100"                                                                      \
         "07058102000200"                                                                          \
         "07050202000200"                                                                          \
         "0705830308000a"
/* Of a scanner: nobody's class but its maker's. */
#define SCANNER                                                                                    \
  DEVICE "09021200010100c001"                                                                      \
         "0904000000ffffff00"
/* Of a camera that shows video. */
#define UVC                                                                                        \
  DEVICE "09021200010100c001"                                                                      \
         "09040000000e010000"

static void
add (UMockdevTestbed *bed, const char *text)
{
  g_autoptr (GError) error = NULL;

  umockdev_testbed_add_from_string (bed, text, &error);
  g_assert_no_error (error);
}

UMockdevTestbed *
yz_plugs_new (void)
{
  static gsize apart = 0;

  if (g_once_init_enter (&apart)) {
    int last = -1;

    while (last < DESCRIPTORS)
      last = open ("/dev/null", O_RDONLY | O_CLOEXEC);
    g_once_init_leave (&apart, 1);
  }
  return umockdev_testbed_new ();
}

void
yz_plugs_wait_for_helpers (void)
{
  siginfo_t child;

  while (waitid (P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
take_away (UMockdevTestbed *bed, const char *path)
{
  umockdev_testbed_uevent (bed, path, "remove");
  umockdev_testbed_remove_device (bed, path);
}

/* @events: what udev says of it */
static void
add_usb_device (UMockdevTestbed *bed,
                const char *port,
                guint number,
                const char *serial,
                const char *events,
                const char *descriptors)
{
  g_autofree char *told =
      serial != NULL ? g_strdup_printf ("A: serial=%s\\n\n", serial) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("P: /devices/pci0000:00/0000:00:14.0/usb1/1-%s\n"
                                           "N: bus/usb/001/%03u\n"
                                           "E: DEVNAME=/dev/bus/usb/001/%03u\n"
                                           "E: DEVTYPE=usb_device\n"
                                           "E: SUBSYSTEM=usb\n"
                                           "%s"
                                           "A: busnum=1\\n\n"
                                           "A: devnum=%u\\n\n"
                                           "A: speed=480\\n\n"
                                           "A: bConfigurationValue=1\\n\n"
                                           "A: idVendor=dead\\n\n"
                                           "A: idProduct=1ead\\n\n"
                                           "%s"
                                           "H: descriptors=%s\n",
                                           port, number, number, events, number, told, descriptors);

  add (bed, text);
}

void
yz_plugs_add_ptp_camera (UMockdevTestbed *bed, const char *port, guint number, const char *serial)
{
  add_usb_device (bed, port, number, serial, "E: ID_USB_INTERFACES=:060101:\nE: ID_GPHOTO2=1\n",
                  PTP);
}

void
yz_plugs_add_scanner (UMockdevTestbed *bed, const char *port, guint number, const char *serial)
{
  add_usb_device (bed, port, number, serial,
                  "E: ID_USB_INTERFACES=:ffffff:\nE: libsane_matched=yes\n", SCANNER);
}

void
yz_plugs_remove_ptp_camera (UMockdevTestbed *bed, const char *port)
{
  g_autofree char *path = g_strconcat (HUB "/1-", port, NULL);

  take_away (bed, path);
}

static gboolean
on_usb_ioctl (UMockdevIoctlBase *handler, UMockdevIoctlClient *client, gpointer reason)
{
  unsigned long request = umockdev_ioctl_client_get_request (client);
  int answer = request == USBDEVFS_CLAIMINTERFACE ? GPOINTER_TO_INT (reason)
               : request == USBDEVFS_GETDRIVER    ? ENODATA
                                                  : ENOTTY;

  umockdev_ioctl_client_complete (client, -1, answer);
  return TRUE;
}

void
yz_plugs_deny_claim (UMockdevTestbed *bed, guint number, int reason)
{
  g_autoptr (UMockdevIoctlBase) handler = umockdev_ioctl_base_new ();
  g_autofree char *file = g_strdup_printf ("/dev/bus/usb/001/%03u", number);
  g_autoptr (GError) error = NULL;

  g_signal_connect (handler, "handle-ioctl", G_CALLBACK (on_usb_ioctl), GINT_TO_POINTER (reason));
  umockdev_testbed_attach_ioctl (bed, file, handler, &error);
  g_assert_no_error (error);
}

/* Whoever asked may have been ended meanwhile. */
static void
reply (UMockdevIoctlClient *client, void *bytes, gsize length)
{
  UMockdevIoctlData *answer =
      umockdev_ioctl_data_resolve (umockdev_ioctl_client_get_arg (client), 0, length, NULL);

  if (answer != NULL) {
    umockdev_ioctl_data_update (answer, 0, bytes, length);
    umockdev_ioctl_data_unref (answer);
  }
  umockdev_ioctl_client_complete (client, answer != NULL ? 0 : -1, answer != NULL ? 0 : EIO);
}

/* A head's first node gives pictures, its second only what belongs to them. */
static gboolean
on_video_ioctl (UMockdevIoctlBase *handler, UMockdevIoctlClient *client, gpointer metadata)
{
  struct v4l2_capability capability = { .card = "Document camera", .driver = "uvcvideo" };

  if (umockdev_ioctl_client_get_request (client) != VIDIOC_QUERYCAP) {
    umockdev_ioctl_client_complete (client, -1, ENOTTY);
    return TRUE;
  }
  capability.capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_DEVICE_CAPS;
  capability.device_caps =
      V4L2_CAP_STREAMING |
      (GPOINTER_TO_INT (metadata) ? V4L2_CAP_META_CAPTURE : V4L2_CAP_VIDEO_CAPTURE);
  reply (client, &capability, sizeof capability);
  return TRUE;
}

static void
add_node (UMockdevTestbed *bed, const char *port, guint head, guint number, gboolean metadata)
{
  g_autofree char *file = g_strdup_printf ("/dev/video%u", number);
  g_autofree char *text = g_strdup_printf (
      "P: /devices/pci0000:00/0000:00:14.0/usb1/1-%s/1-%s:1.%u/video4linux/video%u\n"
      "N: video%u\n"
      "E: DEVNAME=/dev/video%u\n"
      "E: SUBSYSTEM=video4linux\n"
      "A: index=%u\\n\n"
      "A: name=Document camera\\n\n"
      "L: device=../../../1-%s:1.%u\n",
      port, port, head * 2, number, number, number, metadata ? 1 : 0, port, head * 2);
  g_autoptr (UMockdevIoctlBase) handler = umockdev_ioctl_base_new ();
  g_autoptr (GError) error = NULL;

  add (bed, text);
  g_signal_connect (handler, "handle-ioctl", G_CALLBACK (on_video_ioctl),
                    GINT_TO_POINTER (metadata));
  umockdev_testbed_attach_ioctl (bed, file, handler, &error);
  g_assert_no_error (error);
}

static void
add_interface (UMockdevTestbed *bed, const char *port, guint interface, const char *class)
{
  g_autofree char *text =
      g_strdup_printf ("P: /devices/pci0000:00/0000:00:14.0/usb1/1-%s/1-%s:1.%u\n"
                       "E: DEVTYPE=usb_interface\n"
                       "E: SUBSYSTEM=usb\n"
                       "A: bInterfaceClass=%s\\n\n",
                       port, port, interface, class);

  add (bed, text);
}

void
yz_plugs_add_uvc_camera (
    UMockdevTestbed *bed, const char *port, guint first, guint heads, const char *serial)
{
  add_usb_device (bed, port, 20 + first, serial, "E: ID_USB_INTERFACES=:0e0100:0e0200:\n", UVC);
  for (guint head = 0; head < heads; head++) {
    add_interface (bed, port, head * 2, "0e");
    add_node (bed, port, head, first + head * 2, FALSE);
    add_node (bed, port, head, first + head * 2 + 1, TRUE);
  }
}

void
yz_plugs_remove_uvc_camera (UMockdevTestbed *bed, const char *port, guint first, guint heads)
{
  g_autofree char *device = g_strconcat (HUB "/1-", port, NULL);

  for (guint head = heads; head-- > 0;) {
    g_autofree char *interface = g_strdup_printf ("%s/1-%s:1.%u", device, port, head * 2);

    for (guint node = 2; node-- > 0;) {
      guint number = first + head * 2 + node;
      g_autofree char *path = g_strdup_printf ("%s/video4linux/video%u", interface, number);
      g_autofree char *file = g_strdup_printf ("/dev/video%u", number);

      umockdev_testbed_detach_ioctl (bed, file, NULL);
      take_away (bed, path);
    }
    take_away (bed, interface);
  }
  take_away (bed, device);
}

static gboolean
on_key_ioctl (UMockdevIoctlBase *handler, UMockdevIoctlClient *client, gpointer key)
{
  const unsigned long request = umockdev_ioctl_client_get_request (client);
  const guint code = GPOINTER_TO_UINT (key);
  guint8 bits[KEY_CNT / 8] = { 0 };

  bits[code / 8] = (guint8) (1U << code % 8);
  if (request == EVIOCGBIT (EV_KEY, sizeof bits))
    reply (client, bits, sizeof bits);
  else
    umockdev_ioctl_client_complete (client, request == EVIOCGRAB ? 0 : -1,
                                    request == EVIOCGRAB ? 0 : ENOTTY);
  return TRUE;
}

static char *
print_keys (const YzPlugsKey *keys, gsize n_keys)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_keys; i++) {
    const struct input_event event = { .type = EV_KEY,
                                       .code = keys[i].code,
                                       .value = keys[i].value };
    const guint8 *bytes = (const guint8 *) &event;

    for (gsize k = 0; k < sizeof event; k++)
      g_string_append_printf (text, "%02X", bytes[k]);
  }
  return g_string_free (text, FALSE);
}

void
yz_plugs_add_button (UMockdevTestbed *bed,
                     const char *port,
                     guint interface,
                     guint16 key,
                     const YzPlugsKey *keys,
                     gsize n_keys)
{
  g_autofree char *folder = g_strdup_printf (HUB "/1-%s/1-%s:1.%u", port, port, interface);
  g_autofree char *written = print_keys (keys, n_keys);
  g_autofree char *text = g_strdup_printf ("P: %s/input/input7\n"
                                           "E: SUBSYSTEM=input\n"
                                           "A: name=Document camera\\n\n\n"
                                           "P: %s/input/input7/event7\n"
                                           "N: input/event7%s%s\n"
                                           "E: DEVNAME=/dev/input/event7\n"
                                           "E: SUBSYSTEM=input\n"
                                           "L: device=../../input7\n",
                                           folder + strlen ("/sys"), folder + strlen ("/sys"),
                                           n_keys > 0 ? "=" : "", written);
  g_autoptr (UMockdevIoctlBase) handler = umockdev_ioctl_base_new ();
  g_autoptr (GError) error = NULL;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    add_interface (bed, port, interface, "03");
  add (bed, text);
  g_signal_connect (handler, "handle-ioctl", G_CALLBACK (on_key_ioctl), GUINT_TO_POINTER (key));
  umockdev_testbed_attach_ioctl (bed, "/dev/input/event7", handler, &error);
  g_assert_no_error (error);
}
