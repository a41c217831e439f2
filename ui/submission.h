/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/open-case.h"
#include "ui/recorder.h"
#include "ui/shutter.h"

G_BEGIN_DECLS

/**
 * yz_submission_read_async:
 *
 * Saves what is typed, then reads the case as the store holds it.
 */
void yz_submission_read_async (YzDesk *desk,
                               YzRecorder *recorder,
                               const char *number,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * yz_submission_run_async:
 *
 * @shutter: (nullable): where pages of the case may be on their way
 *
 * Saves what is typed, waits until every page of the case is in the store and was looked at (nobody
 * can do that any more when the case has left), then hands it on by the step that leads forward.
 * Fails with YZ_WORKFLOW_ERROR_INCOMPLETE and one sentence when something is missing, and with what
 * was wrong with a page that was refused meanwhile.
 */
void yz_submission_run_async (YzDesk *desk,
                              YzRecorder *recorder,
                              YzShutter *shutter,
                              const char *number,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* (transfer full): the case as it is then, or NULL with an error */
YzOpenCase *yz_submission_finish (GAsyncResult *result, GError **error);

/**
 * yz_submission_settle_async:
 * @task: (transfer full): is answered when what was typed is recorded and what was taken is filed,
 *   or with the error of the recording
 */
void yz_submission_settle_async (YzRecorder *recorder, YzShutter *shutter, GTask *task);

G_END_DECLS
