/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/video-camera-modes.h"

#define PREVIEW_WIDTH 1024
#define FLUENT 10.0

/* Where a device takes any size, these are offered. */
static const struct {
  int width, height;
} COMMON[] = {
  { 640, 480 },   { 1280, 720 },  { 1600, 1200 }, { 1920, 1080 },
  { 2592, 1944 }, { 3264, 2448 }, { 4208, 3120 },
};

YzVideoMode *
yz_video_mode_new (const char *format, int width, int height, double rate)
{
  YzVideoMode *self = g_new0 (YzVideoMode, 1);

  self->format = g_strdup (format);
  self->width = width;
  self->height = height;
  self->rate = rate;
  self->name = g_strdup_printf ("%dx%d %s", width, height, format);
  return self;
}

void
yz_video_mode_free (YzVideoMode *self)
{
  g_free (self->format);
  g_free (self->name);
  g_free (self);
}

gboolean
yz_video_mode_is_jpeg (const YzVideoMode *self)
{
  return g_str_equal (self->format, "image/jpeg");
}

char *
yz_video_mode_to_caps (const YzVideoMode *self)
{
  if (yz_video_mode_is_jpeg (self))
    return g_strdup_printf ("image/jpeg,width=%d,height=%d", self->width, self->height);
  return g_strdup_printf ("video/x-raw,format=%s,width=%d,height=%d", self->format, self->width,
                          self->height);
}

static double
to_rate (const GValue *value)
{
  int below = gst_value_get_fraction_denominator (value);

  return below > 0 ? (double) gst_value_get_fraction_numerator (value) / below : 0;
}

static double
find_fastest (const GValue *rates)
{
  double fastest = 0;

  if (rates == NULL)
    return 0;
  if (GST_VALUE_HOLDS_FRACTION (rates))
    return to_rate (rates);
  if (GST_VALUE_HOLDS_FRACTION_RANGE (rates))
    return to_rate (gst_value_get_fraction_range_max (rates));
  for (guint i = 0; GST_VALUE_HOLDS_LIST (rates) && i < gst_value_list_get_size (rates); i++) {
    const GValue *item = gst_value_list_get_value (rates, i);

    if (GST_VALUE_HOLDS_FRACTION (item))
      fastest = MAX (fastest, to_rate (item));
  }
  return fastest;
}

static void
add_mode (GPtrArray *modes, const char *format, int width, int height, double rate)
{
  YzVideoMode *mode = yz_video_mode_new (format, width, height, rate);

  if (yz_video_modes_find (modes, mode->name) == NULL)
    g_ptr_array_add (modes, mode);
  else
    yz_video_mode_free (mode);
}

static void
get_bounds (const GstStructure *structure, const char *name, int *out_least, int *out_most)
{
  const GValue *value = gst_structure_get_value (structure, name);

  *out_least = *out_most = 0;
  if (value != NULL && G_VALUE_HOLDS_INT (value)) {
    *out_least = *out_most = g_value_get_int (value);
  } else if (value != NULL && GST_VALUE_HOLDS_INT_RANGE (value)) {
    *out_least = gst_value_get_int_range_min (value);
    *out_most = gst_value_get_int_range_max (value);
  }
}

static void
add_sizes (GPtrArray *modes, const char *format, const GstStructure *structure)
{
  double rate = find_fastest (gst_structure_get_value (structure, "framerate"));
  int width[2] = { 0 };
  int height[2] = { 0 };

  get_bounds (structure, "width", &width[0], &width[1]);
  get_bounds (structure, "height", &height[0], &height[1]);
  if (width[0] == width[1] && height[0] == height[1] && width[0] > 0 && height[0] > 0)
    add_mode (modes, format, width[0], height[0], rate);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (COMMON); i++)
      if (COMMON[i].width >= width[0] && COMMON[i].width <= width[1] &&
          COMMON[i].height >= height[0] && COMMON[i].height <= height[1])
        add_mode (modes, format, COMMON[i].width, COMMON[i].height, rate);
}

static void
add_raw (GPtrArray *modes, const GstStructure *structure)
{
  const GValue *formats = gst_structure_get_value (structure, "format");

  if (formats == NULL)
    return;
  if (G_VALUE_HOLDS_STRING (formats))
    add_sizes (modes, g_value_get_string (formats), structure);
  for (guint i = 0; GST_VALUE_HOLDS_LIST (formats) && i < gst_value_list_get_size (formats); i++) {
    const GValue *item = gst_value_list_get_value (formats, i);

    if (G_VALUE_HOLDS_STRING (item))
      add_sizes (modes, g_value_get_string (item), structure);
  }
}

GPtrArray *
yz_video_modes_from_caps (const GstCaps *caps)
{
  GPtrArray *modes = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_video_mode_free);

  for (guint i = 0; i < gst_caps_get_size (caps); i++) {
    const GstStructure *structure = gst_caps_get_structure (caps, i);

    if (gst_structure_has_name (structure, "image/jpeg"))
      add_sizes (modes, "image/jpeg", structure);
    else if (gst_structure_has_name (structure, "video/x-raw"))
      add_raw (modes, structure);
  }
  return modes;
}

const YzVideoMode *
yz_video_modes_find (GPtrArray *modes, const char *name)
{
  for (guint i = 0; i < modes->len; i++) {
    const YzVideoMode *mode = modes->pdata[i];

    if (g_str_equal (mode->name, name))
      return mode;
  }
  return NULL;
}

static gint64
get_area (const YzVideoMode *mode)
{
  return mode != NULL ? (gint64) mode->width * mode->height : 0;
}

static const YzVideoMode *
find_largest (GPtrArray *modes, gboolean jpeg)
{
  const YzVideoMode *largest = NULL;

  for (guint i = 0; i < modes->len; i++) {
    const YzVideoMode *mode = modes->pdata[i];

    if (yz_video_mode_is_jpeg (mode) == jpeg && get_area (mode) > get_area (largest))
      largest = mode;
  }
  return largest;
}

const YzVideoMode *
yz_video_modes_choose_still (GPtrArray *modes)
{
  const YzVideoMode *jpeg = find_largest (modes, TRUE);
  const YzVideoMode *raw = find_largest (modes, FALSE);

  return 3 * get_area (raw) > 4 * get_area (jpeg) ? raw : jpeg;
}

/* How well a mode serves as a live picture; more is better. */
static gint64
rate_preview (const YzVideoMode *mode, gboolean raw)
{
  gboolean fluent = mode->rate >= FLUENT || mode->rate <= 0;
  gboolean wide = mode->width >= PREVIEW_WIDTH;
  gint64 area = get_area (mode);
  gint64 score = fluent && !wide ? area : -area;

  if (yz_video_mode_is_jpeg (mode) != raw)
    score += G_GINT64_CONSTANT (1) << 50;
  if (fluent)
    score += G_GINT64_CONSTANT (1) << 48;
  if (fluent && wide)
    score += G_GINT64_CONSTANT (1) << 46;
  return score;
}

const YzVideoMode *
yz_video_modes_choose_preview (GPtrArray *modes, gboolean raw)
{
  const YzVideoMode *best = NULL;

  for (guint i = 0; i < modes->len; i++) {
    const YzVideoMode *mode = modes->pdata[i];

    if (best == NULL || rate_preview (mode, raw) > rate_preview (best, raw))
      best = mode;
  }
  return best;
}
