/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A point between pixels. */
typedef struct {
  double x, y;
} YzPoint;

/* Four corners, clockwise on the screen (y grows downwards). */
typedef struct {
  YzPoint at[4];
} YzQuad;

/**
 * yz_hull_from_points:
 * @points: of YzPoint; is sorted
 *
 * The convex hull by Andrew's monotone chain (1979).
 *
 * Returns: (transfer full): of YzPoint, clockwise on the screen, no three in a line
 */
GArray *yz_hull_from_points (GArray *points);

/**
 * yz_hull_measure:
 *
 * Returns: the area of a polygon of YzPoint, square pixels, positive when clockwise on the screen
 */
double yz_hull_measure (const GArray *hull);

/**
 * yz_quad_enclose:
 * @hull: of YzPoint, clockwise
 * @width: of the frame, pixels
 * @height: of the frame, pixels
 * @beyond: whether sides along the frame's rim are passed over, so that a corner that the frame
 * cuts off is found outside it
 * @out_quad: (out)
 *
 * The least-area quadrilateral around the hull whose sides lie along edges of the hull (Aggarwal,
 * Chang, Yap: Minimum area circumscribing polygons, 1985): edges are taken away greedily, the
 * cheapest first, and the last few are tried in all fours. Rounded corners are given their points
 * back.
 *
 * Returns: FALSE when there is no quadrilateral with sensible angles
 */
gboolean yz_quad_enclose (
    const GArray *hull, double width, double height, gboolean beyond, YzQuad *out_quad);
double yz_quad_measure (const YzQuad *quad);

/* The length of the side that begins at corner @i. */
double yz_quad_measure_side (const YzQuad *quad, guint i);
gboolean yz_quad_contains (const YzQuad *quad, double x, double y);

/* TRUE when it is convex, clockwise and no angle is sharper than @degrees. */
gboolean yz_quad_is_sound (const YzQuad *quad, double degrees);

/**
 * yz_quad_overlap:
 * @out_inside: (out) (optional): the part of the smaller one that lies within the other, 0 … 1
 *
 * Returns: intersection over union, 0 … 1; both are convex
 */
double yz_quad_overlap (const YzQuad *a, const YzQuad *b, double *out_inside);

/* Moves every side inwards by @by pixels; FALSE when nothing sensible is left. */
gboolean yz_quad_shrink (const YzQuad *quad, double by, YzQuad *out_quad);

/* Turns the order of the corners so that the first side points to the right as much as it can. */
void yz_quad_start_top_left (YzQuad *quad);

/* Where the line through @a and @b meets that through @c and @d; FALSE when they are parallel. */
gboolean yz_quad_intersect (YzPoint a, YzPoint b, YzPoint c, YzPoint d, YzPoint *out);

G_END_DECLS
