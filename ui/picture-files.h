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
 * @folder: asks for whole folders instead
 * @chosen: called once with all files (element-type GFile), with none when nothing was chosen;
 *   @data is a GObject, kept until the choice is made
 *
 * Asks for JPEG, PNG and PDF files. Whose papers were opened does not enter the list of recent
 * files.
 */
void yz_picture_files_choose (GtkWindow *parent,
                              gboolean folder,
                              void (*chosen) (GPtrArray *files, gpointer data),
                              gpointer data);

G_END_DECLS
