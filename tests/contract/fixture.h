/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/store.h"

G_BEGIN_DECLS

/*
 * A store for the contract suite: units, people, the shipped flows and one matter for each, with a
 * clock that the test winds. Everything goes through YzStore, so any engine can be put here.
 */
typedef struct {
  YzStore *store;
  GPtrArray *flows; /* (element-type YzFlow) the shipped ones */
  gint64 now;
  char *folder;
} Fixture;

/* An engine: opens a new, empty store inside @folder. */
typedef YzStore *(*FixtureOpen) (const char *folder, GError **error);

void fixture_set_up (Fixture *self, FixtureOpen open_store);
void fixture_tear_down (Fixture *self);

const YzFlow *fixture_get_flow (const Fixture *self, const char *code);
/* Somebody who holds @role, one login per role: "clerk", … and "clerk.2", a second one. */
const char *fixture_login (const char *role, gboolean second);

/* A new case of the flow @code at window W01, complete, in its start. (transfer full) */
char *fixture_begin (Fixture *self, const char *code);
/* Puts the case into @state by steps of the flow, each by somebody else; FALSE when no way leads
 * there. */
gboolean fixture_bring (Fixture *self, const char *number, const char *code, const char *state);

/* Appends an event as @login; @seq 0 takes the right one. */
gboolean fixture_append (Fixture *self,
                         const char *number,
                         const char *login,
                         const char *role,
                         const char *unit,
                         guint seq,
                         const char *action,
                         const char *from,
                         const char *to,
                         const char *note,
                         const char *payload,
                         GError **error);
const char *fixture_unit_of (const char *role);

G_END_DECLS
