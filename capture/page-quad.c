/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/page-quad.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEPT_EDGES 11 /* tried in all fours: 330 of them */
#define RIM 1.6       /* an edge nearer to the frame's rim than this lies along it, pixels */
#define BEYOND 0.25   /* how far outside the frame a corner may be, in sides of the frame */
#define SHARPEST 35.0 /* degrees */

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const YzPoint *p = a;
  const YzPoint *q = b;

  if (p->y < q->y || p->y > q->y)
    return p->y < q->y ? -1 : 1;
  return (p->x > q->x) - (p->x < q->x);
}

/* Points that were taken from a picture row by row are in order already. */
static void
sort_points (GArray *points)
{
  for (guint i = 1; i < points->len; i++)
    if (compare_points (&g_array_index (points, YzPoint, i - 1),
                        &g_array_index (points, YzPoint, i)) > 0) {
      g_array_sort (points, compare_points);
      return;
    }
}

/* Positive when o → a → b turns clockwise on the screen. */
static double
cross (YzPoint o, YzPoint a, YzPoint b)
{
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

static void
add_to_chain (GArray *chain, guint floor, YzPoint point)
{
  while (chain->len >= floor + 2 &&
         cross (g_array_index (chain, YzPoint, chain->len - 2),
                g_array_index (chain, YzPoint, chain->len - 1), point) <= 0)
    g_array_set_size (chain, chain->len - 1);
  g_array_append_val (chain, point);
}

GArray *
yz_hull_from_points (GArray *points)
{
  GArray *hull = g_array_new (FALSE, FALSE, sizeof (YzPoint));
  guint upper = 0;

  sort_points (points);
  for (guint i = 0; i < points->len; i++)
    add_to_chain (hull, 0, g_array_index (points, YzPoint, i));
  upper = hull->len > 0 ? hull->len - 1 : 0;
  for (guint i = points->len; i-- > 0;)
    add_to_chain (hull, upper, g_array_index (points, YzPoint, i));
  if (hull->len > 1)
    g_array_set_size (hull, hull->len - 1); /* the first point came again */
  return hull;
}

double
yz_hull_measure (const GArray *hull)
{
  double sum = 0;

  for (guint i = 0; i < hull->len; i++) {
    const YzPoint a = g_array_index (hull, YzPoint, i);
    const YzPoint b = g_array_index (hull, YzPoint, (i + 1) % hull->len);

    sum += a.x * b.y - a.y * b.x;
  }
  return sum / 2;
}

/* The product of two lengths. */
static double
measure_product (YzPoint a, YzPoint b, YzPoint c, YzPoint d)
{
  return sqrt (((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)) *
               ((d.x - c.x) * (d.x - c.x) + (d.y - c.y) * (d.y - c.y)));
}

gboolean
yz_quad_intersect (YzPoint a, YzPoint b, YzPoint c, YzPoint d, YzPoint *out)
{
  const double det = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
  const double lengths = measure_product (a, b, c, d);
  double t = 0;

  if (fabs (det) < 1e-6 * lengths || lengths <= 0)
    return FALSE;
  t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / det;
  out->x = a.x + t * (b.x - a.x);
  out->y = a.y + t * (b.y - a.y);
  return TRUE;
}

/* An edge of the hull as a line. */
typedef struct {
  YzPoint a, b;
} Edge;

/* What taking this edge away adds to the area; infinite when its neighbours do not meet outside. */
static double
price_edge (const GArray *edges, guint i)
{
  const Edge *before = &g_array_index (edges, Edge, (i + edges->len - 1) % edges->len);
  const Edge *edge = &g_array_index (edges, Edge, i);
  const Edge *after = &g_array_index (edges, Edge, (i + 1) % edges->len);
  const YzPoint turn = { after->b.x - after->a.x + before->b.x,
                         after->b.y - after->a.y + before->b.y };
  YzPoint meet;
  YzPoint from;
  YzPoint to;

  if (cross (before->a, before->b, turn) <= 0 ||
      !yz_quad_intersect (before->a, before->b, after->a, after->b, &meet) ||
      !yz_quad_intersect (before->a, before->b, edge->a, edge->b, &from) ||
      !yz_quad_intersect (edge->a, edge->b, after->a, after->b, &to))
    return G_MAXDOUBLE;
  return fabs (cross (from, meet, to)) / 2;
}

static void
reduce_edges (GArray *edges)
{
  while (edges->len > KEPT_EDGES) {
    guint cheapest = 0;
    double least = G_MAXDOUBLE;

    for (guint i = 0; i < edges->len; i++) {
      const double price = price_edge (edges, i);

      if (price < least) {
        least = price;
        cheapest = i;
      }
    }
    g_array_remove_index (edges, cheapest);
  }
}

static gboolean
lies_on_rim (const Edge *edge, double width, double height)
{
  return MAX (edge->a.x, edge->b.x) < RIM || MAX (edge->a.y, edge->b.y) < RIM ||
         MIN (edge->a.x, edge->b.x) > width - RIM || MIN (edge->a.y, edge->b.y) > height - RIM;
}

/* Where any two of the edges meet. */
typedef struct {
  YzPoint at[KEPT_EDGES][KEPT_EDGES];
  gboolean reachable[KEPT_EDGES][KEPT_EDGES]; /* in or near the frame */
} Meetings;

typedef struct {
  YzQuad quad;
  double area;
} Smallest;

static gboolean
is_reachable (YzPoint at, double width, double height)
{
  return at.x >= -BEYOND * width && at.x <= (1 + BEYOND) * width && at.y >= -BEYOND * height &&
         at.y <= (1 + BEYOND) * height;
}

static void
meet_edges (const GArray *edges, double width, double height, Meetings *meetings)
{
  const Edge *edge = (const Edge *) (const void *) edges->data;

  for (guint i = 0; i < edges->len; i++)
    for (guint k = 0; k < edges->len; k++)
      meetings->reachable[i][k] =
          i != k &&
          yz_quad_intersect (edge[i].a, edge[i].b, edge[k].a, edge[k].b, &meetings->at[i][k]) &&
          is_reachable (meetings->at[i][k], width, height);
}

/* The smallest that is left of all fours: @chosen are indices in rising order. */
static void
try_four (const Meetings *meetings, const guint chosen[4], Smallest *best)
{
  YzQuad quad;
  double area = 0;

  for (guint i = 0; i < 4; i++) {
    const guint before = chosen[(i + 3) % 4];

    if (!meetings->reachable[before][chosen[i]])
      return;
    quad.at[i] = meetings->at[before][chosen[i]];
  }
  area = yz_quad_measure (&quad);
  if (area >= best->area || !yz_quad_is_sound (&quad, SHARPEST))
    return;
  best->area = area;
  best->quad = quad;
}

/* Counts through all fours in rising order; FALSE after the last one. */
static gboolean
choose_next (guint chosen[4], guint n)
{
  for (guint i = 4; i-- > 0;)
    if (chosen[i] + 4 - i < n) {
      chosen[i]++;
      for (guint k = i + 1; k < 4; k++)
        chosen[k] = chosen[k - 1] + 1;
      return TRUE;
    }
  return FALSE;
}

static gboolean
try_all_fours (const GArray *edges, double width, double height, YzQuad *out_quad)
{
  Smallest best = { .area = G_MAXDOUBLE };
  guint chosen[4] = { 0, 1, 2, 3 };
  Meetings meetings;

  if (edges->len < 4)
    return FALSE;
  meet_edges (edges, width, height, &meetings);
  do
    try_four (&meetings, chosen, &best);
  while (choose_next (chosen, edges->len));
  if (best.area < G_MAXDOUBLE)
    *out_quad = best.quad;
  return best.area < G_MAXDOUBLE;
}

gboolean
yz_quad_enclose (const GArray *hull, double width, double height, gboolean beyond, YzQuad *out_quad)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (guint i = 0; i < hull->len; i++) {
    const Edge edge = { g_array_index (hull, YzPoint, i),
                        g_array_index (hull, YzPoint, (i + 1) % hull->len) };

    if (!beyond || !lies_on_rim (&edge, width, height))
      g_array_append_val (edges, edge);
  }
  reduce_edges (edges);
  return try_all_fours (edges, width, height, out_quad);
}

double
yz_quad_measure (const YzQuad *quad)
{
  double sum = 0;

  for (guint i = 0; i < 4; i++) {
    const YzPoint a = quad->at[i];
    const YzPoint b = quad->at[(i + 1) % 4];

    sum += a.x * b.y - a.y * b.x;
  }
  return sum / 2;
}

double
yz_quad_measure_side (const YzQuad *quad, guint i)
{
  const YzPoint a = quad->at[i];
  const YzPoint b = quad->at[(i + 1) % 4];

  return hypot (b.x - a.x, b.y - a.y);
}

gboolean
yz_quad_contains (const YzQuad *quad, double x, double y)
{
  const YzPoint point = { x, y };

  for (guint i = 0; i < 4; i++)
    if (cross (quad->at[i], quad->at[(i + 1) % 4], point) < 0)
      return FALSE;
  return TRUE;
}

gboolean
yz_quad_is_sound (const YzQuad *quad, double degrees)
{
  const double least = sin (degrees * G_PI / 180);

  for (guint i = 0; i < 4; i++) {
    const YzPoint before = quad->at[(i + 3) % 4];
    const YzPoint here = quad->at[i];
    const YzPoint after = quad->at[(i + 1) % 4];
    const double lengths = measure_product (before, here, here, after);

    if (!(lengths > 1e-9) || cross (before, here, after) < least * lengths)
      return FALSE;
  }
  /* Four right turns could still wind twice. */
  return yz_quad_measure (quad) > 0 && cross (quad->at[0], quad->at[1], quad->at[3]) > 0 &&
         cross (quad->at[0], quad->at[2], quad->at[3]) > 0;
}

/* Cuts a convex polygon along the line from a to b and keeps its right (inner) side. */
static guint
clip_polygon (const YzPoint *in, guint n, YzPoint a, YzPoint b, YzPoint *out)
{
  guint kept = 0;

  for (guint i = 0; i < n; i++) {
    const YzPoint p = in[i];
    const YzPoint q = in[(i + 1) % n];
    const double dp = cross (a, b, p);
    const double dq = cross (a, b, q);

    if (dp >= 0)
      out[kept++] = p;
    if ((dp > 0 && dq < 0) || (dp < 0 && dq > 0)) {
      const double t = dp / (dp - dq);

      out[kept++] = (YzPoint){ p.x + t * (q.x - p.x), p.y + t * (q.y - p.y) };
    }
  }
  return kept;
}

double
yz_quad_overlap (const YzQuad *a, const YzQuad *b, double *out_inside)
{
  YzPoint polygon[2][16];
  guint n = 4;
  double common = 0;
  const double area_a = yz_quad_measure (a);
  const double area_b = yz_quad_measure (b);

  memcpy (polygon[0], a->at, sizeof a->at);
  for (guint i = 0; i < 4; i++)
    n = clip_polygon (polygon[i % 2], n, b->at[i], b->at[(i + 1) % 4], polygon[(i + 1) % 2]);
  for (guint i = 0; i < n; i++)
    common +=
        polygon[0][i].x * polygon[0][(i + 1) % n].y - polygon[0][i].y * polygon[0][(i + 1) % n].x;
  common = MAX (common / 2, 0);
  if (out_inside != NULL)
    *out_inside = common / MAX (MIN (area_a, area_b), 1e-9);
  return common / MAX (area_a + area_b - common, 1e-9);
}

gboolean
yz_quad_shrink (const YzQuad *quad, double by, YzQuad *out_quad)
{
  YzPoint from[4];
  YzPoint to[4];
  YzQuad small;

  for (guint i = 0; i < 4; i++) {
    const double length = MAX (yz_quad_measure_side (quad, i), 1e-9);
    const double dx = (quad->at[(i + 1) % 4].x - quad->at[i].x) / length;
    const double dy = (quad->at[(i + 1) % 4].y - quad->at[i].y) / length;

    from[i] = (YzPoint){ quad->at[i].x - by * dy, quad->at[i].y + by * dx };
    to[i] = (YzPoint){ quad->at[(i + 1) % 4].x - by * dy, quad->at[(i + 1) % 4].y + by * dx };
  }
  for (guint i = 0; i < 4; i++)
    if (!yz_quad_intersect (from[(i + 3) % 4], to[(i + 3) % 4], from[i], to[i], &small.at[i]))
      return FALSE;
  if (!yz_quad_is_sound (&small, SHARPEST))
    return FALSE;
  *out_quad = small;
  return TRUE;
}

void
yz_quad_start_top_left (YzQuad *quad)
{
  const YzQuad before = *quad;
  guint first = 0;
  double most = -2;

  for (guint i = 0; i < 4; i++) {
    const YzPoint a = before.at[i];
    const YzPoint b = before.at[(i + 1) % 4];
    /* The side to the right on the top, and that to the left opposite of it, both have a say. */
    const YzPoint c = before.at[(i + 2) % 4];
    const YzPoint d = before.at[(i + 3) % 4];
    const double rightwards = (b.x - a.x) / MAX (hypot (b.x - a.x, b.y - a.y), 1e-9) +
                              (c.x - d.x) / MAX (hypot (c.x - d.x, c.y - d.y), 1e-9);

    if (rightwards > most) {
      most = rightwards;
      first = i;
    }
  }
  for (guint i = 0; i < 4; i++)
    quad->at[i] = before.at[(first + i) % 4];
}
