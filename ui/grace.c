/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/grace.h"

struct _YzGrace {
  GObject parent;
  guint milliseconds;
  YzDecision *held;
  gint64 since; /* monotonic */
  guint timer;
};

G_DEFINE_BOXED_TYPE (YzDecision, yz_decision, yz_decision_copy, yz_decision_free)
G_DEFINE_FINAL_TYPE (YzGrace, yz_grace, G_TYPE_OBJECT)

enum { FINAL, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

YzDecision *
yz_decision_copy (const YzDecision *self)
{
  YzDecision *copy = g_new0 (YzDecision, 1);

  copy->number = g_strdup (self->number);
  copy->applicant = g_strdup (self->applicant);
  copy->action = g_strdup (self->action);
  copy->name = g_strdup (self->name);
  copy->seen = self->seen;
  copy->note = g_strdup (self->note);
  copy->basis = g_strdup (self->basis);
  return copy;
}

void
yz_decision_free (YzDecision *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->applicant);
  g_free (self->action);
  g_free (self->name);
  g_free (self->note);
  g_free (self->basis);
  g_free (self);
}

static YzDecision *
let_go (YzGrace *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  return g_steal_pointer (&self->held);
}

void
yz_grace_flush (YzGrace *self)
{
  g_autoptr (YzDecision) decision = let_go (self);

  if (decision == NULL)
    return;
  g_signal_emit (self, signals[FINAL], 0, decision);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_elapsed (gpointer data)
{
  YzGrace *self = data;

  self->timer = 0;
  yz_grace_flush (self);
  return G_SOURCE_REMOVE;
}

void
yz_grace_hold (YzGrace *self, YzDecision *decision)
{
  g_autoptr (YzDecision) before = let_go (self);

  if (before != NULL)
    g_signal_emit (self, signals[FINAL], 0, before);
  self->held = decision;
  self->since = g_get_monotonic_time ();
  self->timer = g_timeout_add (self->milliseconds, on_elapsed, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

YzDecision *
yz_grace_undo (YzGrace *self)
{
  YzDecision *decision = let_go (self);

  if (decision != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
  return decision;
}

const YzDecision *
yz_grace_get_held (YzGrace *self)
{
  return self->held;
}

double
yz_grace_get_progress (YzGrace *self)
{
  gint64 passed = g_get_monotonic_time () - self->since;

  return self->held == NULL ? 1 : CLAMP ((double) passed / 1000 / self->milliseconds, 0, 1);
}

/* Whoever lets the grace go without a flush takes the decision back. */
static void
yz_grace_dispose (GObject *object)
{
  yz_decision_free (let_go (YZ_GRACE (object)));
  G_OBJECT_CLASS (yz_grace_parent_class)->dispose (object);
}

static void
yz_grace_class_init (YzGraceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yz_grace_dispose;
  signals[FINAL] = g_signal_new ("final", YZ_TYPE_GRACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, YZ_TYPE_DECISION | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[CHANGED] = g_signal_new ("changed", YZ_TYPE_GRACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
yz_grace_init (YzGrace *self)
{
}

YzGrace *
yz_grace_new (guint milliseconds)
{
  YzGrace *self = g_object_new (YZ_TYPE_GRACE, NULL);

  self->milliseconds = milliseconds;
  return self;
}
