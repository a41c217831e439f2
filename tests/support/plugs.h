/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <umockdev.h>

G_BEGIN_DECLS

/*
 * Devices that are only told to the system: udev's events, sysfs and device files as umockdev plays
 * them. The test and the helpers that it starts run with umockdev's library loaded first, so that
 * they see these devices instead of the machine's own.
 */

/**
 * yz_plugs_new:
 *
 * Returns: (transfer full): a bed for what follows. umockdev names the ear of a process by the
 * number of its descriptor, and a helper with the same number would take it over with all events:
 * from now on this process has higher numbers than any helper.
 */
UMockdevTestbed *yz_plugs_new (void);
/* Runs the main loop until every helper that was started has ended. One that is on its way out
 * still listens: it would take an event with it, or leave a file in a bed that is being removed. */
void yz_plugs_wait_for_helpers (void);

/**
 * yz_plugs_add_ptp_camera:
 * @port: the socket on the bus, "2"
 * @number: the device's number on the bus, new with every plugging in
 * @serial: (nullable)
 *
 * A camera that says of itself that it speaks PTP, found as "usb:001,00N".
 */
void
yz_plugs_add_ptp_camera (UMockdevTestbed *bed, const char *port, guint number, const char *serial);
void yz_plugs_remove_ptp_camera (UMockdevTestbed *bed, const char *port);
/* A scanner as udev's rules for SANE mark it; @serial: (nullable). It goes with
 * yz_plugs_remove_ptp_camera(). */
void
yz_plugs_add_scanner (UMockdevTestbed *bed, const char *port, guint number, const char *serial);
/* Every attempt to claim the camera's interface ends with this errno from now on. */
void yz_plugs_deny_claim (UMockdevTestbed *bed, guint number, int reason);

/**
 * yz_plugs_add_uvc_camera:
 * @first: number of its first node; each head has one for pictures and one for metadata
 * @heads: 1 or 2
 * @serial: (nullable)
 *
 * A document camera. Its nodes answer what they are, but give no pictures.
 */
void yz_plugs_add_uvc_camera (
    UMockdevTestbed *bed, const char *port, guint first, guint heads, const char *serial);
void yz_plugs_remove_uvc_camera (UMockdevTestbed *bed, const char *port, guint first, guint heads);

/* A key going down (1) or up (0). */
typedef struct {
  guint16 code;
  int value;
} YzPlugsKey;

/**
 * yz_plugs_add_button:
 * @interface: of the device at @port that it hangs on; added when there is no head on it
 * @key: the only key it says it has
 * @keys: (array length=n_keys) (nullable): what is there to be read from it
 */
void yz_plugs_add_button (UMockdevTestbed *bed,
                          const char *port,
                          guint interface,
                          guint16 key,
                          const YzPlugsKey *keys,
                          gsize n_keys);

G_END_DECLS
