/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/*
 * The pen that draws practice documents: text, ruled tables, red seals, background lines,
 * silhouettes. One ink per page; all lengths are millimetres from the page's top left.
 */
typedef struct {
  cairo_t *cr;         /* scaled to millimetres */
  PangoLayout *layout; /* the pen's one layout, set anew for each text */
  GRand *rand;         /* what differs from page to page and from seed to seed */
} YzPressInk;

/**
 * yz_press_ink_new:
 * @surface: the page
 * @scale: pixels per millimetre
 * @seed: what decides serial numbers, wear of the seals and signatures
 *
 * Returns: (transfer full): the pen; yz_press_ink_free() it before reading the surface
 */
YzPressInk *yz_press_ink_new (cairo_surface_t *surface, double scale, guint32 seed);
void yz_press_ink_free (YzPressInk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzPressInk, yz_press_ink_free)

void yz_press_ink_colour (YzPressInk *self, guint32 rgb);
void yz_press_ink_font (YzPressInk *self, const char *family, double size, gboolean bold);
void yz_press_ink_write (YzPressInk *self, double x, double y, const char *text);
void yz_press_ink_write_centred (YzPressInk *self, double x, double y, const char *text);

/**
 * yz_press_ink_write_wrapped:
 *
 * Returns: the height used, millimetres
 */
double yz_press_ink_write_wrapped (
    YzPressInk *self, double x, double y, double width, double spacing, const char *text);
void yz_press_ink_line (YzPressInk *self, double x1, double y1, double x2, double y2);

/**
 * yz_press_ink_table:
 * @rows: (array zero-terminated=1): rows such as "#姓名:2|范立样:4": cells from left to right with
 *   their shares of the width; "#" marks a label
 *
 * Draws a ruled table.
 */
void yz_press_ink_table (
    YzPressInk *self, double x, double y, double width, double height, const char *const *rows);

/**
 * yz_press_ink_seal:
 * @ring: text along the ring
 * @foot: (nullable): text under the star
 *
 * Stamps a round red seal, unevenly inked and a little turned, as a hand does it.
 */
void yz_press_ink_seal (
    YzPressInk *self, double x, double y, double radius, const char *ring, const char *foot);
void yz_press_ink_star (YzPressInk *self, double x, double y, double radius);

/* Fine interlaced lines over the whole page, as security paper has them. */
void yz_press_ink_guilloche (YzPressInk *self, double width, double height, guint32 rgb);
void yz_press_ink_rosette (YzPressInk *self, double x, double y, double radius, guint32 rgb);

/* A head and shoulders without a face. */
void yz_press_ink_portrait (YzPressInk *self, double x, double y, double width, double height);
void yz_press_ink_signature (YzPressInk *self, double x, double y, double width);

/* "练习样张 PRACTICE", faint and large across the page and small in its corner. */
void yz_press_ink_mark (YzPressInk *self, double width, double height);

G_END_DECLS
