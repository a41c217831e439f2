/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera-host.h"
#include "capture/camera-keys.h"
#include "capture/camera-link.h"
#include "capture/camera-live.h"
#include "capture/camera-questions.h"
#include "capture/camera-shots.h"

G_BEGIN_DECLS

/* What the files of the host share: camera-host.c minds the helper, camera-settings.c asks it. */
struct _YzCameraHost {
  GObject parent_instance;

  char *address;
  GMainContext *context;
  YzCameraState state;
  GError *error;
  YzCameraInfo *info; /* (nullable) */
  char *resume;       /* where the next helper goes on */

  gboolean wants_open;
  YzCameraLink *link; /* one at a time: until the old one has ended the device is not free */
  gboolean link_gone;
  guint32 opening; /* generation of "open", 0 none */
  GSource *restart;
  guint backoff_ms, failures;
  gint64 opened_at; /* monotonic */

  gboolean wants_preview;
  gboolean cannot_preview;
  guint32 preview_generation;
  YzCameraLive *live;

  YzCameraShots *shots;
  GQueue *extras; /* of YzFrame: a feeder gave more than one */
  GQueue *pages;  /* of YzFrame: from the device's button */
  YzCameraKeys *keys;
  YzCameraQuestions *questions;
};

G_END_DECLS
