/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workflow/calendar.h"
#include "workflow/dossier.h"

G_BEGIN_DECLS

/*
 * The desk: the use cases, and the only writer. Somebody signs in; what is done afterwards is done
 * in that name. All calls block on disk, so a window makes them through yz_desk_call_async(), which
 * runs them one after the other on the desk's own thread; a program without a window calls them
 * directly. Returned strings are in the reader's language.
 */
#define YZ_TYPE_DESK (yz_desk_get_type ())
G_DECLARE_FINAL_TYPE (YzDesk, yz_desk, YZ, DESK, GObject)

/* Signals: "changed" (const char *number): after every committed event, on the main context.
 *          "signed-in" / "signed-out". */

/**
 * yz_desk_open:
 * @location: a folder or "sqlite:FOLDER"
 * @datadir: shipped matters/, flows/, calendar/
 *
 * Opens a store, migrates it when it is older, and reads the catalogue.
 */
YzDesk *yz_desk_open (const char *location, const char *datadir, GError **error);
/* The same store to be looked at only: nothing in its folder changes, also when it is older. */
YzDesk *yz_desk_open_to_read (const char *location, const char *datadir, GError **error);
void yz_desk_close (YzDesk *self); /* joins the thread */

/* Makes a new store with its first administrator; @practice fills it with made-up people. */
gboolean yz_desk_create_store (const char *location,
                               const char *datadir,
                               gboolean practice,
                               const char *login,
                               const char *name,
                               const char *password,
                               GError **error);
gboolean yz_desk_is_practice (YzDesk *self);
/* A store in which nobody has an account yet asks whoever opens it to become its administrator. */
gboolean yz_desk_needs_administrator (YzDesk *self);
gboolean yz_desk_create_administrator (
    YzDesk *self, const char *login, const char *name, const char *password, GError **error);

/* One window program per store: holds a lock file until close. YZ_WORKFLOW_ERROR_BUSY names who has
 * it. */
gboolean yz_desk_claim (YzDesk *self, GError **error);

/* The async door for windows. @call runs on the desk's thread; its result arrives in @callback. */
typedef gpointer (*YzDeskCall) (YzDesk *self,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);
void yz_desk_call_async (YzDesk *self,
                         YzDeskCall call,
                         gpointer data,
                         GDestroyNotify free_data,
                         GDestroyNotify free_result,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gpointer yz_desk_call_finish (YzDesk *self, GAsyncResult *result, GError **error);

/* Who sits here */
YzStaff *yz_desk_sign_in (YzDesk *self, const char *login, const char *password, GError **error);
void yz_desk_sign_out (YzDesk *self);
YzStaff *yz_desk_get_staff (YzDesk *self); /* (transfer full) (nullable) */
gboolean yz_desk_change_password (YzDesk *self,
                                  const char *old_password,
                                  const char *new_password,
                                  GError **error);
/* Practice store only: pairs of login and password for the sign-in screen; else NULL. */
GPtrArray *yz_desk_list_practice_logins (
    YzDesk *self); /* (element-type YzStaff) password is "practice" for all */

/* Administration: role "administrator" */
gboolean yz_desk_add_unit (YzDesk *self,
                           const char *code,
                           const char *name,
                           YzLevel level,
                           const char *parent,
                           GError **error);
gboolean yz_desk_add_staff (YzDesk *self,
                            const char *login,
                            const char *name,
                            const char *const *roles,
                            const char *unit,
                            const char *password,
                            GError **error);
GPtrArray *yz_desk_list_units (YzDesk *self, GError **error); /* (element-type YzUnit) */
GPtrArray *yz_desk_list_staff (YzDesk *self, GError **error); /* (element-type YzStaff) */

/* The catalogue; no disk, any thread */
GPtrArray *
yz_desk_list_matters (YzDesk *self); /* (transfer full) (element-type YzMatter) by code */
YzMatter *yz_desk_get_matter (YzDesk *self, const char *code); /* (transfer full) (nullable) */
GPtrArray *yz_desk_list_flows (YzDesk *self);    /* (transfer full) (element-type YzFlow) */
YzCalendar *yz_desk_get_calendar (YzDesk *self); /* (transfer none) */

/* The counter */
YzDossier *
yz_desk_new_dossier (YzDesk *self, const char *matter, GPtrArray *persons, GError **error);
/* Persons and facts as they stand in the form; @seen is the dossier's version */
YzDossier *yz_desk_record (YzDesk *self,
                           const char *number,
                           guint seen,
                           GPtrArray *persons,
                           GHashTable *facts,
                           GError **error);
/* Durable first: the original bytes are in the vault, fsynced, when this returns their digest. */
char *yz_desk_keep (YzDesk *self, GBytes *original, GError **error);
/* Ties a kept original to the case; @sheet gives material, digest, media_type, captured_at, origin,
 * device and, if known, the outline fields. id, position, size, operator are set by the desk.
 * Returns the sheet's id, 0 on error. */
guint yz_desk_attach (YzDesk *self, const char *number, const YzSheet *sheet, GError **error);
/* Sets outlined, corners, confidence, dpi, rotation and verdicts of @sheet->id. */
gboolean yz_desk_outline (YzDesk *self, const char *number, const YzSheet *sheet, GError **error);
gboolean
yz_desk_detach (YzDesk *self, const char *number, guint sheet, const char *reason, GError **error);
/* Moves a sheet to another material or place; also undoes a detach. */
gboolean yz_desk_arrange (YzDesk *self,
                          const char *number,
                          guint sheet,
                          const char *material,
                          guint position,
                          GError **error);
GBytes *yz_desk_read_original (YzDesk *self,
                               const char *digest,
                               GError **error); /* checked against its digest */

/* The way. @seen: the version the actor looked at; 0 takes the newest (scripts only). */
YzDossier *yz_desk_act (YzDesk *self,
                        const char *number,
                        guint seen,
                        const char *action,
                        const char *note,
                        const char *basis,
                        GError **error);
/* Steps the signed-in person may take now. (element-type YzFlowStep), owned by the dossier's flow
 */
GPtrArray *yz_desk_list_steps (YzDesk *self, YzDossier *dossier);
/* What is missing for submission, one sentence each; empty when complete. (element-type utf8) */
GPtrArray *yz_desk_list_missing (YzDesk *self, YzDossier *dossier);
YzFlow *yz_desk_get_flow (YzDesk *self,
                          YzDossier *dossier); /* (transfer full) the version it is pinned to */
YzMatter *yz_desk_get_case_matter (YzDesk *self,
                                   YzDossier *dossier); /* (transfer full) (nullable) likewise */

/* Reading */
YzDossier *yz_desk_load (YzDesk *self, const char *number, GError **error);
typedef struct {
  gboolean inbox; /* only what the signed-in person may act on */
  gboolean overdue;
  gboolean open;      /* not final */
  gboolean mine;      /* created by the signed-in person */
  const char *matter; /* (nullable) */
  const char *unit;   /* (nullable) */
  const char *search; /* (nullable) number, name or citizen number, a part of it */
  int bucket;         /* -1, or decided with this histogram bucket */
  guint limit;        /* 0: all */
} YzDossierFilter;
#define YZ_DOSSIER_FILTER_INIT                                                                     \
  {                                                                                                \
    .bucket = -1                                                                                   \
  }
GPtrArray *yz_desk_list (YzDesk *self,
                         const YzDossierFilter *filter,
                         GError **error); /* (element-type YzDossier), most urgent first */
YzFigures *yz_desk_load_figures (YzDesk *self, GError **error); /* (transfer full), g_free */

/* Every chain, every vault file, referential integrity. Read-only. Returns the damages, empty if
 * all is whole. (element-type utf8) */
GPtrArray *yz_desk_verify (YzDesk *self, GError **error);

G_END_DECLS
