/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * yz_exif_read_quarters:
 * @data: a JPEG file
 *
 * Reads the orientation of its EXIF block (JEITA CP-3451, tag 0x0112). Cameras turn and never
 * mirror: of a mirrored orientation only the turn is taken. Every offset is checked; what makes no
 * sense counts as upright.
 *
 * Returns: quarter turns clockwise, 0 … 3, that make the stored picture upright
 */
guint yz_exif_read_quarters (const guint8 *data, gsize length);

/**
 * yz_exif_read_density:
 * @data: a JPEG file
 *
 * Reads pixels an inch from its JFIF block (JFIF 1.02). A camera, which knows nothing of what lies
 * before it, writes a number there too: a file with an EXIF block is not believed.
 *
 * Returns: 0 when there is none, or two for the two directions
 */
double yz_exif_read_density (const guint8 *data, gsize length);

/**
 * yz_exif_has_adobe:
 *
 * Returns: whether the JPEG carries Adobe's APP14 block; its CMYK values are inverted then
 */
gboolean yz_exif_has_adobe (const guint8 *data, gsize length);

G_END_DECLS
