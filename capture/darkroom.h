/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"
#include "capture/developer.h"
#include "capture/frame.h"
#include "capture/page.h"

G_BEGIN_DECLS

/*
 * The darkroom: where bytes from a device become pixels. It runs in yizhan-darkroom, a sandboxed
 * helper that stays alive; this side never decodes. If the helper dies over a picture it is
 * restarted and the picture is refused as HOSTILE. All calls come back on the caller's main
 * context.
 */
#define YZ_TYPE_DARKROOM (yz_darkroom_get_type ())
G_DECLARE_FINAL_TYPE (YzDarkroom, yz_darkroom, YZ, DARKROOM, GObject)

/**
 * yz_darkroom_new:
 *
 * Returns: (transfer full): a darkroom; its helper starts with the first picture
 */
YzDarkroom *yz_darkroom_new (void);

/**
 * yz_darkroom_new_to_read:
 *
 * A second darkroom beside the first, which reads pages (capture/page-reader.h) and never holds
 * capture up: its helper runs at low priority, on one processor, and has loaded what reading needs
 * before it was shut in. A page may take it three minutes.
 */
YzDarkroom *yz_darkroom_new_to_read (void);

/**
 * yz_darkroom_close:
 *
 * Ends the helper and the work; what is still waiting ends with CANCELLED. Idempotent.
 */
void yz_darkroom_close (YzDarkroom *self);

/**
 * yz_darkroom_set_empty_mat:
 * @original: (nullable): JPEG or PNG bytes of the camera's empty mat, in the proportion of its
 *   pictures; NULL forgets it
 *
 * From now on FIND compares with the empty mat: the largest single gain there is for a camera that
 * hangs still. A mat that cannot be read is as good as none.
 */
void yz_darkroom_set_empty_mat (YzDarkroom *self, GBytes *original);

/**
 * yz_darkroom_set_span:
 * @across: millimetres of the mat that the camera's pictures show from left to right, as stored
 * @down: and from top to bottom; 0 and 0 forget it
 *
 * From now on papers of one proportion, A4, A5 and B5, are told apart by their size.
 */
void yz_darkroom_set_span (YzDarkroom *self, double across, double down);

/**
 * yz_darkroom_set_patience:
 * @milliseconds: how long one picture may take before it counts as hostile; 30000 unless set
 */
void yz_darkroom_set_patience (YzDarkroom *self, guint milliseconds);

/**
 * yz_darkroom_get_helper:
 * @out_busy: (out) (optional): whether a picture is with it right now
 *
 * Returns: the helper's process id, 0 when none runs
 */
GPid yz_darkroom_get_helper (YzDarkroom *self, gboolean *out_busy);

/**
 * yz_darkroom_develop_async:
 * @original: JPEG or PNG bytes
 * @corners: (nullable): 8 numbers; used instead of looking when YZ_DEVELOP_FIND is not set. NULL
 *   without FIND shows the whole frame as it is
 * @rotation: quarter turns clockwise applied to the result
 * @longest: longest side of the picture in pixels, 0 for full size
 *
 * Pictures are developed one after the other; a preview overtakes what waits, but never two in a
 * row. Errors: UNSUPPORTED when it is no picture we read, HOSTILE when it is damaged, too large,
 * took too long or the helper died over it, NOT_FOUND when the helper cannot be started, CANCELLED.
 */
void yz_darkroom_develop_async (YzDarkroom *self,
                                GBytes *original,
                                YzDevelop what,
                                const double *corners,
                                guint rotation,
                                guint longest,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
YzPage *yz_darkroom_develop_finish (YzDarkroom *self, GAsyncResult *result, GError **error);
/* The same, blocking, for programs without a main loop. */
YzPage *yz_darkroom_develop (YzDarkroom *self,
                             GBytes *original,
                             YzDevelop what,
                             const double *corners,
                             guint rotation,
                             guint longest,
                             GError **error);

/**
 * yz_darkroom_develop_leaf_async:
 * @original: JPEG, PNG or PDF bytes
 * @development: what is wanted, and of which leaf of a document
 *
 * yz_darkroom_develop_async() takes the first leaf of a document, this any. Documents are opened in
 * a second helper, which may read this system's fonts; a hostile one never meets a picture. Ends
 * with yz_darkroom_develop_finish(); errors are the same, and UNSUPPORTED when a document is
 * locked, empty or has no such leaf.
 */
void yz_darkroom_develop_leaf_async (YzDarkroom *self,
                                     GBytes *original,
                                     const YzDevelopment *development,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* The same, blocking. */
YzPage *yz_darkroom_develop_leaf (YzDarkroom *self,
                                  GBytes *original,
                                  const YzDevelopment *development,
                                  GError **error);

G_END_DECLS
