/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/frame.h"

G_BEGIN_DECLS

/*
 * The darkroom: where bytes from a device become pixels. It runs in yizhan-darkroom, a sandboxed
 * helper that stays alive; this side never decodes. If the helper dies over a picture it is
 * restarted and the picture is refused as HOSTILE. All calls come back on the caller's main
 * context.
 */
#define YZ_TYPE_DARKROOM (yz_darkroom_get_type ())
G_DECLARE_FINAL_TYPE (YzDarkroom, yz_darkroom, YZ, DARKROOM, GObject)

/* Pixels ready for cairo: CAIRO_FORMAT_RGB24 (native-endian xRGB), stride bytes a row. */
typedef struct {
  GBytes *pixels;
  int width, height, stride;
} YzBitmap;
YzBitmap *yz_bitmap_ref (YzBitmap *self);
void yz_bitmap_unref (YzBitmap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzBitmap, yz_bitmap_unref)

typedef enum {
  YZ_VERDICT_NONE = 0,
  YZ_VERDICT_BLANK = 1 << 0,
  YZ_VERDICT_BLURRED = 1 << 1,
  YZ_VERDICT_NO_PAGE = 1 << 2, /* no page found; the whole frame is kept */
  YZ_VERDICT_DARK = 1 << 3,
  YZ_VERDICT_CUT_OFF = 1 << 4, /* the page touches the frame's edge */
} YzVerdict;
char *yz_verdict_to_string (YzVerdict verdicts); /* "blank,blurred" */
YzVerdict yz_verdict_from_string (const char *text);

/* A finished page: immutable. */
typedef struct {
  int width, height; /* of the original */
  gboolean found;
  double corners[8]; /* x,y clockwise from the page's top left, original pixels */
  double confidence; /* 0 … 1 */
  guint dpi;         /* effective, from the recognised paper size; 0 unknown */
  double sharpness;  /* 0 … 1 */
  YzVerdict verdicts;
  YzBitmap *thumbnail; /* straightened, at most 160 px wide and high */
  YzBitmap *picture;   /* (nullable) straightened, when asked for */
  GBytes *jpeg;        /* (nullable) straightened, quality 85, when asked for */
} YzPage;
YzPage *yz_page_ref (YzPage *self);
void yz_page_unref (YzPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzPage, yz_page_unref)

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
