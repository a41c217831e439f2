/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The button on a document camera. The kernel shows it as a keyboard with a single key, the camera
 * key, that hangs on the same USB device as the picture. It is held for this program alone, so
 * that one press is not a page here and a key in some window besides.
 */
typedef struct _YzVideoButton YzVideoButton;

/* Whether a head has a button that this user may read; side heads have none of their own. */
gboolean yz_video_button_exists (const char *device);
/**
 * yz_video_button_new:
 * @device: the head's node, "/dev/videoN"
 *
 * Keeps the head awake as well: at rest it would not tell of its button.
 *
 * Returns: (transfer full) (nullable): NULL when there is none, or none that this user may read
 */
YzVideoButton *yz_video_button_new (const char *device);
void yz_video_button_free (YzVideoButton *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzVideoButton, yz_video_button_free)
/* Whether it was pressed since the last time somebody asked; never waits. */
gboolean yz_video_button_was_pressed (YzVideoButton *self);
/* Whether something is there to be read. */
gboolean yz_video_button_has_news (YzVideoButton *self);

G_END_DECLS
