/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/frame.h"
#include "capture/page.h"
#include "workflow/desk.h"

G_BEGIN_DECLS

/*
 * Filing: where a picture from capture becomes a sheet of a dossier. Both the window and yizhanctl
 * file through here, so an original is treated the same however it comes.
 */

/**
 * yz_filing_attach:
 * @material: id, name or number of a material of the dossier's matter
 * @origin: "camera" when a camera of this desk saw it, "import" for a file
 *
 * Makes the original durable, then ties it to the case. Blocks on disk; call it on the desk's
 * thread.
 *
 * Returns: the new sheet's number, 0 on error; then nothing was filed
 */
guint yz_filing_attach (YzDesk *desk,
                        const char *number,
                        const char *material,
                        YzFrame *frame,
                        const char *origin,
                        GError **error);

/* Puts what the darkroom found out about sheet @id into its record. */
gboolean
yz_filing_outline (YzDesk *desk, const char *number, guint id, const YzPage *page, GError **error);

G_END_DECLS
