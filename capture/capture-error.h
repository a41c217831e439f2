/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YzCaptureError:
 * @YZ_CAPTURE_ERROR_BUSY: the camera is doing something else; try again in a moment
 * @YZ_CAPTURE_ERROR_CLAIMED: another program holds the camera; close it there
 * @YZ_CAPTURE_ERROR_LOST: the camera is gone; plug it in again, nothing captured was lost
 * @YZ_CAPTURE_ERROR_TIMEOUT: the camera did not answer in time; try again
 * @YZ_CAPTURE_ERROR_NO_PAPER: the feeder is empty
 * @YZ_CAPTURE_ERROR_JAM: paper is stuck
 * @YZ_CAPTURE_ERROR_CANCELLED: the caller gave up
 * @YZ_CAPTURE_ERROR_UNSUPPORTED: this device cannot do that, or this is not a picture we read
 * @YZ_CAPTURE_ERROR_PROTOCOL: the device or helper answered nonsense; it was restarted, try again
 * @YZ_CAPTURE_ERROR_NOT_FOUND: no camera has this address
 * @YZ_CAPTURE_ERROR_HOSTILE: the picture is damaged or too large to be one; take it again
 */
typedef enum {
  YZ_CAPTURE_ERROR_BUSY,
  YZ_CAPTURE_ERROR_CLAIMED,
  YZ_CAPTURE_ERROR_LOST,
  YZ_CAPTURE_ERROR_TIMEOUT,
  YZ_CAPTURE_ERROR_NO_PAPER,
  YZ_CAPTURE_ERROR_JAM,
  YZ_CAPTURE_ERROR_CANCELLED,
  YZ_CAPTURE_ERROR_UNSUPPORTED,
  YZ_CAPTURE_ERROR_PROTOCOL,
  YZ_CAPTURE_ERROR_NOT_FOUND,
  YZ_CAPTURE_ERROR_HOSTILE,
} YzCaptureError;

#define YZ_CAPTURE_ERROR (yz_capture_error_quark ())
GQuark yz_capture_error_quark (void);

G_END_DECLS
