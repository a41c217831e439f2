/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"

#include <sane/sane.h>

G_BEGIN_DECLS

/* The settings of a scanner: what SANE calls options, as controls. */

void yz_scanner_options_list (SANE_Handle handle, GPtrArray *controls); /* adds YzControl */
SANE_Status yz_scanner_options_set (SANE_Handle handle, const char *name, const char *value);
/* (transfer full) (nullable) NULL when the scanner has no such setting */
char *yz_scanner_options_get (SANE_Handle handle, const char *name);

G_END_DECLS
