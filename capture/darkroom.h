/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"
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

typedef enum {
  YZ_DEVELOP_FIND = 1 << 0,    /* find the page; else corners given, or the whole frame */
  YZ_DEVELOP_PICTURE = 1 << 1, /* give the picture */
  YZ_DEVELOP_JPEG = 1 << 2,    /* give the JPEG */
  YZ_DEVELOP_PREVIEW =
      1 << 3, /* fast: a live frame, picture is the frame itself (not straightened) */
} YzDevelop;

YzDarkroom *yz_darkroom_new (void);
void yz_darkroom_close (YzDarkroom *self);

/**
 * yz_darkroom_develop_async:
 * @original: JPEG or PNG bytes
 * @corners: (nullable): 8 numbers; used instead of looking when YZ_DEVELOP_FIND is not set. NULL
 *   without FIND shows the whole frame as it is
 * @rotation: quarter turns clockwise applied to the result
 * @longest: longest side of the picture in pixels, 0 for full size
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

G_END_DECLS
