/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/press-ink.h"

G_BEGIN_DECLS

/*
 * A practice document: what lies on the mat. Names, numbers and places are made up (citizen numbers
 * with birth years 1900 to 1909 belong to nobody), and every paper is marked as practice.
 */
typedef struct {
  const char *name; /* file stem, "household-booklet" */
  double width;     /* millimetres */
  double height;
  double radius;  /* of rounded corners, millimetres, 0 for cut paper */
  double sheen;   /* 0 paper … 1 plastic: how strongly the lamp is mirrored */
  guint folds;    /* creases across the page */
  guint32 colour; /* of the bare paper */
  void (*draw) (YzPressInk *ink, double width, double height);
} YzPressPaper;

/**
 * yz_press_paper_list:
 * @out_length: (out): how many
 *
 * Returns: (transfer none) (array length=out_length): all practice documents
 */
const YzPressPaper *yz_press_paper_list (gsize *out_length);
const YzPressPaper *yz_press_paper_find (const char *name);

/**
 * yz_press_paper_render:
 * @scale: pixels per millimetre
 * @seed: decides serial numbers, seals and signatures
 *
 * Returns: (transfer full): the page as ARGB picture; outside rounded corners it is transparent
 */
cairo_surface_t *yz_press_paper_render (const YzPressPaper *self, double scale, guint32 seed);

G_END_DECLS
