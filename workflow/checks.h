/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/identity.h"
#include "workflow/matter.h"

G_BEGIN_DECLS

/*
 * The rules about what one person is and says, which run while the clerk types: they need nothing
 * but the typed text and the day. Rules are named as in the intake checks, A01 to A10. Pure.
 */
typedef enum {
  YZ_SEVERITY_INFORM,
  YZ_SEVERITY_WARN,  /* look twice; may be right */
  YZ_SEVERITY_BLOCK, /* cannot be right */
} YzSeverity;

/*
 * What a rule found: which rule, how bad, and a sentence for the clerk.
 */
typedef struct {
  const char *rule; /* "A07" */
  YzSeverity severity;
  char *sentence;
} YzFinding;

GPtrArray *yz_checks_name (const char *name);
GPtrArray *yz_checks_number (const char *number, const GDate *today);
GPtrArray *yz_checks_birth (const YzIdentity *identity,
                            const GDate *birth,
                            YzSex sex,
                            gboolean first_registration);
GPtrArray *yz_checks_registration (const GDate *birth, const GDate *registered);
GPtrArray *yz_checks_fact (const YzFactField *field, const char *value, const GDate *today);
const YzFinding *yz_checks_find_worst (GPtrArray *findings);
/* The day it is at this machine. */
GDate yz_checks_get_today (void);
gboolean yz_checks_read_date (const char *text, GDate *out_date);

G_END_DECLS
