/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/workflow-error.h"

G_DEFINE_QUARK (yz_workflow_error, yz_workflow_error)
