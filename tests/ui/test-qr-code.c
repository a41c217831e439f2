/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/qr-code.h"

/* The three finder patterns have dark corners; the fourth corner of a version-1 code has none. */
static void
test_finders (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YzQrCode) code = yz_qr_code_new ("YZ01-2026-1", &error);
  cairo_surface_t *surface;
  cairo_t *cr;
  guint length;
  const guint8 *pixels;
  int stride;

  g_assert_no_error (error);
  g_assert_cmpuint (yz_qr_code_get_side (code), ==, 21);
  length = 21 + 8;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) length, (int) length);
  cr = cairo_create (surface);
  yz_qr_code_draw (code, cr, 0, 0, length);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  g_assert_cmpuint (pixels[3 * stride + 3 * 4], ==, 255); /* quiet zone */
  g_assert_cmpuint (pixels[4 * stride + 4 * 4], ==, 0);   /* top left */
  g_assert_cmpuint (pixels[4 * stride + 24 * 4], ==, 0);  /* top right */
  g_assert_cmpuint (pixels[24 * stride + 4 * 4], ==, 0);  /* bottom left */
  g_assert_cmpuint (pixels[5 * stride + 5 * 4], ==, 255); /* the ring inside */
  cairo_surface_destroy (surface);
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (4000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_qr_code_new (text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_empty (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yz_qr_code_new ("", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr-code/finder-patterns-stand-in-three-corners", test_finders);
  g_test_add_func ("/qr-code/too-long-text-is-refused", test_too_long);
  g_test_add_func ("/qr-code/empty-text-is-refused", test_empty);
  return g_test_run ();
}
