/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/charts.h"

#include <glib/gstdio.h>

#define WIDTH 640
#define HEIGHT 320

static const YzChart CHART = {
  .values = { 45, 60, 88, 74, 50, 39, 30, 4, 2, 1, 0, 0, 1, 0, 0, 3 },
  .n_values = YZ_CHART_MOST_BARS,
  .limit = 5,
  .chosen = -1,
};
static const YzChartColours LIGHT = {
  .text = { 0, 0, 0, 1 },
  .within = { 0, 0, 1, 1 },
  .beyond = { 1, 0, 0, 1 },
  .paper = { 1, 1, 1, 1 },
};

static cairo_surface_t *
draw (const YzChart *chart, const YzChartColours *colours)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  PangoLayout *layout = pango_cairo_create_layout (cr);

  gdk_cairo_set_source_rgba (cr, &colours->paper);
  cairo_paint (cr);
  yz_chart_draw (chart, cr, layout, WIDTH, HEIGHT, colours);
  g_object_unref (layout);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How many pixels of a colour stand in a column of pixels. */
static guint
count_colour (cairo_surface_t *surface, int x, guint32 colour)
{
  const guchar *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint count = 0;

  for (int y = 0; y < HEIGHT; y++) {
    guint32 pixel = 0;

    memcpy (&pixel, pixels + (gsize) y * (gsize) stride + (gsize) x * 4, sizeof pixel);
    count += (pixel & 0xffffff) == colour ? 1 : 0;
  }
  return count;
}

static int
find_middle (guint bar)
{
  int first = -1, last = -1;

  for (int x = 0; x < WIDTH; x++) {
    if (yz_chart_find_bar (&CHART, WIDTH, x) != (int) bar)
      continue;
    first = first < 0 ? x : first;
    last = x;
  }
  g_assert_cmpint (first, >=, 0);
  return (first + last) / 2;
}

static void
test_heights (void)
{
  cairo_surface_t *surface = draw (&CHART, &LIGHT);
  guint tallest = count_colour (surface, find_middle (2), 0x0000ff);
  guint half = count_colour (surface, find_middle (0), 0x0000ff);

  g_assert_cmpuint (tallest, >, HEIGHT / 2);
  g_assert_cmpfloat_with_epsilon ((double) half / tallest, 45.0 / 88, 0.02);
  g_assert_cmpuint (count_colour (surface, find_middle (10), 0x0000ff), ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_hatch (void)
{
  cairo_surface_t *surface = draw (&CHART, &LIGHT);
  guint red = count_colour (surface, find_middle (6), 0xff0000);
  guint tallest = count_colour (surface, find_middle (2), 0x0000ff);

  g_assert_cmpuint (red, >, 0);
  /* A part of the bar is paper: what is late does not show by its colour alone. */
  g_assert_cmpfloat (red, <, 0.9 * tallest * 30 / 88);
  g_assert_cmpuint (count_colour (surface, find_middle (6), 0x0000ff), ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_dark (void)
{
  const YzChartColours dark = { .text = { 1, 1, 1, 1 },
                                .within = { 0, 1, 0, 1 },
                                .beyond = { 1, 0, 0, 1 },
                                .paper = { 0, 0, 0, 1 } };
  cairo_surface_t *surface = draw (&CHART, &dark);

  g_assert_cmpuint (count_colour (surface, find_middle (2), 0x00ff00), >, HEIGHT / 2);
  g_assert_cmpuint (count_colour (surface, find_middle (2), 0x0000ff), ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_picture (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "yizhan-chart-XXXXXX.png", NULL);
  cairo_surface_t *surface = draw (&CHART, &LIGHT);
  int file = g_mkstemp (path);

  g_assert_cmpint (file, >=, 0);
  g_assert_true (g_close (file, NULL));
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, WIDTH);
  cairo_surface_destroy (surface);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_find (void)
{
  g_assert_cmpint (yz_chart_find_bar (&CHART, WIDTH, -1), ==, -1);
  g_assert_cmpint (yz_chart_find_bar (&CHART, WIDTH, WIDTH + 1), ==, -1);
  g_assert_cmpint (yz_chart_find_bar (&CHART, WIDTH, 13), ==, 0);
  g_assert_cmpint (yz_chart_find_bar (&CHART, WIDTH, WIDTH - 13), ==, 15);
}

static void
test_words (void)
{
  YzChart empty = CHART;
  g_autofree char *same_day = yz_chart_describe_bar (&CHART, 0);
  g_autofree char *one = yz_chart_describe_bar (&CHART, 1);
  g_autofree char *single = yz_chart_describe_bar (&CHART, 9);
  g_autofree char *more = yz_chart_describe_bar (&CHART, 15);
  g_autofree char *all = yz_chart_describe (&CHART);
  g_autofree char *nothing = NULL;

  g_assert_cmpstr (same_day, ==, "On the same day: 45 cases");
  g_assert_cmpstr (one, ==, "1 working day: 60 cases");
  g_assert_cmpstr (single, ==, "9 working days: 1 case");
  g_assert_cmpstr (more, ==, "15 working days or more: 3 cases");
  g_assert_true (g_str_has_prefix (
      all, "Turnaround: 356 of 397 decided within 5 working days. On the same day: 45 cases. "));
  g_assert_nonnull (strstr (all, "12 working days: 1 case."));
  g_assert_null (strstr (all, "10 working days"));
  memset (empty.values, 0, sizeof empty.values);
  nothing = yz_chart_describe (&empty);
  g_assert_cmpstr (nothing, ==, "Turnaround: nothing was decided yet.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/bars-are-as-high-as-their-values", test_heights);
  g_test_add_func ("/charts/bars-beyond-the-limit-are-hatched", test_hatch);
  g_test_add_func ("/charts/colours-are-the-theme-s", test_dark);
  g_test_add_func ("/charts/draws-a-picture", test_picture);
  g_test_add_func ("/charts/a-click-finds-its-bar", test_find);
  g_test_add_func ("/charts/says-in-words-what-it-draws", test_words);
  return g_test_run ();
}
