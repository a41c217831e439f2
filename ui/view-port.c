/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/view-port.h"

#include <math.h>

#define LARGEST_SCALE 8.0

/* A picture smaller than its room stands in the middle; a larger one never shows a gap. */
static double
clamp_offset (double offset, double picture, double room)
{
  if (picture <= room)
    return (picture - room) / 2;
  return CLAMP (offset, 0, picture - room);
}

static void
settle (YzViewPort *self)
{
  self->left = clamp_offset (self->left, self->width * self->scale, self->room_width);
  self->top = clamp_offset (self->top, self->height * self->scale, self->room_height);
}

static double
get_fit_scale (const YzViewPort *self)
{
  return self->width > 0 && self->room_width > 0 ? self->room_width / self->width : 1;
}

void
yz_view_port_fit_width (YzViewPort *self)
{
  self->fit = TRUE;
  self->scale = get_fit_scale (self);
  settle (self);
}

void
yz_view_port_set_picture (YzViewPort *self, double width, double height)
{
  self->width = width;
  self->height = height;
  self->left = 0;
  self->top = 0;
  yz_view_port_fit_width (self);
}

void
yz_view_port_set_room (YzViewPort *self, double width, double height)
{
  self->room_width = width;
  self->room_height = height;
  if (self->fit)
    self->scale = get_fit_scale (self);
  settle (self);
}

void
yz_view_port_zoom (YzViewPort *self, double factor, double x, double y)
{
  double least =
      MIN (get_fit_scale (self), self->height > 0 ? self->room_height / self->height : 1) / 2;
  double scale = CLAMP (self->scale * factor, least, LARGEST_SCALE);
  double picture_x = (x + self->left) / self->scale;
  double picture_y = (y + self->top) / self->scale;

  self->fit = FALSE;
  self->scale = scale;
  self->left = picture_x * scale - x;
  self->top = picture_y * scale - y;
  settle (self);
}

gboolean
yz_view_port_pan (YzViewPort *self, double dx, double dy)
{
  double left = self->left, top = self->top;

  self->left += dx;
  self->top += dy;
  settle (self);
  return fabs (left - self->left) > 0.01 || fabs (top - self->top) > 0.01;
}
