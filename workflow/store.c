/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/store.h"

#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ABSTRACT_TYPE (YzStore, yz_store, G_TYPE_OBJECT)

/* clang-format off */
static const struct { const char *word; YzWorkflowError code; const char *sentence; } REFUSALS[] = {
  { "session",    YZ_WORKFLOW_ERROR_NOT_ALLOWED,  N_ ("Nobody may act in another person's name.") },
  { "role",       YZ_WORKFLOW_ERROR_NOT_ALLOWED,  N_ ("You do not hold the role that this step asks for.") },
  { "unit",       YZ_WORKFLOW_ERROR_NOT_ALLOWED,  N_ ("This case belongs to another unit.") },
  { "allowed",    YZ_WORKFLOW_ERROR_NOT_ALLOWED,  N_ ("The flow has no such step from here.") },
  { "once",       YZ_WORKFLOW_ERROR_NOT_ALLOWED,  N_ ("This step is taken only once in a case, and it was taken.") },
  { "frozen",     YZ_WORKFLOW_ERROR_NOT_ALLOWED,  N_ ("What is recorded is not changed; only a new event adds to it.") },
  { "number",     YZ_WORKFLOW_ERROR_STALE,        N_ ("Somebody else took that number; try again.") },
  { "stale",      YZ_WORKFLOW_ERROR_STALE,        N_ ("Somebody else acted on this case first. It was read again: look and decide anew.") },
  { "eyes",       YZ_WORKFLOW_ERROR_FOUR_EYES,    N_ ("You took an earlier step of this case; somebody else must take this one.") },
  { "note",       YZ_WORKFLOW_ERROR_NOTE_MISSING, N_ ("This step asks for a reason, and a refusal for its legal basis too.") },
  { "incomplete", YZ_WORKFLOW_ERROR_INCOMPLETE,   N_ ("Originals or persons are still missing.") },
  { "sheet",      YZ_WORKFLOW_ERROR_NOT_FOUND,    N_ ("The case has no such page.") },
  { "payload",    YZ_WORKFLOW_ERROR_INVALID,      N_ ("This step carries what does not belong to it; nothing was changed.") },
  { "clock",      YZ_WORKFLOW_ERROR_CLOCK,        N_ ("This computer's clock stands before the last event of the case. Set it right and try again; nothing was changed.") },
  { "chain",      YZ_WORKFLOW_ERROR_DAMAGED,      N_ ("The case's chain of events does not fit together. Call the administrator.") },
};
/* clang-format on */

static void
yz_store_class_init (YzStoreClass *klass)
{
}

static void
yz_store_init (YzStore *self)
{
}

void
yz_store_refuse (GError **error, const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    if (g_str_equal (word, REFUSALS[i].word)) {
      g_set_error_literal (error, YZ_WORKFLOW_ERROR, REFUSALS[i].code, _ (REFUSALS[i].sentence));
      return;
    }
  g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_FAILED, _ ("The store failed: %s."),
               word);
}

void
yz_account_free (YzAccount *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->staff, yz_staff_unref);
  g_free (self->sealed);
  g_free (self);
}
