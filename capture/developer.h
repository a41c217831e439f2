/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/page.h"

G_BEGIN_DECLS

/* What is wanted of a development. */
typedef enum {
  YZ_DEVELOP_FIND = 1 << 0,    /* find the page; else corners given, or the whole frame */
  YZ_DEVELOP_PICTURE = 1 << 1, /* give the picture */
  YZ_DEVELOP_JPEG = 1 << 2,    /* give the JPEG */
  YZ_DEVELOP_PREVIEW =
      1 << 3,               /* fast: a live frame, picture is the frame itself (not straightened) */
  YZ_DEVELOP_GREY = 1 << 4, /* the picture and the JPEG without colours */
  YZ_DEVELOP_BITONAL = 1 << 5, /* black and white; in place of the JPEG a PNG of one bit a pixel */
  YZ_DEVELOP_SKEW = 1 << 6,    /* measure how far the text lines are turned */
  YZ_DEVELOP_TIFF = 1 << 7,    /* with BITONAL: a TIFF of CCITT group 4 in place of the PNG */
  YZ_DEVELOP_SEAL = 1 << 8,    /* paper white, writing dark, seals red: a copy to read and print */
  YZ_DEVELOP_FLATTEN = 1 << 9, /* straighten lines that bend, if they come out straighter */
  YZ_DEVELOP_ELSEWHERE = 1 << 10, /* not taken by this darkroom's camera: its mat says nothing */
} YzDevelop;

/* One piece of work for the developer. */
typedef struct {
  YzDevelop what;
  gboolean has_corners;
  double corners[8]; /* used when FIND is not set */
  guint rotation;    /* quarter turns clockwise, after the EXIF orientation */
  guint longest;     /* of the picture and the JPEG, pixels; 0 full size */
  guint leaf;        /* of a document, from 1; 0 is the first as well. A picture has none */
  double across;     /* millimetres of the mat that the stored picture shows from left to right; */
  double down;       /* and from top to bottom; 0 when nobody measured it */
} YzDevelopment;

/**
 * yz_developer_develop:
 * @data: a JPEG, a PNG or a PDF
 * @empty: (nullable): the camera's picture of its empty mat
 *
 * Decodes a picture and makes a page of it: find, straighten, check, encode. It is what happens
 * inside yizhan-darkroom; nothing else calls it but tests.
 *
 * The leaf of a document is a page by itself: FIND takes the whole of it, and its size and
 * resolution are known, not guessed. Nobody held a camera, so it is judged blank or dark only.
 *
 * Returns: (transfer full): the page; NULL with UNSUPPORTED or HOSTILE
 */
YzPage *yz_developer_develop (const guint8 *data,
                              gsize length,
                              const YzDevelopment *development,
                              const YzBitmap *empty,
                              GError **error);

G_END_DECLS
