/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the installed or built program finds its things, and where a store stands when nobody says.
 */
const char *yz_places_get_datadir (void);   /* shipped matters/, flows/, calendar/, practice/ */
const char *yz_places_get_localedir (void); /* translations */
char *yz_places_default_store (void);       /* (transfer full) $XDG_DATA_HOME/yizhan/store */

G_END_DECLS
