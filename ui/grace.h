/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * A decision as somebody took it, before the desk is told. It carries the version of the case that
 * was looked at, so that the desk can refuse it when the case changed meanwhile.
 */
typedef struct {
  char *number;    /* of the case */
  char *applicant; /* whose case, for the sentence that offers to take it back */
  char *action;    /* the flow's id */
  char *name;      /* of the action, in the reader's language */
  guint seen;
  char *note;  /* (nullable) */
  char *basis; /* (nullable) */
} YzDecision;

#define YZ_TYPE_DECISION (yz_decision_get_type ())
GType yz_decision_get_type (void);
YzDecision *yz_decision_copy (const YzDecision *self);
void yz_decision_free (YzDecision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzDecision, yz_decision_free)

/*
 * The moment in which a decision may still be taken back. Holds at most one: the next one makes the
 * one before final.
 *
 * Signals:
 *   "final" (const YzDecision *)  it cannot be taken back any more: tell the desk
 *   "changed"  another decision is held, or none
 */
#define YZ_TYPE_GRACE (yz_grace_get_type ())
G_DECLARE_FINAL_TYPE (YzGrace, yz_grace, YZ, GRACE, GObject)

#define YZ_GRACE_DEFAULT 5000 /* milliseconds */

YzGrace *yz_grace_new (guint milliseconds);
/* @decision: (transfer full) */
void yz_grace_hold (YzGrace *self, YzDecision *decision);
/* Takes the held decision back: (transfer full) (nullable) */
YzDecision *yz_grace_undo (YzGrace *self);
/* Makes the held decision final now. */
void yz_grace_flush (YzGrace *self);
const YzDecision *yz_grace_get_held (YzGrace *self); /* (nullable) */
double yz_grace_get_progress (YzGrace *self);        /* 0 just taken … 1 final */

G_END_DECLS
