/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-scanner"

#include "capture/scanner-camera.h"

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "capture/scanner-camera-name.h"
#include "capture/scanner-camera-options.h"
#include "capture/scanner-camera-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <sane/sane.h>
#include <string.h>

#define QUALITY 95
#define RESOLUTION "resolution"

struct _YzScannerCamera {
  YzCamera parent_instance;

  char *device;
  char *model;
  SANE_Handle handle; /* NULL when closed */
};

G_DEFINE_TYPE (YzScannerCamera, yz_scanner_camera, YZ_TYPE_CAMERA)

/* How long a page may take, for the reader of its rows. */
typedef struct {
  gint64 deadline;
  GCancellable *cancellable;
} Limit;

static gboolean
fail (GError **error, YzCaptureError code, const char *sentence)
{
  g_set_error_literal (error, YZ_CAPTURE_ERROR, (int) code, sentence);
  return FALSE;
}

static gboolean
fail_with (SANE_Status status, GError **error)
{
  g_debug ("%s", sane_strstatus (status));
  switch (status) {
  case SANE_STATUS_NO_DOCS:
    return fail (error, YZ_CAPTURE_ERROR_NO_PAPER, _ ("There is no more paper in the feeder."));
  case SANE_STATUS_JAMMED:
    return fail (error, YZ_CAPTURE_ERROR_JAM,
                 _ ("Paper is stuck in the scanner; take it out and try again."));
  case SANE_STATUS_COVER_OPEN:
    return fail (error, YZ_CAPTURE_ERROR_JAM, _ ("The scanner's cover is open."));
  case SANE_STATUS_DEVICE_BUSY:
    return fail (error, YZ_CAPTURE_ERROR_BUSY,
                 _ ("The scanner is doing something else; try again in a moment."));
  case SANE_STATUS_ACCESS_DENIED:
    return fail (error, YZ_CAPTURE_ERROR_CLAIMED,
                 _ ("Another program holds the scanner, or you may not use it."));
  case SANE_STATUS_IO_ERROR:
    return fail (error, YZ_CAPTURE_ERROR_LOST, _ ("The scanner is gone; plug it in again."));
  case SANE_STATUS_CANCELLED:
    return fail (error, YZ_CAPTURE_ERROR_CANCELLED, _ ("The capture was cancelled."));
  case SANE_STATUS_UNSUPPORTED:
    return fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED, _ ("The scanner cannot do that."));
  case SANE_STATUS_GOOD:
  case SANE_STATUS_INVAL:
  case SANE_STATUS_EOF:
  case SANE_STATUS_NO_MEM:
  default:
    return fail (error, YZ_CAPTURE_ERROR_PROTOCOL, _ ("The scanner answered nonsense; try again."));
  }
}

static gboolean
start_library (void)
{
  static gsize started = 0;

  if (g_once_init_enter (&started))
    g_once_init_leave (&started, sane_init (NULL, NULL) == SANE_STATUS_GOOD ? 1 : 2);
  return started == 1;
}

static gboolean
is_feeder (YzScannerCamera *self)
{
  g_autofree char *source = yz_scanner_options_get (self->handle, "source");

  return source != NULL && (strstr (source, "ADF") != NULL || strstr (source, "Feeder") != NULL ||
                            strstr (source, "feeder") != NULL);
}

static YzCameraInfo *
describe (const SANE_Device *device)
{
  g_autofree char *address = g_strconcat ("scan:", device->name, NULL);
  g_autofree char *model = g_strconcat (device->vendor, " ", device->model, NULL);
  g_autofree char *id = yz_scanner_name_find_id (device->name);

  return yz_camera_info_new (address, model, id, "scanner", YZ_CAMERA_ROLE_FLATBED,
                             YZ_CAMERA_CAN_MODES | YZ_CAMERA_CAN_CONTROLS);
}

static YzCameraInfo *
yz_scanner_camera_open (YzCamera *camera, GCancellable *cancellable, GError **error)
{
  YzScannerCamera *self = YZ_SCANNER_CAMERA (camera);
  const SANE_Device device = { self->device, "SANE", self->device, "" };
  YzCameraInfo *info = NULL;
  SANE_Status status = SANE_STATUS_UNSUPPORTED;

  if (start_library ())
    status = sane_open (self->device, &self->handle);
  if (status == SANE_STATUS_INVAL) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("There is no scanner “%s”."), self->device);
    return NULL;
  }
  if (status != SANE_STATUS_GOOD) {
    fail_with (status, error);
    return NULL;
  }
  info = describe (&device);
  if (is_feeder (self))
    info->role = YZ_CAMERA_ROLE_FEEDER;
  g_free (self->model);
  self->model = g_strdup (info->model);
  return info;
}

static void
yz_scanner_camera_close (YzCamera *camera)
{
  YzScannerCamera *self = YZ_SCANNER_CAMERA (camera);

  sane_cancel (self->handle);
  sane_close (self->handle);
  self->handle = NULL;
}

static gboolean
may_go_on (gpointer data, GError **error)
{
  const Limit *limit = data;

  if (g_cancellable_is_cancelled (limit->cancellable))
    return fail_with (SANE_STATUS_CANCELLED, error);
  return g_get_monotonic_time () < limit->deadline ||
         fail (error, YZ_CAPTURE_ERROR_TIMEOUT,
               _ ("The scanner did not finish in time; choose a lower resolution."));
}

/* What the glass is scanned with is known, not guessed; 0 when the scanner does not say. */
static guint
read_dpi (const char *resolution)
{
  const double dpi = resolution != NULL ? g_ascii_strtod (resolution, NULL) : 0;

  return dpi >= 1 && dpi <= G_MAXUINT16 ? (guint) lround (dpi) : 0;
}

static YzFrame *
scan (YzScannerCamera *self, Limit *limit, GError **error)
{
  const gboolean feeder = is_feeder (self);
  g_autofree char *resolution = yz_scanner_options_get (self->handle, RESOLUTION);
  SANE_Status status = sane_start (self->handle);
  g_autoptr (GError) inner = NULL;
  g_autoptr (YzBitmap) page = NULL;
  g_autoptr (GBytes) jpeg = NULL;

  if (status == SANE_STATUS_GOOD)
    page = yz_scanner_page_read (self->handle, may_go_on, limit, &status, &inner);
  /* A feeder goes on with the next sheet unless it is told that this is all. */
  if (page == NULL || !feeder)
    sane_cancel (self->handle);
  if (page == NULL && inner == NULL)
    fail_with (status, &inner);
  if (page != NULL)
    jpeg = yz_jpeg_encode_at (page, QUALITY, read_dpi (resolution), &inner);
  if (jpeg != NULL)
    return yz_frame_new (jpeg, "image/jpeg", NULL, self->model, g_get_real_time ());
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

static GPtrArray *
yz_scanner_camera_capture (YzCamera *camera,
                           gint64 deadline,
                           GCancellable *cancellable,
                           GError **error)
{
  Limit limit = { .deadline = deadline, .cancellable = cancellable };
  g_autoptr (YzFrame) frame = scan (YZ_SCANNER_CAMERA (camera), &limit, error);
  GPtrArray *shots = NULL;

  if (frame == NULL)
    return NULL;
  shots = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_shot_free);
  g_ptr_array_add (shots, yz_shot_new (frame, NULL));
  return shots;
}

static GPtrArray *
yz_scanner_camera_list_controls (YzCamera *camera, GError **error)
{
  GPtrArray *controls = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_control_free);

  yz_scanner_options_list (YZ_SCANNER_CAMERA (camera)->handle, controls);
  return controls;
}

static gboolean
yz_scanner_camera_set_control (YzCamera *camera,
                               const char *name,
                               const char *value,
                               GError **error)
{
  SANE_Status status = yz_scanner_options_set (YZ_SCANNER_CAMERA (camera)->handle, name, value);

  if (status == SANE_STATUS_GOOD)
    return TRUE;
  return fail_with (status == SANE_STATUS_INVAL ? SANE_STATUS_UNSUPPORTED : status, error);
}

/* The resolutions that records call for, as far as the scanner has them. */
static GStrv
yz_scanner_camera_list_modes (YzCamera *camera, GError **error)
{
  static const int WANTED[] = { 150, 200, 300, 400, 600 };
  g_autoptr (GPtrArray) controls = yz_scanner_camera_list_controls (camera, error);
  GPtrArray *modes = g_ptr_array_new ();

  for (guint i = 0; i < controls->len; i++) {
    const YzControl *control = controls->pdata[i];

    for (gsize k = 0; g_str_equal (control->name, RESOLUTION) && k < G_N_ELEMENTS (WANTED); k++) {
      g_autofree char *value = g_strdup_printf ("%d", WANTED[k]);
      gboolean listed = control->choices != NULL &&
                        g_strv_contains ((const char *const *) control->choices, value);
      gboolean within = control->kind == YZ_CONTROL_RANGE && WANTED[k] >= control->minimum &&
                        WANTED[k] <= control->maximum;

      if (listed || within)
        g_ptr_array_add (modes, g_strconcat (value, " dpi", NULL));
    }
  }
  g_ptr_array_add (modes, NULL);
  return (GStrv) g_ptr_array_free (modes, FALSE);
}

static gboolean
yz_scanner_camera_set_mode (YzCamera *camera, const char *mode, GError **error)
{
  g_auto (GStrv) modes = yz_scanner_camera_list_modes (camera, error);
  g_autofree char *value = g_strndup (mode, strcspn (mode, " "));

  if (!g_strv_contains ((const char *const *) modes, mode))
    return fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED, _ ("The scanner does not have this mode."));
  return yz_scanner_camera_set_control (camera, RESOLUTION, value, error);
}

static char *
yz_scanner_camera_get_mode (YzCamera *camera)
{
  g_autofree char *value = yz_scanner_options_get (YZ_SCANNER_CAMERA (camera)->handle, RESOLUTION);

  return value != NULL ? g_strconcat (value, " dpi", NULL) : NULL;
}

static void
yz_scanner_camera_finalize (GObject *object)
{
  YzScannerCamera *self = YZ_SCANNER_CAMERA (object);

  if (self->handle != NULL)
    yz_scanner_camera_close (YZ_CAMERA (self));
  g_free (self->device);
  g_free (self->model);
  G_OBJECT_CLASS (yz_scanner_camera_parent_class)->finalize (object);
}

static void
yz_scanner_camera_class_init (YzScannerCameraClass *class)
{
  YzCameraClass *camera = YZ_CAMERA_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = yz_scanner_camera_finalize;
  camera->open = yz_scanner_camera_open;
  camera->close = yz_scanner_camera_close;
  camera->capture = yz_scanner_camera_capture;
  camera->list_modes = yz_scanner_camera_list_modes;
  camera->set_mode = yz_scanner_camera_set_mode;
  camera->get_mode = yz_scanner_camera_get_mode;
  camera->list_controls = yz_scanner_camera_list_controls;
  camera->set_control = yz_scanner_camera_set_control;
}

static void
yz_scanner_camera_init (YzScannerCamera *self)
{
}

YzCamera *
yz_scanner_camera_new (const char *device)
{
  YzScannerCamera *self = g_object_new (YZ_TYPE_SCANNER_CAMERA, NULL);

  self->device = g_strdup (device);
  return YZ_CAMERA (self);
}

static char *
name_place (const YzCameraInfo *info)
{
  return yz_scanner_name_find_place (info->address + strlen ("scan:"));
}

void
yz_scanner_camera_list (GPtrArray *infos)
{
  const SANE_Device **devices = NULL;

  if (!start_library () || sane_get_devices (&devices, SANE_TRUE) != SANE_STATUS_GOOD)
    return;
  /* V4L cameras are served better as such. */
  for (gsize i = 0; devices[i] != NULL; i++)
    if (!g_str_has_prefix (devices[i]->name, "v4l:"))
      g_ptr_array_add (infos, describe (devices[i]));
  yz_camera_info_tell_apart (infos, name_place);
}
