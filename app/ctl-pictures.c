/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/ctl.h"

#include "capture/camera-host.h"

#include <glib/gi18n-lib.h>

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
add_corners (JsonBuilder *builder, const YzPage *page)
{
  json_builder_set_member_name (builder, "corners");
  if (!page->found) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_array (builder);
  for (int i = 0; i < 4; i++) {
    json_builder_begin_array (builder);
    json_builder_add_double_value (builder, page->corners[2 * i]);
    json_builder_add_double_value (builder, page->corners[2 * i + 1]);
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
}

static gboolean
run_page_corners (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzPage) page = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!yz_ctl_parse ("page corners FILE", NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  bytes = yz_ctl_read_file (argv[1], error);
  if (bytes == NULL)
    return FALSE;
  page =
      yz_darkroom_develop (yz_ctl_get_darkroom (self), bytes, YZ_DEVELOP_FIND, NULL, 0, 0, error);
  if (page == NULL)
    return FALSE;
  json_builder_begin_object (builder);
  add_corners (builder, page);
  json_builder_set_member_name (builder, "confidence");
  json_builder_add_double_value (builder, page->confidence);
  json_builder_end_object (builder);
  yz_ctl_print_json (builder);
  return TRUE;
}

static gboolean
run_page_shape (YzCtl *self, int argc, char **argv, GError **error)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, NULL, NULL },
    { NULL },
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzPage) page = NULL;
  const char *usage = "page shape FILE --output OUT";

  if (!yz_ctl_parse (usage, entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (output == NULL) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_USAGE, _ ("Use it so: yizhanctl %s"), usage);
    return FALSE;
  }
  bytes = yz_ctl_read_file (argv[1], error);
  if (bytes == NULL)
    return FALSE;
  page = yz_darkroom_develop (yz_ctl_get_darkroom (self), bytes, YZ_DEVELOP_FIND | YZ_DEVELOP_JPEG,
                              NULL, 0, 0, error);
  if (page == NULL)
    return FALSE;
  if (!page->found) {
    g_set_error (error, YZ_CTL_ERROR, YZ_CTL_ERROR_REFUSED,
                 _ ("No page was found on “%s”; nothing was written."), argv[1]);
    return FALSE;
  }
  if (!yz_ctl_write_file (output, page->jpeg, error))
    return FALSE;
  if (self->json)
    yz_ctl_print_pair ("file", output, NULL);
  return TRUE;
}

const YzCtlCommand yz_ctl_picture_commands[] = {
  { "camera list", "camera list", N_ ("Prints the cameras that are plugged in"), run_camera_list },
  { "camera shoot", "camera shoot ADDRESS --output FILE",
    N_ ("Takes a picture and writes the bytes exactly as the camera gave them"), run_camera_shoot },
  { "page corners", "page corners FILE", N_ ("Finds the page on a picture and prints its corners"),
    run_page_corners },
  { "page shape", "page shape FILE --output OUT", N_ ("Writes the page cut out and straightened"),
    run_page_shape },
  { NULL },
};
