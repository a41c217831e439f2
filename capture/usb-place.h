/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the system says of the devices on its USB buses, read from sysfs; no device is opened. */

/* (transfer full) (nullable) the folder of the device that has these numbers now */
char *yz_usb_place_find (guint bus, guint device);
/* (transfer full) (nullable) "serial", "idVendor" …; NULL when it is not told, or empty */
char *yz_usb_place_read (const char *folder, const char *attribute);

G_END_DECLS
