/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a played head says of itself when it is plugged in. */

#define YZ_USB_HEAD_UNIT_PROCESSING 2
#define YZ_USB_HEAD_PAYLOAD 16384
/* Of head number @head. */
#define YZ_USB_HEAD_STATUS_ENDPOINT(head) (1 + 2 * (head))
#define YZ_USB_HEAD_VIDEO_ENDPOINT(head) (2 + 2 * (head))
#define YZ_USB_HEAD_STREAMING_INTERFACE(head) (2 * (head) + 1)

GByteArray *yz_usb_head_describe_device (gboolean has_serial);
GByteArray *yz_usb_head_describe_configuration (guint heads);
/* 0 lists the languages; empty: there is no such string */
GByteArray *yz_usb_head_describe_string (guint index, const char *serial);

G_END_DECLS
