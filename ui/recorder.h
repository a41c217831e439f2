/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/dossier-form.h"
#include "workflow/desk.h"

G_BEGIN_DECLS

/*
 * Saves a form by itself, a moment after the last keystroke, and keeps it in the window when the
 * store refuses.
 *
 * Signals: "recorded" (dossier), "refused" (error).
 */
#define YZ_TYPE_RECORDER (yz_recorder_get_type ())
G_DECLARE_FINAL_TYPE (YzRecorder, yz_recorder, YZ, RECORDER, GObject)

YzRecorder *yz_recorder_new (YzDesk *desk, YzDossierForm *form);
/* (nullable) @number: the case the form belongs to; what is unsaved of the one before is saved. */
void yz_recorder_set_case (YzRecorder *self, const char *number);
/* Saves now; @callback comes when nothing is left to save, or with the error. */
void yz_recorder_flush_async (YzRecorder *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean yz_recorder_flush_finish (YzRecorder *self, GAsyncResult *result, GError **error);

G_END_DECLS
