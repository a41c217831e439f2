/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

/*
 * Pictures that arrive in a folder, from a scanner's own program or a network share. A shot takes
 * the oldest that was not taken yet, or waits for one. A picture counts only when it is completely
 * written, and each once: after our durable save it moves into the folder "taken" beside it.
 */
#define YZ_TYPE_FOLDER_CAMERA (yz_folder_camera_get_type ())
G_DECLARE_FINAL_TYPE (YzFolderCamera, yz_folder_camera, YZ, FOLDER_CAMERA, YzCamera)

YzCamera *yz_folder_camera_new (const char *folder);

G_END_DECLS
