/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A QR code: a square of dark and light modules that carries a case number, so that a receipt laid
 * under any scanner finds its case.
 */
typedef struct _YzQrCode YzQrCode;

/**
 * yz_qr_code_new:
 * @text: what a scanner shall read, UTF-8
 *
 * Fails with G_IO_ERROR_INVALID_ARGUMENT when @text is empty or longer than a code can carry.
 *
 * Returns: (transfer full): the code, with error correction level M (15 % may be damaged)
 */
YzQrCode *yz_qr_code_new (const char *text, GError **error);
void yz_qr_code_free (YzQrCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzQrCode, yz_qr_code_free)

/* Modules along one side, without the quiet zone. */
guint yz_qr_code_get_side (const YzQrCode *self);

/**
 * yz_qr_code_draw:
 * @x: left edge of the quiet zone
 * @y: its top edge
 * @length: side of the whole square, in units of @cr, quiet zone of four modules included
 *   (ISO/IEC 18004, 6.3.8)
 */
void yz_qr_code_draw (const YzQrCode *self, cairo_t *cr, double x, double y, double length);

G_END_DECLS
