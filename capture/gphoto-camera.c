/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-gphoto"

#include "capture/gphoto-camera.h"

#include "capture/capture-error.h"
#include "capture/gphoto-camera-bus.h"
#include "capture/gphoto-camera-controls.h"
#include "capture/gphoto-camera-download.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <gphoto2/gphoto2.h>
#include <string.h>
#include <unistd.h>

/* Short: over a network the library looks once and returns; the picture may come right after. */
#define SLICE_MS 4
#define BUSY_RETRY_MS 100
#define BUSY_PATIENCE (3 * G_TIME_SPAN_SECOND)
/* After a cancelled release the picture still comes; it must not be taken for the next one. */
#define DRAIN_PATIENCE (10 * G_TIME_SPAN_SECOND)
#define PREVIEW_INTERVAL (G_TIME_SPAN_SECOND / 30)
#define BAD_PREVIEWS_MAX 10

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CameraFile, gp_file_unref)

struct _YzGphotoCamera {
  YzCamera parent_instance;

  char *address;
  char *device; /* model and serial number */
  char *model;  /* of what was open before, to find it again on another port */
  GPContext *context;
  Camera *camera;
  GQueue *arrived; /* of CameraFilePath: pictures from the device's own button */
  gint64 last_preview;
  guint bad_previews;
};

G_DEFINE_TYPE (YzGphotoCamera, yz_gphoto_camera, YZ_TYPE_CAMERA)

static void
on_library_error (GPContext *context, const char *text, gpointer data)
{
  g_debug ("%s", text);
}

static gboolean
fail (GError **error, YzCaptureError code, const char *sentence)
{
  g_set_error_literal (error, YZ_CAPTURE_ERROR, (int) code, sentence);
  return FALSE;
}

static gboolean
fail_with (YzGphotoCamera *self, int rc, gint64 started, GError **error)
{
  return yz_gphoto_fail (self->camera, self->context, rc, started, error);
}

/* A camera that refuses the connection itself is in use elsewhere or wants to be paired first. */
static gboolean
fail_to_open (YzGphotoCamera *self, int rc, gint64 started, GError **error)
{
  if (rc == GP_ERROR)
    return fail (error, YZ_CAPTURE_ERROR_CLAIMED,
                 _ ("The camera refused the connection: it is in use elsewhere, or this computer "
                    "must first be allowed on the camera itself."));
  return fail_with (self, rc, started, error);
}

static char *
read_word (YzGphotoCamera *self, const char *name)
{
  CameraWidget *widget = NULL;
  const char *value = NULL;
  char *word = NULL;

  if (gp_camera_get_single_config (self->camera, name, &widget, self->context) < GP_OK)
    return NULL;
  if (gp_widget_get_value (widget, &value) >= GP_OK && value != NULL && *value != '\0' &&
      !g_str_equal (value, "None"))
    word = g_strstrip (g_utf8_make_valid (value, -1));
  gp_widget_free (widget);
  return word;
}

/* By cable the same as the list tells before the camera is open. */
static char *
find_id (YzGphotoCamera *self, const char *serial)
{
  GPPortInfo port;
  char *path = NULL;

  if (gp_camera_get_port_info (self->camera, &port) >= GP_OK &&
      gp_port_info_get_path (port, &path) >= GP_OK && g_str_has_prefix (path, "usb:"))
    return yz_gphoto_bus_find_id (path);
  return g_strdup (serial != NULL ? serial : self->address);
}

static YzCameraInfo *
describe (YzGphotoCamera *self)
{
  g_autofree char *model = read_word (self, "cameramodel");
  g_autofree char *serial = read_word (self, "serialnumber");
  g_autofree char *id = NULL;
  CameraAbilities abilities;
  YzCameraAbilities can = YZ_CAMERA_CAN_CONTROLS | YZ_CAMERA_CAN_DELETE | YZ_CAMERA_HAS_BUTTON;

  gp_camera_get_abilities (self->camera, &abilities);
  if (model == NULL)
    model = g_utf8_make_valid (abilities.model, -1);
  if ((abilities.operations & GP_OPERATION_CAPTURE_PREVIEW) != 0)
    can |= YZ_CAMERA_CAN_PREVIEW;
  g_free (self->device);
  self->device = serial != NULL ? g_strconcat (model, " ", serial, NULL) : g_strdup (model);
  id = find_id (self, serial);
  return yz_camera_info_new (self->address, model, id, "gphoto", YZ_CAMERA_ROLE_MAIN, can);
}

/* The library leaves file descriptor 0 closed after PTP/IP; the next file would land there and be
 * closed in its turn. */
static void
guard_standard_input (void)
{
  if (fcntl (STDIN_FILENO, F_GETFD) < 0 && open ("/dev/null", O_RDONLY) > STDIN_FILENO)
    g_debug ("standard input could not be filled");
}

static void
drop_session (YzGphotoCamera *self)
{
  g_queue_clear_full (self->arrived, free);
  if (self->camera == NULL)
    return;
  gp_camera_exit (self->camera, self->context);
  gp_camera_free (self->camera);
  self->camera = NULL;
  guard_standard_input ();
}

static YzCameraInfo *
yz_gphoto_camera_open (YzCamera *camera, GCancellable *cancellable, GError **error)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);
  gint64 started = 0;
  int rc = GP_OK;

  gp_camera_new (&self->camera);
  if (!yz_gphoto_bus_attach (self->camera, self->address, self->model, error)) {
    gp_camera_free (self->camera);
    self->camera = NULL;
    return NULL;
  }
  started = g_get_monotonic_time ();
  rc = gp_camera_init (self->camera, self->context);
  if (rc < GP_OK) {
    gp_camera_free (self->camera);
    self->camera = NULL;
    guard_standard_input ();
    fail_to_open (self, rc, started, error);
    return NULL;
  }
  return describe (self);
}

static void
yz_gphoto_camera_close (YzCamera *camera)
{
  drop_session (YZ_GPHOTO_CAMERA (camera));
}

static gboolean
yz_gphoto_camera_start_preview (YzCamera *camera, GError **error)
{
  YZ_GPHOTO_CAMERA (camera)->bad_previews = 0;
  return TRUE;
}

/* Cameras that were put into live view stay busy unless they are told to leave it. */
static void
yz_gphoto_camera_stop_preview (YzCamera *camera)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);
  CameraWidget *widget = NULL;
  int off = 0;

  if (yz_camera_is_broken (camera) ||
      gp_camera_get_single_config (self->camera, "viewfinder", &widget, self->context) < GP_OK)
    return;
  if (gp_widget_set_value (widget, &off) >= GP_OK)
    gp_camera_set_single_config (self->camera, "viewfinder", widget, self->context);
  gp_widget_free (widget);
}

static YzFrame *
take_preview (YzGphotoCamera *self, CameraFile *file, GError **error)
{
  const char *data = NULL;
  unsigned long size = 0;
  const char *media_type = NULL;
  g_autoptr (GBytes) bytes = NULL;

  gp_file_get_data_and_size (file, &data, &size);
  media_type = yz_camera_guess_media_type ((const guint8 *) data, size);
  if (media_type == NULL || size > YZ_CAMERA_PREVIEW_MAX) {
    if (++self->bad_previews > BAD_PREVIEWS_MAX)
      fail (error, YZ_CAPTURE_ERROR_PROTOCOL, _ ("The camera's live picture is no picture."));
    return NULL;
  }
  self->bad_previews = 0;
  bytes = g_bytes_new (data, size);
  return yz_frame_new (bytes, media_type, NULL, self->device, g_get_real_time ());
}

static YzFrame *
yz_gphoto_camera_grab_preview (YzCamera *camera, GError **error)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);
  gint64 started = g_get_monotonic_time ();
  g_autoptr (CameraFile) file = NULL;
  int rc = GP_OK;

  if (started < self->last_preview + PREVIEW_INTERVAL) {
    yz_camera_pause ((guint) ((self->last_preview + PREVIEW_INTERVAL - started) / 1000) + 1,
                     G_MAXINT64, NULL, NULL);
    return NULL;
  }
  self->last_preview = started;
  gp_file_new (&file);
  rc = gp_camera_capture_preview (self->camera, file, self->context);
  if (rc >= GP_OK)
    return take_preview (self, file, error);
  fail_with (self, rc, started, error);
  return NULL;
}

/* One slice of waiting. The library's own time limit means little: it returns at once over a
 * network and late by cable, so the slice is filled up here. */
static gboolean
wait_slice (YzGphotoCamera *self,
            int timeout_ms,
            CameraEventType *out_type,
            CameraFilePath **out_path,
            GError **error)
{
  gint64 started = g_get_monotonic_time ();
  gint64 rest = 0;
  void *data = NULL;
  int rc = gp_camera_wait_for_event (self->camera, timeout_ms, out_type, &data, self->context);

  *out_path = NULL;
  if (rc < GP_OK) {
    free (data);
    return fail_with (self, rc, started, error);
  }
  if (*out_type == GP_EVENT_FILE_ADDED)
    *out_path = data;
  else
    free (data);
  rest = timeout_ms - (g_get_monotonic_time () - started) / 1000;
  if (*out_type == GP_EVENT_TIMEOUT && rest > 0)
    yz_camera_pause ((guint) rest, G_MAXINT64, NULL, NULL);
  return TRUE;
}

/* What came before the shutter was released is no answer to it. */
static gboolean
drain (YzGphotoCamera *self, GError **error)
{
  CameraEventType type = GP_EVENT_UNKNOWN;
  CameraFilePath *path = NULL;

  for (int i = 0; i < 100 && type != GP_EVENT_TIMEOUT; i++) {
    if (!wait_slice (self, 1, &type, &path, error))
      return FALSE;
    if (path != NULL)
      g_queue_push_tail (self->arrived, path);
  }
  return TRUE;
}

static gboolean
trigger (YzGphotoCamera *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  gint64 patience = g_get_monotonic_time () + BUSY_PATIENCE;

  for (;;) {
    gint64 started = g_get_monotonic_time ();
    int rc = gp_camera_trigger_capture (self->camera, self->context);

    if (rc >= GP_OK)
      return TRUE;
    if (rc != GP_ERROR_CAMERA_BUSY || started > patience)
      return fail_with (self, rc, started, error);
    if (!yz_camera_pause (BUSY_RETRY_MS, deadline, cancellable, error))
      return FALSE;
  }
}

static gboolean
is_raw (const CameraFilePath *path)
{
  g_autofree char *name = g_ascii_strdown (path->name, -1);

  return !g_str_has_suffix (name, ".jpg") && !g_str_has_suffix (name, ".jpeg") &&
         !g_str_has_suffix (name, ".png");
}

/* The picture that was just taken. A camera may tell that it is done before it tells the name, and
 * may write a raw file beside the picture. */
static CameraFilePath *
wait_for_picture (YzGphotoCamera *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  while (!g_cancellable_is_cancelled (cancellable)) {
    CameraEventType type = GP_EVENT_UNKNOWN;
    CameraFilePath *path = NULL;

    if (g_get_monotonic_time () >= deadline) {
      fail_with (self, GP_ERROR_TIMEOUT, 0, error);
      return NULL;
    }
    if (!wait_slice (self, SLICE_MS, &type, &path, error))
      return NULL;
    if (path != NULL && !is_raw (path))
      return path;
    free (path);
  }
  fail_with (self, GP_ERROR_CANCEL, 0, error);
  return NULL;
}

/* Nobody wants the picture any more, but it is on its way. */
static void
discard_picture (YzGphotoCamera *self)
{
  g_autoptr (GError) error = NULL;
  gint64 deadline = g_get_monotonic_time () + DRAIN_PATIENCE;

  free (wait_for_picture (self, deadline, NULL, &error));
  if (error != NULL)
    g_debug ("the cancelled picture did not come: %s", error->message);
}

static YzShot *
fetch (YzGphotoCamera *self,
       const CameraFilePath *path,
       gint64 deadline,
       GCancellable *cancellable,
       GError **error)
{
  gint64 shot_at = g_get_real_time ();
  g_autoptr (GBytes) bytes =
      yz_gphoto_download (self->camera, self->context, path, deadline, cancellable, error);
  g_autofree char *key = g_strconcat (path->folder, "/", path->name, NULL);
  g_autofree char *name = g_utf8_make_valid (path->name, -1);
  g_autoptr (YzFrame) frame = NULL;
  const char *media_type = NULL;

  if (bytes == NULL)
    return NULL;
  media_type =
      yz_camera_guess_media_type (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (media_type == NULL) {
    fail (
        error, YZ_CAPTURE_ERROR_UNSUPPORTED,
        _ ("The camera gave a file that is neither JPEG nor PNG; set its picture format to JPEG."));
    return NULL;
  }
  frame = yz_frame_new (bytes, media_type, name, self->device, shot_at);
  return yz_shot_new (frame, key);
}

static GPtrArray *
yz_gphoto_camera_capture (YzCamera *camera,
                          gint64 deadline,
                          GCancellable *cancellable,
                          GError **error)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);
  CameraFilePath *path = NULL;
  YzShot *shot = NULL;
  GPtrArray *shots = NULL;

  if (!drain (self, error) || !trigger (self, deadline, cancellable, error))
    return NULL;
  path = wait_for_picture (self, deadline, cancellable, error);
  if (path == NULL) {
    if (g_cancellable_is_cancelled (cancellable))
      discard_picture (self);
    return NULL;
  }
  shot = fetch (self, path, deadline, cancellable, error);
  free (path);
  if (shot == NULL)
    return NULL;
  shots = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_shot_free);
  g_ptr_array_add (shots, shot);
  return shots;
}

static gboolean
yz_gphoto_camera_release (YzCamera *camera, const char *key, GError **error)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);
  gint64 started = g_get_monotonic_time ();
  g_autofree char *folder = g_path_get_dirname (key);
  g_autofree char *name = g_path_get_basename (key);
  int rc = gp_camera_file_delete (self->camera, folder, name, self->context);

  return rc >= GP_OK || fail_with (self, rc, started, error);
}

static GPtrArray *
yz_gphoto_camera_list_controls (YzCamera *camera, GError **error)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);
  gint64 started = g_get_monotonic_time ();
  GPtrArray *controls = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_control_free);
  int rc = yz_gphoto_controls_list (self->camera, self->context, controls);

  if (rc >= GP_OK)
    return controls;
  g_ptr_array_unref (controls);
  fail_with (self, rc, started, error);
  return NULL;
}

static gboolean
yz_gphoto_camera_set_control (YzCamera *camera, const char *name, const char *value, GError **error)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);
  gint64 started = g_get_monotonic_time ();
  int rc = yz_gphoto_controls_set (self->camera, self->context, name, value);

  return rc >= GP_OK || fail_with (self, rc, started, error);
}

static gboolean
yz_gphoto_camera_wait_event (
    YzCamera *camera, int timeout_ms, YzCameraEvent *out_event, YzShot **out_shot, GError **error)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);
  CameraEventType type = GP_EVENT_UNKNOWN;
  CameraFilePath *path = g_queue_pop_head (self->arrived);

  if (path == NULL && !wait_slice (self, timeout_ms, &type, &path, error))
    return FALSE;
  if (path != NULL && !is_raw (path)) {
    gint64 deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

    *out_shot = fetch (self, path, deadline, NULL, error);
    *out_event = *out_shot != NULL ? YZ_CAMERA_EVENT_PAGE : YZ_CAMERA_EVENT_NONE;
    free (path);
    return *out_shot != NULL;
  }
  free (path);
  return TRUE;
}

/* By cable the port changes with every plugging in: the model finds the camera again. */
static char *
yz_gphoto_camera_get_resume (YzCamera *camera)
{
  const YzCameraInfo *info = yz_camera_get_info (camera);

  return g_strdup (info != NULL ? info->model : YZ_GPHOTO_CAMERA (camera)->model);
}

static void
yz_gphoto_camera_set_resume (YzCamera *camera, const char *resume)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (camera);

  g_free (self->model);
  self->model = g_strdup (resume);
}

static void
yz_gphoto_camera_finalize (GObject *object)
{
  YzGphotoCamera *self = YZ_GPHOTO_CAMERA (object);

  drop_session (self);
  g_queue_free (self->arrived);
  gp_context_unref (self->context);
  g_free (self->address);
  g_free (self->device);
  g_free (self->model);
  G_OBJECT_CLASS (yz_gphoto_camera_parent_class)->finalize (object);
}

static void
yz_gphoto_camera_class_init (YzGphotoCameraClass *class)
{
  YzCameraClass *camera = YZ_CAMERA_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = yz_gphoto_camera_finalize;
  camera->open = yz_gphoto_camera_open;
  camera->close = yz_gphoto_camera_close;
  camera->start_preview = yz_gphoto_camera_start_preview;
  camera->stop_preview = yz_gphoto_camera_stop_preview;
  camera->grab_preview = yz_gphoto_camera_grab_preview;
  camera->capture = yz_gphoto_camera_capture;
  camera->release = yz_gphoto_camera_release;
  camera->list_controls = yz_gphoto_camera_list_controls;
  camera->set_control = yz_gphoto_camera_set_control;
  camera->wait_event = yz_gphoto_camera_wait_event;
  camera->get_resume = yz_gphoto_camera_get_resume;
  camera->set_resume = yz_gphoto_camera_set_resume;
}

static void
yz_gphoto_camera_init (YzGphotoCamera *self)
{
  self->arrived = g_queue_new ();
  self->context = gp_context_new ();
  gp_context_set_error_func (self->context, on_library_error, NULL);
}

/**
 * yz_gphoto_camera_new:
 * @address: "ptpip:HOST:PORT:EVENTPORT" or "usb:BUS,DEVICE"
 *
 * Returns: (transfer full): the camera, not open
 */
YzCamera *
yz_gphoto_camera_new (const char *address)
{
  YzGphotoCamera *self = g_object_new (YZ_TYPE_GPHOTO_CAMERA, NULL);

  self->address = g_strdup (address);
  return YZ_CAMERA (self);
}

void
yz_gphoto_camera_list (GPtrArray *infos)
{
  yz_gphoto_bus_list (infos);
}
