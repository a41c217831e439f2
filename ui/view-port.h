/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Where a picture lies inside a window: pure arithmetic. The picture's point (x, y) is drawn at
 * (x * scale - left, y * scale - top).
 */
typedef struct {
  double width, height;           /* of the picture */
  double room_width, room_height; /* of the widget */
  double scale;
  double left, top;
  gboolean fit; /* follows the widget's width */
} YzViewPort;

void yz_view_port_set_picture (YzViewPort *self, double width, double height);
void yz_view_port_set_room (YzViewPort *self, double width, double height);
void yz_view_port_fit_width (YzViewPort *self);
/* Keeps the picture's point under (x, y) of the widget where it is. */
void yz_view_port_zoom (YzViewPort *self, double factor, double x, double y);
/* FALSE when there was nothing further that way. */
gboolean yz_view_port_pan (YzViewPort *self, double dx, double dy);

G_END_DECLS
