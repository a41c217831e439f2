/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "capture/capture-error.h"

G_DEFINE_QUARK (yz_capture_error, yz_capture_error)
