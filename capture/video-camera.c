/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "yz-video"

#include "capture/video-camera.h"

#include "capture/capture-error.h"
#include "capture/video-camera-button.h"
#include "capture/video-camera-controls.h"
#include "capture/video-camera-devices.h"
#include "capture/video-camera-modes.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define SLICE_MS 50
/* The device finds its exposure and focus in the first frames of a mode. */
#define WARM_UP 4
#define BAD_FRAMES_MAX 20
/* A head that shows nothing compressed in this time is asked for raw pictures. */
#define PREVIEW_PATIENCE (3 * G_TIME_SPAN_SECOND)
#define STILL_QUALITY 95
#define PREVIEW_QUALITY 80
/* What a press of the device's button may take, as it does with the other drivers. */
#define BUTTON_PATIENCE (20 * G_TIME_SPAN_SECOND)
/* The kernel shows the button a moment after the picture: it is looked for more than once. */
#define BUTTON_LOOKS 10
#define BUTTON_INTERVAL (500 * G_TIME_SPAN_MILLISECOND)

struct _YzVideoCamera {
  YzCamera parent_instance;

  char *device;
  char *model;
  YzVideoButton *button; /* NULL when there is none */
  guint button_looks;    /* that are left */
  gint64 button_looked;
  GPtrArray *modes;
  const YzVideoMode *still;
  const YzVideoMode *preview;

  GstElement *pipeline;
  GstElement *sink;
  GstBus *bus;
  const YzVideoMode *running;
  guint frames; /* since the pipeline runs */
  gint64 started;
};

G_DEFINE_TYPE (YzVideoCamera, yz_video_camera, YZ_TYPE_CAMERA)

static gboolean
fail (GError **error, YzCaptureError code, const char *sentence)
{
  g_set_error_literal (error, YZ_CAPTURE_ERROR, (int) code, sentence);
  return FALSE;
}

static gboolean
is_test (YzVideoCamera *self)
{
  return g_str_has_prefix (self->device, "test");
}

/* What GStreamer says, in our words. */
static gboolean
fail_with (const GError *reason, GError **error)
{
  g_debug ("%s", reason->message);
  if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return fail (error, YZ_CAPTURE_ERROR_CLAIMED,
                 _ ("Another program holds the camera; close it there."));
  if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS) ||
      g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    return fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 _ ("The camera does not accept this mode, or you may not use it."));
  if (reason->domain == GST_RESOURCE_ERROR)
    return fail (error, YZ_CAPTURE_ERROR_LOST, _ ("The camera is gone; plug it in again."));
  return fail (error, YZ_CAPTURE_ERROR_PROTOCOL, _ ("The camera answered nonsense; try again."));
}

/* FALSE when the pipeline has told of trouble. */
static gboolean
check_bus (YzVideoCamera *self, GError **error)
{
  g_autoptr (GstMessage) message =
      gst_bus_pop_filtered (self->bus, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_autoptr (GError) reason = NULL;

  if (message == NULL)
    return TRUE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return fail (error, YZ_CAPTURE_ERROR_LOST, _ ("The camera is gone; plug it in again."));
  gst_message_parse_error (message, &reason, NULL);
  return fail_with (reason, error);
}

static void
stop (YzVideoCamera *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->sink);
  gst_clear_object (&self->bus);
  gst_clear_object (&self->pipeline);
  self->running = NULL;
}

/* What stands behind the devices that are only played; their names are in the header. */
static char *
describe_test_source (YzVideoCamera *self, const YzVideoMode *mode)
{
  g_autofree char *caps = yz_video_mode_to_caps (mode);
  const gboolean jpeg = yz_video_mode_is_jpeg (mode);
  const char *frames = g_str_equal (self->device, "test-short") ? " num-buffers=40" : "";

  if (g_str_equal (self->device, "test-torn"))
    return g_strdup_printf ("fakesrc is-live=true do-timestamp=true sizetype=fixed sizemax=5000 "
                            "filltype=random ! %s",
                            caps);
  if (g_str_equal (self->device, "test-silent") && jpeg)
    return g_strdup_printf ("videotestsrc is-live=true ! jpegenc ! valve drop=true ! %s", caps);
  if (g_str_equal (self->device, "test-wrong") && jpeg)
    return g_strdup_printf ("videotestsrc is-live=true ! video/x-raw,width=320,height=240 ! "
                            "jpegenc ! %s",
                            caps);
  if (jpeg)
    return g_strdup_printf ("videotestsrc is-live=true%s ! "
                            "video/x-raw,format=I420,width=%d,height=%d,framerate=30/1 ! jpegenc",
                            frames, mode->width, mode->height);
  return g_strdup_printf ("videotestsrc is-live=true%s ! %s,framerate=30/1", frames, caps);
}

static char *
describe_source (YzVideoCamera *self, const YzVideoMode *mode)
{
  g_autofree char *caps = yz_video_mode_to_caps (mode);

  if (is_test (self))
    return describe_test_source (self, mode);
  return g_strdup_printf ("v4l2src device=\"%s\" ! %s", self->device, caps);
}

static gboolean
start (YzVideoCamera *self, const YzVideoMode *mode, int quality, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *source = describe_source (self, mode);
  g_autofree char *compressor =
      yz_video_mode_is_jpeg (mode)
          ? g_strdup ("")
          : g_strdup_printf ("! videoconvert ! jpegenc quality=%d ", quality);
  g_autofree char *text = g_strdup_printf (
      "%s %s! appsink name=sink max-buffers=1 drop=true sync=false", source, compressor);

  stop (self);
  self->pipeline = gst_parse_launch (text, &reason);
  if (self->pipeline == NULL || reason != NULL) {
    g_debug ("%s", reason->message);
    stop (self);
    return fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 _ ("A part of GStreamer is missing that this camera needs."));
  }
  self->sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  self->bus = gst_element_get_bus (self->pipeline);
  self->running = mode;
  self->frames = 0;
  self->started = g_get_monotonic_time ();
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;
  if (check_bus (self, error))
    fail (error, YZ_CAPTURE_ERROR_PROTOCOL, _ ("The camera answered nonsense; try again."));
  stop (self);
  return FALSE;
}

/* The newest frame's bytes, untouched; NULL without an error: none within the slice. */
static GBytes *
pull (YzVideoCamera *self, GError **error)
{
  GstSample *sample = NULL;
  GstMapInfo map;
  GBytes *bytes = NULL;

  g_signal_emit_by_name (self->sink, "try-pull-sample", (guint64) SLICE_MS * GST_MSECOND, &sample);
  if (sample == NULL) {
    check_bus (self, error);
    return NULL;
  }
  if (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ)) {
    bytes = g_bytes_new (map.data, map.size);
    gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  }
  gst_sample_unref (sample);
  self->frames++;
  return bytes;
}

/* Cables and hubs cut frames short now and then. */
static gboolean
is_whole (GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize tail = MIN (length, 4096);

  return g_strcmp0 (yz_camera_guess_media_type (data, length), "image/jpeg") == 0 &&
         memmem (data + length - tail, tail, "\xff\xd9", 2) != NULL;
}

static GPtrArray *
make_test_modes (YzVideoCamera *self)
{
  static const int SIZES[][2] = { { 640, 480 }, { 1280, 960 }, { 2592, 1944 } };
  const char *format = g_str_equal (self->device, "test-raw") ? "YUY2" : "image/jpeg";
  GPtrArray *modes = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_video_mode_free);

  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++)
    g_ptr_array_add (modes, yz_video_mode_new (format, SIZES[i][0], SIZES[i][1], 30));
  return modes;
}

/* Opens the device just to ask what it can. */
static GPtrArray *
probe_modes (YzVideoCamera *self, GError **error)
{
  g_autoptr (GstElement) source = gst_element_factory_make ("v4l2src", NULL);
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstCaps) caps = NULL;
  GPtrArray *modes = NULL;

  if (source == NULL) {
    fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED,
          _ ("A part of GStreamer is missing that this camera needs."));
    return NULL;
  }
  gst_object_ref_sink (source);
  g_object_set (source, "device", self->device, NULL);
  gst_element_set_bus (source, bus);
  self->bus = gst_object_ref (bus);
  if (gst_element_set_state (source, GST_STATE_READY) == GST_STATE_CHANGE_FAILURE) {
    if (check_bus (self, error))
      fail (error, YZ_CAPTURE_ERROR_LOST, _ ("The camera is gone; plug it in again."));
  } else {
    pad = gst_element_get_static_pad (source, "src");
    caps = gst_pad_query_caps (pad, NULL);
    modes = yz_video_modes_from_caps (caps);
  }
  gst_element_set_state (source, GST_STATE_NULL);
  gst_element_set_bus (source, NULL);
  gst_clear_object (&self->bus);
  return modes;
}

static YzCameraInfo *
describe (YzVideoCamera *self)
{
  g_autofree char *address = g_strconcat ("video:", self->device, NULL);

  if (is_test (self))
    return yz_camera_info_new (address, "Test picture", address, "video", YZ_CAMERA_ROLE_MAIN,
                               YZ_CAMERA_CAN_PREVIEW | YZ_CAMERA_CAN_MODES);
  return yz_video_devices_describe (self->device);
}

static gboolean
load_modes (YzVideoCamera *self, GError **error)
{
  g_clear_pointer (&self->modes, g_ptr_array_unref);
  self->modes = is_test (self) ? make_test_modes (self) : probe_modes (self, error);
  if (self->modes == NULL)
    return FALSE;
  self->still = yz_video_modes_choose_still (self->modes);
  self->preview = yz_video_modes_choose_preview (self->modes, FALSE);
  return self->still != NULL ||
         fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED,
               _ ("The camera gives neither JPEG nor raw pictures that can be read."));
}

static void
find_button (YzVideoCamera *self)
{
  const gint64 now = g_get_monotonic_time ();

  if (self->button != NULL || self->button_looks == 0 ||
      (self->button_looked != 0 && now < self->button_looked + BUTTON_INTERVAL))
    return;
  self->button_looks--;
  self->button_looked = now;
  self->button = yz_video_button_new (self->device);
}

static YzCameraInfo *
yz_video_camera_open (YzCamera *camera, GCancellable *cancellable, GError **error)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);
  g_autoptr (YzCameraInfo) info = NULL;

  if (!is_test (self) && access (self->device, F_OK) != 0) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                 _ ("There is no camera at “%s”."), self->device);
    return NULL;
  }
  info = describe (self);
  if (info == NULL) {
    g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
                 _ ("“%s” gives no pictures, or you may not use it."), self->device);
    return NULL;
  }
  if (!load_modes (self, error))
    return NULL;
  g_free (self->model);
  self->model = g_strdup (info->model);
  self->button_looks = is_test (self) ? 0 : BUTTON_LOOKS;
  self->button_looked = 0;
  find_button (self);
  return g_steal_pointer (&info);
}

static void
yz_video_camera_close (YzCamera *camera)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);

  stop (self);
  g_clear_pointer (&self->button, yz_video_button_free);
}

static GStrv
yz_video_camera_list_modes (YzCamera *camera, GError **error)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->modes->len; i++)
    g_ptr_array_add (names, g_strdup (((YzVideoMode *) self->modes->pdata[i])->name));
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (names, FALSE);
}

static gboolean
yz_video_camera_set_mode (YzCamera *camera, const char *name, GError **error)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);
  const YzVideoMode *mode = yz_video_modes_find (self->modes, name);

  if (mode == NULL)
    return fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED, _ ("The camera does not have this mode."));
  self->still = mode;
  return TRUE;
}

static char *
yz_video_camera_get_mode (YzCamera *camera)
{
  return g_strdup (YZ_VIDEO_CAMERA (camera)->still->name);
}

static GPtrArray *
yz_video_camera_list_controls (YzCamera *camera, GError **error)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);
  GPtrArray *controls = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_control_free);

  if (is_test (self) || yz_video_controls_list (self->device, controls))
    return controls;
  g_ptr_array_unref (controls);
  fail (error, YZ_CAPTURE_ERROR_LOST, _ ("The camera is gone; plug it in again."));
  return NULL;
}

static gboolean
yz_video_camera_set_control (YzCamera *camera, const char *name, const char *value, GError **error)
{
  int answer = yz_video_controls_set (YZ_VIDEO_CAMERA (camera)->device, name, value);

  if (answer == 0)
    return TRUE;
  if (answer == EBUSY || answer == EACCES)
    return fail (error, YZ_CAPTURE_ERROR_BUSY,
                 _ ("The camera does not take this setting now; an automatic one may rule it."));
  if (answer == EINVAL || answer == ERANGE)
    return fail (error, YZ_CAPTURE_ERROR_UNSUPPORTED, _ ("This camera cannot do that."));
  return fail (error, YZ_CAPTURE_ERROR_LOST, _ ("The camera is gone; plug it in again."));
}

static gboolean
yz_video_camera_start_preview (YzCamera *camera, GError **error)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);

  return start (self, self->preview, PREVIEW_QUALITY, error);
}

static void
yz_video_camera_stop_preview (YzCamera *camera)
{
  stop (YZ_VIDEO_CAMERA (camera));
}

static YzFrame *
make_frame (YzVideoCamera *self, GBytes *bytes)
{
  return yz_frame_new (bytes, "image/jpeg", NULL, self->model, g_get_real_time ());
}

static YzFrame *
yz_video_camera_grab_preview (YzCamera *camera, GError **error)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);
  g_autoptr (GError) inner = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (self->pipeline == NULL && !start (self, self->preview, PREVIEW_QUALITY, error))
    return NULL;
  bytes = pull (self, &inner);
  if (inner != NULL) {
    g_propagate_error (error, g_steal_pointer (&inner));
    return NULL;
  }
  if (bytes != NULL)
    return is_whole (bytes) ? make_frame (self, bytes) : NULL;
  if (self->frames == 0 && yz_video_mode_is_jpeg (self->preview) &&
      g_get_monotonic_time () > self->started + PREVIEW_PATIENCE) {
    self->preview = yz_video_modes_choose_preview (self->modes, TRUE);
    start (self, self->preview, PREVIEW_QUALITY, error);
  }
  return NULL;
}

static gboolean
may_go_on (gint64 deadline, GCancellable *cancellable, guint bad, GError **error)
{
  if (g_cancellable_is_cancelled (cancellable))
    return fail (error, YZ_CAPTURE_ERROR_CANCELLED, _ ("The capture was cancelled."));
  if (g_get_monotonic_time () >= deadline)
    return fail (error, YZ_CAPTURE_ERROR_TIMEOUT,
                 _ ("The camera did not answer in time; try again."));
  return bad <= BAD_FRAMES_MAX ||
         fail (error, YZ_CAPTURE_ERROR_PROTOCOL,
               _ ("The camera gives broken pictures only; check its cable."));
}

/* The first whole frame after those in which the device still settles. */
static GBytes *
pull_still (YzVideoCamera *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  guint wanted = MAX (WARM_UP, self->frames + 1);
  guint bad = 0;

  while (may_go_on (deadline, cancellable, bad, error)) {
    g_autoptr (GError) inner = NULL;
    g_autoptr (GBytes) bytes = pull (self, &inner);

    if (inner != NULL) {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }
    if (bytes == NULL || self->frames <= wanted)
      continue;
    if (is_whole (bytes))
      return g_steal_pointer (&bytes);
    bad++;
  }
  return NULL;
}

static GPtrArray *
yz_video_camera_capture (YzCamera *camera,
                         gint64 deadline,
                         GCancellable *cancellable,
                         GError **error)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YzFrame) frame = NULL;
  GPtrArray *shots = NULL;

  /* A live picture that the device compressed itself in the same mode is already the original. */
  if ((self->running != self->still || !yz_video_mode_is_jpeg (self->still)) &&
      !start (self, self->still, STILL_QUALITY, error))
    return NULL;
  bytes = pull_still (self, deadline, cancellable, error);
  if (self->still != self->preview || !yz_camera_is_previewing (camera))
    stop (self); /* the next grab starts the live picture again */
  if (bytes == NULL)
    return NULL;
  frame = make_frame (self, bytes);
  shots = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_shot_free);
  g_ptr_array_add (shots, yz_shot_new (frame, NULL));
  return shots;
}

static gboolean
yz_video_camera_wait_event (
    YzCamera *camera, int timeout_ms, YzCameraEvent *out_event, YzShot **out_shot, GError **error)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);
  g_autoptr (GPtrArray) shots = NULL;

  if (!is_test (self) && access (self->device, F_OK) != 0)
    return fail (error, YZ_CAPTURE_ERROR_LOST, _ ("The camera is gone; plug it in again."));
  find_button (self);
  if (self->button == NULL || !yz_video_button_was_pressed (self->button))
    return TRUE;
  shots = yz_video_camera_capture (camera, g_get_monotonic_time () + BUTTON_PATIENCE, NULL, error);
  if (shots == NULL)
    return FALSE;
  *out_event = YZ_CAMERA_EVENT_PAGE;
  *out_shot = g_ptr_array_steal_index (shots, 0);
  return TRUE;
}

static gboolean
yz_video_camera_has_news (YzCamera *camera)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (camera);

  return self->button != NULL && yz_video_button_has_news (self->button);
}

static void
yz_video_camera_finalize (GObject *object)
{
  YzVideoCamera *self = YZ_VIDEO_CAMERA (object);

  stop (self);
  g_clear_pointer (&self->button, yz_video_button_free);
  g_clear_pointer (&self->modes, g_ptr_array_unref);
  g_free (self->device);
  g_free (self->model);
  G_OBJECT_CLASS (yz_video_camera_parent_class)->finalize (object);
}

static void
yz_video_camera_class_init (YzVideoCameraClass *class)
{
  YzCameraClass *camera = YZ_CAMERA_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = yz_video_camera_finalize;
  camera->open = yz_video_camera_open;
  camera->close = yz_video_camera_close;
  camera->list_modes = yz_video_camera_list_modes;
  camera->set_mode = yz_video_camera_set_mode;
  camera->get_mode = yz_video_camera_get_mode;
  camera->list_controls = yz_video_camera_list_controls;
  camera->set_control = yz_video_camera_set_control;
  camera->start_preview = yz_video_camera_start_preview;
  camera->stop_preview = yz_video_camera_stop_preview;
  camera->grab_preview = yz_video_camera_grab_preview;
  camera->capture = yz_video_camera_capture;
  camera->wait_event = yz_video_camera_wait_event;
  camera->has_news = yz_video_camera_has_news;
  gst_init (NULL, NULL);
}

static void
yz_video_camera_init (YzVideoCamera *self)
{
}

YzCamera *
yz_video_camera_new (const char *device)
{
  YzVideoCamera *self = g_object_new (YZ_TYPE_VIDEO_CAMERA, NULL);

  self->device = g_strdup (device);
  /* It goes into a pipeline's text. */
  g_strcanon (self->device, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "/_-.:", '_');
  return YZ_CAMERA (self);
}
