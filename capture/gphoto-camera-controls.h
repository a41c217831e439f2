/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

#include <gphoto2/gphoto2.h>

G_BEGIN_DECLS

/* The settings of a libgphoto2 camera that matter on a copy stand. Both give a code of the library.
 */
int yz_gphoto_controls_list (Camera *camera, GPContext *context, GPtrArray *controls);
int
yz_gphoto_controls_set (Camera *camera, GPContext *context, const char *name, const char *value);

G_END_DECLS
