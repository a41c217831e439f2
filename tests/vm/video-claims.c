/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/vm/video-claims.h"

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "capture/video-camera-devices.h"
#include "capture/video-camera.h"

#include <string.h>

gint64
yz_claims_soon (int seconds)
{
  return g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
}

static GPtrArray *
list_heads (const char *prefix)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_camera_info_free);

  yz_video_devices_list (infos);
  for (guint i = infos->len; i-- > 0;)
    if (!g_str_has_prefix (((YzCameraInfo *) infos->pdata[i])->id, prefix))
      g_ptr_array_remove_index (infos, i);
  return infos;
}

/* A node exists for the kernel a moment before udev has made its file. */
GPtrArray *
yz_claims_wait_for_heads (const char *prefix, guint wanted)
{
  g_autoptr (GPtrArray) infos = list_heads (prefix);
  gint64 deadline = yz_claims_soon (YZ_GUARD_S);

  while (infos->len != wanted && g_get_monotonic_time () < deadline) {
    g_thread_yield ();
    g_ptr_array_unref (infos);
    infos = list_heads (prefix);
  }
  g_assert_cmpuint (infos->len, ==, wanted);
  return g_steal_pointer (&infos);
}

YzCamera *
yz_claims_open (const YzCameraInfo *info)
{
  YzCamera *camera = yz_video_camera_new (info->address + strlen ("video:"));
  g_autoptr (GError) error = NULL;

  yz_camera_open (camera, NULL, &error);
  g_assert_no_error (error);
  return camera;
}

void
yz_claims_close (YzCamera *camera)
{
  yz_camera_close (camera);
  g_assert_finalize_object (camera);
}

YzFrame *
yz_claims_shoot (YzCamera *camera)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shots =
      yz_camera_capture (camera, yz_claims_soon (YZ_GUARD_S), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (shots->len, ==, 1);
  return yz_frame_ref (((YzShot *) shots->pdata[0])->frame);
}

void
yz_claims_assert_is_jpeg (const YzFrame *frame, int width, int height)
{
  g_autoptr (GError) error = NULL;
  YzPictureHeader header;

  yz_jpeg_read_header (g_bytes_get_data (frame->bytes, NULL), g_bytes_get_size (frame->bytes),
                       &header, &error);
  g_assert_no_error (error);
  g_assert_cmpint (header.width, ==, width);
  g_assert_cmpint (header.height, ==, height);
}

YzFrame *
yz_claims_wait_for_picture (YzCamera *camera)
{
  g_autoptr (GError) error = NULL;
  gint64 deadline = yz_claims_soon (YZ_GUARD_S);
  YzFrame *frame = NULL;

  while (frame == NULL && error == NULL && g_get_monotonic_time () < deadline)
    frame = yz_camera_grab_preview (camera, &error);
  g_assert_no_error (error);
  g_assert_nonnull (frame);
  return frame;
}

void
yz_claims_assert_shows (YzCamera *camera)
{
  yz_frame_unref (yz_claims_wait_for_picture (camera));
}

void
yz_claims_assert_is_lost (YzCamera *camera)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  while (error == NULL && g_get_monotonic_time () < began + YZ_GUARD_S * G_TIME_SPAN_SECOND) {
    g_autoptr (YzFrame) late = yz_camera_grab_preview (camera, &error);
  }
  g_test_message ("lost after %d ms", (int) ((g_get_monotonic_time () - began) / 1000));
  g_assert_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_LOST);
  g_assert_true (yz_camera_is_broken (camera));
}

void
yz_claims_assert_sets (YzCamera *camera, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;

  yz_camera_set_control (camera, name, value, &error);
  g_assert_no_error (error);
  now = yz_camera_get_control (camera, name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (now, ==, value);
}

static guint
count (YzCameraList *list, const char *prefix)
{
  guint found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (YzListedCamera) camera = g_list_model_get_item (G_LIST_MODEL (list), i);

    found += g_str_has_prefix (yz_listed_camera_get_info (camera)->id, prefix) ? 1 : 0;
  }
  return found;
}

static gboolean
on_guard (gpointer data)
{
  g_error ("the condition did not come true within %d s", YZ_GUARD_S);
  return G_SOURCE_REMOVE;
}

void
yz_claims_wait_for_count (YzCameraList *list, const char *prefix, guint wanted)
{
  guint guard = g_timeout_add_seconds (YZ_GUARD_S, on_guard, NULL);

  while (count (list, prefix) != wanted || yz_camera_list_is_looking (list))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}
