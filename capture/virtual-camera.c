/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/virtual-camera.h"

#include "capture/capture-error.h"
#include "capture/codec-jpeg.h"
#include "capture/virtual-script.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* A page that lies still is no video: five times a second is plenty. */
#define RATE 5
#define RATE_MAX 25
#define PREVIEW_QUALITY 80
#define DEVICE N_ ("Scripted camera")

struct _YzVirtualCamera {
  YzCamera parent_instance;

  char *path;
  GPtrArray *steps; /* of YzVirtualStep */
  guint position;   /* the step that comes next */
  guint delay_ms;   /* collected by "wait" for what comes next */
  const char *mat;  /* (nullable) in @steps */
  gint64 last_preview;
  guint rate;    /* live pictures a second */
  guint longest; /* side of the live picture */
  char *shown;   /* the file that @picture was read from */
  GBytes *picture;
  GBytes *small; /* (nullable) the same for the live picture, made when first looked at */
};

G_DEFINE_TYPE (YzVirtualCamera, yz_virtual_camera, YZ_TYPE_CAMERA)

static const YzVirtualStep *
get_step (YzVirtualCamera *self)
{
  return self->position < self->steps->len ? self->steps->pdata[self->position] : NULL;
}

/* Plays the steps that need no shot; gives the one that waits for a shot, or NULL at the end. */
static const YzVirtualStep *
play (YzVirtualCamera *self)
{
  const YzVirtualStep *step = NULL;

  while ((step = get_step (self)) != NULL) {
    if (step->verb == YZ_VIRTUAL_MAT)
      self->mat = step->file;
    else if (step->verb == YZ_VIRTUAL_WAIT)
      self->delay_ms += step->milliseconds;
    else if (step->verb != YZ_VIRTUAL_AGAIN && step->verb != YZ_VIRTUAL_PLUG)
      return step;
    self->position = step->verb == YZ_VIRTUAL_AGAIN ? 0 : self->position + 1;
  }
  return NULL;
}

static gboolean
fail (GError **error, YzCaptureError code)
{
  static const char *const SENTENCES[] = {
    [YZ_CAPTURE_ERROR_BUSY] = N_ ("The camera is doing something else; try again in a moment."),
    [YZ_CAPTURE_ERROR_CLAIMED] = N_ ("Another program holds the camera; close it there."),
    [YZ_CAPTURE_ERROR_LOST] = N_ ("The camera is gone; plug it in again."),
    [YZ_CAPTURE_ERROR_TIMEOUT] = N_ ("The camera did not answer in time; try again."),
    [YZ_CAPTURE_ERROR_NO_PAPER] = N_ ("There is no more paper."),
    [YZ_CAPTURE_ERROR_JAM] = N_ ("Paper is stuck."),
    [YZ_CAPTURE_ERROR_UNSUPPORTED] = N_ ("This camera cannot do that."),
    [YZ_CAPTURE_ERROR_PROTOCOL] = N_ ("The camera answered nonsense; try again."),
  };
  const char *sentence = code < G_N_ELEMENTS (SENTENCES) ? SENTENCES[code] : NULL;

  g_set_error_literal (error, YZ_CAPTURE_ERROR, (int) code,
                       sentence != NULL ? _ (sentence) : DEVICE);
  return FALSE;
}

static YzFrame *
read_picture (YzVirtualCamera *self, const char *file, GError **error)
{
  g_autofree char *name = g_path_get_basename (file);
  const char *media_type = NULL;
  char *data = NULL;
  gsize length = 0;

  if (g_strcmp0 (file, self->shown) != 0) {
    g_clear_pointer (&self->picture, g_bytes_unref);
    g_clear_pointer (&self->small, g_bytes_unref);
    g_clear_pointer (&self->shown, g_free);
    if (!g_file_get_contents (file, &data, &length, NULL)) {
      g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_NOT_FOUND,
                   _ ("The picture “%s” cannot be read."), file);
      return NULL;
    }
    self->picture = g_bytes_new_take (data, length);
    self->shown = g_strdup (file);
  }
  data = (char *) g_bytes_get_data (self->picture, &length);
  media_type = yz_camera_guess_media_type ((const guint8 *) data, length);
  if (media_type != NULL)
    return yz_frame_new (self->picture, media_type, name, DEVICE, g_get_real_time ());
  g_set_error (error, YZ_CAPTURE_ERROR, YZ_CAPTURE_ERROR_UNSUPPORTED,
               _ ("“%s” is neither a JPEG nor a PNG picture."), file);
  return NULL;
}

/* As large as a live picture is on real cameras; what cannot be read is shown as it is. */
static GBytes *
shrink (GBytes *picture, guint longest)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (picture, &length);
  YzPictureHeader header;
  g_autoptr (YzBitmap) large = yz_codec_decode (data, length, longest, &header, NULL);
  g_autoptr (YzBitmap) small = large != NULL ? yz_bitmap_shrink (large, longest) : NULL;
  g_autoptr (YzBitmap) upright = small != NULL ? yz_bitmap_turn (small, header.quarters) : NULL;
  GBytes *jpeg = upright != NULL ? yz_jpeg_encode (upright, PREVIEW_QUALITY, NULL) : NULL;

  return jpeg != NULL ? jpeg : g_bytes_ref (picture);
}

static YzFrame *
read_preview (YzVirtualCamera *self, const char *file, GError **error)
{
  g_autoptr (YzFrame) frame = read_picture (self, file, error);
  gsize length = 0;
  const guint8 *data = NULL;

  if (frame == NULL)
    return NULL;
  if (self->small == NULL)
    self->small = shrink (frame->bytes, self->longest);
  data = g_bytes_get_data (self->small, &length);
  return yz_frame_new (self->small, yz_camera_guess_media_type (data, length), frame->name, DEVICE,
                       frame->shot_at);
}

/* "unplug" lets one opening fail; a "wait" before "plug" is how long the next one takes. */
static gboolean
wait_for_plug (YzVirtualCamera *self, GCancellable *cancellable, GError **error)
{
  const YzVirtualStep *step = get_step (self);
  guint delay = 0;

  if (step != NULL && step->verb == YZ_VIRTUAL_UNPLUG) {
    self->position++;
    return fail (error, YZ_CAPTURE_ERROR_LOST);
  }
  if (self->position == 0 ||
      ((YzVirtualStep *) self->steps->pdata[self->position - 1])->verb != YZ_VIRTUAL_UNPLUG)
    return TRUE;
  for (guint i = self->position; i < self->steps->len; i++) {
    step = self->steps->pdata[i];
    if (step->verb == YZ_VIRTUAL_WAIT)
      delay += step->milliseconds;
    if (step->verb != YZ_VIRTUAL_PLUG)
      continue;
    if (!yz_camera_pause (delay, G_MAXINT64, cancellable, error))
      return FALSE;
    self->position = i + 1;
    return TRUE;
  }
  return fail (error, YZ_CAPTURE_ERROR_LOST);
}

static YzCameraInfo *
yz_virtual_camera_open (YzCamera *camera, GCancellable *cancellable, GError **error)
{
  YzVirtualCamera *self = YZ_VIRTUAL_CAMERA (camera);
  g_autofree char *address = g_strconcat ("virtual:", self->path, NULL);

  if (self->steps == NULL)
    self->steps = yz_virtual_script_load (self->path, error);
  if (self->steps == NULL || !wait_for_plug (self, cancellable, error))
    return NULL;
  play (self);
  return yz_camera_info_new (address, DEVICE, address, "virtual", YZ_CAMERA_ROLE_MAIN,
                             YZ_CAMERA_CAN_PREVIEW | YZ_CAMERA_CAN_CONTROLS);
}

static void
yz_virtual_camera_close (YzCamera *camera)
{
}

static YzFrame *
yz_virtual_camera_grab_preview (YzCamera *camera, GError **error)
{
  YzVirtualCamera *self = YZ_VIRTUAL_CAMERA (camera);
  const YzVirtualStep *step = play (self);
  const char *file = step != NULL && step->verb == YZ_VIRTUAL_SHOW ? step->file : self->mat;
  gint64 now = g_get_monotonic_time ();

  if (step != NULL && step->verb == YZ_VIRTUAL_UNPLUG) {
    fail (error, YZ_CAPTURE_ERROR_LOST);
    return NULL;
  }
  if (file == NULL || now < self->last_preview + G_TIME_SPAN_SECOND / self->rate) {
    yz_camera_pause (20, G_MAXINT64, NULL, NULL);
    return NULL;
  }
  self->last_preview = now;
  return read_preview (self, file, error);
}

static gboolean
shoot_step (YzVirtualCamera *self, const YzVirtualStep *step, GError **error)
{
  switch (step->verb) {
  case YZ_VIRTUAL_FAIL:
    return fail (error, step->error);
  case YZ_VIRTUAL_HANG:
    for (;;)
      g_usleep (G_USEC_PER_SEC);
  case YZ_VIRTUAL_DIE:
    _Exit (70);
  case YZ_VIRTUAL_UNPLUG:
    self->position--; /* taken by the next opening */
    return fail (error, YZ_CAPTURE_ERROR_LOST);
  case YZ_VIRTUAL_SHOW:
  case YZ_VIRTUAL_MAT:
  case YZ_VIRTUAL_WAIT:
  case YZ_VIRTUAL_PLUG:
  case YZ_VIRTUAL_AGAIN:
  default:
    return TRUE;
  }
}

static GPtrArray *
yz_virtual_camera_capture (YzCamera *camera,
                           gint64 deadline,
                           GCancellable *cancellable,
                           GError **error)
{
  YzVirtualCamera *self = YZ_VIRTUAL_CAMERA (camera);
  const YzVirtualStep *step = play (self);
  guint delay = self->delay_ms;
  g_autoptr (YzFrame) frame = NULL;
  GPtrArray *shots = NULL;

  if (!yz_camera_pause (delay, deadline, cancellable, error))
    return NULL;
  self->delay_ms = 0;
  if (step == NULL) {
    fail (error, YZ_CAPTURE_ERROR_NO_PAPER);
    return NULL;
  }
  self->position++;
  if (!shoot_step (self, step, error) || (frame = read_picture (self, step->file, error)) == NULL)
    return NULL;
  shots = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_shot_free);
  g_ptr_array_add (shots, yz_shot_new (frame, NULL));
  play (self);
  return shots;
}

static gboolean
yz_virtual_camera_wait_event (
    YzCamera *camera, int timeout_ms, YzCameraEvent *out_event, YzShot **out_shot, GError **error)
{
  const YzVirtualStep *step = play (YZ_VIRTUAL_CAMERA (camera));

  if (step != NULL && step->verb == YZ_VIRTUAL_UNPLUG)
    return fail (error, YZ_CAPTURE_ERROR_LOST);
  return TRUE;
}

static const char *const SIZES[] = { "640", "1280", "1920", NULL };

static GPtrArray *
yz_virtual_camera_list_controls (YzCamera *camera, GError **error)
{
  YzVirtualCamera *self = YZ_VIRTUAL_CAMERA (camera);
  GPtrArray *controls = g_ptr_array_new_with_free_func ((GDestroyNotify) yz_control_free);
  g_autofree char *rate = g_strdup_printf ("%u", self->rate);
  g_autofree char *longest = g_strdup_printf ("%u", self->longest);
  YzControl *range =
      yz_control_new (YZ_CONTROL_RANGE, "live_rate", _ ("Live pictures a second"), rate);
  YzControl *size =
      yz_control_new (YZ_CONTROL_ENUM, "live_size", _ ("Longer side of the live picture"), longest);

  range->minimum = 1;
  range->maximum = RATE_MAX;
  range->step = 1;
  size->choices = g_strdupv ((char **) SIZES);
  g_ptr_array_add (controls, range);
  g_ptr_array_add (controls, size);
  return controls;
}

static gboolean
yz_virtual_camera_set_control (YzCamera *camera,
                               const char *name,
                               const char *value,
                               GError **error)
{
  YzVirtualCamera *self = YZ_VIRTUAL_CAMERA (camera);
  guint number = (guint) g_ascii_strtod (value, NULL);

  if (g_str_equal (name, "live_rate")) {
    self->rate = number;
    return TRUE;
  }
  self->longest = number;
  g_clear_pointer (&self->small, g_bytes_unref);
  return TRUE;
}

static gboolean
is_fatal (const YzVirtualStep *step)
{
  return step->verb == YZ_VIRTUAL_HANG || step->verb == YZ_VIRTUAL_DIE;
}

/* The place in the script; a successor does not die of the same step once more. */
static char *
yz_virtual_camera_get_resume (YzCamera *camera)
{
  YzVirtualCamera *self = YZ_VIRTUAL_CAMERA (camera);
  guint position = self->position;

  while (self->steps != NULL && position < self->steps->len &&
         is_fatal (self->steps->pdata[position]))
    position++;
  return g_strdup_printf ("%u", position);
}

static void
yz_virtual_camera_set_resume (YzCamera *camera, const char *resume)
{
  YzVirtualCamera *self = YZ_VIRTUAL_CAMERA (camera);
  guint64 position = 0;

  self->steps = self->steps != NULL ? self->steps : yz_virtual_script_load (self->path, NULL);
  if (self->steps == NULL ||
      !g_ascii_string_to_unsigned (resume, 10, 0, self->steps->len, &position, NULL))
    return;
  self->position = (guint) position;
  for (guint i = 0; i < self->position; i++)
    if (((YzVirtualStep *) self->steps->pdata[i])->verb == YZ_VIRTUAL_MAT)
      self->mat = ((YzVirtualStep *) self->steps->pdata[i])->file;
}

static void
yz_virtual_camera_finalize (GObject *object)
{
  YzVirtualCamera *self = YZ_VIRTUAL_CAMERA (object);

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_pointer (&self->small, g_bytes_unref);
  g_free (self->shown);
  g_free (self->path);
  G_OBJECT_CLASS (yz_virtual_camera_parent_class)->finalize (object);
}

static void
yz_virtual_camera_class_init (YzVirtualCameraClass *class)
{
  YzCameraClass *camera = YZ_CAMERA_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = yz_virtual_camera_finalize;
  camera->open = yz_virtual_camera_open;
  camera->close = yz_virtual_camera_close;
  camera->grab_preview = yz_virtual_camera_grab_preview;
  camera->capture = yz_virtual_camera_capture;
  camera->list_controls = yz_virtual_camera_list_controls;
  camera->set_control = yz_virtual_camera_set_control;
  camera->wait_event = yz_virtual_camera_wait_event;
  camera->get_resume = yz_virtual_camera_get_resume;
  camera->set_resume = yz_virtual_camera_set_resume;
}

static void
yz_virtual_camera_init (YzVirtualCamera *self)
{
  self->rate = RATE;
  self->longest = 1280;
}

/**
 * yz_virtual_camera_new:
 * @path: a script, or a folder of pictures
 *
 * Returns: (transfer full): the camera, not open
 */
YzCamera *
yz_virtual_camera_new (const char *path)
{
  YzVirtualCamera *self = g_object_new (YZ_TYPE_VIRTUAL_CAMERA, NULL);

  self->path = g_canonicalize_filename (path, NULL);
  return YZ_CAMERA (self);
}
