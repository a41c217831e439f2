/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/capture-error.h"

G_BEGIN_DECLS

/*
 * What a scripted camera plays, one step a line; “#” begins a comment:
 *
 *   mat FILE     the empty mat that the live picture shows while nothing lies on it
 *   show FILE    a page lies on the mat until the next shot takes it
 *   fail ERROR   the next shot fails: busy, claimed, lost, timeout, no-paper, jam, unsupported,
 * protocol wait MS      what comes next takes so long unplug       the camera is gone and the next
 * opening fails plug         it is there again; without it, it stays away hang         the driver
 * stops for ever in the next shot die          the driver takes its process down in the next shot
 *   again        from the first line on
 *
 * Files are named relative to the script.
 */
typedef enum {
  YZ_VIRTUAL_MAT,
  YZ_VIRTUAL_SHOW,
  YZ_VIRTUAL_FAIL,
  YZ_VIRTUAL_WAIT,
  YZ_VIRTUAL_UNPLUG,
  YZ_VIRTUAL_PLUG,
  YZ_VIRTUAL_HANG,
  YZ_VIRTUAL_DIE,
  YZ_VIRTUAL_AGAIN,
} YzVirtualVerb;

typedef struct {
  YzVirtualVerb verb;
  guint line;
  char *file;           /* MAT, SHOW */
  YzCaptureError error; /* FAIL */
  guint milliseconds;   /* WAIT */
} YzVirtualStep;

/**
 * yz_virtual_script_parse:
 * @text: a whole script
 * @name: what errors call it; its folder is where files are looked for
 * @error: UNSUPPORTED with "NAME:LINE: sentence"
 *
 * Returns: (transfer full) (element-type YzVirtualStep): at least one step
 */
GPtrArray *yz_virtual_script_parse (const char *text, const char *name, GError **error);
/**
 * yz_virtual_script_from_folder:
 * @folder: holds *.jpg, *.jpeg or *.png
 * @error: NOT_FOUND when it cannot be read or holds no picture
 *
 * Returns: (transfer full) (element-type YzVirtualStep): shows each picture in the order of the
 * names, and then again
 */
GPtrArray *yz_virtual_script_from_folder (const char *folder, GError **error);
/* A script file, or a folder of pictures. */
GPtrArray *yz_virtual_script_load (const char *path, GError **error);

/* Whether a file name ends like a picture that we read. */
gboolean yz_virtual_script_is_picture (const char *name);

G_END_DECLS
