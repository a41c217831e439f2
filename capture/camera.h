/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-info.h"
#include "capture/frame.h"

G_BEGIN_DECLS

/*
 * A picture as the driver hands it over: the frame, and the key under which the device still holds
 * its own copy (NULL when it holds none).
 */
typedef struct {
  YzFrame *frame;
  char *key;
} YzShot;

YzShot *yz_shot_new (YzFrame *frame, const char *key); /* takes a reference of its own */
void yz_shot_free (YzShot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzShot, yz_shot_free)

/* A setting of the device: exposure, white balance, resolution … */
typedef enum {
  YZ_CONTROL_RANGE, /* a number from minimum to maximum */
  YZ_CONTROL_ENUM,  /* one of the choices */
  YZ_CONTROL_BOOL,  /* "true" or "false" */
  YZ_CONTROL_STRING,
} YzControlKind;

typedef struct {
  char *name;  /* for programs, stable */
  char *label; /* as the device words it */
  char *value;
  YzControlKind kind;
  gboolean writable;
  char **choices; /* ENUM only */
  double minimum, maximum, step;
} YzControl;

YzControl *
yz_control_new (YzControlKind kind, const char *name, const char *label, const char *value);
void yz_control_free (YzControl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzControl, yz_control_free)

/* What a camera tells by itself. */
typedef enum {
  YZ_CAMERA_EVENT_NONE,
  YZ_CAMERA_EVENT_PAGE, /* a picture from the device's own button: in @shot */
  YZ_CAMERA_EVENT_CONTROL_CHANGED,
} YzCameraEvent;

/*
 * A camera: the abstract trait that every driver fills in. All calls block, belong to one thread,
 * and are made in the helper process only; the desk talks to YzCameraHost instead. This base
 * refuses for all drivers what cannot be: a call while another runs (BUSY), a call before opening
 * (LOST), a thing the device does not do (UNSUPPORTED), a setting outside its bounds (UNSUPPORTED).
 * After LOST, TIMEOUT or PROTOCOL the session is out of step: close the camera and open it again.
 */
#define YZ_TYPE_CAMERA (yz_camera_get_type ())
G_DECLARE_DERIVABLE_TYPE (YzCamera, yz_camera, YZ, CAMERA, GObject)

/**
 * YzCameraClass:
 * @open: connects and gives the description; every step bounded by the driver's own deadline
 * @close: leaves live view and disconnects; never fails, bounded too
 * @list_modes: (nullable): names of the resolutions and formats
 * @set_mode: (nullable): one of these names
 * @get_mode: (nullable): the name of the one in use
 * @start_preview: (nullable)
 * @stop_preview: (nullable)
 * @grab_preview: the newest live frame; NULL without an error when none came within some 50 ms
 * @capture: takes one picture, or from a feeder at least one; never later than @deadline (monotonic
 *   microseconds). (element-type YzShot)
 * @release: (nullable): deletes the device's copy
 * @list_controls: (nullable): (element-type YzControl)
 * @set_control: (nullable): the value is known to fit the control
 * @wait_event: (nullable): what happens within @timeout_ms, which is at most 50; returning early is
 *   allowed
 * @has_news: (nullable): whether an event waits already; asked often, so it costs next to nothing
 * @get_resume: (nullable): where a successor should go on, after this process was ended
 * @set_resume: (nullable): before opening
 */
struct _YzCameraClass {
  GObjectClass parent_class;

  YzCameraInfo *(*open) (YzCamera *self, GCancellable *cancellable, GError **error);
  void (*close) (YzCamera *self);
  GStrv (*list_modes) (YzCamera *self, GError **error);
  gboolean (*set_mode) (YzCamera *self, const char *mode, GError **error);
  char *(*get_mode) (YzCamera *self);
  gboolean (*start_preview) (YzCamera *self, GError **error);
  void (*stop_preview) (YzCamera *self);
  YzFrame *(*grab_preview) (YzCamera *self, GError **error);
  GPtrArray *(*capture) (YzCamera *self,
                         gint64 deadline,
                         GCancellable *cancellable,
                         GError **error);
  gboolean (*release) (YzCamera *self, const char *key, GError **error);
  GPtrArray *(*list_controls) (YzCamera *self, GError **error);
  gboolean (*set_control) (YzCamera *self, const char *name, const char *value, GError **error);
  gboolean (*wait_event) (
      YzCamera *self, int timeout_ms, YzCameraEvent *out_event, YzShot **out_shot, GError **error);
  gboolean (*has_news) (YzCamera *self);
  char *(*get_resume) (YzCamera *self);
  void (*set_resume) (YzCamera *self, const char *resume);
};

gboolean yz_camera_open (YzCamera *self, GCancellable *cancellable, GError **error);
void yz_camera_close (YzCamera *self); /* idempotent */
gboolean yz_camera_is_open (YzCamera *self);
/* The session is out of step or gone: only closing helps. */
gboolean yz_camera_is_broken (YzCamera *self);
const YzCameraInfo *yz_camera_get_info (YzCamera *self); /* (nullable) until open */

/* (transfer full) names for yz_camera_set_mode(); empty when there is only one mode */
GStrv yz_camera_list_modes (YzCamera *self, GError **error);
gboolean yz_camera_set_mode (YzCamera *self, const char *mode, GError **error);
char *yz_camera_get_mode (YzCamera *self); /* (transfer full) (nullable) where the driver knows */

gboolean yz_camera_start_preview (YzCamera *self, GError **error); /* idempotent */
void yz_camera_stop_preview (YzCamera *self);                      /* idempotent */
gboolean yz_camera_is_previewing (YzCamera *self);
/* (transfer full) (nullable) NULL without an error: none yet */
YzFrame *yz_camera_grab_preview (YzCamera *self, GError **error);

/**
 * yz_camera_capture:
 * @deadline: monotonic microseconds
 * @cancellable: (nullable)
 * @error: a YZ_CAPTURE_ERROR
 *
 * Returns: (transfer full) (element-type YzShot): one shot or more
 */
GPtrArray *
yz_camera_capture (YzCamera *self, gint64 deadline, GCancellable *cancellable, GError **error);
/* Our copy is durable: the device may delete the one it holds under @key. */
gboolean yz_camera_release (YzCamera *self, const char *key, GError **error);

GPtrArray *yz_camera_list_controls (YzCamera *self, GError **error); /* (element-type YzControl) */
char *yz_camera_get_control (YzCamera *self, const char *name, GError **error);
gboolean
yz_camera_set_control (YzCamera *self, const char *name, const char *value, GError **error);

/* FALSE: the camera is gone. *out_shot only with PAGE. Returns within about @timeout_ms (at most
 * 50). */
gboolean yz_camera_wait_event (
    YzCamera *self, int timeout_ms, YzCameraEvent *out_event, YzShot **out_shot, GError **error);

/* Whether yz_camera_wait_event() has something to tell already, as far as the driver knows. */
gboolean yz_camera_has_news (YzCamera *self);

/* A helper may be killed: what it hands back here lets the next one go on at the same place. */
char *yz_camera_get_resume (YzCamera *self); /* (nullable) */
void yz_camera_set_resume (YzCamera *self, const char *resume);

/* For drivers: a wait that ends early with the cancellable. FALSE: cancelled, or @deadline passed
 * before the wait was over. */
gboolean
yz_camera_pause (guint milliseconds, gint64 deadline, GCancellable *cancellable, GError **error);
/* For drivers: the type by the first bytes, for devices tell it wrongly; NULL for no picture we
 * read. */
const char *yz_camera_guess_media_type (const guint8 *data, gsize length);

/* The largest original that is taken over, in bytes; a device that promises more is not believed.
 */
#define YZ_CAMERA_ORIGINAL_MAX (256 * 1024 * 1024)
/* A preview frame above this is dropped. */
#define YZ_CAMERA_PREVIEW_MAX (8 * 1024 * 1024)

G_END_DECLS
