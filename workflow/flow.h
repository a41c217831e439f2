/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A flow: the state machine of a case as data, one key file each. States carry a level, a limit and
 * say whether the clock runs; steps carry the role, the answer and what they demand. Pure: it knows
 * no store and no clock.
 */

typedef enum {
  YZ_LEVEL_WINDOW,
  YZ_LEVEL_STATION,
  YZ_LEVEL_BUREAU,
  YZ_LEVEL_PREFECTURE, /* outside */
} YzLevel;

typedef enum {
  YZ_STATE_START,   /* exactly one */
  YZ_STATE_ACTIVE,  /* the clock runs */
  YZ_STATE_PAUSED,  /* waiting for the applicant or another organ; the clock stands */
  YZ_STATE_DECIDED, /* decided, still to be executed or archived; the clock has stopped */
  YZ_STATE_FINAL,   /* no exit */
} YzStateKind;

typedef enum {
  YZ_EFFECT_NONE = 0,
  YZ_EFFECT_ACCEPT = 1 << 0,  /* starts the total clock if it does not run yet */
  YZ_EFFECT_APPROVE = 1 << 1, /* the positive decision */
  YZ_EFFECT_REJECT = 1 << 2,  /* the negative decision, also refusal of acceptance */
  YZ_EFFECT_RETURN = 1 << 3,  /* goes back to the applicant or window */
  YZ_EFFECT_EXTEND = 1 << 4,  /* lengthens the total once */
  YZ_EFFECT_EXECUTE = 1 << 5, /* the register changes */
  YZ_EFFECT_WITHDRAW = 1 << 6,
} YzEffect;

typedef struct {
  const char *id;   /* "examination" */
  const char *name; /* in the reader's language */
  YzLevel level;
  YzStateKind kind;
  guint limit; /* working days for this stage, 0 if none */
} YzFlowState;

typedef struct {
  const char *from;
  const char *action; /* "approve" */
  const char *name;   /* in the reader's language: "Approve" */
  const char *role;   /* "bureau-leader" */
  const char *to;
  gboolean note;     /* a reason is demanded */
  gboolean basis;    /* a legal basis is demanded too */
  gboolean complete; /* required materials must be there */
  gboolean once;     /* at most once per dossier */
  guint days;        /* working days added by YZ_EFFECT_EXTEND */
  YzEffect effect;
  const char *const *excludes; /* earlier actions whose actors may not take this step */
} YzFlowStep;

typedef struct {
  const char *code; /* "bureau" */
  const char *name;
  guint version;
  guint total;  /* promised total in working days, 0 on the spot */
  guint target; /* internal target in working days */
  gboolean on_the_spot;
  GPtrArray *states; /* (element-type YzFlowState), in file order */
  GPtrArray *steps;  /* (element-type YzFlowStep), in file order */
  const char *text;  /* the definition itself, as published */
} YzFlow;

YzFlow *yz_flow_new (const char *code);
YzFlow *yz_flow_ref (YzFlow *self);
void yz_flow_unref (YzFlow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzFlow, yz_flow_unref)

const YzFlowState *yz_flow_get_state (const YzFlow *self, const char *id);
const YzFlowState *yz_flow_get_start (const YzFlow *self);
const YzFlowStep *
yz_flow_find_step (const YzFlow *self, const char *from, const char *action, const char *role);

/* YzRole ids, the closed list: "clerk", "officer", "station-examiner", "station-leader",
 * "bureau-examiner", "bureau-leader", "supervisor", "administrator", "auditor". */
const char *const *yz_role_list (void);
const char *yz_role_get_name (const char *role); /* in the reader's language */
gboolean yz_role_find (const char *role, YzLevel *out_level);
const char *yz_level_get_id (YzLevel level);
const char *yz_level_get_name (YzLevel level);
gboolean yz_level_find (const char *id, YzLevel *out_level);

G_END_DECLS
