/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/desk.h"
#include "workflow/store.h"
#include "workflow/vault.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Shared by the files of the desk only.
 */
struct _YzDesk {
  GObject parent_instance;
  GRecMutex lock; /* over the store, the session and the flows that were read */
  GMutex door;    /* over staff and thread alone, held for a moment: a window never waits for it */
  YzStore *store;
  YzVault *vault;
  YzCalendar *calendar;
  GPtrArray *matters;         /* (element-type YzMatter) by code */
  GPtrArray *flows;           /* (element-type YzFlow) what new cases are pinned to */
  GHashTable *flow_digests;   /* code → digest */
  GHashTable *matter_digests; /* code → digest */
  GHashTable *pinned;         /* "code digest" → YzFlow that some case is pinned to */
  GHashTable *pinned_matters; /* "code digest" → YzMatter, likewise */
  char *folder;
  YzStaff *staff;        /* (nullable) who is signed in */
  GHashTable *strangers; /* login that nobody has → YzAccount: they wait like everybody */
  gboolean practice;
  GThreadPool *thread;
  int claim; /* lock file, -1 */
};

/* Holds the desk until the end of the block. */
#define YZ_DESK_LOCK(desk)                                                                         \
  g_autoptr (GRecMutexLocker) locker G_GNUC_UNUSED = g_rec_mutex_locker_new (&(desk)->lock)

void yz_desk_emit_session (YzDesk *self);
/* Whoever is signed in, or NULL with NOT_ALLOWED. Not a reference. */
YzStaff *yz_desk_require_staff (YzDesk *self, GError **error);
YzStaff *yz_desk_require_role (YzDesk *self, const char *role, GError **error);
/* The counter role that the signed-in person holds, or NULL with NOT_ALLOWED. */
const char *yz_desk_require_counter (YzDesk *self, GError **error);

/* Whether the signed-in person's unit is @unit or stands above it. */
gboolean yz_desk_is_within (YzDesk *self, const char *unit);
/* The flow that a case is pinned to; owned by the desk. */
YzFlow *yz_desk_find_flow (YzDesk *self, const YzDossier *dossier, GError **error);
/* The matter as it stood when the case began, so far as it can still be read. (nullable); owned by
 * the desk. */
YzMatter *yz_desk_find_matter (YzDesk *self, const YzDossier *dossier);
/* What the step does to the clocks, as the event carries it. */
char *yz_desk_make_step_payload (
    YzDesk *self, const YzFlow *flow, const YzDossier *dossier, const YzFlowStep *step, gint64 now);
/* Commits one event and says "changed". */
gboolean yz_desk_append (YzDesk *self, YzDraft *draft, GError **error);
/* An event of the counter: no step, the case stays where it is. Takes @payload's object. */
gboolean yz_desk_append_counter (YzDesk *self,
                                 const YzDossier *dossier,
                                 const char *action,
                                 const char *note,
                                 JsonBuilder *payload,
                                 GError **error);
/* Payload text of a builder whose object is complete. */
char *yz_desk_payload_text (JsonBuilder *builder);
void yz_desk_name (YzDesk *self, YzDossier *dossier);
const char *yz_desk_name_action (const YzFlow *flow, const char *action);

gboolean yz_practice_fill (YzDesk *self, const char *datadir, GError **error);

G_END_DECLS
