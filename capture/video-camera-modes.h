/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* One way in which a device gives pictures. */
typedef struct {
  char *format; /* "image/jpeg", or a raw one such as "YUY2" */
  int width, height;
  double rate; /* frames a second, 0 unknown */
  char *name;  /* "3264x2448 image/jpeg" */
} YzVideoMode;

YzVideoMode *yz_video_mode_new (const char *format, int width, int height, double rate);
void yz_video_mode_free (YzVideoMode *self);
gboolean yz_video_mode_is_jpeg (const YzVideoMode *self);
char *yz_video_mode_to_caps (const YzVideoMode *self); /* (transfer full) for a pipeline */

/* (transfer full) (element-type YzVideoMode) what a source's caps allow; duplicates are left out */
GPtrArray *yz_video_modes_from_caps (const GstCaps *caps);
const YzVideoMode *yz_video_modes_find (GPtrArray *modes, const char *name); /* (nullable) */
/**
 * yz_video_modes_choose_still:
 *
 * The largest mode that the device compresses itself; a raw one only where it is larger by a third,
 * or where there is no other.
 */
const YzVideoMode *yz_video_modes_choose_still (GPtrArray *modes);
/**
 * yz_video_modes_choose_preview:
 * @raw: look among the raw modes first: some heads show nothing compressed
 *
 * The smallest mode that is fluent and at least 1024 wide, else the largest fluent one, else the
 * smallest. Fluent is 10 frames a second or an unknown rate.
 */
const YzVideoMode *yz_video_modes_choose_preview (GPtrArray *modes, gboolean raw);

G_END_DECLS
