/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * SANE names most scanners on a cable by bus and number, "genesys:libusb:001:004", and the number
 * is another one after each plugging in. What such a scanner is remembered by is read from the
 * system.
 */

/**
 * yz_scanner_name_find_id:
 * @device: SANE's name
 *
 * Returns: (transfer full): "scan:genesys:usb:04a9:1909:SERIAL", without the serial number where
 * the scanner has none; "scan:" and the name where that is no number on a bus
 */
char *yz_scanner_name_find_id (const char *device);
/* (transfer full) the same with the socket, "scan:genesys:usb-1-2", for scanners that are alike */
char *yz_scanner_name_find_place (const char *device);

G_END_DECLS
