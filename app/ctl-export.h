/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

/* A dossier as yizhanctl shows and exports it. */
void yz_ctl_add_dossier (JsonBuilder *builder, const YzDossier *dossier);
void yz_ctl_print_dossier (const YzDossier *dossier);
void yz_ctl_print_dossier_lines (const YzDossier *dossier);

gboolean yz_ctl_run_export (YzCtl *self, int argc, char **argv, GError **error);

G_END_DECLS
