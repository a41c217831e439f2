/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/vm/usb-head-words.h"

#include "tests/vm/usb-head.h"

#include <linux/usb/ch9.h>
#include <linux/usb/video.h>
#include <string.h>

#define FRAME_INTERVAL 333333 /* of 100 ns: 30 a second */

/* One descriptor: its length comes first and is filled in here. */
static void
add (GByteArray *all, const guint8 *rest, gsize length)
{
  guint8 first = (guint8) (length + 1);

  g_byte_array_append (all, &first, 1);
  g_byte_array_append (all, rest, (guint) length);
}

#define ADD(all, ...)                                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const guint8 rest[] = { __VA_ARGS__ };                                                         \
    add (all, rest, sizeof rest);                                                                  \
  }                                                                                                \
  G_STMT_END
#define WORD(value) (guint8) ((value) &0xff), (guint8) ((value) >> 8 & 0xff)
#define LONG(value) WORD (value), WORD ((value) >> 16)

GByteArray *
yz_usb_head_describe_device (gboolean has_serial)
{
  GByteArray *all = g_byte_array_new ();

  /* USB 2, class told by interface associations, 64 bytes a packet, 0xdead:0xcafe */
  ADD (all, USB_DT_DEVICE, WORD (0x0200), USB_CLASS_MISC, 2, 1, 64, WORD (0xdead), WORD (0xcafe),
       WORD (0x0100), 1, 2, has_serial ? 3 : 0, 1);
  return all;
}

/* A camera, its processing unit with a brightness, and the way out to the computer. */
static void
add_control_part (GByteArray *all, guint8 interface, guint8 endpoint)
{
  enum { CAMERA = 1, OUT = 3 };
  const guint total = 13 + 18 + 11 + 9;

  ADD (all, USB_DT_INTERFACE, interface, 0, 1, USB_CLASS_VIDEO, UVC_SC_VIDEOCONTROL, 0, 0);
  ADD (all, USB_DT_CS_INTERFACE, UVC_VC_HEADER, WORD (0x0100), WORD (total), LONG (48000000), 1,
       interface + 1);
  ADD (all, USB_DT_CS_INTERFACE, UVC_VC_INPUT_TERMINAL, CAMERA, WORD (UVC_ITT_CAMERA), 0, 0,
       WORD (0), WORD (0), WORD (0), 3, 0, 0, 0);
  ADD (all, USB_DT_CS_INTERFACE, UVC_VC_PROCESSING_UNIT, YZ_USB_HEAD_UNIT_PROCESSING, CAMERA,
       WORD (0), 2, 1, 0, 0);
  ADD (all, USB_DT_CS_INTERFACE, UVC_VC_OUTPUT_TERMINAL, OUT, WORD (UVC_TT_STREAMING), 0,
       YZ_USB_HEAD_UNIT_PROCESSING, 0);
  ADD (all, USB_DT_ENDPOINT, USB_DIR_IN | endpoint, USB_ENDPOINT_XFER_INT, WORD (16), 6);
  ADD (all, USB_DT_CS_ENDPOINT, UVC_EP_INTERRUPT, WORD (16));
}

static void
add_size (GByteArray *all, guint index)
{
  const guint width = (guint) YZ_USB_HEAD_WIDTHS[index];
  const guint height = (guint) YZ_USB_HEAD_HEIGHTS[index];
  const guint size = width * height * 2;

  ADD (all, USB_DT_CS_INTERFACE, UVC_VS_FRAME_MJPEG, (guint8) (index + 1), 0, WORD (width),
       WORD (height), LONG (size), LONG (size * 30), LONG (size), LONG (FRAME_INTERVAL), 1,
       LONG (FRAME_INTERVAL));
}

/* Says too that the button is one that programs may use as they like. */
static void
add_streaming_part (GByteArray *all, guint8 interface, guint8 endpoint)
{
  const guint total = 14 + 11 + YZ_USB_HEAD_SIZES * 30;

  ADD (all, USB_DT_INTERFACE, interface, 0, 1, USB_CLASS_VIDEO, UVC_SC_VIDEOSTREAMING, 0, 0);
  ADD (all, USB_DT_CS_INTERFACE, UVC_VS_INPUT_HEADER, 1, WORD (total), USB_DIR_IN | endpoint, 0, 3,
       1, 1, 1, 1, 0);
  ADD (all, USB_DT_CS_INTERFACE, UVC_VS_FORMAT_MJPEG, 1, YZ_USB_HEAD_SIZES, 0, 1, 0, 0, 0, 0);
  for (guint i = 0; i < YZ_USB_HEAD_SIZES; i++)
    add_size (all, i);
  ADD (all, USB_DT_ENDPOINT, USB_DIR_IN | endpoint, USB_ENDPOINT_XFER_BULK, WORD (512), 0);
}

GByteArray *
yz_usb_head_describe_configuration (guint heads)
{
  GByteArray *all = g_byte_array_new ();

  ADD (all, USB_DT_CONFIG, WORD (0), (guint8) (heads * 2), 1, 0, USB_CONFIG_ATT_ONE, 250);
  for (guint head = 0; head < heads; head++) {
    const guint8 interface = (guint8) (2 * head);

    ADD (all, USB_DT_INTERFACE_ASSOCIATION, interface, 2, USB_CLASS_VIDEO,
         UVC_SC_VIDEO_INTERFACE_COLLECTION, 0, 2);
    add_control_part (all, interface, (guint8) YZ_USB_HEAD_STATUS_ENDPOINT (head));
    add_streaming_part (all, (guint8) YZ_USB_HEAD_STREAMING_INTERFACE (head),
                        (guint8) YZ_USB_HEAD_VIDEO_ENDPOINT (head));
  }
  all->data[2] = (guint8) (all->len & 0xff);
  all->data[3] = (guint8) (all->len >> 8);
  return all;
}

GByteArray *
yz_usb_head_describe_string (guint index, const char *serial)
{
  const char *const strings[] = { "\x09", "Yizhan", "Played document camera", serial };
  const guint8 type = USB_DT_STRING;
  GByteArray *text = g_byte_array_new ();
  GByteArray *all = g_byte_array_new ();

  if (index < G_N_ELEMENTS (strings) && strings[index] != NULL) {
    g_byte_array_append (text, &type, 1);
    for (const char *at = strings[index]; *at != '\0'; at++) {
      const guint8 letter[] = { (guint8) *at, index == 0 ? 0x04 : 0 };

      g_byte_array_append (text, letter, sizeof letter);
    }
    add (all, text->data, text->len);
  }
  g_byte_array_unref (text);
  return all;
}
