/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * yz_picture_files_choose:
 * @chosen: called for each file in turn; @data is a GObject, kept until the choice is made
 *
 * Asks for JPEG and PNG files. Whose papers were opened does not enter the list of recent files.
 */
void yz_picture_files_choose (GtkWindow *parent,
                              void (*chosen) (GFile *file, gpointer data),
                              gpointer data);

G_END_DECLS
