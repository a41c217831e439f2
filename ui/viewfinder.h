/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "capture/darkroom.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The live picture: what the camera sees, the page it found outlined, what is wrong with it.
 *
 * Signal "steady": with auto-capture on, another page than before lies still and is sharp.
 */
#define YZ_TYPE_VIEWFINDER (yz_viewfinder_get_type ())
G_DECLARE_FINAL_TYPE (YzViewfinder, yz_viewfinder, YZ, VIEWFINDER, GtkDrawingArea)

void yz_viewfinder_set_camera (YzViewfinder *self, YzCameraHost *camera, YzDarkroom *darkroom);
void yz_viewfinder_set_running (YzViewfinder *self, gboolean running);
void yz_viewfinder_set_auto (YzViewfinder *self, gboolean on);
/* A picture was taken: it stands still for a moment, and is the page not to take again. */
void yz_viewfinder_flash (YzViewfinder *self);
/* What it says below the picture. */
const char *yz_viewfinder_get_sentence (YzViewfinder *self);

G_END_DECLS
