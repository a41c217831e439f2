/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tests/support/scene-photo.h"

G_BEGIN_DECLS

/* Random heights on a grid, smoothly joined; 0 … 1. */
float yz_scene_ripple (float x, float y, guint32 seed);

/**
 * yz_scene_mat_colour:
 * @x: millimetres on the mat
 * @out_rgb: (out): 0 … 255, without light
 */
void yz_scene_mat_colour (YzSceneMat mat, float x, float y, guint32 seed, float out_rgb[3]);

G_END_DECLS
