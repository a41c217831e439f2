/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The file manager shows a PTP camera as a drive and holds it while it does. This finds that drive
 * and lets it go, so that the camera can be opened here.
 */

/* Whether a mount with this root and device is the camera at "usb:BUS,DEVICE". */
gboolean
yz_mount_release_matches (const char *address, const char *root_uri, const char *unix_device);
/* (transfer full) (nullable) the drive that holds the camera */
GMount *yz_mount_release_find (const char *address);
/* Lets go of it; the task returns a boolean. */
void yz_mount_release_async (GMount *mount, GAsyncReadyCallback callback, gpointer user_data);
gboolean yz_mount_release_finish (GMount *mount, GAsyncResult *result, GError **error);

G_END_DECLS
