/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-gphoto"

#include "capture/gphoto-camera-download.h"

#include "capture/camera.h"
#include "capture/capture-error.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define BLOCK (1024 * 1024)
/* The library may report a stall as an ordinary input error, but only after two and a half seconds.
 */
#define STALL (2400 * G_TIME_SPAN_MILLISECOND)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CameraFile, gp_file_unref)

static gboolean
fail (GError **error, YzCaptureError code, const char *sentence)
{
  g_set_error_literal (error, YZ_CAPTURE_ERROR, (int) code, sentence);
  return FALSE;
}

/* A general error may be the camera's answer or the sound of a dead line: ask once more. */
static gboolean
is_alive (Camera *camera, GPContext *context)
{
  CameraEventType type = GP_EVENT_UNKNOWN;
  void *data = NULL;
  int rc = gp_camera_wait_for_event (camera, 1, &type, &data, context);

  free (data);
  return rc >= GP_OK;
}

/* Some codes mean another one on a second look. */
static int
look_twice (Camera *camera, GPContext *context, int rc, gint64 started)
{
  switch (rc) {
  case GP_ERROR_IO:
  case GP_ERROR_IO_READ:
  case GP_ERROR_IO_WRITE:
    return g_get_monotonic_time () - started > STALL ? GP_ERROR_TIMEOUT : GP_ERROR_IO;
  case GP_ERROR:
  case GP_ERROR_CORRUPTED_DATA:
  case GP_ERROR_BAD_PARAMETERS:
    return camera != NULL && !is_alive (camera, context) ? GP_ERROR_IO : rc;
  default:
    return rc;
  }
}

gboolean
yz_gphoto_fail (Camera *camera, GPContext *context, int rc, gint64 started, GError **error)
{
  g_debug ("%s (%d)", gp_result_as_string (rc), rc);
  switch (look_twice (camera, context, rc, started)) {
  case GP_ERROR_TIMEOUT:
    return fail (error, YZ_CAPTURE_ERROR_TIMEOUT,
                 _ ("The camera did not answer in time; try again."));
  case GP_ERROR_IO_USB_CLAIM:
  case GP_ERROR_IO_LOCK:
    return fail (error, YZ_CAPTURE_ERROR_CLAIMED,
                 _ ("Another program holds the camera, often the file manager that shows it as a "
                    "drive. Eject it there and try again."));
  case GP_ERROR_CAMERA_BUSY:
    return fail (error, YZ_CAPTURE_ERROR_BUSY,
                 _ ("The camera is doing something else; try again in a moment."));
  case GP_ERROR_NOT_SUPPORTED:
    return fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED, _ ("This camera cannot do that."));
  case GP_ERROR_CANCEL:
    return fail (error, YZ_CAPTURE_ERROR_CANCELLED, _ ("The capture was cancelled."));
  case GP_ERROR_NO_SPACE:
    return fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED, _ ("The camera's memory is full."));
  case GP_ERROR_IO:
  case GP_ERROR_IO_INIT:
  case GP_ERROR_IO_UPDATE:
  case GP_ERROR_IO_USB_FIND:
  case GP_ERROR_IO_USB_CLEAR_HALT:
    return fail (error, YZ_CAPTURE_ERROR_LOST, _ ("The camera is gone; plug it in again."));
  default:
    return fail (error, YZ_CAPTURE_ERROR_PROTOCOL, _ ("The camera answered nonsense; try again."));
  }
}

static GBytes *
download_whole (Camera *camera, GPContext *context, const CameraFilePath *path, GError **error)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr (CameraFile) file = NULL;
  const char *data = NULL;
  unsigned long size = 0;
  int rc = GP_OK;

  gp_file_new (&file);
  rc = gp_camera_file_get (camera, path->folder, path->name, GP_FILE_TYPE_NORMAL, file, context);
  if (rc < GP_OK) {
    yz_gphoto_fail (camera, context, rc, started, error);
    return NULL;
  }
  gp_file_get_data_and_size (file, &data, &size);
  return g_bytes_new (data, size);
}

static gboolean
may_go_on (
    gint64 deadline, GCancellable *cancellable, Camera *camera, GPContext *context, GError **error)
{
  if (g_cancellable_is_cancelled (cancellable))
    return yz_gphoto_fail (camera, context, GP_ERROR_CANCEL, 0, error);
  if (g_get_monotonic_time () >= deadline)
    return yz_gphoto_fail (camera, context, GP_ERROR_TIMEOUT, 0, error);
  return TRUE;
}

/* In blocks, because no transfer can be stopped within. *out_blocks FALSE: the camera knows no
 * blocks. */
static GBytes *
download_blocks (Camera *camera,
                 GPContext *context,
                 const CameraFilePath *path,
                 gsize size,
                 gint64 deadline,
                 GCancellable *cancellable,
                 gboolean *out_blocks,
                 GError **error)
{
  g_autofree char *data = g_try_malloc (size);
  gsize got = 0;

  *out_blocks = TRUE;
  while (data != NULL && got < size) {
    gint64 started = g_get_monotonic_time ();
    uint64_t n = MIN (size - got, BLOCK);
    int rc = GP_OK;

    if (!may_go_on (deadline, cancellable, camera, context, error))
      return NULL;
    rc = gp_camera_file_read (camera, path->folder, path->name, GP_FILE_TYPE_NORMAL, got,
                              data + got, &n, context);
    if (rc == GP_ERROR_NOT_SUPPORTED && got == 0) {
      *out_blocks = FALSE;
      return NULL;
    }
    if (rc < GP_OK || n == 0 || n > size - got) {
      yz_gphoto_fail (camera, context, rc < GP_OK ? rc : GP_ERROR_CORRUPTED_DATA, started, error);
      return NULL;
    }
    got += n;
  }
  if (data != NULL)
    return g_bytes_new_take (g_steal_pointer (&data), size);
  yz_gphoto_fail (camera, context, GP_ERROR_CORRUPTED_DATA, 0, error);
  return NULL;
}

GBytes *
yz_gphoto_download (Camera *camera,
                    GPContext *context,
                    const CameraFilePath *path,
                    gint64 deadline,
                    GCancellable *cancellable,
                    GError **error)
{
  gint64 started = g_get_monotonic_time ();
  gboolean blocks = TRUE;
  GBytes *bytes = NULL;
  CameraFileInfo info;
  int rc = gp_camera_file_get_info (camera, path->folder, path->name, &info, context);

  if (rc < GP_OK) {
    yz_gphoto_fail (camera, context, rc, started, error);
    return NULL;
  }
  if ((info.file.fields & GP_FILE_INFO_SIZE) == 0 || info.file.size == 0)
    return download_whole (camera, context, path, error);
  if (info.file.size > YZ_CAMERA_ORIGINAL_MAX) {
    yz_gphoto_fail (camera, context, GP_ERROR_CORRUPTED_DATA, 0, error);
    return NULL;
  }
  bytes = download_blocks (camera, context, path, info.file.size, deadline, cancellable, &blocks,
                           error);
  return blocks ? bytes : download_whole (camera, context, path, error);
}
