/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/ctl.h"

G_BEGIN_DECLS

/* A dossier as yizhanctl shows and exports it. @steps: (element-type YzFlowStep): what the caller
 * may do next, NULL leaves it out. */
void yz_ctl_add_dossier (JsonBuilder *builder, const YzDossier *dossier, const GPtrArray *steps);
void yz_ctl_print_dossier (const YzDossier *dossier, const GPtrArray *steps);
void yz_ctl_print_dossier_lines (const YzDossier *dossier, const GPtrArray *steps);

gboolean yz_ctl_run_export (YzCtl *self, int argc, char **argv, GError **error);

G_END_DECLS
