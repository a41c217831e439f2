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

/**
 * yz_places_start_language:
 * @language: (nullable): "zh_CN" or "en"; NULL takes the login's
 *
 * Sets locale and translations up, before anything is said. A machine that only knows the C locale
 * still speaks Chinese: C.UTF-8 with LANGUAGE is enough for gettext.
 */
void yz_places_start_language (const char *language);

G_END_DECLS
