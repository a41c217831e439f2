/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"
#include "workflow/desk.h"

G_BEGIN_DECLS

/*
 * Asks: the desk's use cases for a window. Each runs on the desk's own thread; the answer comes to
 * @callback on the main context and is taken with yz_desk_call_finish(). What the answer is stands
 * behind each ask.
 */

/* → YzOpenCase */
void yz_ask_open_case (YzDesk *desk,
                       const char *number,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
/* → GPtrArray of YzDossier */
void yz_ask_list (YzDesk *desk,
                  const YzDossierFilter *filter,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data);
/* → YzDossier */
void yz_ask_new (YzDesk *desk,
                 const char *matter,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data);
/* → YzDossier; refused as STALE only when somebody else changed the form since @seen: pages that
 * arrive meanwhile do not disturb it */
void yz_ask_record (YzDesk *desk,
                    const char *number,
                    guint seen,
                    GPtrArray *persons,
                    GHashTable *facts,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
/* → YzDossier */
void yz_ask_act (YzDesk *desk,
                 const char *number,
                 guint seen,
                 const char *action,
                 const char *note,
                 const char *basis,
                 GAsyncReadyCallback callback,
                 gpointer user_data);
/* → non-NULL */
void yz_ask_detach (YzDesk *desk,
                    const char *number,
                    guint sheet,
                    const char *reason,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
/* → non-NULL */
void yz_ask_arrange (YzDesk *desk,
                     const char *number,
                     guint sheet,
                     const char *material,
                     guint position,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
/* Turns a sheet by so many quarters clockwise, keeping everything else. → non-NULL */
/* Puts back what @sheet says of its outline, resolution, rotation and verdicts. */
void yz_ask_outline (YzDesk *desk,
                     const char *number,
                     const YzSheet *sheet,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
void yz_ask_rotate (YzDesk *desk,
                    const char *number,
                    guint sheet,
                    guint quarters,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
/* → GBytes */
void yz_ask_read (YzDesk *desk,
                  const char *digest,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data);
/* → YzStaff */
void yz_ask_sign_in (YzDesk *desk,
                     const char *login,
                     const char *password,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
/* → YzFigures */
void yz_ask_figures (YzDesk *desk,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
/* → GPtrArray of YzStaff */
void yz_ask_staff (YzDesk *desk,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data);
/* → GPtrArray of YzUnit */
void yz_ask_units (YzDesk *desk,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data);
/* → GPtrArray of utf8, the damages */
void yz_ask_verify (YzDesk *desk,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data);

G_END_DECLS
