/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A document camera on a USB cable, played down to its descriptors: one or two heads that give
 * MJPEG in three sizes, a brightness, and a button. The kernel's own uvcvideo drives it, for the
 * USB host of vhci-hcd hands its requests to a thread of this process. (dummy_hcd with the
 * kernel's UVC gadget does not carry a picture: it refuses the isochronous transfers that the
 * gadget insists on.) Root only, and one to a socket.
 */
typedef struct _YzUsbHead YzUsbHead;

#define YZ_USB_HEAD_SIZES 3
/* Small to large. */
extern const int YZ_USB_HEAD_WIDTHS[YZ_USB_HEAD_SIZES];
extern const int YZ_USB_HEAD_HEIGHTS[YZ_USB_HEAD_SIZES];

/* What a head does with its pictures. */
typedef enum {
  YZ_USB_HEAD_SHOWS,
  YZ_USB_HEAD_IS_SILENT,
  YZ_USB_HEAD_CUTS, /* each picture ends in the middle */
} YzUsbHeadMood;

/* @socket: 0 to 7; @serial: (nullable); @heads: 1 or 2 */
YzUsbHead *yz_usb_head_plug_in (guint socket, const char *serial, guint heads);
void yz_usb_head_pull_out (YzUsbHead *self); /* the cable goes in the middle of whatever runs */
void yz_usb_head_set_mood (YzUsbHead *self, YzUsbHeadMood mood);
void yz_usb_head_press (YzUsbHead *self); /* presses the button and lets go */
int yz_usb_head_get_brightness (YzUsbHead *self);
/* (transfer none) the picture that the head sends in a size */
GBytes *yz_usb_head_get_picture (YzUsbHead *self, guint size);

G_END_DECLS
