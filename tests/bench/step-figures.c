/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/bench/step-figures.h"

#include "capture/codec-jpeg.h"
#include "capture/codec-png.h"
#include "capture/codec-tiff.h"
#include "capture/page-cleaner.h"
#include "capture/page-finder.h"
#include "capture/page-shaper.h"
#include "capture/page-skew.h"
#include "tests/bench/find-figures.h"
#include "tests/support/scene-set.h"
#include "workflow/vault.h"

#include <allheaders.h>
#include <glib/gstdio.h>
#include <math.h>
#include <turbojpeg.h>

#define LONGEST 3264 /* the largest mode of common document cameras: 8 megapixels */
#define ROUNDS 9
#define N_ANGLES 48
#define FARTHEST 12.0   /* degrees */
#define PRINT_DPI 300.0 /* of the page whose ink is measured */
#define SKEW_DPI 200.0  /* of those whose angle is; finer print is shrunk anyway */
#define N_KEPT 40

/* One decode of the library alone, into memory of its own: the unit J. */
static double
measure_decode (GBytes *jpeg)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  tjhandle handle = tjInitDecompress ();
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));
  int width = 0;
  int height = 0;
  int samples = 0;
  int space = 0;
  g_autofree guint8 *pixels = NULL;

  tjDecompressHeader3 (handle, data, length, &width, &height, &samples, &space);
  pixels = g_malloc ((gsize) width * (gsize) height * 4);
  for (guint i = 0; i < ROUNDS; i++) {
    const double start = yz_find_figures_read_clock ();
    double spent = 0;

    tjDecompress2 (handle, data, length, pixels, width, 0, height, TJPF_BGRX, 0);
    spent = yz_find_figures_read_clock () - start;
    g_array_append_val (ms, spent);
  }
  tjDestroy (handle);
  return yz_find_figures_quantile (ms, 0.5);
}

/* The four steps of one photograph, added to what each took. */
static gboolean
go_the_way (GBytes *jpeg, GArray *const ms[4], GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  double at[5] = { yz_find_figures_read_clock () };
  g_autoptr (YzBitmap) frame = yz_jpeg_decode (data, length, 0, error);
  g_autoptr (GArray) outlines = NULL;
  g_autoptr (YzBitmap) flat = NULL;
  g_autoptr (GBytes) out = NULL;

  if (frame == NULL)
    return FALSE;
  at[1] = yz_find_figures_read_clock ();
  outlines = yz_page_finder_find (frame, NULL);
  at[2] = yz_find_figures_read_clock ();
  if (outlines->len > 0)
    flat = yz_shaper_straighten (frame, g_array_index (outlines, YzOutline, 0).corners, 0);
  if (flat == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the page was not found");
    return FALSE;
  }
  at[3] = yz_find_figures_read_clock ();
  out = yz_jpeg_encode (flat, 85, error);
  at[4] = yz_find_figures_read_clock ();
  for (guint i = 0; i < 4; i++) {
    const double spent = at[i + 1] - at[i];

    g_array_append_val (ms[i], spent);
  }
  return out != NULL;
}

static gboolean
print_way (GBytes *jpeg, GError **error)
{
  g_autoptr (GArray) decode = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) find = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) warp = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) encode = g_array_new (FALSE, FALSE, sizeof (double));
  const double unit = measure_decode (jpeg);
  double ms[4];

  for (guint i = 0; i < ROUNDS; i++)
    if (!go_the_way (jpeg, (GArray *[]){ decode, find, warp, encode }, error))
      return FALSE;
  ms[0] = yz_find_figures_quantile (decode, 0.5);
  ms[1] = yz_find_figures_quantile (find, 0.5);
  ms[2] = yz_find_figures_quantile (warp, 0.5);
  ms[3] = yz_find_figures_quantile (encode, 0.5);
  g_print ("  5 one libjpeg-turbo decode of 8 MP (J): %.1f ms\n", unit);
  g_print ("  5 decode %.1f + find %.1f + warp %.1f + encode %.1f = %.1f ms = %.2f J\n", ms[0],
           ms[1], ms[2], ms[3], ms[0] + ms[1] + ms[2] + ms[3],
           (ms[0] + ms[1] + ms[2] + ms[3]) / unit);
  return TRUE;
}

/* A page as a scanner gives it, its text turned by @degrees. */
static YzBitmap *
print_page (double degrees, double dpi, guint32 seed)
{
  const YzPressLay lay = { .paper = yz_scene_set_get_letter (), .angle = degrees * G_PI / 180 };
  const YzScenePhoto photo = {
    .mat = YZ_SCENE_WHITE,
    .width = (int) (210 / 25.4 * dpi),
    .height = (int) (297 / 25.4 * dpi),
    .scale = dpi / 25.4,
    .gain = 1,
    .blur = 0.7,
    .noise = 3,
    .seed = seed,
    .shot = seed,
    .lays = &lay,
    .n_lays = 1,
  };

  return yz_scene_photo_take (&photo);
}

/* CPU of one page as fine as it is written. */
static double
time_skew (void)
{
  g_autoptr (YzBitmap) page = print_page (3.1, PRINT_DPI, 5);
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < ROUNDS; i++) {
    const double start = yz_find_figures_read_clock ();
    double degrees = 0;
    double spent = 0;

    yz_skew_measure (page, &degrees);
    spent = yz_find_figures_read_clock () - start;
    g_array_append_val (ms, spent);
  }
  return yz_find_figures_quantile (ms, 0.5);
}

static void
print_skew (void)
{
  g_autoptr (GArray) errors = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));
  guint unseen = 0;

  for (guint i = 0; i < N_ANGLES; i++) {
    const double truth = -FARTHEST + 2 * FARTHEST * (i + 0.37) / N_ANGLES;
    g_autoptr (YzBitmap) page = print_page (truth, SKEW_DPI, i);
    const double start = yz_find_figures_read_clock ();
    double degrees = 0;
    const gboolean seen = yz_skew_measure (page, &degrees);
    const double spent = yz_find_figures_read_clock () - start;
    const double error = fabs (degrees - truth);

    g_array_append_val (ms, spent);
    unseen += !seen;
    if (seen)
      g_array_append_val (errors, error);
  }
  g_print ("  6 skew of %d pages within %.0f°: median error %.4f°, worst %.4f°, not told %u, "
           "%.1f ms, at %.0f dpi %.1f ms\n",
           N_ANGLES, FARTHEST, yz_find_figures_quantile (errors, 0.5),
           yz_find_figures_quantile (errors, 1), unseen, yz_find_figures_quantile (ms, 0.5),
           PRINT_DPI, time_skew ());
}

/* CCITT G4 of the same black and white, by leptonica. */
static gsize
measure_g4 (const YzBitmap *page)
{
  PIX *pix = pixCreate (page->width, page->height, 1);
  l_uint8 *data = NULL;
  size_t size = 0;

  for (int y = 0; y < page->height; y++)
    for (int x = 0; x < page->width; x++)
      if (yz_bitmap_get_row (page, y)[x] == 0)
        pixSetPixel (pix, x, y, 1);
  pixWriteMem (&data, &size, pix, IFF_TIFF_G4);
  pixDestroy (&pix);
  lept_free (data);
  return size;
}

static gboolean
print_files (const YzBitmap *bitonal, GError **error)
{
  const double start = yz_find_figures_read_clock ();
  g_autoptr (GBytes) tiff = yz_tiff_encode_bitonal (bitonal, (guint) PRINT_DPI, error);
  const double spent = yz_find_figures_read_clock () - start;
  g_autoptr (GBytes) png =
      tiff != NULL ? yz_png_encode_bitonal (bitonal, (guint) PRINT_DPI, error) : NULL;

  if (png == NULL)
    return FALSE;
  g_print ("  7 as TIFF of CCITT G4 %.1f KB in %.1f ms, leptonica's %.1f KB, as PNG %.1f KB\n",
           (double) g_bytes_get_size (tiff) / 1024, spent, (double) measure_g4 (bitonal) / 1024,
           (double) g_bytes_get_size (png) / 1024);
  return TRUE;
}

static gboolean
print_bitonal (GError **error)
{
  g_autoptr (YzBitmap) page = print_page (0.4, PRINT_DPI, 3);
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (YzBitmap) bitonal = NULL;

  for (guint i = 0; i < ROUNDS; i++) {
    const double start = yz_find_figures_read_clock ();
    double spent = 0;

    g_clear_pointer (&bitonal, yz_bitmap_unref);
    bitonal = yz_cleaner_make_bitonal (page);
    spent = yz_find_figures_read_clock () - start;
    g_array_append_val (ms, spent);
  }
  g_print ("  7 bitonal A4 at %.0f dpi: %.1f ms\n", PRINT_DPI, yz_find_figures_quantile (ms, 0.5));
  return print_files (bitonal, error);
}

/* Wall time here: the disk is what one waits for. */
static gboolean
print_keeping (GBytes *jpeg, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-images-XXXXXX", error);
  g_autoptr (YzVault) vault = folder != NULL ? yz_vault_open (folder, error) : NULL;
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  for (guint i = 0; vault != NULL && i < N_KEPT; i++) {
    g_autofree guint8 *copy = g_memdup2 (data, length + 1 - 1);
    g_autoptr (GBytes) other = NULL;
    g_autofree char *digest = NULL;
    g_autofree char *path = NULL;
    gint64 start = 0;
    double spent = 0;

    copy[length - 3 - i] ^= 1; /* another original each time */
    other = g_bytes_new_static (copy, length);
    start = g_get_monotonic_time ();
    digest = yz_vault_keep (vault, other, error);
    if (digest == NULL)
      return FALSE;
    spent = (double) (g_get_monotonic_time () - start) / 1e3;
    g_array_append_val (ms, spent);
    path = g_strdup_printf ("%s/%.2s/%s", folder, digest, digest);
    g_unlink (path);
    *strrchr (path, '/') = '\0';
    g_rmdir (path);
  }
  if (vault == NULL)
    return FALSE;
  g_rmdir (folder);
  g_print ("  8 original of %.1f MB durable with its digest: median %.1f ms, p95 %.1f ms\n",
           (double) length / 1e6, yz_find_figures_quantile (ms, 0.5),
           yz_find_figures_quantile (ms, 0.95));
  return TRUE;
}

/* What a page turn costs the viewer: the page's JPEG to pixels as large as a window shows them. */
static gboolean
print_turning (GBytes *jpeg, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  g_autoptr (YzBitmap) frame = yz_jpeg_decode (data, length, 0, error);
  g_autoptr (YzBitmap) shown = frame != NULL ? yz_bitmap_shrink (frame, 1400) : NULL;
  g_autoptr (GBytes) page = shown != NULL ? yz_jpeg_encode (shown, 85, error) : NULL;
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; page != NULL && i < ROUNDS; i++) {
    const double start = yz_find_figures_read_clock ();
    g_autoptr (YzBitmap) again =
        yz_jpeg_decode (g_bytes_get_data (page, NULL), g_bytes_get_size (page), 0, error);
    const double spent = yz_find_figures_read_clock () - start;

    g_array_append_val (ms, spent);
  }
  if (page == NULL)
    return FALSE;
  g_print ("  8 page turn, decoding what a window of 1400 pixels shows: %.1f ms\n",
           yz_find_figures_quantile (ms, 0.5));
  return TRUE;
}

gboolean
yz_step_figures_print (GError **error)
{
  YzSceneShot shot;
  g_autoptr (GBytes) jpeg = NULL;

  yz_scene_set_compose (YZ_SCENE_SINGLE, 0, 5, LONGEST, &shot);
  jpeg = yz_scene_photo_save (&shot.photo);
  g_print ("steps, on a photograph of %d × %d\n", shot.photo.width, shot.photo.height);
  if (!print_way (jpeg, error) || !print_bitonal (error) || !print_keeping (jpeg, error) ||
      !print_turning (jpeg, error))
    return FALSE;
  print_skew ();
  return TRUE;
}
