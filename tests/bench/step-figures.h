/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * yz_step_figures_print:
 * @error: a step failed, or the vault could not be written
 *
 * Renders an 8 megapixel photograph and measures goals 5 to 8 on it beside one libjpeg-turbo decode
 * of the same file: the way from file to page, angles of text, bitonal pages, keeping the original.
 */
gboolean yz_step_figures_print (GError **error);

G_END_DECLS
