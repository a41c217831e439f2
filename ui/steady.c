/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/steady.h"

#include <math.h>
#include <string.h>

#define STILL 0.012 /* of the picture's width */
#define SHARP_ENOUGH 0.3

static gboolean
is_still (const YzSteady *self, const YzPage *page)
{
  for (int i = 0; i < 8; i++) {
    if (fabs (self->corners[i] - page->corners[i]) > STILL * page->width)
      return FALSE;
  }
  return TRUE;
}

gboolean
yz_steady_feed (YzSteady *self, const YzPage *page)
{
  const YzVerdict unfit = YZ_VERDICT_BLANK | YZ_VERDICT_BLURRED | YZ_VERDICT_CUT_OFF |
                          YZ_VERDICT_FINGER | YZ_VERDICT_DARK;
  const gboolean fine =
      page->found && page->sharpness >= SHARP_ENOUGH && (page->verdicts & unfit) == 0;

  if (!fine || !is_still (self, page)) {
    self->still = 0;
    self->armed = TRUE;
  } else {
    self->still++;
  }
  memcpy (self->corners, page->corners, sizeof self->corners);
  if (self->still < YZ_STEADY_PICTURES || !self->armed)
    return FALSE;
  if (page->thumbnail == NULL)
    return FALSE;
  self->seen = yz_page_digest_compute (page->thumbnail);
  if (self->has_last && yz_page_digest_compare (&self->last, &self->seen) != YZ_PAGE_DIGEST_OTHER) {
    self->armed = FALSE; /* the page taken last, laid anew */
    return FALSE;
  }
  self->armed = FALSE;
  return TRUE;
}

void
yz_steady_taken (YzSteady *self)
{
  self->last = self->seen;
  self->has_last = TRUE;
  self->still = 0;
}
