/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

/*
 * A flatbed or a sheet feeder through SANE. It has no live picture; a shot scans one page, and from
 * a feeder each shot draws in the next sheet until there is no more paper. What SANE gives are bare
 * pixels, so the original is the picture as compressed here, once, at high quality.
 */
#define YZ_TYPE_SCANNER_CAMERA (yz_scanner_camera_get_type ())
G_DECLARE_FINAL_TYPE (YzScannerCamera, yz_scanner_camera, YZ, SCANNER_CAMERA, YzCamera)

YzCamera *yz_scanner_camera_new (const char *device); /* as SANE names it */
/* Adds the scanners of this machine; may take seconds. (element-type YzCameraInfo) */
void yz_scanner_camera_list (GPtrArray *infos);

G_END_DECLS
