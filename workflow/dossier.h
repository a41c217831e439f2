/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/deadline.h"
#include "workflow/flow.h"
#include "workflow/matter.h"

G_BEGIN_DECLS

/*
 * Snapshots of what the store holds. Immutable once handed out, reference-counted; read their
 * fields. Times are microseconds since 1970 UTC, 0 when not yet.
 */

typedef struct {
  const char *name;
  const char *id_number; /* normalised, may be "" for a newborn */
  const char *relation;  /* "applicant", "mover", "child", "parent", "spouse", "other" */
} YzPerson;
YzPerson *yz_person_new (const char *name, const char *id_number, const char *relation);
void yz_person_free (YzPerson *self);

/* One captured original, one page. A digest and numbers, never pixels. */
typedef struct {
  guint id;             /* 1, 2, 3 … inside the dossier, never reused */
  const char *material; /* material id */
  guint position;       /* order inside the material, from 1 */
  const char *digest;   /* SHA-256 of the original bytes, hex */
  guint64 size;         /* bytes */
  const char *media_type;
  gint64 captured_at;
  const char *origin;   /* "camera" or "import" */
  const char *device;   /* model and serial, or file name */
  const char *operator; /* login */
  gboolean outlined;    /* corners are known */
  double corners[8];    /* x,y clockwise from the page's top left, pixels of the original */
  double confidence;
  guint dpi;            /* effective, 0 unknown */
  guint rotation;       /* quarter turns clockwise to show it upright */
  const char *verdicts; /* comma separated: "blurred,blank", "" when fine */
  gboolean detached;    /* taken out; kept so that it can be put back */
} YzSheet;
void yz_sheet_free (YzSheet *self);

typedef struct {
  guint seq; /* 1 … */
  gint64 at;
  const char *actor; /* login */
  const char *actor_name;
  const char *role;
  const char *unit;
  const char
      *action; /* a flow action, or "create", "record", "attach", "outline", "detach", "arrange" */
  const char *action_name; /* in the reader's language */
  const char *from;
  const char *to;
  const char *note;
  const char *basis;
  const char *payload; /* JSON */
  const char *hash;    /* hex SHA-256 */
} YzEvent;
void yz_event_free (YzEvent *self);

typedef struct {
  const char *number; /* "YZ01-2026-000123" */
  const char *matter; /* code */
  const char *matter_name;
  const char *flow;
  const char *flow_digest;   /* names the very text it is pinned to */
  const char *matter_digest; /* likewise */
  guint flow_version;
  const char *unit; /* where it was accepted */
  const char *unit_name;
  const char *state;
  const char *state_name;
  YzStateKind kind;
  YzLevel level;
  guint version;                /* number of events; what an actor saw */
  const char *applicant;        /* first person's name */
  const char *applicant_number; /* citizen number */
  gint64 created_at;
  gint64 accepted_at; /* total clock's start */
  gint64 stage_at;    /* entered the present state */
  gint64 stage_due;
  gint64 due;    /* total deadline; 0 while paused or not accepted */
  gint64 target; /* internal target */
  gboolean provisional;
  gint64 decided_at;
  double turnaround; /* working days from acceptance to decision, pauses out; -1 until decided */
  gboolean overdue;  /* as of the reading */
  guint n_sheets;
  GPtrArray *persons; /* (element-type YzPerson); NULL in lists */
  GHashTable *facts;  /* id → text; NULL in lists */
  GPtrArray *sheets;  /* (element-type YzSheet); NULL in lists */
  GPtrArray *events;  /* (element-type YzEvent); NULL in lists */
  GArray *pauses;     /* (element-type YzPause), by time; NULL in lists */
  const char *head;   /* the newest event's hash */
} YzDossier;

YzDossier *yz_dossier_new (void); /* for the store to fill; whoever hands it on stops writing */
YzDossier *yz_dossier_ref (YzDossier *self);
void yz_dossier_unref (YzDossier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzDossier, yz_dossier_unref)

typedef struct {
  const char *code; /* "W01", "S01", "B" */
  const char *name;
  YzLevel level;
  const char *parent; /* (nullable) */
} YzUnit;

typedef struct {
  const char *login;
  const char *name;
  const char *unit; /* code */
  const char *unit_name;
  const char *const *roles;
} YzStaff;

YzUnit *yz_unit_new (const char *code, const char *name, YzLevel level, const char *parent);
YzUnit *yz_unit_ref (YzUnit *self);
void yz_unit_unref (YzUnit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzUnit, yz_unit_unref)
YzStaff *yz_staff_new (const char *login,
                       const char *name,
                       const char *unit,
                       const char *unit_name,
                       const char *const *roles);
YzStaff *yz_staff_ref (YzStaff *self);
void yz_staff_unref (YzStaff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzStaff, yz_staff_unref)
gboolean yz_staff_has_role (const YzStaff *self, const char *role);

/* The dashboard's numbers, plain. */
typedef struct {
  guint received, decided, in_time, overdue, returned, open, paused;
  guint first_time_complete; /* decided without any return */
  guint pages;               /* originals captured, photocopies saved */
  double median, p90;        /* working days, -1 when nothing was decided */
  guint histogram[16]; /* decided cases by turnaround: [0] on the spot … [14] 14 days, [15] more */
  guint limit;         /* 5, the county's promise to itself */
} YzFigures;

G_END_DECLS
