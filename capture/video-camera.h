/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

/*
 * A document camera as most are: a UVC device behind V4L2, through GStreamer. The live picture
 * comes in a middling mode, a shot switches to the largest one, drops the frames in which the
 * device still finds its exposure, and keeps the bytes that the device itself compressed. A head
 * that gives raw pictures only is compressed here, once, at high quality.
 */
#define YZ_TYPE_VIDEO_CAMERA (yz_video_camera_get_type ())
G_DECLARE_FINAL_TYPE (YzVideoCamera, yz_video_camera, YZ, VIDEO_CAMERA, YzCamera)

/* "/dev/videoN"; or a generated picture: "test", "test-raw" without a compressor of its own,
 * "test-short" that is unplugged after some frames, "test-silent" that never gives one, "test-torn"
 * whose frames are no pictures, "test-wrong" that does not keep to the mode it offered. */
YzCamera *yz_video_camera_new (const char *device);

G_END_DECLS
