/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/ctl.h"

#include "capture/camera-host.h"
#include "capture/page-reader.h"

#include <glib/gi18n-lib.h>

#define SHAPE_USAGE                                                                                \
  "page shape FILE --output OUT [--dpi N] [--mode colour|grey|bitonal|seal] [--corners X,Y,…] "  \
  "[--mat FILE] [--page N] [--flatten]"
#define CORNERS_USAGE "page corners FILE [--mat FILE] [--page N]"

static gboolean
run_camera_list (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) cameras = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!yz_ctl_parse ("camera list", NULL, &argc, &argv, 0, 0, error))
    return FALSE;
  cameras = yz_camera_host_list (error);
  if (cameras == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < cameras->len; i++) {
    const YzCameraInfo *camera = g_ptr_array_index (cameras, i);

    if (!self->json)
      g_print ("%s\t%s\n", camera->address, camera->model);
    json_builder_begin_object (builder);
    yz_ctl_add_string (builder, "address", camera->address);
    yz_ctl_add_string (builder, "model", camera->model);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  if (self->json)
    yz_ctl_print_json (builder);
  else if (cameras->len == 0)
    g_printerr ("%s\n",
                _ ("No camera is plugged in by USB. A network camera is named by its address, "
                   "ptpip:HOST:PORT:EVENTPORT."));
  return TRUE;
}

static gboolean
run_camera_shoot (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, NULL, NULL },
    { NULL },
  };
  g_autoptr (YzFrame) frame = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char *usage = "camera shoot ADDRESS --output FILE";

  if (!yz_ctl_parse (usage, entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (output == NULL) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Use it so: yizhanctl %s"), usage);
    return FALSE;
  }
  frame = yz_camera_host_shoot_once (argv[1], error);
  if (frame == NULL || !yz_ctl_write_file (output, frame->bytes, error))
    return FALSE;
  if (self->json) {
    json_builder_begin_object (builder);
    yz_ctl_add_string (builder, "file", output);
    yz_ctl_add_string (builder, "media_type", frame->media_type);
    yz_ctl_add_string (builder, "device", frame->device);
    json_builder_set_member_name (builder, "bytes");
    json_builder_add_int_value (builder, (gint64) g_bytes_get_size (frame->bytes));
    json_builder_end_object (builder);
    yz_ctl_print_json (builder);
  } else {
    g_print ("%s\t%" G_GSIZE_FORMAT "\t%s\n", output, g_bytes_get_size (frame->bytes),
             frame->device);
  }
  return TRUE;
}

static void
add_corners (JsonBuilder *builder, const double corners[8])
{
  json_builder_set_member_name (builder, "corners");
  json_builder_begin_array (builder);
  for (int i = 0; i < 8; i += 2) {
    json_builder_begin_array (builder);
    json_builder_add_double_value (builder, corners[i]);
    json_builder_add_double_value (builder, corners[i + 1]);
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

/* What is known of one document; the surest one's is repeated beside the list of all. */
static void
add_outline (JsonBuilder *builder, const YzOutline *outline)
{
  add_corners (builder, outline->corners);
  add_number (builder, "confidence", outline->confidence);
  yz_ctl_add_string (builder, "paper", yz_paper_to_string (outline->paper));
  json_builder_set_member_name (builder, "dpi");
  json_builder_add_int_value (builder, outline->dpi);
}

static void
add_pages (JsonBuilder *builder, const YzPage *page)
{
  json_builder_set_member_name (builder, "pages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < page->outlines->len; i++) {
    json_builder_begin_object (builder);
    add_outline (builder, &g_array_index (page->outlines, YzOutline, i));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
print_corners (const YzPage *page)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  YzOutline best = { .confidence = page->confidence, .dpi = page->dpi, .paper = page->paper };

  for (guint i = 0; i < 8; i++)
    best.corners[i] = page->corners[i];
  json_builder_begin_object (builder);
  add_pages (builder, page);
  if (page->found)
    add_outline (builder, &best);
  else {
    json_builder_set_member_name (builder, "corners");
    json_builder_add_null_value (builder);
    add_number (builder, "confidence", 0);
  }
  json_builder_end_object (builder);
  yz_ctl_print_json (builder);
}

/* What there is to see on a picture, or on one leaf of a PDF. */
static YzPage *
develop_leaf (YzCtl *self, GBytes *bytes, YzDevelop what, int leaf, GError **error)
{
  const YzDevelopment development = { .what = what, .leaf = (guint) leaf };

  if (leaf < 1) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Pages are counted from 1."));
    return NULL;
  }
  return yz_darkroom_develop_leaf (yz_ctl_get_darkroom (self), bytes, &development, error);
}

/* Shows the darkroom the empty mat; FALSE when the file cannot be read or is no picture. The
 * darkroom itself does without a mat that is none: a desk has to go on. Who names a file wants to
 * know. */
static gboolean
use_mat (YzCtl *self, const char *path, GError **error)
{
  g_autoptr (GBytes) mat = NULL;
  g_autoptr (YzPage) seen = NULL;

  if (path == NULL)
    return TRUE;
  mat = yz_ctl_read_file (path, error);
  if (mat == NULL)
    return FALSE;
  seen = develop_leaf (self, mat, YZ_DEVELOP_PREVIEW, 1, error);
  if (seen == NULL)
    return FALSE;
  yz_darkroom_set_empty_mat (yz_ctl_get_darkroom (self), mat);
  return TRUE;
}

static gboolean
run_page_corners (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *mat = NULL;
  int leaf = 1;
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_INT, &leaf, NULL, NULL },
    { "mat", 0, 0, G_OPTION_ARG_FILENAME, &mat, NULL, NULL },
    { NULL },
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzPage) page = NULL;

  if (!yz_ctl_parse (CORNERS_USAGE, entries, &argc, &argv, 1, 1, error) ||
      !use_mat (self, mat, error))
    return FALSE;
  bytes = yz_ctl_read_file (argv[1], error);
  if (bytes == NULL)
    return FALSE;
  page = develop_leaf (self, bytes, YZ_DEVELOP_FIND, leaf, error);
  if (page == NULL)
    return FALSE;
  print_corners (page);
  return TRUE;
}

/* The whole picture as it is: a scan, or a page that was straightened before. */
static gboolean
run_page_skew (YzCtl *self, int argc, char **argv, GError **error)
{
  int leaf = 1;
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_INT, &leaf, NULL, NULL },
    { NULL },
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzPage) page = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!yz_ctl_parse ("page skew FILE [--page N]", entries, &argc, &argv, 1, 1, error))
    return FALSE;
  bytes = yz_ctl_read_file (argv[1], error);
  if (bytes == NULL)
    return FALSE;
  page = develop_leaf (self, bytes, YZ_DEVELOP_SKEW, leaf, error);
  if (page == NULL)
    return FALSE;
  json_builder_begin_object (builder);
  add_number (builder, "degrees", page->skew);
  json_builder_end_object (builder);
  yz_ctl_print_json (builder);
  return TRUE;
}

static void
add_parts (JsonBuilder *builder, const char *name, GPtrArray *parts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < parts->len; i++) {
    const YzReadingPart *part = g_ptr_array_index (parts, i);
    const int box[] = { part->x, part->y, part->width, part->height };

    json_builder_begin_object (builder);
    if (part->kind != NULL)
      yz_ctl_add_string (builder, "kind", part->kind);
    yz_ctl_add_string (builder, "text", part->text);
    json_builder_set_member_name (builder, "box");
    json_builder_begin_array (builder);
    for (gsize k = 0; k < G_N_ELEMENTS (box); k++)
      json_builder_add_int_value (builder, box[k]);
    json_builder_end_array (builder);
    add_number (builder, "confidence", part->confidence);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
print_reading (const YzReading *reading)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rotation");
  json_builder_add_int_value (builder, (gint64) reading->quarters * 90);
  add_number (builder, "rotation_confidence", reading->sure);
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, reading->width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, reading->height);
  add_parts (builder, "lines", reading->lines);
  add_parts (builder, "codes", reading->codes);
  json_builder_end_object (builder);
  yz_ctl_print_json (builder);
}

/* The page is found in one darkroom and read in another, as at the desk. */
static YzReading *
read_text (YzCtl *self, GBytes *bytes, int leaf, GError **error)
{
  g_autoptr (YzDarkroom) reader = yz_darkroom_new_to_read ();
  g_autoptr (YzPage) page = develop_leaf (self, bytes, YZ_DEVELOP_FIND, leaf, error);
  YzDevelopment place = { .leaf = (guint) leaf };
  YzReading *reading = NULL;

  for (guint i = 0; page != NULL && i < 8; i++)
    place.corners[i] = page->corners[i];
  place.has_corners = page != NULL && page->found;
  if (page != NULL)
    reading =
        yz_page_reader_read_leaf (reader, bytes, YZ_READ_WORDS | YZ_READ_CODES, &place, error);
  yz_darkroom_close (reader);
  return reading;
}

static gboolean
run_page_text (YzCtl *self, int argc, char **argv, GError **error)
{
  int leaf = 1;
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_INT, &leaf, NULL, NULL },
    { NULL },
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzReading) reading = NULL;
  g_autofree char *text = NULL;

  if (!yz_ctl_parse ("page text FILE [--page N]", entries, &argc, &argv, 1, 1, error))
    return FALSE;
  bytes = yz_ctl_read_file (argv[1], error);
  if (bytes == NULL)
    return FALSE;
  reading = read_text (self, bytes, leaf, error);
  if (reading == NULL)
    return FALSE;
  text = yz_reading_get_text (reading);
  if (self->json)
    print_reading (reading);
  else
    g_print ("%s", text);
  return TRUE;
}

/* What "page shape" is told. */
typedef struct {
  char *output;
  char *mode;
  char *corners;
  char *mat;
  int dpi;
  gboolean flatten;
  int leaf;
} ShapeOptions;

static void
clear_shape_options (ShapeOptions *options)
{
  g_free (options->output);
  g_free (options->mode);
  g_free (options->corners);
  g_free (options->mat);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShapeOptions, clear_shape_options)

static gboolean
read_mode (const char *mode, YzDevelop *out_what, GError **error)
{
  if (mode == NULL || g_str_equal (mode, "colour"))
    *out_what = 0;
  else if (g_str_equal (mode, "grey"))
    *out_what = YZ_DEVELOP_GREY;
  else if (g_str_equal (mode, "bitonal"))
    *out_what = YZ_DEVELOP_BITONAL;
  else if (g_str_equal (mode, "seal"))
    *out_what = YZ_DEVELOP_SEAL;
  else {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("“%s” is no mode; colour, grey, bitonal and seal are."), mode);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_corners (const char *text, double corners[8], GError **error)
{
  g_auto (GStrv) numbers = g_strsplit (text, ",", -1);
  gboolean good = g_strv_length (numbers) == 8;

  for (guint i = 0; good && i < 8; i++) {
    char *end = NULL;

    corners[i] = g_ascii_strtod (numbers[i], &end);
    good = end != numbers[i] && *end == '\0';
  }
  if (!good)
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                 _ ("“%s” are not eight numbers: x,y of the top left, top right, bottom right and "
                    "bottom left corner."),
                 text);
  return good;
}

/* Longest side in pixels for the resolution wanted; 0 when the paper is not known. */
static guint
compute_longest (const YzPage *page, int dpi)
{
  const double longer = yz_paper_get_longer_side (page->paper);

  return dpi > 0 ? (guint) (longer / 25.4 * dpi + 0.5) : 0;
}

/* Finds the page, or takes the corners given, and tells what is known of it. */
static YzPage *
locate_page (YzCtl *self, GBytes *bytes, const ShapeOptions *options, GError **error)
{
  YzDevelopment development = { .has_corners = TRUE, .leaf = (guint) options->leaf };

  if (options->corners == NULL)
    return use_mat (self, options->mat, error)
               ? develop_leaf (self, bytes, YZ_DEVELOP_FIND, options->leaf, error)
               : NULL;
  return read_corners (options->corners, development.corners, error)
             ? yz_darkroom_develop_leaf (yz_ctl_get_darkroom (self), bytes, &development, error)
             : NULL;
}

static gboolean
write_shape (
    YzCtl *self, const char *file, const ShapeOptions *options, YzDevelop what, GError **error)
{
  g_autoptr (GBytes) bytes = yz_ctl_read_file (file, error);
  g_autoptr (YzPage) page = NULL;
  g_autoptr (YzPage) shaped = NULL;
  YzDevelopment development = { .has_corners = TRUE, .leaf = (guint) options->leaf };

  if (bytes == NULL)
    return FALSE;
  page = locate_page (self, bytes, options, error);
  if (page == NULL)
    return FALSE;
  if (!page->found) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_REFUSED,
                 _ ("No page was found on “%s”; nothing was written."), file);
    return FALSE;
  }
  if (options->dpi > 0 && page->dpi == 0) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_REFUSED,
                 _ ("The paper on “%s” is of no known size, so its resolution is not known either; "
                    "nothing was written."),
                 file);
    return FALSE;
  }
  development.what = YZ_DEVELOP_JPEG | what;
  development.longest = compute_longest (page, options->dpi);
  for (guint i = 0; i < 8; i++)
    development.corners[i] = page->corners[i];
  shaped = yz_darkroom_develop_leaf (yz_ctl_get_darkroom (self), bytes, &development, error);
  return shaped != NULL && yz_ctl_write_file (options->output, shaped->jpeg, error);
}

/* The file's name says what is written. */
static gboolean
choose_format (const char *output, YzDevelop *what, GError **error)
{
  g_autofree char *name = g_ascii_strdown (output, -1);

  if (!g_str_has_suffix (name, ".tif") && !g_str_has_suffix (name, ".tiff"))
    return TRUE;
  if (!(*what & YZ_DEVELOP_BITONAL)) {
    g_set_error_literal (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE,
                         _ ("A TIFF is black and white: add --mode bitonal."));
    return FALSE;
  }
  *what |= YZ_DEVELOP_TIFF;
  return TRUE;
}

static gboolean
run_page_shape (YzCtl *self, int argc, char **argv, GError **error)
{
  g_auto (ShapeOptions) options = { .leaf = 1 };
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_INT, &options.leaf, NULL, NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options.output, NULL, NULL },
    { "dpi", 0, 0, G_OPTION_ARG_INT, &options.dpi, NULL, NULL },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &options.mode, NULL, NULL },
    { "corners", 0, 0, G_OPTION_ARG_STRING, &options.corners, NULL, NULL },
    { "mat", 0, 0, G_OPTION_ARG_FILENAME, &options.mat, NULL, NULL },
    { "flatten", 0, 0, G_OPTION_ARG_NONE, &options.flatten, NULL, NULL },
    { NULL },
  };
  const char *usage = SHAPE_USAGE;
  YzDevelop what = 0;

  if (!yz_ctl_parse (usage, entries, &argc, &argv, 1, 1, error) ||
      !read_mode (options.mode, &what, error))
    return FALSE;
  if (options.output == NULL || options.dpi < 0 || options.leaf < 1) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Use it so: yizhanctl %s"), usage);
    return FALSE;
  }
  if (!choose_format (options.output, &what, error))
    return FALSE;
  if (options.flatten)
    what |= YZ_DEVELOP_FLATTEN;
  if (!write_shape (self, argv[1], &options, what, error))
    return FALSE;
  if (self->json)
    yz_ctl_print_pair ("file", options.output, NULL);
  return TRUE;
}

const YzCtlCommand yz_ctl_picture_commands[] = {
  { "camera list", "camera list", N_ ("Prints the cameras that are plugged in"), run_camera_list },
  { "camera shoot", "camera shoot ADDRESS --output FILE",
    N_ ("Takes a picture and writes the bytes exactly as the camera gave them"), run_camera_shoot },
  { "page corners", CORNERS_USAGE, N_ ("Finds the documents on a picture and prints their corners"),
    run_page_corners },
  { "page shape", SHAPE_USAGE, N_ ("Writes the page cut out and straightened"), run_page_shape },
  { "page skew", "page skew FILE [--page N]",
    N_ ("Prints by how much the writing on a page is turned"), run_page_skew },
  { "page text", "page text FILE [--page N]",
    N_ ("Prints the words on a page; --json adds boxes and codes"), run_page_text },
  { NULL },
};
