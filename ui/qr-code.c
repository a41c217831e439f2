/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/qr-code.h"

#include <glib/gi18n-lib.h>
#include <qrencode.h>

#define QUIET_ZONE 4

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QRcode, QRcode_free)

struct _YzQrCode {
  guint side;
  GBytes *modules; /* side × side bytes, 1 dark, row by row */
};

static void
copy_modules (const QRcode *code, guint8 *modules)
{
  int i;

  /* The other bits tell what a module is for; the paper needs its colour alone. */
  for (i = 0; i < code->width * code->width; i++)
    modules[i] = code->data[i] & 1;
}

YzQrCode *
yz_qr_code_new (const char *text, GError **error)
{
  g_autoptr (QRcode) code = NULL;
  g_autofree guint8 *modules = NULL;
  YzQrCode *self;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  if (*text != '\0')
    code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  if (code == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("This text does not fit into a QR code."));
    return NULL;
  }

  length = (gsize) code->width * (gsize) code->width;
  modules = g_malloc (length);
  copy_modules (code, modules);
  self = g_new0 (YzQrCode, 1);
  self->side = (guint) code->width;
  self->modules = g_bytes_new_take (g_steal_pointer (&modules), length);
  return self;
}

void
yz_qr_code_free (YzQrCode *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->modules);
  g_free (self);
}

guint
yz_qr_code_get_side (const YzQrCode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->side;
}

void
yz_qr_code_draw (const YzQrCode *self, cairo_t *cr, double x, double y, double length)
{
  const guint8 *modules;
  double unit;
  guint row;
  guint column;

  g_return_if_fail (self != NULL);

  modules = g_bytes_get_data (self->modules, NULL);
  unit = length / (self->side + 2 * QUIET_ZONE);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, x, y, length, length);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (row = 0; row < self->side; row++)
    for (column = 0; column < self->side; column++)
      if (modules[row * self->side + column])
        cairo_rectangle (cr, x + (column + QUIET_ZONE) * unit, y + (row + QUIET_ZONE) * unit, unit,
                         unit);
  /* One fill for all, so that no hairline stays between neighbours. */
  cairo_fill (cr);
  cairo_restore (cr);
}
