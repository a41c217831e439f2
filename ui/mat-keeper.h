/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"

G_BEGIN_DECLS

/*
 * Remembers for each camera what its mat looks like with nothing on it, so that pages are found by
 * comparing. A mat is learned by one key, or by itself when it has lain empty and still for a
 * while; it is kept in a folder by the camera's id and given to the darkroom when that camera comes
 * back.
 */
typedef struct _YzMatKeeper YzMatKeeper;

/**
 * yz_mat_keeper_new:
 * @folder: where the pictures are kept; made when the first one is
 * @darkroom: told about the mat
 */
YzMatKeeper *yz_mat_keeper_new (const char *folder, YzDarkroom *darkroom);
void yz_mat_keeper_free (YzMatKeeper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzMatKeeper, yz_mat_keeper_free)

/**
 * yz_mat_keeper_set_camera:
 * @id: (nullable): what the camera is remembered by; NULL when there is none
 */
void yz_mat_keeper_set_camera (YzMatKeeper *self, const char *id);
gboolean yz_mat_keeper_knows (const YzMatKeeper *self);

/**
 * yz_mat_keeper_learn:
 * @picture: JPEG or PNG of the empty mat
 *
 * Returns: FALSE when there is no camera or the picture could not be kept; it then counts only
 * until the camera leaves
 */
gboolean yz_mat_keeper_learn (YzMatKeeper *self, GBytes *picture, GError **error);

/**
 * yz_mat_keeper_measure:
 * @page: what was found on a picture that this camera took
 *
 * An identity card has one size in the world. Two of them, one after the other, that say the same
 * measure the mat: from then on the darkroom tells papers by their size. It is kept as the mat is,
 * and forgotten when that is learnt anew, for the camera may have been moved.
 *
 * Returns: TRUE when the mat has just been measured
 */
gboolean yz_mat_keeper_measure (YzMatKeeper *self, const YzPage *page);

/**
 * yz_mat_keeper_watch:
 * @page: what the darkroom saw on the newest live picture
 *
 * Returns: TRUE when the mat is not known, and has now lain still for YZ_MAT_KEEPER_PICTURES with
 * nothing on it that could be a page: no outline and no print. The next picture may be learned
 */
gboolean yz_mat_keeper_watch (YzMatKeeper *self, const YzPage *page);
#define YZ_MAT_KEEPER_PICTURES 40

G_END_DECLS
