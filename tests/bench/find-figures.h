/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/* How well pages were found, over many pictures. */
typedef struct {
  guint pages, found, exact, wrong, missed; /* of pictures with one document */
  guint several, several_found;             /* documents that lie with others */
  guint extra;                              /* outlines where nothing is */
  guint empty, seen_on_empty;
  GArray *find_ms, *errors; /* of double */
  gboolean each;            /* every picture is told about */
} YzFindFigures;

void yz_find_figures_start (YzFindFigures *self, gboolean each);
void yz_find_figures_end (YzFindFigures *self);

/**
 * yz_find_figures_add:
 * @name: of the picture
 * @pages: of YzQuad: the truth, in pixels; none on an empty mat
 * @mat: (nullable): the empty mat
 *
 * Looks for pages and judges what came out.
 */
void yz_find_figures_add (YzFindFigures *self,
                          const char *name,
                          const YzBitmap *picture,
                          const GArray *pages,
                          const YzBitmap *mat);

/* Goals 1 to 4, and how long finding took. */
void yz_find_figures_print (const YzFindFigures *self, const char *title);

/* CPU of this thread, milliseconds: the machine may have other work. */
double yz_find_figures_read_clock (void);

/* Sorts the doubles. */
double yz_find_figures_quantile (GArray *values, double part);

G_END_DECLS
