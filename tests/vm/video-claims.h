/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-list.h"
#include "capture/camera.h"

G_BEGIN_DECLS

/* What the tests of video devices share. Everything waits for a condition; the guard only keeps a
 * broken promise from lasting for ever, in a machine that may be fifty times slower than a desk. */

#define YZ_GUARD_S 120

gint64 yz_claims_soon (int seconds); /* a deadline */
/* (transfer full) the heads whose id begins with @prefix, once there are @wanted of them */
GPtrArray *yz_claims_wait_for_heads (const char *prefix, guint wanted);
YzCamera *yz_claims_open (const YzCameraInfo *info);
void yz_claims_close (YzCamera *camera); /* takes the reference */
YzFrame *yz_claims_shoot (YzCamera *camera);
void yz_claims_assert_is_jpeg (const YzFrame *frame, int width, int height);
YzFrame *yz_claims_wait_for_picture (YzCamera *camera); /* of the live picture */
void yz_claims_assert_shows (YzCamera *camera);
void yz_claims_assert_is_lost (YzCamera *camera); /* while the live picture runs */
void yz_claims_assert_sets (YzCamera *camera, const char *name, const char *value);
/* Runs the main loop until the list is at rest with @wanted cameras whose id begins with @prefix.
 */
void yz_claims_wait_for_count (YzCameraList *list, const char *prefix, guint wanted);

G_END_DECLS
