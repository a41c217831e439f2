/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/chain.h"
#include "workflow/desk.h"

G_BEGIN_DECLS

/*
 * What an engine must keep, so that the desk can stand on it. One event is one transaction; when
 * yz_store_append() returns TRUE it is on disk. The engine itself refuses what the flow does not
 * allow; its refusals are YZ_WORKFLOW_ERRORs, the same for every engine (tests/contract).
 *
 * A store is used by one thread at a time; the desk sees to it.
 */
#define YZ_TYPE_STORE (yz_store_get_type ())
G_DECLARE_DERIVABLE_TYPE (YzStore, yz_store, YZ, STORE, GObject)

/* An event about to be: at, seq and the texts are the caller's; the chain is the engine's. */
typedef struct {
  char *number; /* NULL when a case begins: the engine gives the next one of unit and year */
  guint seq;    /* what the actor saw, plus one */
  gint64 at;
  guint year; /* of the number, China's, when a case begins */
  const char *actor;
  const char *role;
  const char *unit;
  const char *action;
  const char *from;
  const char *to;
  const char *note;
  const char *basis;
  const char *payload; /* JSON */
} YzDraft;

/* What sign-in needs to know about somebody. */
typedef struct {
  YzStaff *staff;
  char *sealed;
  guint failures;    /* wrong passwords in a row */
  gint64 wait_until; /* no try before this */
} YzAccount;
void yz_account_free (YzAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzAccount, yz_account_free)

typedef struct {
  const YzDossierFilter *filter;
  const char *actor; /* login */
  const char *unit;  /* only this unit and those below it */
  gint64 now;
} YzStoreQuery;

struct _YzStoreClass {
  GObjectClass parent_class;

  void (*close) (YzStore *self);
  /* The actor of the session and the clock; NULL for the machine's own. */
  void (*set_actor) (YzStore *self, const char *login);
  void (*set_clock) (YzStore *self, gint64 (*clock) (gpointer data), gpointer data);
  gint64 (*get_now) (YzStore *self);

  /* Everything between the two is one transaction: all of it or, unless @good, nothing. Not nested.
   */
  gboolean (*begin) (YzStore *self, GError **error);
  gboolean (*end) (YzStore *self, gboolean good, GError **error);

  char *(*get_meta) (YzStore *self, const char *key);
  gboolean (*set_meta) (YzStore *self, const char *key, const char *value, GError **error);

  gboolean (*add_unit) (YzStore *self, const YzUnit *unit, GError **error);
  GPtrArray *(*list_units) (YzStore *self, GError **error);
  gboolean (*add_staff) (YzStore *self, const YzStaff *staff, const char *sealed, GError **error);
  GPtrArray *(*list_staff) (YzStore *self, GError **error);
  YzAccount *(*find_account) (YzStore *self, const char *login, GError **error);
  gboolean (*save_account) (YzStore *self, const YzAccount *account, GError **error);

  gboolean (*publish_flow) (YzStore *self, const YzFlow *flow, const char *digest, GError **error);
  char *(*load_flow) (YzStore *self, const char *code, const char *digest, GError **error);
  gboolean (*publish_matter) (YzStore *self,
                              const YzMatter *matter,
                              const char *digest,
                              GError **error);
  char *(*load_matter) (YzStore *self, const char *code, const char *digest, GError **error);

  gboolean (*append) (YzStore *self, YzDraft *draft, GError **error);
  YzDossier *(*load) (YzStore *self, const char *number, GError **error);
  GPtrArray *(*list) (YzStore *self, const YzStoreQuery *query, GError **error);
  YzFigures *(*figures) (YzStore *self, const YzStoreQuery *query, GError **error);

  /* Adds a sentence to @damages for whatever inside the store does not fit together. */
  gboolean (*verify) (YzStore *self, GPtrArray *damages, GError **error);
  /* (element-type utf8): "DIGEST NUMBER" of all sheets, detached ones too, each digest once. */
  GPtrArray *(*list_digests) (YzStore *self, GError **error);
};

#define YZ_STORE_CALL(store, call, ...) (YZ_STORE_GET_CLASS (store)->call ((store), ##__VA_ARGS__))

/* The sentences of refusals, one place for all engines: @word is what the engine's guard said. */
void yz_store_refuse (GError **error, const char *word);

G_END_DECLS
