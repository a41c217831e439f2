/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What is known of a case, to be read beside its originals: whose it is, how long it may still
 * take, what is missing, the persons with the check of their numbers, the facts of the form.
 */
#define YZ_TYPE_CASE_FACTS (yz_case_facts_get_type ())
G_DECLARE_FINAL_TYPE (YzCaseFacts, yz_case_facts, YZ, CASE_FACTS, GtkBox)

/**
 * yz_case_facts_show:
 * @open_case: (nullable): NULL empties it
 * @now: microseconds since 1970 UTC
 */
void yz_case_facts_show (YzCaseFacts *self,
                         const YzOpenCase *open_case,
                         const YzCalendar *calendar,
                         gint64 now);

G_END_DECLS
