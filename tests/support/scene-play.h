/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tests/support/scene-set.h"

G_BEGIN_DECLS

/*
 * What a camera sees while a clerk works: a hand brings a page, lets it go, the page lies still,
 * perhaps somebody bumps into the table or pushes the page a little, and a hand takes it away
 * again. Page after page on one mat, letters and booklet pages, two of a kind one after the other,
 * each with other words.
 */
#define YZ_SCENE_PLAY_STEPS 20

/**
 * yz_scene_play_render:
 * @page: which one, 0 …
 * @step: 0 … YZ_SCENE_PLAY_STEPS − 1
 * @out_fit: (out): whether the page could be taken now: there, still, sharp and free of hands
 *
 * Returns: (transfer full): a live picture as JPEG
 */
GBytes *yz_scene_play_render (guint32 seed, guint page, guint step, int longest, gboolean *out_fit);

G_END_DECLS
