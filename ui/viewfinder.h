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
 * Signals:
 *   "steady"  with auto-capture on, another page than before lies still and is sharp
 *   "said" (const char *sentence)  about the mat, which it learns and remembers for each camera
 */
#define YZ_TYPE_VIEWFINDER (yz_viewfinder_get_type ())
G_DECLARE_FINAL_TYPE (YzViewfinder, yz_viewfinder, YZ, VIEWFINDER, GtkDrawingArea)

void yz_viewfinder_set_camera (YzViewfinder *self, YzCameraHost *camera, YzDarkroom *darkroom);
void yz_viewfinder_set_running (YzViewfinder *self, gboolean running);
void yz_viewfinder_set_auto (YzViewfinder *self, gboolean on);
/* A picture was taken: it stands still for a moment, and is the page not to take again. */
void yz_viewfinder_flash (YzViewfinder *self);
/* What was found on a picture that this camera took: an identity card on it measures the mat. */
void yz_viewfinder_measure (YzViewfinder *self, const YzPage *page);
/* "learn-mat": the mat is empty now; "loupe": a magnifying glass that follows the pointer, on or
 * off. They are there as long as the viewfinder is. */
void yz_viewfinder_add_actions (YzViewfinder *self, GActionMap *map);
/* What it says below the picture. */
const char *yz_viewfinder_get_sentence (YzViewfinder *self);

G_END_DECLS
