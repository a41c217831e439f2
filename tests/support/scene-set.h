/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tests/support/scene-photo.h"

G_BEGIN_DECLS

/*
 * A set of photographs with known corners: pages, cards and booklets one at a time, cards side by
 * side, hands that come in, and mats with nothing on them, each kind on every mat in turn. What is
 * in it depends on the seed alone.
 */
typedef enum {
  YZ_SCENE_SINGLE,
  YZ_SCENE_HAND,
  YZ_SCENE_SEVERAL,
  YZ_SCENE_EMPTY,
  YZ_SCENE_N_KINDS,
} YzSceneKind;

#define YZ_SCENE_MOST_LAYS 4

typedef struct {
  YzSceneKind kind;
  YzScenePhoto photo; /* its lays and hands lie here */
  YzPressLay lays[YZ_SCENE_MOST_LAYS];
  YzSceneHand hand;
} YzSceneShot;

/**
 * yz_scene_set_compose:
 * @kind: what lies there
 * @index: the mat follows from it, all else from it and the seed
 * @longest: side of the picture, pixels
 * @out_shot: (out caller-allocates): keep it where it is, it points into itself
 */
void yz_scene_set_compose (
    YzSceneKind kind, guint index, guint32 seed, int longest, YzSceneShot *out_shot);

/* The same mat under the same lamp with nothing on it, at another exposure: what a desk keeps of a
 * camera. */
YzScenePhoto yz_scene_set_clear (const YzSceneShot *shot);

const char *yz_scene_kind_to_string (YzSceneKind kind);

/* A letter that fills its page with lines of text, for judging angles and ink. */
const YzPressPaper *yz_scene_set_get_letter (void);

G_END_DECLS
