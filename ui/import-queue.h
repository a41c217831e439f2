/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/darkroom.h"
#include "capture/frame.h"

G_BEGIN_DECLS

/*
 * Files that become pages, one page after the other. First all files are surveyed, so that it is
 * known how many pages come: a folder gives its pictures and PDFs in the order of their names, a
 * PDF its leaves. Then each page is looked at in the darkroom before it is handed out. What cannot
 * be read is set aside with a sentence that names it, and the others go on.
 */
#define YZ_TYPE_IMPORT_QUEUE (yz_import_queue_get_type ())
G_DECLARE_FINAL_TYPE (YzImportQueue, yz_import_queue, YZ, IMPORT_QUEUE, GObject)

/* (element-type GFile): files and folders; folders inside a folder are not entered. */
YzImportQueue *yz_import_queue_new (YzDarkroom *darkroom, GPtrArray *files);

/* Looks at all files. Fails only when it is cancelled. */
void yz_import_queue_survey_async (YzImportQueue *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean yz_import_queue_survey_finish (YzImportQueue *self, GAsyncResult *result, GError **error);

guint yz_import_queue_get_total (YzImportQueue *self); /* pages, after the survey */
guint yz_import_queue_get_done (YzImportQueue *self);  /* pages handed out or set aside */

/**
 * yz_import_queue_next_async:
 *
 * Fetches the next page that can be read.
 */
void yz_import_queue_next_async (YzImportQueue *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/**
 * yz_import_queue_next_finish:
 * @out_page: (out) (transfer full): what the darkroom found on it
 *
 * Returns: (transfer full) (nullable): what is to be filed; NULL without an error after the last
 * page, NULL with one when it was cancelled
 */
YzFrame *yz_import_queue_next_finish (YzImportQueue *self,
                                      GAsyncResult *result,
                                      YzPage **out_page,
                                      GError **error);

/* (transfer none) (element-type utf8): a sentence for each file or page that was set aside. */
const GPtrArray *yz_import_queue_get_refused (YzImportQueue *self);

G_END_DECLS
