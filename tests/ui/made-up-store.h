/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/desk.h"

#define MADE_UP_PASSWORD "a long password"

/**
 * made_up_store_new:
 * @out_folder: (out): where it lies
 *
 * A store of a station S01 with its window W01, the administrator "admin" and, each named as the
 * login, a "clerk" at the window, an "examiner" and a "chief" at the station.
 *
 * Returns: (transfer full): its desk, with the clerk signed in
 */
YzDesk *made_up_store_new (char **out_folder);

void made_up_store_sit_down (YzDesk *desk, const char *login);

/* A page of a case, as a camera brings it. Returns: its number. */
guint
made_up_store_add_page (YzDesk *desk, const char *number, const char *material, GBytes *picture);

#define MADE_UP_MATTER "B08"

/* (transfer full): number of a case in which nothing is recorded yet */
char *made_up_store_begin_case (YzDesk *desk, const char *matter);

/* (transfer full): number of a case that can be handed in, with at least @pages pages */
char *made_up_store_open_case (YzDesk *desk, guint pages, GBytes *picture);

/* A practice picture, "08-application-letter.jpg". */
GBytes *made_up_store_load_picture (const char *name);

/* The folder and all in it. */
void made_up_store_remove (const char *folder);
