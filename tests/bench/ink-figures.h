/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/bitmap.h"

G_BEGIN_DECLS

/**
 * yz_ink_figures_print:
 *
 * Prints how many letters of rendered Chinese pages are read wrongly once they are black and white,
 * for each of several lights; FALSE when no reader is installed.
 */
gboolean yz_ink_figures_print (GError **error);

G_END_DECLS
