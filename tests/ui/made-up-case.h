/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"

/*
 * A case made up for a test: the flow "bureau" as it is shipped, in the state asked for, accepted
 * and handed in by the login "clerk" and examined by "examiner".
 */
YzOpenCase *made_up_case_new (const char *number, const char *state, const char *role);
/* (transfer full) a person with one role */
YzStaff *made_up_staff_new (const char *login, const char *role);
