/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/filing.h"

guint
yz_filing_attach (YzDesk *desk,
                  const char *number,
                  const char *material,
                  YzFrame *frame,
                  const char *origin,
                  GError **error)
{
  g_autofree char *digest = yz_desk_keep (desk, frame->bytes, error);
  YzSheet sheet = {
    .material = material,
    .digest = digest,
    .size = g_bytes_get_size (frame->bytes),
    .media_type = frame->media_type,
    .captured_at = frame->shot_at,
    .origin = origin,
    .device = frame->device,
    .verdicts = "",
  };

  return digest == NULL ? 0 : yz_desk_attach (desk, number, &sheet, error);
}

gboolean
yz_filing_outline (YzDesk *desk, const char *number, guint id, const YzPage *page, GError **error)
{
  g_autofree char *verdicts = yz_verdict_to_string (page->verdicts);
  YzSheet sheet = {
    .id = id,
    .outlined = page->found,
    .confidence = page->confidence,
    .dpi = page->dpi,
    .verdicts = verdicts,
  };

  for (gsize i = 0; page->found && i < G_N_ELEMENTS (sheet.corners); i++)
    sheet.corners[i] = page->corners[i];
  return yz_desk_outline (desk, number, &sheet, error);
}
