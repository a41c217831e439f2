/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"
#include "capture/frame.h"
#include "workflow/desk.h"

G_BEGIN_DECLS

/*
 * Intake: where a picture from capture becomes a sheet of a dossier. Both the window and yizhanctl
 * take in through here, so an original is treated the same however it comes: first its bytes are
 * durable and tied to the case, only then somebody looks at what is on it.
 */

/**
 * yz_intake_attach:
 * @material: id, name or number of a material of the dossier's matter
 * @origin: "camera" when a camera of this desk saw it, "import" for a file
 *
 * Makes the original durable, then ties it to the case. Blocks on disk; call it on the desk's
 * thread.
 *
 * Returns: the new sheet's number, 0 on error; then nothing was filed
 */
guint yz_intake_attach (YzDesk *desk,
                        const char *number,
                        const char *material,
                        YzFrame *frame,
                        const char *origin,
                        GError **error);

/* Puts what the darkroom found out about sheet @id into its record. Blocks on disk. */
gboolean
yz_intake_outline (YzDesk *desk, const char *number, guint id, const YzPage *page, GError **error);

/**
 * yz_intake_attach_async:
 * @replaces: 0, or the sheet in whose place the new one comes: it leaves the case in the same
 * breath
 *
 * yz_intake_attach() for a window, on the desk's own thread. @callback comes on the main context,
 * with the case as source.
 */
void yz_intake_attach_async (YzDesk *desk,
                             const char *number,
                             const char *material,
                             YzFrame *frame,
                             const char *origin,
                             guint replaces,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
guint yz_intake_attach_finish (YzDesk *desk, GAsyncResult *result, GError **error);

/**
 * yz_intake_develop_async:
 * @id: a sheet that is attached already
 * @elsewhere: the camera that lies open did not take it, so that its mat says nothing
 *
 * Has the darkroom look at @frame and writes down what it found. A picture that cannot be read
 * stays in the case as it came: the error says why.
 */
void yz_intake_develop_async (YzDesk *desk,
                              YzDarkroom *darkroom,
                              const char *number,
                              guint id,
                              YzFrame *frame,
                              gboolean elsewhere,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* (transfer full): what was found, or NULL with an error */
YzPage *yz_intake_develop_finish (YzDesk *desk, GAsyncResult *result, GError **error);

/* The same for what the darkroom has looked at already: writes down what it found. Ends with
 * yz_intake_develop_finish(). */
void yz_intake_outline_async (YzDesk *desk,
                              const char *number,
                              guint id,
                              YzPage *page,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * yz_intake_redo_async:
 * @digest: of the original
 * @cut: the leaf of a document, the corners as the clerk put them, and whether the camera that lies
 *   open took it
 *
 * Looks at the original anew within these corners and writes down what comes out; how the page is
 * turned stays. Ends with yz_intake_develop_finish().
 */
void yz_intake_redo_async (YzDesk *desk,
                           YzDarkroom *darkroom,
                           const char *number,
                           guint id,
                           const char *digest,
                           const YzDevelopment *cut,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * yz_intake_make_frame:
 * @name: of the file
 * @leaf: of a document, from 1; a picture has none
 *
 * Returns: (transfer full): what is filed of a file that was imported, taken in now; NULL with
 * UNSUPPORTED when it is neither a picture nor a PDF
 */
YzFrame *yz_intake_make_frame (GBytes *bytes, const char *name, guint leaf, GError **error);

/**
 * yz_intake_judge_async:
 * @asked: the verdicts in question
 * @said: those of them that hold
 *
 * Writes down what was found out about sheet @id after the darkroom was done with it; its other
 * verdicts stay. A sheet that left the case meanwhile is nobody's matter any more.
 */
void yz_intake_judge_async (YzDesk *desk,
                            const char *number,
                            guint id,
                            YzVerdict asked,
                            YzVerdict said,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean yz_intake_judge_finish (YzDesk *desk, GAsyncResult *result, GError **error);

G_END_DECLS
