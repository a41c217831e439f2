/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/press-ink.h"

#include <math.h>

#define SERIF "Noto Serif CJK SC"
#define SANS "Noto Sans CJK SC"

YzPressInk *
yz_press_ink_new (cairo_surface_t *surface, double scale, guint32 seed)
{
  YzPressInk *self = g_new0 (YzPressInk, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->cr = cairo_create (surface);
  cairo_scale (self->cr, scale, scale);
  self->rand = g_rand_new_with_seed (seed);
  self->layout = pango_cairo_create_layout (self->cr);
  /* Hinting would round every advance to a whole millimetre. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (pango_layout_get_context (self->layout), options);
  pango_context_set_round_glyph_positions (pango_layout_get_context (self->layout), FALSE);
  pango_context_set_language (pango_layout_get_context (self->layout),
                              pango_language_from_string ("zh-cn"));
  cairo_font_options_destroy (options);
  yz_press_ink_font (self, SERIF, 4, FALSE);
  return self;
}

void
yz_press_ink_free (YzPressInk *self)
{
  g_object_unref (self->layout);
  cairo_surface_flush (cairo_get_target (self->cr));
  cairo_destroy (self->cr);
  g_rand_free (self->rand);
  g_free (self);
}

static void
set_source (cairo_t *cr, guint32 rgb, double alpha)
{
  cairo_set_source_rgba (cr, ((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0,
                         (rgb & 255) / 255.0, alpha);
}

void
yz_press_ink_colour (YzPressInk *self, guint32 rgb)
{
  set_source (self->cr, rgb, 1);
}

void
yz_press_ink_font (YzPressInk *self, const char *family, double size, gboolean bold)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, family);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->layout, font);
  pango_font_description_free (font);
}

static void
measure (YzPressInk *self, const char *text, double *width, double *height)
{
  PangoRectangle logical;

  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_extents (self->layout, NULL, &logical);
  *width = logical.width / (double) PANGO_SCALE;
  *height = logical.height / (double) PANGO_SCALE;
}

void
yz_press_ink_write (YzPressInk *self, double x, double y, const char *text)
{
  pango_layout_set_text (self->layout, text, -1);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, self->layout);
  cairo_new_path (self->cr); /* or the next arc would begin with a line from here */
}

void
yz_press_ink_write_centred (YzPressInk *self, double x, double y, const char *text)
{
  double width = 0;
  double height = 0;

  measure (self, text, &width, &height);
  cairo_move_to (self->cr, x - width / 2, y - height / 2);
  pango_cairo_show_layout (self->cr, self->layout);
  cairo_new_path (self->cr); /* or the next arc would begin with a line from here */
}

double
yz_press_ink_write_wrapped (
    YzPressInk *self, double x, double y, double width, double spacing, const char *text)
{
  double used_width = 0;
  double used_height = 0;

  pango_layout_set_width (self->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_line_spacing (self->layout, (float) spacing);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_CHAR);
  measure (self, text, &used_width, &used_height);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, self->layout);
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_line_spacing (self->layout, 0);
  return used_height;
}

void
yz_press_ink_line (YzPressInk *self, double x1, double y1, double x2, double y2)
{
  cairo_move_to (self->cr, x1, y1);
  cairo_line_to (self->cr, x2, y2);
  cairo_stroke (self->cr);
}

static void
draw_cell (YzPressInk *self, const double box[4], const char *text)
{
  const gboolean label = text[0] == '#';
  const double size = MIN (box[3] * 0.42, 3.9);
  double width = 0;
  double height = 0;

  cairo_rectangle (self->cr, box[0], box[1], box[2], box[3]);
  cairo_stroke (self->cr);
  yz_press_ink_font (self, label ? SERIF : SANS, label ? size * 0.92 : size, FALSE);
  measure (self, label ? text + 1 : text, &width, &height);
  if (width > box[2] - 1)
    yz_press_ink_font (self, label ? SERIF : SANS, size * (box[2] - 1) / width, FALSE);
  if (label)
    yz_press_ink_write_centred (self, box[0] + box[2] / 2, box[1] + box[3] / 2, text + 1);
  else {
    measure (self, text, &width, &height);
    yz_press_ink_write (self, box[0] + 1.2, box[1] + (box[3] - height) / 2, text);
  }
}

static double
sum_shares (char **cells)
{
  double sum = 0;

  for (guint i = 0; cells[i] != NULL; i++)
    sum += g_ascii_strtod (strrchr (cells[i], ':') + 1, NULL);
  return sum;
}

void
yz_press_ink_table (
    YzPressInk *self, double x, double y, double width, double height, const char *const *rows)
{
  cairo_set_line_width (self->cr, 0.22);
  for (guint row = 0; rows[row] != NULL; row++) {
    g_auto (GStrv) cells = g_strsplit (rows[row], "|", -1);
    const double sum = sum_shares (cells);
    double left = x;

    for (guint i = 0; cells[i] != NULL; i++) {
      char *colon = strrchr (cells[i], ':');
      const double share = width * g_ascii_strtod (colon + 1, NULL) / sum;
      const double box[4] = { left, y + row * height, share, height };

      *colon = '\0';
      draw_cell (self, box, cells[i]);
      left += share;
    }
  }
}

void
yz_press_ink_star (YzPressInk *self, double x, double y, double radius)
{
  for (guint i = 0; i < 10; i++) {
    const double angle = -M_PI / 2 + i * M_PI / 5;
    const double r = (i % 2) ? radius * 0.382 : radius;

    cairo_line_to (self->cr, x + r * cos (angle), y + r * sin (angle));
  }
  cairo_close_path (self->cr);
  cairo_fill (self->cr);
}

static void
write_ring (YzPressInk *self, double radius, const char *text)
{
  const long length = g_utf8_strlen (text, -1);
  const double step = MIN (0.42, 4.3 / (double) length);
  double angle = -M_PI / 2 - step * (double) (length - 1) / 2;

  yz_press_ink_font (self, SERIF, radius * 0.30, TRUE);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    g_autofree char *glyph = g_strndup (at, (gsize) (g_utf8_next_char (at) - at));

    cairo_save (self->cr);
    cairo_rotate (self->cr, angle + M_PI / 2);
    yz_press_ink_write_centred (self, 0, -radius * 0.76, glyph);
    cairo_restore (self->cr);
    angle += step;
  }
}

/* Ink does not take everywhere: pale spots wear the stamp off again. */
static void
wear_seal (YzPressInk *self, double radius)
{
  cairo_set_operator (self->cr, CAIRO_OPERATOR_DEST_OUT);
  for (guint i = 0; i < 420; i++) {
    const double r = radius * sqrt (g_rand_double (self->rand)) * 1.05;
    const double angle = g_rand_double_range (self->rand, 0, 2 * M_PI);

    cairo_set_source_rgba (self->cr, 0, 0, 0, g_rand_double_range (self->rand, 0.05, 0.45));
    cairo_arc (self->cr, r * cos (angle), r * sin (angle),
               radius * g_rand_double_range (self->rand, 0.006, 0.035), 0, 2 * M_PI);
    cairo_fill (self->cr);
  }
}

void
yz_press_ink_seal (
    YzPressInk *self, double x, double y, double radius, const char *ring, const char *foot)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_rotate (self->cr, g_rand_double_range (self->rand, -0.22, 0.22));
  cairo_push_group (self->cr);
  set_source (self->cr, 0xc8202a, 1);
  cairo_set_line_width (self->cr, radius * 0.055);
  cairo_arc (self->cr, 0, 0, radius, 0, 2 * M_PI);
  cairo_stroke (self->cr);
  yz_press_ink_star (self, 0, 0, radius * 0.30);
  write_ring (self, radius, ring);
  if (foot != NULL) {
    yz_press_ink_font (self, SERIF, radius * 0.22, TRUE);
    yz_press_ink_write_centred (self, 0, radius * 0.55, foot);
  }
  wear_seal (self, radius);
  cairo_pop_group_to_source (self->cr);
  cairo_set_operator (self->cr, CAIRO_OPERATOR_MULTIPLY);
  cairo_paint_with_alpha (self->cr, 0.86);
  cairo_restore (self->cr);
}

void
yz_press_ink_guilloche (YzPressInk *self, double width, double height, guint32 rgb)
{
  cairo_save (self->cr);
  set_source (self->cr, rgb, 0.30);
  cairo_set_line_width (self->cr, 0.10);
  for (double base = -8; base < height + 8; base += 1.9) {
    for (int sign = -1; sign <= 1; sign += 2) {
      for (double x = 0; x <= width; x += 0.8) {
        const double wave = 2.2 * sin (x / 6.3) + 1.1 * sin (x / 2.9 + base / 11);

        cairo_line_to (self->cr, x, base + sign * wave);
      }
      cairo_stroke (self->cr);
    }
  }
  cairo_restore (self->cr);
}

void
yz_press_ink_rosette (YzPressInk *self, double x, double y, double radius, guint32 rgb)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  set_source (self->cr, rgb, 0.38);
  cairo_set_line_width (self->cr, 0.10);
  for (guint turn = 0; turn < 14; turn++) {
    for (guint i = 0; i <= 360; i++) {
      const double angle = i * M_PI / 180;
      const double r = radius * (0.62 + 0.05 * (turn % 7) + 0.22 * sin (8 * angle + turn * 0.45));

      cairo_line_to (self->cr, r * cos (angle), r * sin (angle));
    }
    cairo_close_path (self->cr);
    cairo_stroke (self->cr);
  }
  cairo_restore (self->cr);
}

void
yz_press_ink_portrait (YzPressInk *self, double x, double y, double width, double height)
{
  cairo_pattern_t *wall = cairo_pattern_create_linear (0, 0, 0, 1);

  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, width, height);
  cairo_rectangle (self->cr, 0, 0, 1, 1);
  cairo_clip (self->cr);
  cairo_pattern_add_color_stop_rgb (wall, 0, 0.80, 0.87, 0.93);
  cairo_pattern_add_color_stop_rgb (wall, 1, 0.66, 0.76, 0.85);
  cairo_set_source (self->cr, wall);
  cairo_paint (self->cr);
  set_source (self->cr, 0x3d4653, 1);
  cairo_move_to (self->cr, 0.02, 1.02);
  cairo_curve_to (self->cr, 0.06, 0.70, 0.30, 0.72, 0.42, 0.66);
  cairo_line_to (self->cr, 0.58, 0.66);
  cairo_curve_to (self->cr, 0.70, 0.72, 0.94, 0.70, 0.98, 1.02);
  cairo_fill (self->cr);
  set_source (self->cr, 0x8d7767, 1);
  cairo_rectangle (self->cr, 0.42, 0.54, 0.16, 0.15);
  cairo_fill (self->cr);
  set_source (self->cr, 0xa68d7b, 1);
  cairo_save (self->cr);
  cairo_translate (self->cr, 0.5, 0.38);
  cairo_scale (self->cr, 0.19, 0.23);
  cairo_arc (self->cr, 0, 0, 1, 0, 2 * M_PI);
  cairo_restore (self->cr);
  cairo_fill (self->cr);
  set_source (self->cr, 0x23262b, 1);
  cairo_move_to (self->cr, 0.30, 0.37);
  cairo_curve_to (self->cr, 0.26, 0.05, 0.74, 0.05, 0.70, 0.37);
  cairo_curve_to (self->cr, 0.66, 0.24, 0.40, 0.25, 0.30, 0.37);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
  cairo_pattern_destroy (wall);
}

void
yz_press_ink_signature (YzPressInk *self, double x, double y, double width)
{
  cairo_save (self->cr);
  set_source (self->cr, 0x1d2a5c, 0.92);
  cairo_set_line_width (self->cr, 0.42);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_ROUND);
  for (guint stroke = 0; stroke < 9; stroke++) {
    const double left = x + width * (stroke % 3) / 3;
    const double top = y + g_rand_double_range (self->rand, -1.5, 2.5);
    const double reach = width / 3;

    cairo_move_to (self->cr, left + g_rand_double (self->rand) * reach * 0.4, top);
    cairo_rel_curve_to (self->cr, reach * 0.3, g_rand_double_range (self->rand, -4, 2), reach * 0.6,
                        g_rand_double_range (self->rand, -1, 5),
                        reach * g_rand_double_range (self->rand, 0.3, 0.9),
                        g_rand_double_range (self->rand, -2, 4));
    cairo_stroke (self->cr);
  }
  cairo_restore (self->cr);
}

void
yz_press_ink_mark (YzPressInk *self, double width, double height)
{
  const char *text = "练习样张 PRACTICE";
  double text_width = 0;
  double text_height = 0;

  yz_press_ink_font (self, SANS, 10, TRUE);
  measure (self, text, &text_width, &text_height);
  cairo_save (self->cr);
  cairo_translate (self->cr, width / 2, height / 2);
  cairo_rotate (self->cr, -atan2 (height, width));
  cairo_scale (self->cr, hypot (width, height) * 0.62 / text_width,
               hypot (width, height) * 0.62 / text_width);
  set_source (self->cr, 0x55606c, 0.11);
  yz_press_ink_write_centred (self, 0, 0, text);
  cairo_restore (self->cr);
  yz_press_ink_font (self, SANS, MAX (1.7, width * 0.014), FALSE);
  set_source (self->cr, 0x8a3a3a, 0.85);
  measure (self, text, &text_width, &text_height);
  yz_press_ink_write (self, width - text_width - 3, height - text_height - 1.6, text);
}
